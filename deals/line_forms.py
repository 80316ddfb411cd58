"""The lines of a deal as a form: what, how many, at which price, less how much."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.money import LARGEST, Money, parse_amount
from records.forms import AmountField
from records.rowsets import Line, row_set

from .asides import plain
from .forms import DealForm
from .models import DealLine, worth
from .models.line import too_much


class SaleLine(Line):
    """A line of a deal, with prices in the currency of the deal."""

    value_name = "name"

    name = forms.CharField(label=_("What"), max_length=200, widget=forms.TextInput({"autocomplete": "off"}))
    quantity = forms.DecimalField(
        label=_("Quantity"),
        max_digits=12,
        decimal_places=3,
        initial=Decimal(1),
        required=False,
        validators=DealLine._meta.get_field("quantity").validators,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    price = AmountField(label=_("Price"), required=False)
    discount = forms.DecimalField(
        label=_("Discount"),
        max_digits=5,
        decimal_places=2,
        required=False,
        validators=DealLine._meta.get_field("discount").validators,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "placeholder": "%"}),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    @property
    def identity(self) -> Any:
        """The same may be sold twice, at two prices."""
        return self.prefix

    @property
    def total(self) -> Money | None:
        """What it adds to the deal; None while that can't be said."""
        if not self.is_bound:
            return Money(self.initial["minor"], self.currency) if "minor" in self.initial else None
        said = getattr(self, "cleaned_data", {})
        if self.errors or not self.is_given:
            return None
        return Money(worth(said["quantity"], said["price"], said["discount"]), self.currency)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.has_changed() and self.empty_permitted:
            return values
        required = self.fields["name"].error_messages["required"]
        for name in ("name", "price", "quantity"):
            if name not in self.errors and values.get(name) in ("", None):
                self.add_error(name, required)
        if price := values.get("price"):
            try:
                values["price"] = parse_amount(price, self.currency)
                if values["price"] < 0:
                    self.add_error("price", _("An amount can't be negative."))
            except ValueError as error:
                self.add_error("price", str(error))
        return values | {"discount": values.get("discount") or 0}


class DealLines(row_set(SaleLine)):  # type: ignore[misc]
    label = _("Lines")
    add_label = _("Add line")
    line_template = "deals/line.html"
    needed = True
    content = DealLine.CONTENT
    #: blank lines where no button adds any
    extra = 3

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.currency = record.currency
        for line in self.initial:
            line["minor"] = worth(line["quantity"], line["price"], line["discount"])
            line["price"] = str(Money(line["price"], self.currency).amount)
            line |= {name: plain(line[name]) for name in ("quantity", "discount")}

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"currency": self.currency}

    @property
    def total(self) -> Money | None:
        """What the lines that can be read add up to. Without any the deal keeps what it is worth."""
        totals = [form.total.minor for form in self.forms if form.total is not None]
        return Money(sum(totals), self.currency) if totals else self.record.money

    def clean(self) -> None:
        """What is too much stands beside the price with which it becomes so."""
        super().clean()
        known = 0
        for form in self.forms:
            known += form.total.minor if form.total else 0
            if known > LARGEST:
                form.add_error("price", too_much())
                break

    def lines(self) -> list[dict[str, Any]]:
        """In the order in which they stand."""
        return [line | {"position": place} for place, line in enumerate(super().lines())]


class LinesForm(DealForm):
    """The lines of a deal alone."""

    row_sets = {"lines": DealLines}

    @property
    def lines(self) -> DealLines:
        return cast(DealLines, self.rows["lines"])
