"""Who gets what, a choice for each record type."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Func, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.history.telling import counted
from records.models import HandOver
from workspaces.models import Membership, Team

from . import handing

Choices = list[Any]


def takers(but: Membership | None = None) -> Choices:
    """Members, and teams whose members take turns, as a rule about owners writes them."""
    by_name = Func("name", function="records_sort_key")
    members = Membership.objects.active().exclude(pk=but and but.pk).order_by(by_name, "pk")
    there = Count("members", filter=Q(members__is_active=True) & ~Q(members=but and but.pk))
    teams = Team.objects.annotate(there=there).filter(there__gt=0)
    return [
        (_("One member"), [(f"member {member.pk}", member.name) for member in members]),
        (_("The members of a team by turns"), [(f"team {team.pk}", team.name) for team in teams]),
    ]


class HandOverForm(forms.Form):
    """Each type of records that the member has any of; what nobody chooses for stays where it is."""

    def __init__(self, *args: Any, leaver: Membership, by: Membership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.leaver = leaver
        choices = [("", gettext_lazy("Stay with %(name)s") % {"name": leaver.name}), *takers(leaver)]
        for name, rows in handing.belongings(leaver, by).items():
            if count := rows.count():
                label = counted(rows.model, count)
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Choose who gets the records."))
        return cleaned

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields)

    def ask(self, *, by: Membership) -> HandOver:
        to = {name: value for name, value in self.cleaned_data.items() if value}
        return handing.ask(self.leaver, to, by=by)
