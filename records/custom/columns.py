"""The columns that lists have for custom fields, one class for each kind. What they show comes with the rows, by a
sub-select each that is one look into the index of the values."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext_lazy

from core import formats, money
from records.listing import columns, quantities
from records.listing.column import Column
from records.listing.filters import ColumnFilter
from records.listing.look import Look
from records.listing.parties import Web
from records.models import CustomField

from . import filters
from .column import OfField
from .numbers import from_scaled
from .reference_columns import ChoiceColumn, ChoicesColumn, MemberColumn, RecordColumn


class TextColumn(OfField, columns.Text):
    holds, sorts = "text", "sort"

    def text(self, row: Any, look: Look) -> str:
        return self.value(row) or ""

    def own_filters(self) -> dict[str, ColumnFilter]:
        label = gettext_lazy("Begins with")
        return {self.name: filters.ValuePrefix(self.table, "sort", label=label)}

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_exact": filters.ValueExact(self.table, "sort", folded=True)}


class LongTextColumn(TextColumn):
    """Nobody looks for where a long text stands among others."""

    sorts = ""

    def text(self, row: Any, look: Look) -> str:
        return " ".join((self.value(row) or "").split())

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}


class LinkColumn(TextColumn):
    html = Web.html


class EmailColumn(TextColumn, columns.Email):
    def html(self, row: Any, look: Look) -> str:
        return columns.Email.html(self, row, look) if self.value(row) else ""


class PhoneColumn(TextColumn, columns.Phone):
    text = columns.Phone.text
    html = columns.Phone.html


class NumberColumn(OfField, quantities.Number):
    holds, sorts = "number", "number"

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        return "" if value is None else formats.number(from_scaled(value), look.language)

    def export(self, row: Any) -> str:
        value = self.value(row)
        return "" if value is None else f"{from_scaled(value):f}"

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_{end}": filters.ValueNumber(self.table, "number", end) for end in ("min", "max")}

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_eq": filters.ValueIs(self.table, "number")}


class MoneyColumn(NumberColumn):
    width = "w-m"

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        amount = {self.name: Subquery(self.values.values("number")[:1])}
        return amount | {f"{self.name}_currency": Subquery(self.values.values("currency")[:1])}

    def currency(self, row: Any) -> str:
        return getattr(row, f"{self.name}_currency")

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        return "" if value is None else look.money(value, self.currency(row))

    def export(self, row: Any) -> str:
        value = self.value(row)
        return "" if value is None else f"{money.Money(value, self.currency(row)).amount} {self.currency(row)}"

    def sums(self, rows: QuerySet) -> list[tuple[int, str]]:
        """A statement of its own, so that a list that is not added up does not look for the values of 10,001 rows."""
        values = self.values_model._default_manager.filter(field=self.of.pk, record__in=rows.order_by().values("pk"))
        found = values.order_by().values_list("currency").annotate(models.Sum("number"))
        return sorted(((int(amount), currency) for currency, amount in found), reverse=True)

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {
            f"{self.name}_{end}": filters.ValueAmount(self.table, "number", end, currency_path="currency")
            for end in ("min", "max")
        }

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}


class DayColumn(OfField, quantities.Day):
    holds, sorts = "day", "day"

    def own_filters(self) -> dict[str, ColumnFilter]:
        label = gettext_lazy("Period")
        period = filters.ValuePeriod(self.table, "day", names=self.periods, timed=False, label=label)
        limits = {"from": "min", "to": "max"}
        return {self.name: period} | {
            f"{self.name}_{word}": filters.ValueDay(self.table, "day", end, timed=False) for word, end in limits.items()
        }

    def further_filters(self) -> dict[str, ColumnFilter]:
        kinds = ("within", "ago", "ahead")
        return {f"{self.name}_{kind}": filters.ValueDays(self.table, "day", kind, timed=False) for kind in kinds}


class YesNoColumn(OfField, columns.YesNo):
    holds, sorts = "number", "number"

    def text(self, row: Any, look: Look) -> str:
        return "" if self.value(row) is None else super().text(row, look)

    def export(self, row: Any) -> str:
        value = self.value(row)
        return "" if value is None else "yes" if value else "no"

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: filters.ValueYesNo(self.table, "number", label=self.label)}


COLUMNS: Mapping[str, type[OfField]] = {
    "text": TextColumn,
    "long_text": LongTextColumn,
    "number": NumberColumn,
    "money": MoneyColumn,
    "date": DayColumn,
    "yes_no": YesNoColumn,
    "choice": ChoiceColumn,
    "choices": ChoicesColumn,
    "link": LinkColumn,
    "email": EmailColumn,
    "phone": PhoneColumn,
    "member": MemberColumn,
    "record": RecordColumn,
}


def column_of(field: CustomField) -> Column:
    """The column of a custom field."""
    return COLUMNS[field.kind](field)
