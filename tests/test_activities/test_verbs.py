"""What activities do: written down, planned, done, opened again, put off; for one and for many."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.models import Activity, ActivityLink
from records.models import ChangeSet, NotAllowed, Refusal, Stale, change_set
from tests.factories import ActivityFactory, ContactFactory, DealFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now() + dt.timedelta(days=1)
YESTERDAY = timezone.now() - dt.timedelta(days=1)


@pytest.fixture
def priya(in_acme):
    return ContactFactory(first_name="Priya", last_name="Raman")


def test_a_note_is_done_when_it_is_written(bob, priya):
    note = Activity.log("note", by=bob.actor, body="They want trackers.\nTwo depots.", about=[priya])
    assert (note.subject, note.owner, note.is_open) == ("They want trackers.", bob, False)
    assert note.done_at == note.occurred_at
    assert note.about == [priya]
    assert note.event_links.get().event.kind == "created"


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"kind": "note", "body": "They want trackers."}, "Note"),
        ({"kind": "note", "subject": "Pricing", "body": "They want trackers."}, "Pricing"),
        (
            {"kind": "call", "outcome": "connected", "minutes": 14, "body": "All fine."},
            "Call, 14 min, connected",
        ),
        ({"kind": "meeting", "subject": "Demo with finance"}, "Demo with finance"),
        ({"kind": "call"}, "Call"),
    ],
)
def test_the_headline_says_what_the_text_below_does_not(bob, in_acme, fields, headline):
    assert Activity.log(fields.pop("kind"), by=bob.actor, **fields).headline == headline


def test_a_task_is_planned_for_somebody(bob, mara, priya):
    deal, northwind = DealFactory(), OrganizationFactory()
    about = [priya, deal, northwind]
    task = Activity.plan("task", by=bob.actor, subject="Call", due_at=TOMORROW, owner=mara, about=about)
    assert (task.owner, task.created_by_id, task.is_open) == (mara, bob.pk, True)
    assert task.due_at == task.occurred_at == TOMORROW
    assert set(task.about) == set(about)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "letter"}, "not a kind"),
        ({"kind": "note", "body": " "}, "needs a text"),
        ({"kind": "task", "subject": ""}, "needs a subject"),
        ({"kind": "meeting", "subject": "x", "outcome": "busy"}, "not an outcome"),
        ({"kind": "call", "outcome": "rude"}, "not an outcome"),
        ({"kind": "call", "occurred_at": TOMORROW}, "in the future"),
    ],
)
def test_what_no_activity_can_be_is_refused(bob, in_acme, fields, reason):
    with pytest.raises(Refusal, match=reason):
        Activity.log(fields.pop("kind"), by=bob.actor, **fields)
    assert not Activity.objects.exists()


def test_a_note_is_not_planned(bob, in_acme):
    with pytest.raises(Refusal, match="not planned"):
        Activity.plan("note", by=bob.actor, body="x", due_at=TOMORROW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.bulk_create([Activity(kind="note", subject="by another door")])


def test_nothing_is_written_about_what_is_in_the_trash(bob, in_acme):
    gone = ContactFactory(deleted_at=timezone.now())
    with pytest.raises(Refusal, match="in the trash"):
        Activity.log("note", by=bob.actor, body="x", about=[gone])


def test_who_edits_an_activity_sees_what_it_is_about_meanwhile(bob, priya):
    note = Activity.log("note", by=bob.actor, body="x", about=[priya])
    seen = Activity.objects.get().version
    note.edit(by=bob.actor, about=[priya, DealFactory()])
    with pytest.raises(Stale):
        note.edit(by=bob.actor, seen=seen, about=[priya])


def test_one_link_is_about_exactly_one_record_and_no_record_twice(bob, priya):
    note = Activity.log("note", by=bob.actor, body="x", about=[priya])
    for wrong in ({}, {"contact": priya, "deal": DealFactory()}, {"contact": priya}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityLink.objects.create(activity=note, **wrong)


def test_done_is_when_somebody_says_so_and_the_plan_is_kept(bob, in_acme):
    call = Activity.plan("call", by=bob.actor, subject="Call", due_at=TOMORROW)
    call.complete(by=bob.actor, at=YESTERDAY, outcome="voicemail")
    call.refresh_from_db()
    assert (call.done_at, call.occurred_at, call.due_at, call.outcome) == (YESTERDAY, YESTERDAY, TOMORROW, "voicemail")
    assert [link.event.kind for link in call.event_links.order_by("event_id")] == ["created", "completed"]


@pytest.mark.parametrize("wrong", [{"outcome": "rude"}, {"outcome": "x" * 30}, {"at": TOMORROW}])
def test_nothing_is_done_with_an_outcome_that_no_call_has_or_in_the_future(bob, in_acme, wrong):
    call = Activity.plan("call", by=bob.actor, subject="Call", due_at=TOMORROW)
    with pytest.raises(Refusal, match=r"not an outcome|in the future"):
        call.complete(by=bob.actor, **wrong)
    call.refresh_from_db()
    assert (call.is_open, call.outcome) == (True, "")


def test_opened_again_it_is_due_when_it_was_planned_for(bob, in_acme):
    call = Activity.plan("call", by=bob.actor, subject="Call", due_at=TOMORROW)
    call.complete(by=bob.actor, outcome="busy")
    call.reopen(by=bob.actor)
    call.refresh_from_db()
    assert (call.done_at, call.occurred_at, call.outcome) == (None, TOMORROW, "")


def test_put_off_it_is_due_later(bob, in_acme):
    task = Activity.plan("task", by=bob.actor, subject="Call", due_at=YESTERDAY)
    task.snooze(TOMORROW, by=bob.actor)
    task.refresh_from_db()
    assert (task.occurred_at, task.due_at) == (TOMORROW, TOMORROW)


def test_an_edit_of_the_time_moves_the_plan_of_what_is_open_and_the_past_of_what_is_done(bob, in_acme):
    task = Activity.plan("task", by=bob.actor, subject="Call", due_at=YESTERDAY)
    task.edit(by=bob.actor, occurred_at=TOMORROW)
    task.refresh_from_db()
    assert task.due_at == TOMORROW
    note = Activity.log("note", by=bob.actor, body="x")
    note.edit(by=bob.actor, occurred_at=YESTERDAY)
    note.refresh_from_db()
    assert note.done_at == YESTERDAY


def test_what_is_done_is_not_moved_into_the_future(bob, in_acme):
    note = Activity.log("note", by=bob.actor, body="x")
    with pytest.raises(Refusal, match="in the future"):
        note.edit(by=bob.actor, occurred_at=TOMORROW)


def test_a_call_with_an_outcome_stays_a_call(bob, in_acme):
    call = Activity.log("call", by=bob.actor, subject="Call", outcome="busy")
    with pytest.raises(Refusal, match="not an outcome"):
        call.edit(by=bob.actor, kind="meeting")


def test_many_at_once_with_one_gate(bob, in_acme):
    still = Activity.plan("task", by=bob.actor, subject="still", due_at=TOMORROW)
    done = Activity.plan("task", by=bob.actor, subject="done", due_at=TOMORROW)
    done.complete(by=bob.actor)
    note = Activity.log("note", by=bob.actor, body="note")
    gone = ActivityFactory(deleted_at=timezone.now())

    completed = Activity.objects.all().complete(by=bob.actor, outcome="busy")
    assert (completed.done, set(completed.refused)) == (1, {done.pk, note.pk, gone.pk})
    assert completed.refused[note.pk] == "The activity is done already."
    assert Activity.objects.get(pk=still.pk).outcome == ""  # outcomes are for calls

    put_off = Activity.objects.all().snooze(TOMORROW, by=bob.actor)
    assert put_off.done == 0

    reopened = Activity.objects.all().reopen(by=bob.actor)
    assert (reopened.done, reopened.refused) == (
        2,
        {note.pk: "A note has nothing to be done.", gone.pk: "The activity is in the trash."},
    )


def test_a_viewer_does_nothing(bob, victor, in_acme):
    task = Activity.plan("task", by=bob.actor, subject="Call", due_at=TOMORROW)
    attempts = (
        lambda: Activity.log("note", by=victor.actor, body="x"),
        lambda: Activity.plan("task", by=victor.actor, subject="x", due_at=TOMORROW),
        lambda: task.complete(by=victor.actor),
        lambda: task.snooze(TOMORROW, by=victor.actor),
        lambda: task.edit(by=victor.actor, subject="x"),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert Activity.objects.all().complete(by=victor.actor).done == 0


def test_one_undo_takes_a_note_and_its_links_back(bob, priya):
    with change_set(by=bob.actor, source="web"):
        Activity.log("note", by=bob.actor, body="x", about=[priya])
        made = ChangeSet.current()
    made.undo(by=bob.actor)
    assert not Activity.objects.exists()
    assert not ActivityLink.objects.exists()
