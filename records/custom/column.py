"""What the columns of custom fields have in common: where the value comes from, how lists are sorted by it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from records.listing.column import Column
from records.listing.filters import ColumnFilter
from records.listing.paging import Order
from records.models import CustomField, Record

from . import filters
from .ordering import ValueOrder, join_of


class OfField(Column):
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
        words, label = self.presence_words, gettext_lazy("With or without a value")
        return {f"{self.name}_is": filters.ValuePresence(self.table, self.holds, names=words, label=label)}

    @property
    def table(self) -> tuple[type[models.Model], int]:
        return self.values_model, self.of.pk

    def filters(self) -> dict[str, ColumnFilter]:
        return self.own_filters() | self.presence()
