"""The columns of custom fields that refer to something: choices, members, records."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy

from core.text import sort_name
from records.listing.filters import ColumnFilter
from records.listing.look import Look
from records.listing.related import members, owner_html
from records.models import CustomField, seen_ids
from records.models.sight import conceal_in
from workspaces.models import Membership

from . import filters
from .column import OfField
from .ordering import PlaceOrder
from .targets import model_of


class ChoicesColumn(OfField):
    """One choice or several; their names are the field's own, so that no row of them is read."""

    kind = "choice"
    holds = "choice"
    filter_class: ClassVar[type[filters.ValueChoices]] = filters.ValueAnyOf

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
        found = self.filter_class(self.table, "choice", load=load, may_be_empty=True, label=self.label)
        return {self.name: found}


class ChoiceColumn(ChoicesColumn):
    """One choice; lists are sorted by its place among the others."""

    filter_class = filters.ValueChoices
    sorts, few = "choice", True
    order_class = PlaceOrder
    ends = (gettext_lazy("first choice first"), gettext_lazy("last choice first"))

    def places(self) -> dict[str, Any]:
        return {"ids": tuple(self.names)}


class MemberColumn(OfField):
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
        found = filters.ValueMembers(self.table, "member", load=members, may_be_empty=True, label=self.label)
        return {self.name: found}


class RecordColumn(OfField):
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
            if (pk := id_of(row)) and pk not in seen:
                conceal_in(row, self.name, self.name)

    def own_filters(self) -> dict[str, ColumnFilter]:
        model = model_of(self.of.target)
        return {self.name: filters.ValueRecord(self.table, "linked", model=model, label=self.label)}
