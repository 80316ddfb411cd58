"""Columns of what can be counted: numbers, money, days and moments. They are filtered by ranges."""

import datetime as dt
from collections.abc import Mapping
from html import escape
from operator import attrgetter
from types import MappingProxyType
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from core import formats, money

from . import periods
from .column import Column
from .filters import ColumnFilter
from .look import Look
from .ranges import AmountLimitFilter, DayLimitFilter, DaysFilter, LimitFilter, NumberFilter, PeriodFilter


class Number(Column):
    """A whole number. `grouped=False` for those that are names rather than amounts, such as years."""

    kind = "number"
    css = "num"
    width = "w-s"
    ends = (gettext_lazy("smallest first"), gettext_lazy("largest first"))
    largest_first = True

    def __init__(self, name: str, label: Any = None, *, grouped: bool = True, **options: Any):
        super().__init__(name, label, **options)
        self.grouped = grouped

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        if value is None:
            return ""
        return formats.number(value, look.language) if self.grouped else str(value)

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_{end}": self.limit(end) for end in ("min", "max")}

    def limit(self, end: str) -> LimitFilter:
        return LimitFilter(self.field, end)

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_eq": NumberFilter(self.field)}


class Money(Number):
    """An amount in minor units of the row's `currency`."""

    kind = "money"
    width = "w-m"
    #: what is added up beside the amounts, currency by currency: name -> expression over a row
    parts: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, name: str, label: Any = None, *, currency: str = "currency", **options: Any):
        super().__init__(name, label, **options)
        self.currency_field, self.currency = currency, attrgetter(currency)

    def limit(self, end: str) -> LimitFilter:
        return AmountLimitFilter(self.field, end, currency_path=self.currency_field)

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}

    def text(self, row: Any, look: Look) -> str:
        value, currency = self.value(row), self.currency(row)
        return look.money(value, currency) if value is not None and currency else ""

    def export(self, row: Any) -> str:
        value, currency = self.value(row), self.currency(row)
        return "" if value is None or not currency else str(money.Money(value, currency).amount)


# --- times ------------------------------------------------------------------------------------------------------------


class Day(Column):
    """A date."""

    kind = "date"
    width = "w-m"
    ends = (gettext_lazy("earliest first"), gettext_lazy("latest first"))
    timed: ClassVar[bool] = False
    largest_first = True
    periods: ClassVar[dict[str, Any]] = periods.PAST | periods.CURRENT | periods.FUTURE

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        return formats.short_date(value, look.today, look.language) if value else ""

    def export(self, row: Any) -> str:
        value = self.value(row)
        return value.isoformat() if value else ""

    def own_filters(self) -> dict[str, ColumnFilter]:
        period = PeriodFilter(self.field, names=self.periods, timed=self.timed, label=gettext_lazy("Period"))
        limits = {"from": "min", "to": "max"}
        return {self.name: period} | {
            f"{self.name}_{word}": DayLimitFilter(self.field, end, timed=self.timed) for word, end in limits.items()
        }

    def further_filters(self) -> dict[str, ColumnFilter]:
        kinds = ("within", "ago", "ahead")
        return {f"{self.name}_{kind}": DaysFilter(self.field, kind, timed=self.timed) for kind in kinds}


class Moment(Day):
    """A date and time, shown and filtered in the reader's zone."""

    kind = "datetime"
    timed = True
    periods = periods.PAST | periods.CURRENT | periods.AGO

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        return formats.when(value, look.now, look.zone, look.language) if value else ""

    def html(self, row: Any, look: Look) -> str:
        value = self.value(row)
        if not value:
            return ""
        full = escape(formats.full_when(value, look.zone, look.language))
        return f'<time datetime="{value:%Y-%m-%dT%H:%MZ}" title="{full}">{self.text(row, look)}</time>'

    def export(self, row: Any) -> str:
        value: dt.datetime | None = self.value(row)
        return value.astimezone(dt.UTC).isoformat(timespec="seconds") if value else ""
