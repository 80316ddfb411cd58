from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.numbers import number
from records.models import Record
from workspaces.models import Membership
from workspaces.rights import Actor

from .choosing import AnyRecordField
from .models import SIDES, Tie, TieType, opposite


class TieForm(forms.Form):
    """What a record is to another: short enough for a dialog."""

    relation = forms.ChoiceField(label=pgettext_lazy("between two records", "Tie"))
    record = AnyRecordField(label=gettext_lazy("To which person, organization or deal"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    fields: dict[str, Any]

    def __init__(self, *args: Any, subject: Record, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        self.types = {tie_type.pk: tie_type for tie_type in TieType.objects.all()}
        self.fields["record"].widget.membership = membership
        self.fields["relation"].choices = list(self.relations())

    def relations(self) -> Iterator[tuple[str, str]]:
        """What a record of this kind can be to others: "7:one", "Customer of"."""
        for pk, tie_type in self.types.items():
            sides = [side for side in SIDES if tie_type.kind_at(side) in ("", self.subject.record_name)]
            for side in sides[:1] if tie_type.is_mutual else sides:
                yield f"{pk}:{side}", capfirst(tie_type.name_from(side))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not (relation := values.get("relation")):
            return values
        pk, _colon, side = relation.partition(":")
        values["type"], values["side"] = self.types[number(pk)], side
        other, kind = values.get("record"), values["type"].kind_at(opposite(side))
        if other and kind not in ("", other.record_name):
            text = _("“%(tie)s” does not lead to a record of this kind: %(title)s.")
            self.add_error("record", text % {"tie": values["type"].name_from(side), "title": other.title})
        return values

    def save(self, *, by: Actor) -> Tie:
        """Raises what `Tie.add` raises."""
        values, pair = self.cleaned_data, (self.subject, self.cleaned_data["record"])
        one, other = pair if values["side"] == "one" else reversed(pair)
        return Tie.add(values["type"], one, other, note=values["note"], by=by)
