"""The short forms of record pages: what the composer asks for each kind of activity, and an entry edited in place."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Contact
from core.forms import DateTimeInput
from records.choosing import RecordChoiceField
from records.models import Record
from records.uploads import content_type
from workspaces.models import Membership
from workspaces.rights import Actor

from .fields import FilesField, PeopleField, minutes_field, next_steps_field
from .forms import CALL_DIRECTIONS, CALL_OUTCOMES, add_faults, done_when, to_the_minute
from .models import ICONS, KINDS, Activity, Draft
from .moments import FOLLOW_UPS, as_typed, in_days, later, named_days, waits
from .people import colleagues, people_around

#: fields of the form that are none of the activity
BESIDE = ("follow_up", "days", "uploads", "people", "person", "version")


class ComposerForm(forms.Form):
    """What the composer of a record page asks for one kind of activity; saving may plan the next step along the way.

    With an `activity` it is the entry of a timeline that is edited in place, without what only a new one has.
    """

    #: templates draw the tabs from the classes
    do_not_call_in_templates = True
    kind: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str]
    #: what presses its tab
    key: ClassVar[str] = ""
    save_label: ClassVar[Any]
    #: how the palette offers it
    action_label: ClassVar[Any]
    placeholder: ClassVar[Any] = gettext_lazy("What should the team know? Type @ to mention someone.")
    follow_up_label: ClassVar[Any] = gettext_lazy("Follow up in")
    takes_focus = False
    #: the short fields above the text, those below it
    short: ClassVar[tuple[str, ...]] = ()
    below: ClassVar[tuple[str, ...]] = ()
    #: what the form was filled from
    draft: Draft | None = None

    body = forms.CharField(label=gettext_lazy("Notes"), required=False, max_length=20_000)
    uploads = FilesField(label=gettext_lazy("Files"), required=False)
    follow_up = forms.BooleanField(required=False)
    days = forms.ChoiceField(required=False, choices=waits)

    def __init__(
        self, *args: Any, membership: Membership, record: Record, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.membership, self.record, self.activity = membership, record, activity
        self.initial.setdefault("days", FOLLOW_UPS[2])
        attributes = {"rows": 2, "placeholder": self.placeholder, "data-mentions": True, "aria-autocomplete": "list"}
        self.fields["body"].widget = forms.Textarea(attributes)
        if not membership.may("attachment", "create"):
            del self.fields["uploads"]
        if at := self.fields.get("occurred_at"):
            at.initial = self.usual_time()
        if activity:
            self.open(activity)

    def open(self, activity: Activity) -> None:
        """Make it the form of an activity that exists."""
        for name in {"follow_up", "days", "uploads"} & self.fields.keys():
            del self.fields[name]
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
        self.auto_id = f"entry-{activity.pk}-%s"
        names = self.fields.keys() & {field.name for field in activity._meta.concrete_fields}
        self.initial = {name: activity.serializable_value(name) for name in names}

    def take_draft(self, draft: Draft) -> None:
        """Fill it with what was typed before; files can't be kept."""
        self.draft, data = draft, draft.data
        for name, field in self.fields.items():
            if name != "uploads" and not field.widget.value_omitted_from_data(data, {}, name):
                self.initial[name] = field.widget.value_from_datadict(data, cast(Any, {}), name)

    # --- looks --------------------------------------------------------------------------------------------------------
    @property
    def tabs(self) -> Iterable[type["ComposerForm"]]:
        """All composers, in order."""
        return COMPOSERS.values()

    @property
    def is_always_the_same(self) -> bool:
        """Is it the one that each record's page opens with, with nothing typed or planned?"""
        return not (self.is_bound or self.short or self.takes_focus or self.draft)

    @property
    def kept_by(self) -> tuple[str, bool]:
        return self.kind, "uploads" in self.fields

    def usual_time(self) -> dt.datetime:
        return timezone.now()

    def take_focus(self) -> None:
        """Put the cursor where one begins to write."""
        self.takes_focus = True
        self.fields["subject" if "subject" in self.fields else "body"].widget.attrs["autofocus"] = True

    def short_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.short]

    def below_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.below]

    # --- checks -------------------------------------------------------------------------------------------------------
    @classmethod
    def holds_text(cls, data: QueryDict) -> bool:
        """Has anybody written anything, so that it is worth keeping?"""
        texts = (name for name, field in cls.base_fields.items() if type(field) is forms.CharField)
        return any(data.get(name, "").strip() for name in texts)

    def clean_occurred_at(self) -> dt.datetime:
        """The time as it is kept, unless another minute was typed: the field shows no seconds."""
        return to_the_minute(self.cleaned_data["occurred_at"], self.activity)

    def values(self) -> dict[str, Any]:
        """The fields of the activity."""
        return {name: value for name, value in self.cleaned_data.items() if name not in BESIDE}

    def new_values(self) -> dict[str, Any]:
        """What a new activity is made of."""
        values: dict[str, Any] = {"kind": self.kind, "occurred_at": timezone.now()} | self.values()
        files = self.cleaned_data.get("uploads")
        if files and not any(values.get(name, "").strip() for name in ("subject", "body")):
            values["subject"] = files[0].name
        done_at = done_when(values)
        return values | ({"done_at": done_at} if done_at else {"due_at": values.get("occurred_at")})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.activity:
            subject = self.activity.subject if self.activity.has_own_subject else ""
            kept = {"kind": self.kind, "done_at": self.activity.done_at, "subject": subject}
            add_faults(self, kept | self.values() | self.activity.moved_along(self.values().get("occurred_at")))
        else:
            add_faults(self, self.new_values())
        return values

    # --- saving -------------------------------------------------------------------------------------------------------
    @transaction.atomic
    def save(self, *, by: Actor) -> Activity:
        """Log or plan it about the record with its files, and the follow-up if one is wanted; the draft is done with.

        Raises what `Activity.create` raises.
        """
        values = self.new_values()
        activity = Activity.create(by=by, about=[self.record, *self.others()], **values)
        for file in self.cleaned_data.get("uploads") or ():
            activity.files.model.add(activity, file, by=by, content_type=content_type(file.name))
        if self.cleaned_data.get("follow_up"):
            self.plan_follow_up(values, by=by)
        Draft.clear(self.membership, self.record, self.kind)
        return activity

    def plan_follow_up(self, values: dict[str, Any], *, by: Actor) -> None:
        step = values.get("next_steps", "").strip().partition("\n")[0]
        subject = step or _("Follow up: %(title)s") % {"title": self.record.title}
        due_at = self.follow_up_at(int(self.cleaned_data["days"] or FOLLOW_UPS[2]))
        Activity.plan("task", by=by, subject=subject[:200], due_at=due_at, about=[self.record])

    def follow_up_at(self, days: int) -> dt.datetime:
        return in_days(days)

    def others(self) -> list[Contact]:
        """People whom it is about beside the record."""
        return []

    def save_entry(self, *, by: Actor) -> Activity:
        """Change the activity that it was opened for. Raises what `Activity.edit` raises."""
        assert self.activity  # noqa: S101 - the view has found it
        self.activity.edit(by=by, seen=self.cleaned_data["version"], **self.values())
        return self.activity


