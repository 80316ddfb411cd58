"""The forms in which an admin sets up pipelines and stages."""

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deals.board_setting import understood
from deals.forms import by_pipeline
from deals.models import Pipeline, Stage
from deals.models.setting_up import TaskLine
from workspaces import choices as offered
from workspaces.forms import WorkspaceModelForm
from workspaces.models import Membership
from workspaces.rights import ROLES, Actor, scope_of

from . import choices

#: tasks of a stage, and blank lines for further ones
MOST_TASKS, SPARE = 30, 3


def ticks(label: Any, found: Any, help_text: Any) -> forms.MultipleChoiceField:
    """Boxes to tick in place of an array's text field."""
    return forms.MultipleChoiceField(
        label=label, choices=found, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple
    )


class PipelineForm(WorkspaceModelForm):
    """A pipeline. A new one may get the stages of another."""

    view = forms.ChoiceField(label=gettext_lazy("Default view"), required=False)
    like = forms.ModelChoiceField(
        Pipeline.objects.none(),
        label=gettext_lazy("Stages as in"),
        required=False,
        empty_label=gettext_lazy("A new workspace"),
        help_text=gettext_lazy("With their rules and tasks. You can change them afterwards."),
    )

    class Meta:
        model = Pipeline
        fields = ("name", "currency", "teams", "card_fields", "opens_with")
        widgets = {"teams": forms.CheckboxSelectMultiple}
        help_texts = {
            "currency": gettext_lazy("New deals begin with it."),
            "teams": gettext_lazy("None for everybody."),
        }

    field_order = ("name", "currency", "like", "teams", "card_fields", "view", "opens_with")
    instance: Pipeline
    fields: dict[str, Any]

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership, is_new = membership, self.instance.pk is None
        self.fields["currency"] = forms.ChoiceField(
            label=self.fields["currency"].label, choices=offered.currencies, help_text=self.fields["currency"].help_text
        )
        self.fields["card_fields"] = ticks(
            self.fields["card_fields"].label,
            choices.on_cards(membership.workspace),
            _("None for organization, value, next step, owner and the fields that are marked for the board."),
        )
        self.usual_on_cards = choices.usually_on_cards(membership.workspace)
        self.initial["card_fields"] = self.instance.card_fields or self.usual_on_cards
        self.fields["view"].choices = [("", _("All open deals")), *choices.shared_views()]
        self.fields["opens_with"].label = _("Or the address of a board")
        self.fields["opens_with"].help_text = _("As its filters and order are then, so the pipeline opens.")
        if not self.fields["teams"].queryset.exists():
            del self.fields["teams"]
        if self.instance.opens_with in dict(self.fields["view"].choices):
            self.initial.update(view=self.instance.opens_with, opens_with="")
        if is_new:
            self.initial["currency"] = self.initial.get("currency") or membership.workspace.currency
            self.fields["like"].queryset = Pipeline.objects.all()
            self.fields["name"].widget.attrs["autofocus"] = True
        else:
            del self.fields["like"]
        self.order_fields(self.field_order)

    def clean_card_fields(self) -> list[str]:
        """None for the usual ones, so that cards show a field that is marked for the board later."""
        chosen = self.cleaned_data["card_fields"]
        return [] if chosen == self.usual_on_cards else chosen

    def clean_opens_with(self) -> str:
        """Of an address what a board understands, without the place in it and the pipeline that it is kept for."""
        text = self.cleaned_data["opens_with"].strip()
        kept = understood(QueryDict(urlsplit(text).query if "?" in text else text), self.membership)
        if text and not kept:
            raise forms.ValidationError(_("There are no filters and no order in this address."))
        return kept

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("view"):
            values["opens_with"] = values["view"]
        return values

    def save(self, *, by: Actor) -> Pipeline:  # type: ignore[override]
        """Raises what `Pipeline.keep` raises."""
        teams = self.cleaned_data.get("teams", ())
        if self.instance.pk:
            self.instance.keep_with(teams, by=by)
        else:
            self.instance.open(teams, like=self.cleaned_data["like"], by=by)
        return self.instance


