"""Columns of organizations and people: where they are, by their first address, on the web; which language they speak;
days that come again; which way their source leads."""

import datetime as dt
from collections.abc import Iterable
from html import escape
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import postal, yearly
from workspaces.choices import countries, country_name, language_name, languages

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
        super().__init__(part, label, filter=False, optional=True, fact="addresses")


class City(_Place, Text):
    part = "city"

    def __init__(self, **options: Any):
        super().__init__("city", postal.CITY, fact="addresses", **options)

    def filters(self) -> dict[str, ColumnFilter]:
        return {self.name: CityFilter(self.address, label=_("Begins with"))}


class Country(_Place):
    kind = "choice"
    part = "country"

    def __init__(self, **options: Any):
        super().__init__("country", _("Country"), fact="addresses", **options)

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


class Web(Text):
    """An address on the web, as a link."""

    kind = "url"
    few = False

    def html(self, row: Any, look: Look) -> str:
        address = escape(self.text(row, look))
        name = address.partition("://")[2] or address
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{name}</a>' if address else ""


class LanguageFilter(ColumnFilter):
    """Rows with one of the world's languages."""

    field_class = forms.ChoiceField

    def __init__(self, path: str, **field: Any):
        super().__init__(path, choices=lambda: [("", "—"), *languages()], **field)

    def condition(self, value: str) -> Q:
        return Q(**{self.path: value})

    def words(self, value: str) -> str:
        return language_name(value)


class Language(Column):
    kind = "choice"
    width = "w-m"
    empty = ""

    def text(self, row: Any, look: Look) -> str:
        return language_name(self.value(row)) if self.value(row) else ""

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: LanguageFilter(self.field, label=self.lazy_label)}


# --- days that come again ---------------------------------------------------------------------------------------------


class SoonFilter(ColumnFilter):
    """Rows whose day comes again soon: ranges of the stored day of the year, around New Year two of them."""

    field_class = forms.ChoiceField
    WORDS = {"0": _("Today"), "7": _("Next 7 days"), "30": _("Next 30 days"), "90": _("Next 90 days")}

    def __init__(self, path: str, **field: Any):
        super().__init__(path, choices=[("", "—"), *self.WORDS.items()], **field)

    def condition(self, value: str) -> Q:
        today = timezone.localdate()
        found = Q()
        for start, end in yearly.spans(today, today + dt.timedelta(days=int(value))):
            found |= Q(**{f"{self.path}__gte": start, f"{self.path}__lte": end})
        return found

    def words(self, value: str) -> str:
        return str(self.WORDS[value])


class DateLineFilter(SoonFilter):
    """Rows one of whose important dates comes again soon."""

    def __init__(self, dates: type[models.Model], **field: Any):
        super().__init__("day_key", **field)
        self.dates = dates

    def condition(self, value: str) -> Q:
        soon = super().condition(value)
        return Q(Exists(self.dates._default_manager.filter(soon, record=OuterRef("pk"))))


class Dates(Column):
    """The important dates, each by its name."""

    kind = "dates"
    #: the table of the dates
    dates: Any

    def __init__(self, **options: Any):
        super().__init__("dates", _("Important dates"), **options)

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        self.dates = model._meta.get_field(self.name).related_model
        lines = self.dates.objects.filter(record=OuterRef("pk")).order_by("pk")
        self.extra = {"date_list": ArraySubquery(lines.values(json=JSONObject(name="name", day="day")))}

    def value(self, row: Any) -> list[tuple[str, dt.date]]:
        return [(line["name"], dt.date.fromisoformat(line["day"])) for line in row.date_list]

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(f"{name}: {yearly.day_in_words(day)}" for name, day in self.value(row))

    def export(self, row: Any) -> str:
        return "; ".join(f"{name}: {yearly.iso(day)}" for name, day in self.value(row))

    def filters(self) -> dict[str, ColumnFilter]:
        return {self.name: DateLineFilter(self.dates, label=self.lazy_label)}
