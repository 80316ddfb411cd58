"""How many rows a list has, and what their money adds up to: one statement, over 10,001 rows at most unless asked."""

import time
from collections.abc import Hashable
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from .quantities import Money

#: larger lists are counted only when somebody asks
CAP = 10_000
#: seconds for which this process remembers that a list was larger, and how many such lists
REMEMBERED, MOST_REMEMBERED = 60, 1000

_larger: dict[Hashable, float] = {}


@dataclass
class Count:
    """`total` rows, or more than that when `capped`; `sums` holds (minor units, currency), largest first."""

    total: int
    capped: bool = False
    sums: list[tuple[int, str]] = field(default_factory=list)


def count_of(rows: models.QuerySet, *, exact: bool = False, money: Money | None = None) -> Count:
    """Count the rows and add a column of money up by currency; a capped count has no sums."""
    rows = rows.order_by()
    if not exact:
        rows = rows[: CAP + 1]
    groups = _by_currency(rows, money) if money else [(rows.count(), "", None)]
    total = sum(count for count, _currency, _amount in groups)
    if not exact and total > CAP:
        return Count(CAP, capped=True)
    sums = [(int(amount), currency) for _count, currency, amount in groups if amount is not None and currency]
    return Count(total, sums=sorted(sums, reverse=True))


def remembered_count(key: Hashable, rows: models.QuerySet, *, money: Money | None = None) -> Count:
    """The capped count of a list; one that was larger than the cap a moment ago is not counted again.

    It is the same walk over 10,001 rows each time, 1.6 ms of people, 8 ms of deals with their sums.
    """
    now = time.monotonic()
    if _larger.get(key, 0) > now:
        return Count(CAP, capped=True)
    count = count_of(rows, money=money)
    if count.capped:
        if len(_larger) >= MOST_REMEMBERED:
            _larger.clear()
        _larger[key] = now + REMEMBERED
    return count


def _by_currency(rows: models.QuerySet, money: Money) -> list[tuple[int, str, int | None]]:
    """Groups over a sliced query, which the ORM has no words for."""
    query = rows.values_list(money.currency_field, money.field).query
    try:
        sql, params = query.sql_with_params()
    except EmptyResultSet:
        # The ORM found out by itself that there is none.
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), currency, sum(amount) FROM ({sql}) AS rows (currency, amount) GROUP BY currency", params
        )
        return cursor.fetchall()
