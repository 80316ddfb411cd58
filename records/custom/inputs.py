"""The form fields that custom fields need beside Django's and those of records."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import MoneyInput
from core.money import Money, parse_amount
from workspaces.choices import currencies


class AmountInput(forms.MultiWidget):
    """An amount and its currency side by side."""

    def __init__(self, label: str, currency: str) -> None:
        self.currency = currency
        amount = MoneyInput(attrs={"aria-label": label})
        unit = forms.Select({"aria-label": _("Currency of “%(label)s”") % {"label": label}}, choices=currencies())
        super().__init__([amount, unit])

    def decompress(self, value: Money | None) -> list[Any]:
        return [str(value.amount), value.currency] if isinstance(value, Money) else [None, self.currency]


class AmountField(forms.MultiValueField):
    """An amount of money in a currency of its own; None for none."""

    def __init__(self, *, currency: str, label: str, **options: Any) -> None:
        parts = (forms.CharField(max_length=40, required=False), forms.CharField(max_length=3, required=False))
        widget = AmountInput(label, currency)
        super().__init__(parts, label=label, widget=widget, require_all_fields=False, **options)

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], "required")

    def clean(self, value: Any) -> Money | None:
        parts = value or ["", ""]
        if not (parts[0] or "").strip():
            self.validate(None)
            return None
        if parts[1] not in dict(currencies()):
            raise forms.ValidationError(_("Choose the currency of this amount."), "currency")
        try:
            return Money(parse_amount(parts[0].strip(), parts[1]), parts[1])
        except ValueError as error:
            raise forms.ValidationError(str(error), "amount") from None


class LinkField(forms.URLField):
    """An address on the web, of no other kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, **options)

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Start the address with https://"), "scheme")
        return address


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **options: Any) -> None:
        words = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}
        choices = [("", "—"), *words.items()]
        super().__init__(choices=choices, coerce=lambda value: value == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
