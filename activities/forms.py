"""The forms of activities: the full one, and the short ones of the composer on record pages."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from contacts.models import Contact
from core.forms import DateTimeInput
from deals.models import Deal
from organizations.models import Organization
from records.choosing import RecordChoiceField
from records.forms import RecordForm
from records.models import Record
from workspaces.models import Membership
from workspaces.rights import Actor

from .models import ICONS, KINDS, OUTCOMES, SUBJECTS, Activity

#: when a task that is planned by the day comes up
MORNING = dt.time(9)
CALL_OUTCOMES = {"": pgettext_lazy("outcome of a call", "Unknown"), **OUTCOMES}
FOLLOW_UPS = (1, 2, 3, 7, 14, 30)


def in_days(days: int) -> dt.datetime:
    """The morning of the day that many days ahead, in the reader's time zone."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, MORNING))


def later(due: dt.datetime, days: int) -> dt.datetime:
    """That many days after it is due, or after today where that is past; at its hour by the reader's clock."""
    local = timezone.localtime(due)
    day = max(local.date(), timezone.localdate()) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, local.time()))


class ActivityForm(RecordForm):
    """An activity on a page of its own; a new one is done or planned as its time says (see `done_when`)."""

    contact = RecordChoiceField(Contact, label=gettext_lazy("Person"), required=False)
    organization = RecordChoiceField(Organization, label=gettext_lazy("Organization"), required=False)
    deal = RecordChoiceField(Deal, label=gettext_lazy("Deal"), required=False)

    groups = (
        (gettext_lazy("What"), ("kind", "subject", ("occurred_at", "minutes"), "outcome", "body")),
        (gettext_lazy("About"), ("contact", "organization", "deal")),
        (gettext_lazy("Who"), ("owner",)),
    )

    class Meta:
        model = Activity
        fields = ("kind", "subject", "occurred_at", "minutes", "outcome", "body", "owner")
        widgets = {"occurred_at": DateTimeInput, "body": forms.Textarea({"rows": 4})}

    def prepare_fields(self) -> None:
        super().prepare_fields()
        self.fields["subject"].required = False
        self.fields["outcome"].choices = [*CALL_OUTCOMES.items()]
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
        typed, kept = self.cleaned_data["occurred_at"], self.record and self.record.occurred_at
        return kept if kept and kept.replace(second=0, microsecond=0) == typed else typed

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


def done_when(values: dict[str, Any]) -> dt.datetime | None:
    """A new note is done, and so are a call and a meeting whose time has come; a task is open until somebody did it."""
    at = values.get("occurred_at") or timezone.now()
    return at if values.get("kind") == "note" or (values.get("kind") != "task" and at <= timezone.now()) else None


def add_faults(form: forms.BaseForm, values: dict[str, Any]) -> None:
    """Put what no activity can be beside the fields that say so."""
    faults = Activity.faults(**values) if "kind" in values else {}
    for name, reason in faults.items():
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, reason)


def waits() -> list[tuple[int, str]]:
    """In how many days one may want to follow up."""
    return [(days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in FOLLOW_UPS]


# --- composer ---------------------------------------------------------------------------------------------------------
class ComposerForm(forms.Form):
    """What the composer of a record page asks for one kind of activity; saving may plan the next step along the way."""

    #: templates draw the tabs from the classes
    do_not_call_in_templates = True
    kind: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str]
    #: what presses its tab
    key: ClassVar[str] = ""
    save_label: ClassVar[Any]
    placeholder: ClassVar[Any] = gettext_lazy("What should the team know?")
    takes_focus = False
    #: the short fields above the text
    short: ClassVar[tuple[str, ...]] = ()

    body = forms.CharField(label=gettext_lazy("Notes"), required=False, max_length=20_000)
    follow_up = forms.BooleanField(required=False)
    days = forms.ChoiceField(required=False, choices=waits)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.initial.setdefault("days", FOLLOW_UPS[2])
        self.fields["body"].widget = forms.Textarea({"rows": 2, "placeholder": self.placeholder})
        if at := self.fields.get("occurred_at"):
            at.initial = self.usual_time()

    @property
    def tabs(self) -> Iterable[type["ComposerForm"]]:
        """All composers, in order."""
        return COMPOSERS.values()

    @property
    def is_always_the_same(self) -> bool:
        """Is it the one that each record's page opens with, with nothing typed or planned?"""
        return not self.is_bound and not self.short and not self.takes_focus

    @property
    def kept_by(self) -> str:
        return self.kind

    def usual_time(self) -> dt.datetime:
        return timezone.now()

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        self.takes_focus = True
        self.fields["subject" if "subject" in self.fields else "body"].widget.attrs["autofocus"] = True

    def short_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.short]

    def activity(self) -> dict[str, Any]:
        """The fields of the activity."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("follow_up", "days")}
        return {"kind": self.kind, "occurred_at": timezone.now()} | values

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        wanted = self.activity()
        add_faults(self, wanted | {"done_at": done_when(wanted)})
        return values

    def save(self, record: Record, *, by: Actor) -> Activity:
        """Log or plan it about the record, and the follow-up if one is wanted. Raises what `Activity.create` raises."""
        values = self.activity()
        done_at = done_when(values)
        values |= {"done_at": done_at} if done_at else {"due_at": values["occurred_at"]}
        activity = Activity.create(by=by, about=[record], **values)
        if self.cleaned_data.get("follow_up"):
            subject = (_("Follow up: %(title)s") % {"title": record.title})[:200]
            due_at = in_days(int(self.cleaned_data["days"] or FOLLOW_UPS[2]))
            Activity.plan("task", by=by, subject=subject, due_at=due_at, about=[record])
        return activity


class NoteForm(ComposerForm):
    kind, label, icon = "note", KINDS["note"], ICONS["note"]
    key = "n"
    save_label = gettext_lazy("Save note")


class CallForm(ComposerForm):
    kind, label, icon = "call", KINDS["call"], ICONS["call"]
    key = "l"
    save_label = gettext_lazy("Save call")
    placeholder = gettext_lazy("What was said?")
    short = ("occurred_at", "outcome", "minutes")

    occurred_at = forms.DateTimeField(label=gettext_lazy("When"), widget=DateTimeInput)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False, choices=CALL_OUTCOMES)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=24 * 60)


class MeetingForm(ComposerForm):
    kind, label, icon = "meeting", KINDS["meeting"], ICONS["meeting"]
    save_label = gettext_lazy("Save meeting")
    placeholder = gettext_lazy("What is it about, or what came out of it?")
    short = ("subject", "occurred_at", "minutes")

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    occurred_at = forms.DateTimeField(label=gettext_lazy("When"), widget=DateTimeInput)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=24 * 60)

    def usual_time(self) -> dt.datetime:
        """The next full hour."""
        return (timezone.now() + dt.timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


class TaskForm(ComposerForm):
    kind, label, icon = "task", KINDS["task"], ICONS["task"]
    key = "t"
    save_label = gettext_lazy("Save task")
    placeholder = gettext_lazy("Anything that helps to do it")
    short = ("subject", "occurred_at", "owner")

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    occurred_at = forms.DateTimeField(label=gettext_lazy("Due"), widget=DateTimeInput)
    owner = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is planned is itself what comes next.
        del self.fields["follow_up"], self.fields["days"]
        owner = cast(forms.ModelChoiceField, self.fields["owner"])
        owner.queryset = Membership.objects.active()
        owner.initial = self.membership.pk

    def usual_time(self) -> dt.datetime:
        return in_days(1)


COMPOSERS = {form.kind: form for form in (NoteForm, CallForm, MeetingForm, TaskForm)}
