"""The forms in which an admin types, pastes and uploads rates."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formats import number
from core.forms import DateInput, LongSelect
from core.money import format_rate
from transfers.encodings import of_head
from transfers.parsing import EitherWay
from transfers.reading import DATE_ORDERS
from workspaces.choices import currencies
from workspaces.models import Rate, RateLine, Workspace

from .reading import rate_of, rates_in

#: bytes of a file that a person would still look through
LARGEST_FILE = 500_000
#: faults that are told at once
MOST_FAULTS = 20


class RateField(forms.CharField):
    """What one unit is worth, as people write numbers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=40, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **options
        )

    def clean(self, value: Any) -> Decimal:
        try:
            return rate_of(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class RateForm(forms.Form):
    """One rate."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies, widget=LongSelect)
    day = forms.DateField(label=gettext_lazy("Counts from"), widget=DateInput)
    value = RateField(label=gettext_lazy("Rate"))

    def __init__(self, data: Any = None, *, workspace: Workspace, rate: Rate | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.workspace, self.rate = workspace, rate
        self.fields["value"].help_text = _("One unit of it in %(currency)s.") % {"currency": workspace.currency}
        others = [choice for choice in currencies() if choice[0] != workspace.currency]
        self.fields["currency"].choices = [("", "—"), *others]  # type: ignore[attr-defined]
        if not self.initial.get("currency"):
            self.fields["currency"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if len(values) == len(self.fields) and (fault := Rate.fault(RateLine(**values), self.workspace)):
            self.add_error("value", fault)
        return values

    @classmethod
    def of(cls, rate: Rate, data: Any, *, workspace: Workspace) -> "RateForm":
        """The form of a rate that is there."""
        initial = {"currency": rate.currency, "day": rate.day, "value": format_rate(rate.value)}
        return cls(data, workspace=workspace, rate=rate, initial=initial)

    @property
    def line(self) -> RateLine:
        return RateLine(**self.cleaned_data)

    @property
    def changed(self) -> Rate:
        """The rate as it was typed."""
        rate = self.rate or Rate()
        for name, value in self.cleaned_data.items():
            setattr(rate, name, value)
        return rate


class PasteForm(forms.Form):
    """Many rates: a text, or a small file in its place."""

    text = forms.CharField(
        label=gettext_lazy("Rates"),
        required=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autofocus": True}),
        help_text=gettext_lazy(
            "One a line: currency, day and rate, as in “EUR 2026-03-01 25.105”. Without a day: today."
        ),
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Order of dates"),
        required=False,
        choices=[("", gettext_lazy("Choose")), *((order, DATE_ORDERS[order]) for order in ("DMY", "MDY"))],
        widget=forms.HiddenInput,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"), required=False, help_text=gettext_lazy("CSV or text, as banks offer it.")
    )

    def __init__(self, *args: Any, workspace: Workspace, **options: Any) -> None:
        super().__init__(*args, **options)
        self.workspace, self.lines, self.faults = workspace, list[RateLine](), list[str]()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("file"):
            self.take_file(values["file"])
        if self.errors:
            return values
        if values["order"]:
            self.show_order()
        try:
            pasted = rates_in(self.given, today(), self.workspace, values["order"] or None)
        except EitherWay as error:
            self.show_order()
            self.add_error("order", str(error))
        except ValueError as error:
            self.add_error("text", str(error))
        else:
            self.lines, self.faults = pasted.lines, told(pasted.faults)
            if not self.lines:
                self.add_error("text", self.faults or _("There are no rates in it."))
        return values

    def show_order(self) -> None:
        """Only who pastes dates that could be either is asked."""
        order: Any = self.fields["order"]
        order.widget = forms.Select(choices=order.choices)

    @property
    def given(self) -> str:
        return self.cleaned_data.get("text", "")

    def take_file(self, file: Any) -> None:
        """Into the text, so that what is wrong with it can be put right there."""
        if file.size > LARGEST_FILE:
            self.add_error("file", _("The file is too large for a list of rates."))
            return
        content = file.read()
        # Codes and numbers are the same in all that is not UTF-16; the names beside them don't matter.
        self.cleaned_data["text"] = content.decode(of_head(content) or "utf-8", "replace").replace("\x00", "")
        typed: Any = self.data
        self.data = typed.copy()
        self.data["text"] = self.given  # type: ignore[index]


def told(faults: list[str]) -> list[str]:
    """As many as one would read."""
    rest = len(faults) - MOST_FAULTS
    more = [ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": number(rest)}] if rest > 0 else []
    return faults[:MOST_FAULTS] + more


def today() -> dt.date:
    return timezone.localdate()
