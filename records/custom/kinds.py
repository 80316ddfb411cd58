"""The kinds of custom fields, by their names; here those that hold a value of their own."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formats, phones
from core.forms import DateInput
from core.money import Money
from core.one_line import one_line
from records.forms import PhoneField
from records.models import CustomField
from records.models.custom_field import SHORT
from records.models.custom_writing import Stored
from workspaces.refusals import Refusal

from . import numbers
from .inputs import AmountField, LinkField, YesNoField
from .kind import Kind
from .references import Choice, Choices, Linked, Member

#: characters that fit
LONG = 10_000
#: the default of a date that is the day on which the record is made
TODAY = "today"


class LongText(Kind):
    shows = "lines"
    longest = LONG

    def options(self, of):
        return super().options(of) | {"widget": forms.Textarea({"rows": 4}), "max_length": LONG}

    def cleaned(self, value):
        return value.replace("\r\n", "\n") if value else None


class ShortText(Kind):
    def cleaned(self, value):
        return one_line(value) or None if isinstance(value, str) else super().cleaned(value)

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

    def words(self, of, value):
        return phones.local(value, None) if value else ""

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

    def keeps(self, of, membership):
        raise ValidationError(_("A field of this kind has no default."))

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

    def keeps(self, of, membership):
        """ "today", or a date as ISO writes it."""
        if of.default.lower() in {TODAY, _("today").lower()}:
            return TODAY
        try:
            return dt.date.fromisoformat(of.default).isoformat()
        except ValueError as error:
            raise ValidationError(_("Write the date as 2027-01-31.")) from error

    def typed(self, default):
        return _("today") if default == TODAY else default

    def begins(self, of):
        if of.default == TODAY:
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

    def keeps(self, of, membership):
        """ "yes" or "no"."""
        words = {"yes": "yes", _("Yes").lower(): "yes", "no": "no", _("No").lower(): "no"}
        if of.default.lower() not in words:
            raise ValidationError(_("The field can't hold this."))
        return words[of.default.lower()]

    def typed(self, default):
        return {"yes": _("Yes"), "no": _("No")}.get(default, default)

    def begins(self, of):
        return {"yes": True, "no": False}.get(of.default)

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


def beginning(of: CustomField) -> Any:
    """What a new record has in a field that nobody filled in; None for nothing, which is also what a default says that
    the field can't hold (any more), be it that an undo brought it back."""
    kind = KINDS[of.kind]
    try:
        value = kind.cleaned(kind.begins(of))
        kind.check(of, value, None)
    except (ValueError, Refusal):
        return None
    return value
