"""What a kind of custom field says: how a value is filled in, kept, shown and told of.

A value is: a str of all kinds of text, Decimal, Money, date, bool; of a choice, a member and a record its id, of
several choices their ids in order. None is no value.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from records.models import CustomField
from records.models.custom_field import SHORT
from records.models.custom_writing import Stored
from workspaces.models import Membership
from workspaces.refusals import Refusal


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

    # --- defaults -----------------------------------------------------------------------------------------------------
    def keeps(self, of: CustomField, membership: Membership) -> str:
        """The field's default as it is kept, the same for readers of every language, from what an admin typed. Raises
        ValidationError for what the field can't hold."""
        return str(self.form_field(of, membership).clean(of.default))

    def typed(self, default: str) -> str:
        """A kept default as one would type it."""
        return default

    def begins(self, of: CustomField) -> Any:
        """What a new record begins with, from the default as it is kept; None where that says nothing."""
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

    def words_for(self, of: CustomField, value: Any, membership: Membership) -> str:
        """The same for a member, who may not see all that it could name."""
        return self.words(of, value)

    def hides(self, of: CustomField, value: Any, membership: Membership) -> bool:
        """Does the value name what the member may not see? It stays as it is then."""
        return False

    def told(self, of: CustomField, value: Any) -> Any:
        """The value as an event keeps it, to be worded when it is read."""
        return self.words(of, value) or None

    def fact(self, of: CustomField, rows: Sequence[Stored]) -> Any:
        """What the record's page shows."""
        value = self.value(rows)
        return None if value is None else value
