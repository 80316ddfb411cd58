"""What a custom field can hold. A kind says how a value is filled in, kept, shown and told of.

A value is: a str of all kinds of text, Decimal, Money, date, bool; of a choice, a member and a record its id, of
several choices their ids in order. None is no value.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formats
from core.forms import DateInput
from core.money import Money
from records.choosing import RecordChoiceField
from records.forms import PhoneField
from records.models import CustomField
from records.models.custom_field import SHORT
from records.models.custom_writing import Stored
from workspaces.models import Membership
from workspaces.refusals import Refusal

from . import numbers
from .inputs import AmountField, LinkField, YesNoField
from .targets import model_of

#: characters that fit
LONG = 10_000


class Kind:
    """One kind of field; `holds` is what its facts are shown as."""

    shows: str = "text"
    longest = SHORT

    def form_field(self, of: CustomField, membership: Membership, now: Any = None) -> forms.Field:
        """The field of a form; `now` is what the record holds, which may stay though it is offered no longer."""
        return self.field_class()(**self.options(of))

    def field_class(self) -> Any:
        return forms.CharField

    def options(self, of: CustomField) -> dict[str, Any]:
        return {"label": of.name, "required": of.required, "help_text": escape(of.help_text)}

    def begins(self, of: CustomField) -> Any:
        """What the form of a new record begins with, from the field's default; None where that says nothing."""
        return of.default or None

    def initial(self, value: Any) -> Any:
        return value

    # --- values -------------------------------------------------------------------------------------------------------
    def cleaned(self, value: Any) -> Any:
        """A value as verbs compare it, from what a form or a caller gives."""
        return value or None

    def check(self, of: CustomField, value: Any, before: Any) -> None:
        """Raises Refusal for a value that the field can't hold, whichever door it comes through."""
        if value is not None and not isinstance(value, str):
            raise Refusal(_("“%(name)s” can't hold this.") % {"name": of.name})
        if value is not None and len(value) > self.longest:
            text = _("“%(name)s” holds at most %(most)d characters.")
            raise Refusal(text % {"name": of.name, "most": self.longest})

    def rows(self, value: Any) -> list[Stored]:
        return [] if value is None else [Stored(text=value)]

    def value(self, rows: Sequence[Stored]) -> Any:
        return rows[0].text if rows else None

    # --- words --------------------------------------------------------------------------------------------------------
    def words(self, of: CustomField, value: Any) -> str:
        """The value as a sentence says it; "" for none."""
        return "" if value is None else str(value)

    def told(self, of: CustomField, value: Any) -> Any:
        """The value as an event keeps it, to be worded when it is read."""
        return self.words(of, value) or None

    def fact(self, of: CustomField, rows: Sequence[Stored]) -> Any:
        """What the record's page shows."""
        value = self.value(rows)
        return None if value is None else value


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


class Choice(Kind):
    """One choice; a retired one is offered no longer and may stay."""

    def form_field(self, of, membership, now=None):
        kept = {now} if isinstance(now, int) else {*(now or ())}
        choices = [(one.pk, one.name) for one in of.choices.all() if one.retired_at is None or one.pk in kept]
        return self.choosing(choices, **self.options(of))

    def choosing(self, choices: list[tuple[int, str]], **options: Any) -> forms.Field:
        return forms.TypedChoiceField(choices=[("", "—"), *choices], coerce=int, empty_value=None, **options)

    def begins(self, of):
        names = {one.name.lower(): one.pk for one in of.offered}
        return names.get(of.default.strip().lower())

    def cleaned(self, value):
        return getattr(value, "pk", value) or None

    def check(self, of, value, before):
        offered = {one.pk for one in of.offered}
        for one in ids_in(value) - ids_in(before):
            if one not in offered:
                raise Refusal(_("“%(name)s” does not offer this choice (any more).") % {"name": of.name})

    def rows(self, value):
        return [] if value is None else [Stored(choice_id=value)]

    def value(self, rows):
        return rows[0].choice_id if rows else None

    def words(self, of, value):
        wanted = ids_in(value)
        return ", ".join(one.name for one in of.choices.all() if one.pk in wanted)

    def fact(self, of, rows):
        return self.words(of, self.value(rows))


class Choices(Choice):
    """Several choices, each in a row of its own."""

    def choosing(self, choices, **options):
        boxes = forms.CheckboxSelectMultiple
        return forms.TypedMultipleChoiceField(choices=choices, coerce=int, empty_value=(), widget=boxes, **options)

    def begins(self, of):
        names = {one.name.lower(): one.pk for one in of.offered}
        return [names[name] for word in of.default.split(",") if (name := word.strip().lower()) in names] or None

    def cleaned(self, value):
        return tuple(sorted(getattr(one, "pk", one) for one in value or ())) or None

    def rows(self, value):
        return [Stored(slot=one, choice_id=one) for one in value or ()]

    def value(self, rows):
        return tuple(sorted(row.choice_id for row in rows)) or None


class Member(Kind):
    def form_field(self, of, membership, now=None):
        members = Membership.objects.filter(models.Q(is_active=True) | models.Q(pk=now)).order_by("name", "pk")
        return forms.ModelChoiceField(members, empty_label=_("Nobody"), **self.options(of))

    def begins(self, of):
        return None

    def cleaned(self, value):
        return getattr(value, "pk", value) or None

    def check(self, of, value, before):
        if value is not None and not Membership.objects.filter(pk=value).exists():
            raise Refusal(_("There is no such member."))

    def rows(self, value):
        return [] if value is None else [Stored(member_id=value)]

    def value(self, rows):
        return rows[0].member_id if rows else None

    def words(self, of, value):
        return "" if value is None else Membership.objects.filter(pk=value).values_list("name", flat=True).first() or ""

    def fact(self, of, rows):
        return rows[0].member_name if rows else None


class Linked(Member):
    shows = "record"

    def form_field(self, of, membership, now=None):
        model = model_of(of.target)
        field = RecordChoiceField(model, **self.options(of))
        field.limit(model.objects.visible_to(membership), now)
        return field

    def check(self, of, value, before):
        if value is not None and not model_of(of.target).objects.present().filter(pk=value).exists():
            raise Refusal(_("There is no such record."))

    def rows(self, value):
        return [] if value is None else [Stored(linked=value)]

    def value(self, rows):
        return rows[0].linked if rows else None

    def words(self, of, value):
        found = None if value is None else model_of(of.target).objects.filter(pk=value).first()
        return str(found) if found else ""

    def fact(self, of, rows):
        return None  # its page reads the records of all such fields together


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


def ids_in(value: Any) -> set[int]:
    return set() if value is None else {value} if isinstance(value, int) else set(value)


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