class TaskForm(forms.Form):
    """A task of a stage, in a line."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Task"), max_length=200, required=False)
    due_days = forms.IntegerField(label=gettext_lazy("Due after days"), min_value=0, max_value=999, required=False)
    is_must = forms.BooleanField(label=gettext_lazy("Must be done to win"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("name") and (values.get("due_days") is not None or values.get("is_must")):
            self.add_error("name", _("Say what is to be done."))
        return values

    @property
    def line(self) -> TaskLine | None:
        """The task; None for a blank line and one that is taken away."""
        values = self.cleaned_data
        if not values.get("name") or values.get(DELETION_FIELD_NAME):
            return None
        return TaskLine(values["id"], values["name"], values["due_days"], values["is_must"])


TASKS = formset_factory(
    TaskForm, extra=SPARE, max_num=MOST_TASKS, absolute_max=MOST_TASKS + SPARE, can_order=True, can_delete=True
)


class StageForm(WorkspaceModelForm):
    """A stage with its rules and tasks."""

    class Meta:
        model = Stage
        fields = ("name", "win_chance", "idle_days", "hue", "card_limit", "required", "entry_roles", "next_stages")
        widgets = {"next_stages": forms.CheckboxSelectMultiple}
        help_texts = {"next_stages": gettext_lazy("None for all. Back to an earlier stage a deal may go in any case.")}

    instance: Stage
    fields: dict[str, Any]

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required, roles = self.fields["required"].label, self.fields["entry_roles"].label
        words = _("A deal goes on, or is won, when these are filled in.")
        self.fields["required"] = ticks(required, choices.requirable(membership.workspace), words)
        movers = [(role, label) for role, label in ROLES.items() if scope_of(role, "deal", "change") != "none"]
        self.fields["entry_roles"] = ticks(roles, movers, _("None for all."))
        self.fields["hue"] = forms.TypedChoiceField(
            label=self.fields["hue"].label, choices=offered.HUES, coerce=int, initial=self.fields["hue"].initial
        )
        others = choices.stages_in_use(self.instance.pipeline, without=self.instance)
        self.fields["next_stages"].queryset = Stage.objects.filter(pk__in=[stage.pk for stage in others])
        self.fields["next_stages"].choices = by_pipeline(others)
        tasks = self.instance.tasks.all() if self.instance.pk else ()
        there = [{name: getattr(task, name) for name in ("id", "name", "due_days", "is_must")} for task in tasks]
        self.tasks = TASKS(self.data if self.is_bound else None, initial=there, prefix="tasks")
        for form in self.tasks:
            form.fields[ORDERING_FIELD_NAME].widget.attrs["aria-label"] = _("Place")
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = _("Remove")
        if not self.instance.pk:
            self.fields["name"].widget.attrs["autofocus"] = True

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.tasks.is_valid()])

    def save(self, *, by: Actor) -> Stage:  # type: ignore[override]
        """Raises what `Stage.keep` raises."""
        end = MOST_TASKS + SPARE
        given = sorted(self.tasks, key=lambda form: form.cleaned_data.get(ORDERING_FIELD_NAME) or end)
        lines = [form.line for form in given]
        self.instance.keep_with(self.cleaned_data["next_stages"], filter(None, lines), by=by)
        return self.instance


class RemovalForm(forms.Form):
    """Where the deals of a stage go that is deleted."""

    to = forms.ModelChoiceField(Stage.objects.none(), label=gettext_lazy("Its deals go to"))

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = choices.stages_in_use(stage.pipeline, without=stage)
        usable = [other for other in others if not other.pipeline.archived_at]
        field = cast(forms.ModelChoiceField, self.fields["to"])
        field.queryset = Stage.objects.filter(pk__in=[other.pk for other in usable]).select_related("pipeline")
        field.choices = [("", _("Choose a stage")), *by_pipeline(usable)]
