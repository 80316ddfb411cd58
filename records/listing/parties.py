"""Columns of organizations and people: where they are, by their first address; which way their source leads."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from core import postal
from workspaces.choices import countries, country_name

from .column import Column
from .columns import Choice, Text
from .filters import LAST, ColumnFilter, LinkedFilter, PrefixFilter
from .look import Look


class CityFilter(PrefixFilter):
    """Rows one of whose addresses is in a city that begins so."""

    def __init__(self, address: type[models.Model], **field: Any):
        super().__init__("city_key", **field)
        self.address = address

    def condition(self, value: str) -> Q:
        key = Func(Value(value), function="records_sort_key", output_field=models.TextField())
        above = Concat(key, Value(LAST), output_field=models.TextField())
        there = self.address._default_manager.filter(record=OuterRef("pk"), city_key__gte=key, city_key__lt=above)
        return Q(Exists(there))

    def filter(self, rows: models.QuerySet, value: str) -> models.QuerySet:
        return rows.filter(self.condition(value)) if value else rows


class _Place(Column):
    """A part of the first address: of those for bills, else of any."""

    part: str
    empty = ""
    #: the table of the addresses
    address: Any

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        field: Any = model._meta.get_field("addresses")
        self.address = field.related_model
        first = self.address.objects.filter(record=OuterRef("pk")).order_by("kind", "-is_primary", "pk")
        self.extra = {f"{self.name}_of_address": Subquery(first.values(self.part)[:1])}

    def value(self, row: Any) -> str:
        return getattr(row, f"{self.name}_of_address") or ""

    def text(self, row: Any, look: Look) -> str:
        return self.value(row)


class AddressPart(_Place):
    """A further part of the address, for files that take it along."""

    kind = "text"

    def __init__(self, part: str, label: Any):
        self.part = part
        super().__init__(part, label, filter=False, optional=True)


class City(_Place, Text):
    part = "city"

    def __init__(self, **options: Any):
        super().__init__("city", postal.CITY, **options)

    def filters(self) -> dict[str, ColumnFilter]:
        return {self.name: CityFilter(self.address, label=_("Begins with"))}


class Country(_Place):
    kind = "choice"
    part = "country"

    def __init__(self, **options: Any):
        super().__init__("country", _("Country"), **options)

    def text(self, row: Any, look: Look) -> str:
        return country_name(self.value(row)) if self.value(row) else ""

    def filters(self) -> dict[str, ColumnFilter]:
        options: dict[str, Any] = {"load": self.used, "may_be_empty": True, "label": self.lazy_label}
        return {self.name: LinkedFilter(lambda: self.address, back="record", to="country", **options)}

    def used(self) -> Iterable[tuple[str, str]]:
        """The countries that some address is in."""
        used = set(self.address.objects.values_list("country", flat=True).distinct())
        return [(code, name) for code, name in countries() if code in used]


class Direction(Choice):
    """Did they come to the team, or the team to them: what their source says."""

    may_be_empty = False

    def __init__(self, **options: Any):
        super().__init__("direction", _("Direction of the source"), field="source__direction", **options)
        self.extra = {"source_direction": "source__direction"}
        self.read = attrgetter("source_direction")


def address_columns() -> tuple[Column, ...]:
    """All of an address; columns of each list's own, since one is bound to its model."""
    return (
        AddressPart("street", postal.STREET),
        City(optional=True),
        AddressPart("region", _("Region")),
        AddressPart("postcode", _("Postcode")),
        Country(width="w-m", optional=True),
    )
