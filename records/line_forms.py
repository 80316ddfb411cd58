"""The lines of addresses and of important dates below a form: see `records.rowsets`."""

import json
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import postal
from core.forms import LongSelect, YearlyField
from workspaces.choices import countries

from .models import ADDRESS_KINDS, MOST_DAYS, Address, ImportantDate
from .rowsets import Line, RowSet, row_set


class AddressLine(Line):
    """An address: its parts, their names and what is right are those of its country."""

    value_name = "street"

    kind = forms.ChoiceField(choices=ADDRESS_KINDS, initial="billing")
    country = forms.ChoiceField(label=_("Country"), choices=countries, widget=LongSelect, required=False)
    street = forms.CharField(label=postal.STREET, max_length=300, widget=forms.Textarea({"rows": 2}))
    city_area = forms.CharField(max_length=120, required=False)
    city = forms.CharField(max_length=120, required=False)
    region = forms.CharField(max_length=120, required=False)
    postcode = forms.CharField(max_length=20, required=False)
    is_primary = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].initial = kwargs["membership"].workspace.country
        self.in_country = str(self["country"].value() or "")
        del self.fields["street"].widget.attrs["aria-label"]  # it has a label like the others
        for part in postal.THEIRS:
            self.fields[part].label = postal.label(self.in_country, part)
        if regions := postal.regions(self.in_country):
            self.choose_region(regions)
        self.fields["country"].widget.attrs |= {
            "aria-label": self.fields["country"].label,
            "hx-post": reverse("records:address_parts"),
            "hx-vals": json.dumps({"prefix": self.prefix}),
            "hx-target": f"#{self.prefix}-parts",
            "hx-swap": "outerHTML",
            "hx-sync": "this:replace",
        }

    def choose_region(self, regions: list[tuple[str, str]]) -> None:
        """A choice of those that are known; another one that stands there already may stay."""
        now = self["region"].value() or ""
        known = [("", "–"), *regions]
        self.fields["region"].widget = LongSelect(choices=known if now in dict(known) else [*known, (now, now)])

    @property
    def shape(self) -> list[list[forms.BoundField]]:
        """The fields in the order of the country, line by line; those that it can do without say so."""
        for part in postal.THEIRS:  # on the page alone: whether a blank line lacks something `clean()` knows
            self.fields[part].required = postal.is_required(self.in_country, part)
        return [[self[part] for part in line] for line in postal.lines_of(self.in_country)]

    @property
    def identity(self) -> Any:
        return tuple(self.cleaned_data.get(name) for name in ("kind", *postal.THEIRS, "country"))

    @property
    def is_given(self) -> bool:
        """Does it say more than the country that stands there anyway?"""
        cleaned = getattr(self, "cleaned_data", {})
        is_chosen = "country" in self.changed_data and cleaned.get("country")
        return bool(is_chosen or any(cleaned.get(part) for part in postal.THEIRS)) and not cleaned.get("DELETE")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.is_given:
            return values
        if not values.get("country"):
            self.add_error("country", self.fields["country"].error_messages["required"])
            return values
        for part, reason in postal.faults(values, complete=True).items():
            self.add_error(part, reason)
        return values | postal.tidied(values)


class AddressLines(row_set(AddressLine)):  # type: ignore[misc]
    label = _("Addresses")
    add_label = _("Add address")
    line_template = "records/address_line.html"
    is_long = True
    content = Address.CONTENT

    def is_marked(self, form: Line, place: int) -> bool:
        return form.cleaned_data["is_primary"]


class DateLine(Line):
    """A day that comes again each year."""

    value_name = "name"

    name = forms.CharField(
        label=_("Occasion"),
        max_length=80,
        widget=forms.TextInput({"placeholder": _("Such as wedding anniversary"), "autocomplete": "off"}),
    )
    day = YearlyField(label=_("Day"), required=False)
    remind_before = forms.IntegerField(
        label=_("Remind days before"),
        required=False,
        min_value=0,
        validators=[MaxValueValidator(MOST_DAYS)],
        widget=forms.NumberInput({"min": 0, "max": MOST_DAYS}),
    )

    @property
    def identity(self) -> Any:
        return self.cleaned_data["name"], self.cleaned_data["day"]

    @property
    def is_given(self) -> bool:
        cleaned = getattr(self, "cleaned_data", {})
        return bool(cleaned.get("name") and cleaned.get("day")) and not cleaned.get("DELETE")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if bool(values.get("name")) != bool(values.get("day")) and not self.errors:
            missing = "day" if values.get("name") else "name"
            self.add_error(missing, self.fields["name"].error_messages["required"])
        return values


class DateLines(row_set(DateLine)):  # type: ignore[misc]
    label = _("Important dates")
    add_label = _("Add date")
    line_template = "records/date_line.html"
    is_long = True
    content = ImportantDate.CONTENT


LINES: dict[str, type[RowSet]] = {"addresses": AddressLines, "dates": DateLines}
