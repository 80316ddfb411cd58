"""The columns that lists have for custom fields, one class for each kind. What they show comes with the rows, by a
sub-select each that is one look into the index of the values."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from html import escape
from operator import attrgetter
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery

from core import formats, money
from core.text import sort_name
from records.listing import columns, quantities
from records.listing.filters import ColumnFilter
from records.listing.look import Look
from records.listing.paging import Order
from records.listing.related import _members, owner_html
from records.models import CustomField, Record, seen_ids
from workspaces.models import Membership

from . import filters
from .numbers import from_scaled
from .ordering import PlaceOrder, ValueOrder, join_of
from .targets import model_of


class OfField(columns.Column):
    """Mixed into a column: its value is that of a custom field. `holds` is the column of the table of values, `sorts`
    the one that lists are sorted by."""

    may_be_empty = True
    holds: ClassVar[str]
    sorts: ClassVar[str] = ""
    empty: ClassVar[Any] = None
    model: type[Record]

    def __init__(self, of: CustomField, **options: Any):
        sort = of.key if self.sorts else ""
        super().__init__(of.key, of.name, sort=sort, optional=not of.in_list, **options)
        self.of = of

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self.values_model = self.model.custom_value()

    @property
    def label(self) -> str:
        return self.of.name

    @property
    def values(self) -> QuerySet:
        return self.values_model._default_manager.filter(record=OuterRef("pk"), field=self.of.pk)

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        return {self.name: Subquery(self.values.values(self.holds)[:1])}

    order_class: ClassVar[type[ValueOrder]] = ValueOrder

    def order(self, descending: bool) -> Order:
        target = models.DateField() if self.sorts == "day" else None
        join = join_of(self.of.pk)
        return self.order_class(
            f"{join}__{self.sorts}",
            descending,
            tie=f"{join}__record_id",
            field=target,
            key_of_field=self.name,
            field_id=self.of.pk,
            **self.places(),
        )

    def places(self) -> dict[str, Any]:
        """What the order has to know beside."""
        return {}

    def presence(self) -> dict[str, ColumnFilter]:
        words, label = self.presence_words, columns.gettext_lazy("With or without a value")
        return {f"{self.name}_is": filters.ValuePresence(self.table, self.holds, names=words, label=label)}

    @property
    def table(self) -> tuple[type[models.Model], int]:
        return self.values_model, self.of.pk

    def filters(self) -> dict[str, ColumnFilter]:
        return self.own_filters() | self.presence()


class TextColumn(OfField, columns.Text):
    holds, sorts = "text", "sort"

    def text(self, row: Any, look: Look) -> str:
        return self.value(row) or ""

    def own_filters(self) -> dict[str, ColumnFilter]:
        label = columns.gettext_lazy("Begins with")
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
    def html(self, row: Any, look: Look) -> str:
        address = escape(self.text(row, look))
        name = address.partition("://")[2] or address
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{name}</a>' if address else ""


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
        label = columns.gettext_lazy("Period")
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


class ChoicesColumn(OfField, columns.Column):
    """One choice or several; their names are the field's own, so that no row of them is read."""

    kind = "choice"
    holds = "choice"

    def __init__(self, of: CustomField, **options: Any):
        super().__init__(of, **options)
        self.names = {choice.pk: choice.name for choice in of.choices.all()}

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        return {self.name: ArraySubquery(self.values.order_by("choice__position", "choice").values("choice"))}

    def text(self, row: Any, look: Look) -> str:
        return self.export(row)

    def export(self, row: Any) -> str:
        return ", ".join(self.names.get(pk, "") for pk in self.value(row))

    def filters(self) -> dict[str, ColumnFilter]:
        load = self.names.items
        found = filters.ValueChoices(self.table, "choice", load=load, may_be_empty=True, label=self.label)
        return {self.name: found}


class ChoiceColumn(ChoicesColumn):
    """One choice; lists are sorted by its place among the others."""

    sorts, few = "choice", True
    order_class = PlaceOrder
    ends = (columns.gettext_lazy("first choice first"), columns.gettext_lazy("last choice first"))

    def places(self) -> dict[str, Any]:
        return {"ids": tuple(self.names)}


class MemberColumn(OfField, columns.Column):
    kind = "owner"
    width = "w-m"
    holds = "member"
    sorts, few = "member", True
    order_class = PlaceOrder

    def places(self) -> dict[str, Any]:
        members = sorted(Membership.objects.values_list("name", "pk"), key=lambda one: (sort_name(one[0]), one[1]))
        return {"ids": tuple(pk for _name, pk in members)}

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        name = {self.name: Subquery(self.values.values("member__name")[:1])}
        return name | {f"{self.name}_id": Subquery(self.values.values("member")[:1])}

    def text(self, row: Any, look: Look) -> str:
        return self.value(row) or ""

    def html(self, row: Any, look: Look) -> str:
        return owner_html(self.value(row), getattr(row, f"{self.name}_id")) if self.value(row) else ""

    def filters(self) -> dict[str, ColumnFilter]:
        found = filters.ValueMembers(self.table, "member", load=_members, may_be_empty=True, label=self.label)
        return {self.name: found}


class RecordColumn(OfField, columns.Column):
    """Another record by its name, as a link to its page; one in the trash is not there."""

    kind = "record"
    holds = "linked"

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        target = model_of(self.of.target)
        names = target.objects.present().filter(pk=OuterRef("linked")).values(called=target.title_expression())
        titles = self.values.annotate(title=Subquery(names[:1])).values("title")
        return {self.name: Subquery(titles[:1]), f"{self.name}_id": Subquery(self.values.values("linked")[:1])}

    def text(self, row: Any, look: Look) -> str:
        return self.value(row) or ""

    def html(self, row: Any, look: Look) -> str:
        title = self.text(row, look)
        return look.link(model_of(self.of.target), getattr(row, f"{self.name}_id"), title) if title else ""

    def conceal(self, rows: Sequence[Any], membership: Membership) -> None:
        id_of = attrgetter(f"{self.name}_id")
        seen = seen_ids(model_of(self.of.target), {pk for row in rows if (pk := id_of(row))}, membership)
        for row in rows:
            if id_of(row) not in seen:
                setattr(row, self.name, None)

    def own_filters(self) -> dict[str, ColumnFilter]:
        model = model_of(self.of.target)
        return {self.name: filters.ValueRecord(self.table, "linked", model=model, label=self.label)}


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


def column_of(field: CustomField) -> columns.Column:
    """The column of a custom field."""
    return COLUMNS[field.kind](field)
