"""The kinds of custom fields, by their names; here those that hold a value of their own."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import formats
from core.forms import DateInput
from core.money import Money
from records.forms import PhoneField
from records.models import CustomField
from records.models.custom_field import SHORT
from records.models.custom_writing import Stored
from workspaces.models import Membership
from workspaces.refusals import Refusal

from . import numbers
from .inputs import AmountField, LinkField, YesNoField
from .kind import Kind
from .references import Choice, Choices, Linked, Member

#: characters that fit
LONG = 10_000


class LongText(Kind):
    shows = "lines"
    longest = LONG

    def options(self, of):
        return super().options(of) | {"widget": forms.Textarea({"rows": 4}), "max_length": LONG}

    def cleaned(self, value):
        return value.replace("\r\n", "\n") if value else None


class ShortText(Kind):
    def options(self, of):
        return super().options(of) | {"max_length": SHORT}


class Link(Kind):
    shows = "url"
    longest = 500

    def field_class(self):
        return LinkField

    def check(self, of, value, before):
        super().check(of, value, before)
        if value and not value.startswith(("https://", "http://")):
            raise Refusal(_("Start the address with https://"))


class Email(Kind):
    shows = "email"

    def field_class(self):
        return forms.EmailField


class Phone(Kind):
    shows = "phone"
    longest = 60

    def form_field(self, of, membership, now=None):
        field = PhoneField(**self.options(of))
        field.region = membership.workspace.country
        return field


class Number(Kind):
    shows = "number"

    def field_class(self):
        return forms.DecimalField

    def options(self, of):
        most = numbers.MOST
        return super().options(of) | {"decimal_places": numbers.PLACES, "min_value": -most, "max_value": most}

    def cleaned(self, value):
        try:
            return None if value in (None, "") else Decimal(value)
        except InvalidOperation as error:
            raise Refusal(_("“%(text)s” is not a number.") % {"text": value}) from error

    def check(self, of, value, before):
        if value is not None and not (value.is_finite() and abs(value) <= numbers.MOST):
            raise Refusal(_("“%(text)s” is too large.") % {"text": value})
        if value is not None and numbers.from_scaled(numbers.to_scaled(value)) != value:
            text = ngettext(
                "“%(text)s” has more than %(places)d decimal.",
                "“%(text)s” has more than %(places)d decimals.",
                numbers.PLACES,
            )
            raise Refusal(text % {"text": value, "places": numbers.PLACES})

    def initial(self, value):
        return None if value is None else f"{value:f}"

    def rows(self, value):
        return [] if value is None else [Stored(number=numbers.to_scaled(value))]

    def value(self, rows):
        return numbers.from_scaled(rows[0].number) if rows else None

    def words(self, of, value):
        return "" if value is None else formats.number(value)


class Amount(Kind):
    shows = "money"

    def form_field(self, of, membership, now=None):
        return AmountField(currency=membership.workspace.currency, **self.options(of))

    def begins(self, of):
        return None

    def cleaned(self, value):
        return value

    def check(self, of, value, before):
        if value is not None and not isinstance(value, Money):
            raise Refusal(_("“%(name)s” can't hold this.") % {"name": of.name})

    def rows(self, value):
        return [] if value is None else [Stored(number=value.minor, currency=value.currency)]

    def value(self, rows):
        return Money(rows[0].number, rows[0].currency) if rows else None

    def words(self, of, value):
        return "" if value is None else value.format()

    def told(self, of, value):
        return None if value is None else {"money": [value.minor, value.currency]}


class Day(Kind):
    shows = "date"

    def field_class(self):
        return forms.DateField

    def options(self, of):
        return super().options(of) | {"widget": DateInput}

    def begins(self, of):
        """ "today", or a date as ISO writes it."""
        if of.default.lower() in {"today", str(gettext_lazy("today")).lower()}:
            return timezone.localdate()
        return dt.date.fromisoformat(of.default) if of.default else None

    def check(self, of, value, before):
        if value is not None and not isinstance(value, dt.date):
            raise Refusal(_("“%(name)s” can't hold this.") % {"name": of.name})

    def rows(self, value):
        return [] if value is None else [Stored(day=value)]

    def value(self, rows):
        return rows[0].day if rows else None

    def words(self, of, value):
        return "" if value is None else formats.short_date(value, timezone.localdate())

    def told(self, of, value):
        return None if value is None else {"day": value.isoformat()}


class YesNo(Kind):
    def field_class(self):
        return YesNoField

    def begins(self, of):
        return {"yes": True, str(_("Yes")).lower(): True, "no": False, str(_("No")).lower(): False}.get(
            of.default.lower()
        )

    def cleaned(self, value):
        return None if value in (None, "") else bool(value)

    def check(self, of, value, before):
        """Everything is true or false."""

    def rows(self, value):
        return [] if value is None else [Stored(number=int(value))]

    def value(self, rows):
        return bool(rows[0].number) if rows else None

    def words(self, of, value):
        return "" if value is None else _("yes") if value else _("no")

    def told(self, of, value):
        return value

    def fact(self, of, rows):
        value = self.value(rows)
        return None if value is None else _("Yes") if value else _("No")


KINDS: Mapping[str, Kind] = {
    "text": ShortText(),
    "long_text": LongText(),
    "number": Number(),
    "money": Amount(),
    "date": Day(),
    "yes_no": YesNo(),
    "choice": Choice(),
    "choices": Choices(),
    "link": Link(),
    "email": Email(),
    "phone": Phone(),
    "member": Member(),
    "record": Linked(),
}


def default_fault(of: CustomField, membership: Membership) -> str:
    """Why the default of a field is none that the field can hold; "" where it is one."""
    if not of.default or of.kind in ("money", "member", "record"):
        return _("A field of this kind has no default.") if of.default else ""
    try:
        begun = KINDS[of.kind].begins(of)
        field = KINDS[of.kind].form_field(of, membership)
        field.clean(field.prepare_value(begun))
    except (ValidationError, ValueError) as error:
        return " ".join(error.messages) if isinstance(error, ValidationError) else _("Write the date as 2027-01-31.")
    return "" if begun is not None else _("The field can't hold this.")
