"""Choosing a record of any kind that can be tied: "contact:7" in the hidden field, a name without JavaScript."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Combobox, Typed
from core.numbers import number
from core.text import fold
from records.choosing import SUGGESTIONS, RecordChoiceField, called, hinted
from records.models import Record
from records.pages import PAGES
from workspaces.models import Membership

from .models import MODELS

#: of each kind, so that none hides the others
OF_A_KIND = 4


def key_of(record: Record) -> str:
    return f"{record.record_name}:{record.pk}"


def by_key(key: str, membership: Membership) -> Record | None:
    """The record of a key, as far as the member may see it."""
    kind, _colon, pk = key.partition(":")
    model = MODELS.get(kind)
    return model.objects.visible_to(membership).filter(pk=number(pk)).first() if model else None


def suggestions(membership: Membership, text: str) -> list[Record]:
    """What a text may mean, of each kind the best; first what is called so from the beginning."""
    found = (PAGES[kind].suggestions(membership, text)[:OF_A_KIND] for kind in MODELS)
    start = fold(text)
    return sorted(chain.from_iterable(found), key=lambda record: not fold(record.title).startswith(start))


class AnyRecordInput(Combobox):
    """The combobox; what a typed name could mean stands below it as radio buttons where that was not clear."""

    template_name = "ties/record_input.html"
    membership: Membership
    candidates: list[Record] = []

    def __init__(self) -> None:
        super().__init__("ties:pick")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value if isinstance(value, Typed) else None, attrs)
        chosen = by_key(str(value), self.membership) if value and not isinstance(value, Typed) else None
        if chosen:
            context["widget"] |= {"text": chosen.title, "shown": chosen.title, "pk": key_of(chosen)}
        context["widget"]["candidates"] = self.candidates
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        choice = data.get(f"{name}_choice")
        if choice and data.get(f"{name}_text") == data.get(f"{name}_asked"):
            return choice
        return super().value_from_datadict(data, files, name)


class AnyRecordField(forms.Field):
    """A person, an organization or a deal, found by typing; the form gives it the member who may see it."""

    widget = AnyRecordInput
    default_error_messages = {
        **RecordChoiceField.default_error_messages,
        "gone": _("This record can't be chosen. Choose another."),
    }

    def to_python(self, value: Any) -> Record | None:
        if not value:
            return None
        widget: Any = self.widget
        if not isinstance(value, Typed):
            if record := by_key(str(value), widget.membership):
                return record
            raise forms.ValidationError(self.error_messages["gone"], "gone")
        exact = self.called(value)
        if len(exact) == 1:
            return exact[0]
        widget.candidates = exact or suggestions(widget.membership, value)
        code = "several" if exact else "near" if widget.candidates else "missing"
        raise forms.ValidationError(self.error_messages[code], code, {"name": value})

    def called(self, name: str) -> list[Record]:
        """The records of exactly this name."""
        widget: Any = self.widget
        rows = (called(model.objects.visible_to(widget.membership), name) for model in MODELS.values())
        return [record for found in rows for record in hinted(found.order_by("pk")[:SUGGESTIONS])]