class NoteForm(ComposerForm):
    kind, label, icon = "note", KINDS["note"], ICONS["note"]
    key = "n"
    save_label = gettext_lazy("Save note")
    action_label = gettext_lazy("Add note")


class CallForm(ComposerForm):
    kind, label, icon = "call", KINDS["call"], ICONS["call"]
    key = "l"
    save_label = gettext_lazy("Save call")
    action_label = gettext_lazy("Log call")
    placeholder = gettext_lazy("What was said?")
    short = ("direction", "occurred_at", "minutes", "outcome")
    below = ("next_steps",)

    direction = forms.ChoiceField(
        label=gettext_lazy("Direction"), required=False, choices=CALL_DIRECTIONS, initial="out"
    )
    occurred_at = forms.DateTimeField(label=gettext_lazy("When"), widget=DateTimeInput)
    minutes = minutes_field()
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False, choices=CALL_OUTCOMES)
    next_steps = next_steps_field()


class MeetingForm(ComposerForm):
    kind, label, icon = "meeting", KINDS["meeting"], ICONS["meeting"]
    save_label = gettext_lazy("Save meeting")
    action_label = gettext_lazy("Log meeting")
    placeholder = gettext_lazy("What is it about, or what came out of it?")
    short = ("subject", "occurred_at", "minutes", "location")
    below = ("next_steps",)

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    occurred_at = forms.DateTimeField(label=gettext_lazy("When"), widget=DateTimeInput)
    minutes = minutes_field()
    location = forms.CharField(label=gettext_lazy("Location"), required=False, max_length=200)
    next_steps = next_steps_field()
    people = PeopleField(label=gettext_lazy("People"))
    person = RecordChoiceField(Contact, label=gettext_lazy("Somebody else"), required=False)
    members = PeopleField(label=gettext_lazy("Colleagues"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Contact.objects.visible_to(self.membership)
        cast(RecordChoiceField, self.fields["person"]).limit(visible)
        cast(PeopleField, self.fields["people"]).offer(people_around(self.record, visible, self.activity))
        cast(PeopleField, self.fields["members"]).offer(colleagues(self.membership, self.activity))

    @property
    def who_fields(self) -> list[forms.BoundField]:
        """Who takes part; a group that has nobody to offer is left out."""
        names = ("people", "members")
        return [self[name] for name in names if cast(PeopleField, self.fields[name]).offered] + [self["person"]]

    @property
    def who_count(self) -> int:
        """How many are ticked; more than none opens the group."""
        return sum(len(self[name].value() or ()) for name in ("people", "members"))

    def open(self, activity: Activity) -> None:
        super().open(activity)
        self.about = activity.about
        self.initial["people"] = [record.pk for record in self.about if record.record_name == "contact"]
        self.initial["members"] = list(activity.participants.values_list("member_id", flat=True))

    def usual_time(self) -> dt.datetime:
        """The next full hour."""
        return (timezone.now() + dt.timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)

    def others(self) -> list[Contact]:
        chosen, other = self.cleaned_data["people"], self.cleaned_data["person"]
        return [person for person in dict.fromkeys([*chosen, other]) if person and person != self.record]

    def values(self) -> dict[str, Any]:
        values = super().values()
        if self.activity and "people" in self.cleaned_data:
            offered = cast(PeopleField, self.fields["people"]).offered
            kept = [record for record in self.about if record not in offered]
            values["about"] = list(dict.fromkeys([*kept, *self.others()]))
        return values


class TaskForm(ComposerForm):
    kind, label, icon = "task", KINDS["task"], ICONS["task"]
    key = "t"
    save_label = gettext_lazy("Save task")
    action_label = gettext_lazy("Add task")
    placeholder = gettext_lazy("Anything that helps to do it")
    follow_up_label = gettext_lazy("Once due, follow up in")
    short = ("subject", "occurred_at", "owner")

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    occurred_at = forms.DateTimeField(label=gettext_lazy("Due"), widget=DateTimeInput)
    owner = forms.ModelChoiceField(Membership.objects.none(), label=gettext_lazy("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast(forms.ModelChoiceField, self.fields["owner"])
        owner.queryset = Membership.objects.active()
        owner.initial = self.membership.pk

    @property
    def chips(self) -> list[tuple[Any, str]]:
        """Days that one may mean, with the time of each as the field writes it."""
        return [(words, as_typed(moment)) for words, moment in named_days().items()]

    def usual_time(self) -> dt.datetime:
        return in_days(1)

    def follow_up_at(self, days: int) -> dt.datetime:
        return later(self.cleaned_data["occurred_at"], days)


COMPOSERS = {form.kind: form for form in (NoteForm, CallForm, MeetingForm, TaskForm)}
