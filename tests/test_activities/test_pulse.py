"""The pulse of a record follows what is done and planned about it, whichever door changes that."""

import datetime as dt
import time

import pytest
from django.db import connection
from django.utils import timezone

from activities.models import Activity, ActivityLink
from contacts.models import Contact
from records.models import ChangeSet, change_set
from tests.factories import ActivityFactory, ActivityLinkFactory, ContactFactory, DealFactory, OrganizationFactory
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def days(number: int) -> dt.datetime:
    return NOW + dt.timedelta(days=number)


def pulse(record) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When something was done about it last, and what is due next."""
    row = type(record)._meta.get_field("pulse").related_model.objects.get(record=record)
    return row.last_activity_at, row.next_activity_at


@pytest.fixture
def priya(in_acme) -> Contact:
    return ContactFactory(last_name="Raman")


def test_a_new_record_has_a_still_pulse(in_acme):
    for record in (ContactFactory(), OrganizationFactory(), DealFactory()):
        assert pulse(record) == (None, None)


def test_it_is_the_last_thing_done_and_the_first_thing_due_on_all_three(bob, priya):
    about = [priya, OrganizationFactory(), DealFactory()]
    for day in (-5, -2, -9):
        Activity.log("note", by=bob.actor, body="x", occurred_at=days(day), about=about)
    for day in (4, 2, 7):
        Activity.plan("task", by=bob.actor, subject="x", due_at=days(day), about=about)
    for record in about:
        assert pulse(record) == (days(-2), days(2))


def test_what_is_late_is_still_what_comes_next(bob, priya):
    Activity.plan("task", by=bob.actor, subject="late", due_at=days(-3), about=[priya])
    assert pulse(priya) == (None, days(-3))


def test_every_verb_moves_it(bob, priya):
    task = Activity.plan("call", by=bob.actor, subject="x", due_at=days(2), about=[priya])
    task.snooze(days(5), by=bob.actor)
    assert pulse(priya) == (None, days(5))
    task.complete(by=bob.actor, at=days(-1))
    assert pulse(priya) == (days(-1), None)
    task.reopen(by=bob.actor)
    assert pulse(priya) == (None, days(5))
    task.trash(by=bob.actor)
    assert pulse(priya) == (None, None)
    task.restore(by=bob.actor)
    assert pulse(priya) == (None, days(5))


def test_it_leaves_one_record_and_enters_another(bob, priya):
    colm = ContactFactory()
    note = Activity.log("note", by=bob.actor, body="x", occurred_at=days(-1), about=[priya])
    note.edit(by=bob.actor, about=[colm])
    assert (pulse(priya), pulse(colm)) == ((None, None), (days(-1), None))


def test_undo_brings_the_old_one_back(bob, priya):
    Activity.log("note", by=bob.actor, body="old", occurred_at=days(-9), about=[priya])
    with change_set(by=bob.actor, source="web"):
        Activity.log("note", by=bob.actor, body="new", occurred_at=days(-1), about=[priya])
        made = ChangeSet.current()
    assert pulse(priya) == (days(-1), None)
    undone = made.undo(by=bob.actor)
    assert pulse(priya) == (days(-9), None)
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)
    assert pulse(priya) == (days(-1), None)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE activities_activity SET done_at = occurred_at", (days(3), None)),
        ("UPDATE activities_activity SET deleted_at = now()", (None, None)),
        ("UPDATE activities_activity SET occurred_at = occurred_at - interval '1 day'", (None, days(2))),
        ("UPDATE activities_activitylink SET occurred_at = occurred_at - interval '1 day'", (None, days(2))),
        ("DELETE FROM activities_activity", (None, None)),
        ("DELETE FROM activities_activitylink", (None, None)),
    ],
)
def test_raw_sql_moves_it_too(priya, sql, expected):
    ActivityLinkFactory(activity=ActivityFactory(occurred_at=days(3)), contact=priya)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert pulse(priya) == expected


def test_a_link_takes_time_state_and_kind_from_its_activity_whatever_it_was_given(priya):
    call = ActivityFactory(kind="call", occurred_at=days(-4), done_at=days(-4))
    link = ActivityLink.objects.create(activity=call, contact=priya, occurred_at=days(9), state="open", kind="note")
    link.refresh_from_db()
    assert (link.occurred_at, link.state, link.kind) == (days(-4), "done", "call")


def test_ten_thousand_at_once_stay_fast_after_single_ones(bob, priya):
    """PL/pgSQL would keep the plan of the single statements; the triggers plan anew (ten seconds against one)."""
    for _n in range(10):
        Activity.log("note", by=bob.actor, body="x", about=[priya])
    contacts = Contact.objects.bulk_create(Contact(last_name=f"Person {n}") for n in range(2_000))
    activities = Activity.objects.bulk_create(
        Activity(kind="task", subject=f"Task {n}", occurred_at=days(n % 50 + 1)) for n in range(10_000)
    )
    began = time.perf_counter()
    ActivityLink.objects.bulk_create(
        (ActivityLink(activity=activity, contact=contacts[n % 2_000]) for n, activity in enumerate(activities)),
        batch_size=10_000,
    )
    Activity.objects.filter(kind="task").complete(by=SYSTEM, at=days(-1))
    assert time.perf_counter() - began < 15
    pulses = Contact.objects.filter(pk__in=[contact.pk for contact in contacts])
    assert set(pulses.values_list("pulse__last_activity_at", "pulse__next_activity_at")) == {(days(-1), None)}
