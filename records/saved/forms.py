"""What is asked when a view is saved or a group made."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from records.models import Shared
from records.models.shared import AUDIENCES, PRIVATE, TEAM, WORKSPACE, teams_of
from workspaces.models import Membership, Team


class SharedForm(forms.Form):
    """Name and audience. `record` is what the rights call it; `instance` what is changed, None for a new one."""

    record = "group"
    name = forms.CharField(label=_("Name"), max_length=80)
    audience = forms.ChoiceField(label=_("Who sees it"))

    def __init__(self, *args: Any, membership: Membership, instance: Shared | None = None, **kwargs: Any):
        self.teams: dict[str, Team] = {}
        if instance:
            kwargs["initial"] = {"name": instance.name, "audience": choice_of(instance)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["audience"])
        field.choices = [(PRIVATE, AUDIENCES[PRIVATE])]
        if membership.may(self.record, "share"):
            teams = {team.pk: team for team in teams_of(membership)}
            if instance and instance.team:
                teams[instance.team.pk] = instance.team
            self.teams = {f"{TEAM}-{pk}": team for pk, team in teams.items()}
            field.choices += [(choice, team.name) for choice, team in self.teams.items()]
            field.choices += [(WORKSPACE, AUDIENCES[WORKSPACE])]

    @property
    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("audience", "opens_first")}
        team = self.teams.get(self.cleaned_data["audience"])
        return values | {"audience": TEAM if team else self.cleaned_data["audience"], "team": team}


class ViewForm(SharedForm):
    record = "saved_view"
    is_segment = forms.BooleanField(
        label=_("Segment"), required=False, help_text=_("Stands in the side bar with a live count.")
    )
    opens_first = forms.BooleanField(label=_("Open this view first"), required=False)

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any):
        if instance:
            kwargs["initial"] = {"is_segment": instance.is_segment}
        super().__init__(*args, instance=instance, **kwargs)
        if instance:
            del self.fields["opens_first"]


def choice_of(shared: Shared) -> str:
    return f"{TEAM}-{shared.team_id}" if shared.audience == TEAM and shared.team_id else shared.audience
