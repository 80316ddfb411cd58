"""The kinds of custom fields that refer to something: choices, members, records."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from records.choosing import RecordChoiceField
from records.models import seen_ids
from records.models.custom_writing import Stored
from workspaces.models import Membership
from workspaces.refusals import Refusal

from .kind import Kind
from .targets import model_of


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
        return forms.TypedMultipleChoiceField(choices=choices, coerce=int, empty_value=[], widget=boxes, **options)

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

    def keeps(self, of, membership):
        raise forms.ValidationError(_("A field of this kind has no default."))

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

    def words_for(self, of, value, membership):
        if self.hides(of, value, membership):
            return _("a record that you may not see")
        return self.words(of, value)

    def hides(self, of, value, membership):
        return value is not None and not seen_ids(model_of(of.target), {value}, membership)

    def fact(self, of, rows):
        return None  # its page reads the records of all such fields together


def ids_in(value: Any) -> set[int]:
    return set() if value is None else {value} if isinstance(value, int) else set(value)
