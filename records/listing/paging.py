"""Keyset paging: a page starts behind a row, not at a number, so that page 10,000 costs what the first one does.

Rows whose sort column is empty come last, in both directions. They are a branch of their own, read by a second
statement when a page reaches them, because `(column, id) > (…)` says nothing about NULL, and because both branches are
then plain walks down the index `(workspace_id, column, id)`.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

PAGE_SIZE = 50

_signer = Signer(salt="records.listing")


@dataclass(frozen=True)
class Order:
    """By which stored, indexed column a list is sorted, with the id as the tie-break that the index has.

    `empty` is what a row without a value holds there: None, "" for texts, or NEVER.
    """

    column: str
    descending: bool = False
    tie: str = "pk"
    empty: Any = None
    field: models.Field | None = None

    NEVER = object()

    @property
    def key(self) -> str:
        """The order as one word, as it stands in addresses."""
        return f"-{self.column}" if self.descending else self.column

    def by(self, *, backwards: bool = False, empty: bool = False) -> tuple[models.OrderBy, ...]:
        """Expressions for `order_by` within a branch; `empty` is that of the rows without a value."""
        descending = self.descending != backwards
        return tuple(F(name).desc() if descending else F(name).asc() for name in (self.column, self.tie))

    @cached_property
    def is_empty(self) -> Q:
        # "<=" finds what "=" would. But then the column were constant to the planner, the id alone the order, and the
        # walk one down the primary key, past the rows of every workspace.
        lookup = ("isnull", True) if self.empty is None else ("lte", self.empty)
        return Q(**{f"{self.column}__{lookup[0]}": lookup[1]})

    @cached_property
    def is_filled(self) -> Q:
        lookup = ("isnull", False) if self.empty is None else ("gt", self.empty)
        return Q(**{f"{self.column}__{lookup[0]}": lookup[1]})

    @property
    def branches(self) -> list[tuple[bool, Q]]:
        """(are its rows empty, which rows it has), in the order of the list."""
        if self.empty is Order.NEVER:
            return [(False, Q())]
        return [(False, self.is_filled), (True, self.is_empty)]

    def tie_of(self, *, empty: bool) -> str:
        """The column that tells rows of one value apart in a branch."""
        return self.tie

    @property
    def compared(self) -> tuple[F, F]:
        """The columns by which a row stands behind another."""
        return F(self.column), F(self.tie)

    def joined(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows with the table that they are sorted by, where that is another one."""
        if self.attribute == self.column:
            return rows
        # An inner join, which the planner may begin with: every record has its row in the other table.
        return self.with_value(rows.filter(**{f"{self.tie}__isnull": False}))

    def keys_of(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows as what a page of them is found by: `pk` and the sort value."""
        return self.with_value(rows).values_list("pk", self.attribute, named=True)

    def with_value(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows with their `attribute`, wherever it comes from."""
        if self.attribute == self.column or self.attribute in rows.query.annotations:
            return rows
        return rows.annotate(**{self.attribute: F(self.column)})

    @property
    def attribute(self) -> str:
        """Where a row of a page has its value."""
        return "sort_value" if "__" in self.column else self.column


@dataclass(frozen=True)
class Cursor:
    """A place in a sorted list: behind the row with this value and id, at `position` (from 0) when it was seen."""

    value: Any
    pk: int
    position: int

    @classmethod
    def at(cls, row: Any, order: Order, position: int) -> "Cursor":
        return cls(getattr(row, order.attribute), row.pk, position)

    def dumps(self, order: Order) -> str:
        """The cursor as a parameter. Signed, so that what comes back needs no further checks."""
        value = self.value.isoformat() if isinstance(self.value, dt.date) else self.value
        return _signer.sign_object([order.key, value, self.pk, self.position])

    @classmethod
    def loads(cls, text: str | None, order: Order) -> "Cursor | None":
        """The cursor of a parameter; None, which is the first page, when it is broken or of another order."""
        if not text:
            return None
        try:
            key, value, pk, position = _signer.unsign_object(text)
        except (BadSignature, ValueError):
            return None
        if key != order.key:
            return None
        return cls(order.field.to_python(value) if order.field else value, pk, position)


@dataclass
class Page:
    """Some rows of a list and how to go on. `start` is the position of the first one, counting from 0."""

    rows: list[Any]
    start: int
    before: Cursor | None = None
    after: Cursor | None = None


def page_of(
    rows: models.QuerySet, order: Order, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """The page behind or before a cursor, the first one without; one statement, two where empty values begin."""
    if cursor := Cursor.loads(before, order):
        found = walk(rows, order, cursor, size + 1, backwards=True)
        if len(found) > size:
            start = max(cursor.position - size, 1)
            return _page(found[:size][::-1], order, start, is_first=False, is_last=False)
        # Fewer than a page are left before it: that is the first page.
    cursor = None if before else Cursor.loads(after, order)
    found = walk(rows, order, cursor, size + 1)
    if cursor and not found:
        # What was there is gone.
        cursor, found = None, walk(rows, order, None, size + 1)
    start = cursor.position + 1 if cursor else 0
    return _page(found[:size], order, start, is_first=cursor is None, is_last=len(found) <= size)


def _page(rows: list[Any], order: Order, start: int, *, is_first: bool, is_last: bool) -> Page:
    before = None if is_first or not rows else Cursor.at(rows[0], order, start)
    after = None if is_last or not rows else Cursor.at(rows[-1], order, start + len(rows) - 1)
    return Page(rows, start, before, after)


def walk(
    rows: models.QuerySet, order: Order, cursor: Cursor | None, limit: int, *, backwards: bool = False
) -> list[Any]:
    """At most `limit` rows from the cursor on, branch by branch."""
    rows = order.joined(rows)
    branches = order.branches[::-1] if backwards else order.branches
    in_empty = cursor is not None and order.empty is not Order.NEVER and cursor.value == order.empty
    if cursor and branches[0][0] != in_empty:
        branches = branches[1:]
    found: list[Any] = []
    for is_empty, condition in branches:
        part = rows.filter(condition)
        if cursor and is_empty == in_empty:
            part = part.filter(_beyond(cursor, order, backwards))
        found += part.order_by(*order.by(backwards=backwards, empty=is_empty))[: limit - len(found)]
        if len(found) >= limit:
            break
    return found


def _beyond(cursor: Cursor, order: Order, backwards: bool) -> Any:
    smaller = order.descending != backwards
    if cursor.value is None:
        return Q(**{f"{order.tie_of(empty=True)}__{'lt' if smaller else 'gt'}": cursor.pk})
    # A comparison of rows, which the index answers by itself even among a thousand equal values.
    compare = TupleLessThan if smaller else TupleGreaterThan
    return compare(order.compared, (cursor.value, cursor.pk))
