"""A task about each of the chosen records: stands among the bulk actions of the lists below."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.formats import number
from core.forms import DateTimeInput
from records.listing import ActionForm, BulkAction, add_action
from records.models import Outcome, RecordQuerySet
from workspaces.models import Membership
from workspaces.rights import Actor

from .forms import add_faults
from .models import SUBJECTS, Activity
from .moments import in_days


class TaskForm(ActionForm):
    subject = forms.CharField(max_length=200, label=_("Subject"))
    due_at = forms.DateTimeField(label=_("Due"), widget=DateTimeInput)
    owner = forms.ModelChoiceField(
        Membership.objects.none(), required=False, empty_label=_("Whoever owns the record"), label=_("Whose task")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["owner"]).queryset = Membership.objects.filter(is_active=True)
        self.initial.setdefault("due_at", in_days(1))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        add_faults(self, {"kind": "task", "subject": "x", "due_at": values.get("due_at")}, at="due_at")
        return values


class TaskForEach(BulkAction):
    name = "task"
    label = _("Add a task for each")
    icon = "check-circle"
    form_class = TaskForm

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return Activity.objects.all().plan_each(rows, by=by, **wanted)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext("%(count)s task planned.", "%(count)s tasks planned.", outcome.done)
        return text % {"count": number(outcome.done)}


add_action(TaskForEach(), *SUBJECTS)
