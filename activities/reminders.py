"""Reminders of days that come again each year: a task for the owner, so many days before, once a year.

A night's job makes them, through the verb that plans any task: so they stand in Today, in lists and in histories, can
be put off and ticked off, and no page has a statement more for them.
"""

import datetime as dt
import zoneinfo
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import Contact, ContactDate
from core import yearly
from core.formats import short_date
from organizations.models import OrganizationDate
from records.models import MOST_DAYS, Record, change_set
from workspaces.jobs import speaking_to
from workspaces.models import Workspace
from workspaces.rights import SYSTEM

from .models import Activity

#: when on its day a reminder is due
HOUR = 9


class Reminder(NamedTuple):
    """A day of a record that its owner wants to know of beforehand; `key` tells it from all others."""

    key: str
    record: Record
    name: str
    day: dt.date
    before: int

    def due(self, today: dt.date) -> dt.date:
        """The day on which to remind; today, where it lies in the past though the day itself does not."""
        return max(yearly.next_time(self.day, today) - dt.timedelta(days=self.before), today)


def remind(workspace: Workspace, now: dt.datetime | None = None) -> int:
    """Plan what is due until tomorrow, in the scope of the workspace; returns how many tasks that were.

    Run again it plans nothing twice: a task that was done, or deleted, is there still under its external id.
    """
    zone = zoneinfo.ZoneInfo(workspace.time_zone)
    today = timezone.localdate(now, zone)
    soon = today + dt.timedelta(days=1)
    wanted = {
        f"{reminder.key}-{yearly.next_time(reminder.day, today).year}": reminder
        for reminder in coming(today, soon + dt.timedelta(days=MOST_DAYS))
        if reminder.due(today) <= soon
    }
    planned = set(Activity.objects.filter(external_id__in=wanted).values_list("external_id", flat=True))
    left = {key: reminder for key, reminder in wanted.items() if key not in planned}
    if left:
        with change_set(_("Reminders of important dates"), by=SYSTEM):
            for key, reminder in left.items():
                plan(workspace, key, reminder, dt.datetime.combine(reminder.due(today), dt.time(HOUR), zone))
    return len(left)


def coming(start: dt.date, end: dt.date) -> list[Reminder]:
    """The days from `start` to `end` that somebody wants to be reminded of, of records that an active member owns."""
    active = {"owner__is_active": True, "deleted_at": None}
    people = Contact.objects.filter(between("birthday_key", start, end), birthday_reminder__isnull=False, **active)
    found = [
        Reminder(f"birthday-{person.pk}", person, _("Birthday"), person.birthday, person.birthday_reminder)
        for person in people.select_related("owner__user")
        if person.birthday and person.birthday_reminder is not None
    ]
    of_record = {f"record__{name}": value for name, value in active.items()}
    for model in (ContactDate, OrganizationDate):
        rows: Any = model.objects.filter(between("day_key", start, end), remind_before__isnull=False, **of_record)
        found += [
            Reminder(f"{model._meta.model_name}-{row.pk}", row.record, row.name, row.day, row.remind_before)
            for row in rows.select_related("record__owner__user")
        ]
    return found


def between(path: str, start: dt.date, end: dt.date) -> Q:
    """The days of the year from `start` to `end`, as ranges of their stored key."""
    found = Q()
    for first, last in yearly.spans(start, end):
        found |= Q(**{f"{path}__gte": first, f"{path}__lte": last})
    return found


def plan(workspace: Workspace, key: str, reminder: Reminder, due_at: dt.datetime) -> None:
    """The task, in the words of whoever is reminded."""
    owner = reminder.record.owner
    with speaking_to(owner, workspace):
        on = yearly.next_time(reminder.day, due_at.date())
        words = {"name": reminder.name, "who": reminder.record.title, "day": short_date(on, due_at.date())}
        subject = _("%(name)s: %(who)s, %(day)s") % words
        about = [reminder.record]
        Activity.plan(
            "task", by=SYSTEM, subject=subject[:200], due_at=due_at, about=about, owner=owner, external_id=key
        )
