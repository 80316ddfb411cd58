"""The short forms of Today: until when something is put off, and what is planned next."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import formats
from core.forms import DateInput, DateTimeInput
from records.models import Record
from workspaces.rights import Actor

from .forms import add_faults
from .models import KINDS, Activity
from .models.years import fault_of
from .moments import as_typed, in_days, later, on_day

#: what can be planned, with its icon's kind
PLANNED = {kind: KINDS[kind] for kind in ("call", "meeting", "task")}
#: days from today -> words
STEPS = {1: gettext_lazy("Tomorrow"), 3: gettext_lazy("In 3 days"), 7: gettext_lazy("In a week")}
FOLLOW_UP = 3
#: by how many days something is put off -> words, in the order of their keys
PUT_OFF = {
    1: gettext_lazy("By a day"),
    3: gettext_lazy("By 3 days"),
    7: gettext_lazy("By a week"),
    30: gettext_lazy("By a month"),
}


class SnoozeForm(forms.Form):
    """By how many `days` something is put off, or until which `day`; at its hour."""

    days = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, choices=PUT_OFF)
    day = forms.DateField(label=pgettext_lazy("put off until", "Another day"), required=False, widget=DateInput)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.initial.setdefault("day", timezone.localdate() + dt.timedelta(days=1))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        day: Any = values.get("day")
        if not (values.get("days") or day):
            self.add_error("day", _("Choose a day."))
        elif not values.get("days") and day < timezone.localdate():
            self.add_error("day", _("Choose today or a later day."))
        elif reason := fault_of(self.until):
            self.add_error("day", reason)
        return values

    @property
    def until(self) -> dt.datetime:
        days, due = self.cleaned_data.get("days"), self.activity.occurred_at
        return later(due, days) if days else on_day(self.cleaned_data["day"], due)

    @property
    def choices(self) -> list[tuple[int, Any, str]]:
        """(days, words, when exactly)."""
        due, now, zone = self.activity.occurred_at, timezone.now(), timezone.get_current_timezone()
        return [(days, words, formats.when(later(due, days), now, zone)) for days, words in PUT_OFF.items()]

    def save(self, *, by: Actor) -> dt.datetime:
        """Put it off; until when. Raises what `Activity.snooze` raises."""
        self.activity.snooze(self.until, by=by)
        return self.until


class PlanForm(forms.Form):
    """The next step: `kind`, `subject`, when."""

    #: where it is sent
    action = ""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PLANNED)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    due_at = forms.DateTimeField(label=gettext_lazy("When"), widget=DateTimeInput)

    def __init__(self, *args: Any, about: list[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        title = about[0].title if about else ""
        self.initial.setdefault("subject", (_("Follow up: %(title)s") % {"title": title})[:200] if title else "")
        self.initial.setdefault("due_at", in_days(FOLLOW_UP))
        self.fields["subject"].widget.attrs["autofocus"] = True

    @property
    def days(self) -> list[tuple[Any, str]]:
        """(words, value of the field) of the days that one plans for most."""
        return [(words, as_typed(in_days(days))) for days, words in STEPS.items()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        add_faults(self, values, at="due_at")
        return values

    def save(self, *, by: Actor) -> Activity:
        """Plan it. Raises what `Activity.plan` raises."""
        values = dict(self.cleaned_data)
        return Activity.plan(values.pop("kind"), by=by, about=self.about, **values)
