"""The form of an activity on a page of its own; the short ones of record pages are in composers.py."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from contacts.models import Contact
from core.forms import DateTimeInput
from deals.models import Deal
from organizations.models import Organization
from records.choosing import RecordChoiceField
from records.forms import RecordForm

from .models import DIRECTIONS, OUTCOMES, SUBJECTS, Activity
from .models.kinds import faults
from .moments import in_days

CALL_OUTCOMES = {"": pgettext_lazy("outcome of a call", "Unknown"), **OUTCOMES}
CALL_DIRECTIONS = {"": pgettext_lazy("direction of a call", "Unknown"), **DIRECTIONS}


class ActivityForm(RecordForm):
    """An activity on a page of its own; a new one is done or planned as its time says (see `done_when`)."""

    contact = RecordChoiceField(Contact, label=gettext_lazy("Person"), required=False)
    organization = RecordChoiceField(Organization, label=gettext_lazy("Organization"), required=False)
    deal = RecordChoiceField(Deal, label=gettext_lazy("Deal"), required=False)

    groups = (
        (gettext_lazy("What"), ("kind", "subject", ("occurred_at", "minutes"), "body")),
        (gettext_lazy("How it went"), (("direction", "outcome"), "location", "next_steps")),
        (gettext_lazy("About"), ("contact", "organization", "deal")),
        (gettext_lazy("Who"), ("owner",)),
    )

    #: the others hang together: what was done when and how it went
    bulk_fields = ("owner", "minutes", "location")

    class Meta:
        model = Activity
        fields = (
            "kind", "subject", "occurred_at", "minutes", "body", "direction", "outcome", "location", "next_steps",
            "owner",
        )  # fmt: skip
        widgets = {
            "occurred_at": DateTimeInput,
            "body": forms.Textarea({"rows": 4}),
            "next_steps": forms.Textarea({"rows": 2}),
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["subject"].required = False
        self.fields["outcome"].choices = [*CALL_OUTCOMES.items()]
        self.fields["direction"].choices = [*CALL_DIRECTIONS.items()]
        self.about_now = self.record.about if self.record else []
        #: the one of each kind that the form shows; what is in the trash, and further ones, stay as they are
        self.shown = {record.record_name: record for record in reversed(self.about_now) if not record.deleted_at}
        for name, record in self.shown.items():
            self.initial[name] = record.pk
        if not self.record:
            self.initial.setdefault("kind", "task")
            self.initial.setdefault("occurred_at", in_days(1))

    def clean_occurred_at(self) -> dt.datetime:
        """The time as it is kept, unless another minute was typed: the field shows no seconds."""
        return to_the_minute(self.cleaned_data["occurred_at"], self.record)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        record = self.record
        done_at = {"done_at": record.done_at if record else done_when(values)}
        moved = record.moved_along(values.get("occurred_at")) if record else {}
        add_faults(self, values | done_at | moved)
        return values

    def values(self) -> dict[str, Any]:
        values = super().values()
        chosen = [record for name in SUBJECTS if (record := values.pop(name, None))]
        kept = [record for record in self.about_now if record not in self.shown.values()]
        if "about" not in self.taken:
            values["about"] = chosen + [record for record in kept if record not in chosen]
        if self.record is None:
            done_at = done_when(values)
            values |= {"done_at": done_at} if done_at else {"due_at": values["occurred_at"]}
        return values

    def label_of(self, name: str) -> str:
        return _("About") if name == "about" else super().label_of(name)


def to_the_minute(typed: dt.datetime, activity: Activity | None) -> dt.datetime:
    """The time of the activity where it is in the minute that was typed."""
    kept = activity and activity.occurred_at
    return kept if kept and kept.replace(second=0, microsecond=0) == typed else typed


def done_when(values: dict[str, Any]) -> dt.datetime | None:
    """A new note is done, and so are a call and a meeting whose time has come; a task is open until somebody did it."""
    at = values.get("occurred_at") or timezone.now()
    return at if values.get("kind") == "note" or (values.get("kind") != "task" and at <= timezone.now()) else None


def add_faults(form: forms.BaseForm, values: dict[str, Any], *, at: str = "occurred_at") -> None:
    """Put what no activity can be beside the fields that say so; `at` is the one of its time."""
    found = faults(**values) if "kind" in values else {}
    for fault, reason in found.items():
        name = at if fault == "occurred_at" else fault
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, reason)
