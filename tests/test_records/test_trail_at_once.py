"""The read trail with real commits: its own thread and connection write under the workspace of each note, or wait."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from psycopg.errors import AdminShutdown, DeadlockDetected, QueryCanceled

from core.tenancy import workspace_scope
from records.models import Reading
from records.models.reading import Note
from records.trail import buffer as waiting
from records.trail import noting
from records.trail.buffer import TRIES, Buffer
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]


def a_note(member, *ids: int) -> Note:
    return Note(member.pk, "listed", "contacts_contact", ids, timezone.now())


def readings(workspace) -> list[tuple[int, list[int]]]:
    with workspace_scope(workspace.pk):
        return list(Reading.objects.order_by("pk").values_list("member_id", "ids"))


def wait_for(condition) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "the thread did not write"
        time.sleep(0.02)


@pytest.fixture
def threaded(monkeypatch) -> Buffer:
    """The pages' buffer, with a thread as in a web server that gathers but for a moment."""
    buffer = Buffer(pause=0.05)
    monkeypatch.setattr(noting, "BUFFER", buffer)
    return buffer


def test_what_pages_note_is_written_under_the_workspace_of_each(threaded, client_of, acme, elsewhere, bob, charlie):
    ours, theirs = ContactFactory(workspace=acme), ContactFactory(workspace=elsewhere)
    for member, contact in ((bob, ours), (charlie, theirs)):
        assert client_of(member).get_w("contacts:detail", contact.pk).status_code == 200
    wait_for(lambda: readings(acme) and readings(elsewhere))
    assert readings(acme) == [(bob.pk, [ours.pk])]
    assert readings(elsewhere) == [(charlie.pk, [theirs.pk])]
    thread = threaded.thread
    client_of(bob).get_w("contacts:list")
    wait_for(lambda: len(readings(acme)) == 2)
    assert threaded.thread is thread, "one thread for all that comes"


def test_a_note_that_is_refused_takes_no_other_workspace_with_it_and_is_said_to_be_lost(
    acme, elsewhere, bob, charlie, caplog
):
    buffer = Buffer()
    buffer.start = lambda: None
    buffer.put(acme.pk, a_note(charlie, 1))  # no member there
    buffer.put(elsewhere.pk, a_note(charlie, 2))
    buffer.empty()
    assert (readings(acme), readings(elsewhere)) == ([], [(charlie.pk, [2])])
    assert "Lost an entry" in caplog.text
    assert not buffer.waiting


def test_of_a_batch_that_is_refused_only_the_bad_note_is_lost(acme, bob, charlie, caplog):
    buffer = Buffer()
    buffer.start = lambda: None
    for member, pk in ((bob, 1), (charlie, 2), (bob, 3)):  # charlie is no member there
        buffer.put(acme.pk, a_note(member, pk))
    buffer.empty()
    assert readings(acme) == [(bob.pk, [1]), (bob.pk, [3])]
    assert caplog.text.count("Lost an entry") == 1
    assert not buffer.waiting


@pytest.fixture
def failing(monkeypatch):
    """Let the next writes of the trail fail so, one after the other; those that come are counted."""

    def fail(*failures: Exception) -> list[int]:
        really, to_come, tried = waiting.add, iter(failures), []

        def add(workspace_id, notes):
            tried.append(len(notes))
            if failure := next(to_come, None):
                raise failure
            really(workspace_id, notes)

        monkeypatch.setattr(waiting, "add", add)
        return tried

    return fail


def caused(by: Exception) -> OperationalError:
    error = OperationalError(str(by))
    error.__cause__ = by
    return error


AWAY = [OperationalError("away"), InterfaceError("connection already closed"), caused(AdminShutdown("going down"))]


@pytest.mark.parametrize("failure", AWAY, ids=["refused", "closed", "shut down"])
def test_what_comes_while_the_database_is_away_waits_in_its_order(acme, bob, failing, failure, caplog):
    buffer = Buffer(pause=0.05)
    failing(*[failure] * (TRIES + 1))
    for pk in (1, 2, 3):
        buffer.put(acme.pk, a_note(bob, pk))
    wait_for(lambda: readings(acme))
    assert [ids for _member, ids in readings(acme)] == [[1], [2], [3]]
    assert "3 entries of the read trail wait" in caplog.text


@pytest.mark.parametrize("failure", [DeadlockDetected("deadlock"), QueryCanceled("statement timeout")])
def test_what_the_database_does_not_take_in_a_few_tries_is_lost_and_what_follows_is_not(
    acme, bob, failing, failure, caplog
):
    buffer = Buffer()
    buffer.start = lambda: None
    tried = failing(*[caused(failure)] * TRIES)
    buffer.put(acme.pk, a_note(bob, 1))
    buffer.empty()
    assert (tried, list(buffer.waiting)) == ([1] * TRIES, [])
    assert "Lost an entry" in caplog.text
    buffer.put(acme.pk, a_note(bob, 2))
    buffer.empty()
    assert readings(acme) == [(bob.pk, [2])]


def test_one_deadlock_loses_nothing(acme, bob, failing, caplog):
    buffer = Buffer()
    buffer.start = lambda: None
    failing(caused(DeadlockDetected("deadlock")))
    buffer.put(acme.pk, a_note(bob, 1))
    buffer.empty()
    assert readings(acme) == [(bob.pk, [1])]
    assert "Lost" not in caplog.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_died_is_followed_by_another(acme, bob, failing):
    buffer = Buffer(pause=0.05)
    failing(MemoryError())
    buffer.put(acme.pk, a_note(bob, 1))
    first = buffer.thread
    wait_for(lambda: not first.is_alive())
    buffer.put(acme.pk, a_note(bob, 2))
    wait_for(lambda: readings(acme))
    assert buffer.thread is not first
    assert (bob.pk, [2]) in readings(acme)


def test_what_waits_when_the_server_stops_is_written(acme, bob):
    code = (
        "import django; django.setup()\n"
        "from django.utils import timezone\n"
        "from records.models.reading import Note\n"
        "from records.trail.noting import BUFFER\n"
        f"BUFFER.put({acme.pk}, Note({bob.pk}, 'listed', 'contacts_contact', [7], timezone.now()))\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, check=True, timeout=60)
    assert readings(acme) == [(bob.pk, [7])]


def test_a_forked_server_writes_no_note_of_its_parent_twice(acme, bob):
    buffer = Buffer()
    buffer.start = lambda: None
    buffer.put(acme.pk, a_note(bob, 1))
    buffer.reset()  # as after a fork
    buffer.empty()
    assert readings(acme) == []
