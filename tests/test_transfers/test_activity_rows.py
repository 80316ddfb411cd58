"""Rows of activities: done or planned, and about whom."""

import pytest
from django.utils import timezone

from activities.imports import ActivityImport
from activities.models import Activity
from contacts.models import Contact
from tests.factories import DealFactory, OrganizationFactory
from tests.importing import Importer, csv_bytes

ACTIVITIES = ["Id", "Type", "Subject", "Notes", "Date", "Done", "Person", "Company", "Deal", "Outcome"]


def test_activities_about_people_organizations_and_deals(importer: Importer, stages, alice):
    priya = Contact.create(
        by=alice.actor,
        first_name="Priya",
        last_name="Raman",
        emails=[{"kind": "work", "address": "priya@globex.example"}],
    )
    globex = OrganizationFactory(name="Globex")
    deal = DealFactory(name="Fleet", stage=stages[0], currency="USD")
    rows = [
        ["1", "Call", "Intro", "", "2017-03-01 10:00", "", "priya@globex.example", "Globex", "", "Connected"],
        ["2", "", "", "First line\nand more", "2017-03-02", "", "Raman Priya", "", "", ""],
        ["3", "to-do", "Send offer", "", "2199-01-01 09:30", "", "", "", "fleet", ""],
        ["4", "Task", "", "", "2017-03-01", "no", "", "", "", ""],
        ["5", "Note", "Plan", "", "2017-03-01", "no", "", "", "", ""],
        ["6", "Meeting", "Visit", "", "2199-01-01", "yes", "", "", "", ""],
        ["7", "Task", "For nobody", "", "", "", "Who Knows", "", "", ""],
    ]
    done = importer.run("activity", csv_bytes([ACTIVITIES, *rows]))
    assert (done.created, done.refused) == (3, 4)
    assert importer.refusals() == {
        6: "Subject: A task needs a subject.",
        7: "When: Notes are not planned. Plan a task instead.",
        8: "When: What is done did not happen in the future.",
        9: "Person: “Who Knows” was not found.",
    }
    call, note, task = Activity.objects.order_by("external_id")
    assert (call.kind, call.outcome, call.is_open, set(call.about)) == ("call", "connected", False, {priya, globex})
    assert (note.kind, note.subject, note.about) == ("note", "First line", [priya])
    assert (task.kind, task.is_open, task.due_at, task.about) == ("task", True, task.occurred_at, [deal])
    assert globex.pulse.last_activity_at == call.occurred_at
    assert deal.pulse.next_activity_at == task.occurred_at

    rows[2][5], rows[2][4], rows[2][3] = "yes", "2018-01-01", "sent"
    again = importer.run("activity", csv_bytes([ACTIVITIES, *rows[:3]]))
    assert (again.updated, again.skipped, again.refused) == (1, 2, 0)
    task.refresh_from_db()
    assert (task.done_at, task.occurred_at.year, task.body) == (task.occurred_at, 2018, "sent")

    rows[0][4] = "2199-01-01 10:00"
    importer.run("activity", csv_bytes([ACTIVITIES, rows[0]]))
    assert importer.refusals() == {2: "When: What is done did not happen in the future."}


def test_what_a_verb_refuses_behind_the_gate_is_told_as_well(importer: Importer, in_acme, alice, monkeypatch):
    note = Activity.log("note", body="Sent by post", external_id="1", by=alice.actor)
    monkeypatch.setattr(ActivityImport, "gate", lambda *_args: None)  # it became one between the gate and the verb
    done = importer.run("activity", csv_bytes([["Id", "Done"], ["1", "no"]]))
    assert (done.updated, done.refused) == (0, 1)
    assert importer.refusals() == {2: "Done: A note has nothing to be done."}
    assert not Activity.objects.get(pk=note.pk).is_open


def test_an_open_task_that_the_file_calls_a_note_is_done(importer: Importer, in_acme, alice):
    task = Activity.plan("task", subject="Send offer", due_at=timezone.now(), external_id="1", by=alice.actor)
    done = importer.run("activity", csv_bytes([["Id", "Type", "Notes"], ["1", "Note", "Sent by post"]]))
    assert (done.state, done.updated) == ("done", 1)
    task.refresh_from_db()
    assert (task.kind, task.is_open) == ("note", False)


def test_who_called_whom_where_one_met_and_what_comes_next(importer: Importer, in_acme):
    rows = [
        ["Type", "Subject", "Direction", "Next steps", "Location"],
        ["Call", "Intro", "Inbound", "Send terms", ""],
        ["Call", "Again", "Outgoing", "", ""],
        ["Note", "Plan", "Incoming", "", ""],
        ["Meeting", "Visit", "", "", "Leeds"],
    ]
    done = importer.run("activity", csv_bytes(rows))
    assert (done.created, done.refused) == (3, 1)
    assert "not the direction of a call" in importer.refusals()[4]
    first, second, meeting = Activity.objects.order_by("pk")
    assert (first.direction, first.next_steps, second.direction) == ("in", "Send terms", "out")
    assert meeting.location == "Leeds"


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-02", "9999-12-31"])
def test_a_year_that_no_calendar_shows_is_refused(importer: Importer, in_acme, day):
    rows = [["Id", "Type", "Subject", "Date"], ["1", "Call", "Then", day], ["2", "Call", "Now", "2026-03-01"]]
    done = importer.run("activity", csv_bytes(rows))
    assert (done.state, done.created, done.refused) == ("done", 1, 1)
    assert importer.refusals() == {2: "When: Choose a day in the years from 1900 to 2200."}
    rows[2][3] = day
    importer.run("activity", csv_bytes([rows[0], rows[2]]))
    assert Activity.objects.get().occurred_at.year == 2026


def test_a_file_that_says_a_part_of_an_activity_is_judged_with_the_rest_of_it(importer: Importer, in_acme, alice):
    Activity.log("call", by=alice.actor, subject="Intro", external_id="1")
    Activity.plan("task", by=alice.actor, subject="Send offer", due_at=timezone.now(), external_id="2")
    Activity.log("note", by=alice.actor, body="Text", external_id="3")
    rows = [["Id", "Outcome", "Direction"], ["1", "Connected", "Incoming"], ["2", "", ""], ["3", "Connected", ""]]
    done = importer.run("activity", csv_bytes(rows))
    assert importer.refusals() == {4: "Outcome: “connected” is not an outcome of a call."}
    call = Activity.objects.get(external_id="1")
    assert (done.updated, call.kind, call.outcome, call.direction) == (1, "call", "connected", "in")
    done = importer.run("activity", csv_bytes([["Id", "Kind", "Location"], ["2", "Task", "Leeds"]]))
    assert (done.updated, Activity.objects.get(external_id="2").location) == (1, "Leeds")


def test_what_comes_next_gives_a_subject_where_nothing_else_does(importer: Importer, in_acme):
    importer.run("activity", csv_bytes([["Type", "Next steps"], ["Call", "Send terms"]]))
    assert Activity.objects.get().subject == "Send terms"
