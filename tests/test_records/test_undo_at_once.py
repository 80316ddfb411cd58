"""Two people, two connections, real commits: who meets another in an undo gets a sentence, or the undo; no error."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.utils import IntegrityError, OperationalError
from psycopg.errors import AdminShutdown, CheckViolation, DeadlockDetected

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import ChangeSet, Refusal, Tag, change_set
from records.undo import Undone
from tests.database import WAITING
from tests.factories import ContactFactory, TagFactory
from workspaces.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def change_of(member: Membership, change: Callable[[], object]) -> ChangeSet:
    with workspace_scope(member.workspace_id), change_set("test", by=member.actor, source="web"):
        change()
        found = ChangeSet.current()
    assert found is not None
    return found


class Elsewhere(threading.Thread):
    """Somebody else's request, on a connection of its own."""

    def __init__(self, member: Membership, work: Callable[[], object]):
        super().__init__()
        self.member, self.work = member, work
        self.outcome: object = None
        self.start()

    def run(self) -> None:
        try:
            with workspace_scope(self.member.workspace_id):
                self.outcome = self.work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.outcome = error
        finally:
            connection.close()

    def result(self) -> object:
        self.join(timeout=60)
        assert not self.is_alive()
        return self.outcome


@contextmanager
def holding(member: Membership, sql: str) -> Iterator[None]:
    """Another transaction has run `sql` and has not committed yet; it does when the block ends."""
    done, may_go = threading.Event(), threading.Event()

    def work() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
        done.set()
        may_go.wait(timeout=60)

    other = Elsewhere(member, work)
    assert done.wait(timeout=60)
    try:
        yield
    finally:
        may_go.set()
        assert other.result() is None


def until_it_waits(count: int = 1) -> None:
    """Until so many transactions wait for a lock of another."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= count:
                return
        threading.Event().wait(0.05)
    raise AssertionError("nobody waits")


def test_an_edit_that_is_not_committed_yet_is_waited_for_and_left_alone(acme, bob, mara):
    contact = ContactFactory(workspace=acme, last_name="Raman", job_title="Buyer")
    rows = Contact.objects.filter(pk=contact.pk)
    changed = change_of(bob, lambda: rows.update(job_title="Head", last_name="Rao"))
    with holding(mara, f"UPDATE contacts_contact SET job_title = 'Director' WHERE id = {contact.pk}"):
        undoing = Elsewhere(bob, lambda: changed.undo(by=bob.actor))
        until_it_waits()
    result = undoing.result()
    assert isinstance(result, Undone), result
    assert (result.total, result.kept) == (1, {("contacts_contact", "job_title"): 1})
    with workspace_scope(acme.pk):
        contact.refresh_from_db()
    assert (contact.last_name, contact.job_title) == ("Raman", "Director")


def test_of_two_who_undo_the_same_change_one_finds_it_undone(acme, bob, mara):
    contact = ContactFactory(workspace=acme, job_title="Buyer")
    changed = change_of(bob, lambda: Contact.objects.filter(pk=contact.pk).delete())
    both = [Elsewhere(bob, lambda: changed.undo(by=bob.actor)) for _ in range(2)]
    results = [other.result() for other in both]
    assert all(isinstance(result, Undone) for result in results), results
    assert sorted(result.total for result in results) == [0, 1]
    with workspace_scope(acme.pk):
        assert Contact.objects.count() == 1
        assert ChangeSet.objects.filter(undoes=changed).count() == 1


def test_a_name_that_somebody_takes_at_the_same_moment_is_said_in_words(acme, alice):
    tag = TagFactory(workspace=acme, name="vip")
    renamed = change_of(alice, lambda: Tag.objects.filter(pk=tag.pk).update(name="gold"))
    new = f"INSERT INTO records_tag (workspace_id, name, hue) VALUES ({acme.pk}, 'VIP', 0)"
    with holding(alice, new):
        undoing = Elsewhere(alice, lambda: renamed.undo(by=alice.actor))
        until_it_waits()
    result = undoing.result()
    assert isinstance(result, Refusal), result
    assert "at the same moment" in str(result)
    with workspace_scope(acme.pk):
        assert set(Tag.objects.values_list("name", flat=True)) == {"gold", "VIP"}


def test_two_who_would_wait_for_each_other_for_ever_are_told(acme, alice, bob):
    """Bob's undo holds one row and waits for the other, which somebody holds who wants bob's."""
    one, two = ContactFactory(workspace=acme, job_title=""), ContactFactory(workspace=acme, job_title="")
    changed = change_of(bob, lambda: Contact.objects.update(job_title="Head"))
    held, go_on = threading.Event(), threading.Event()

    def other() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE contacts_contact SET linkedin = 'x' WHERE id = %s", [two.pk])
            held.set()
            go_on.wait(timeout=60)
            cursor.execute("UPDATE contacts_contact SET linkedin = 'x' WHERE id = %s", [one.pk])

    meeting = Elsewhere(alice, other)
    assert held.wait(timeout=60)
    undoing = Elsewhere(bob, lambda: changed.undo(by=bob.actor))
    until_it_waits()
    go_on.set()
    outcomes = [undoing.result(), meeting.result()]
    undone = outcomes[0]
    assert isinstance(undone, Undone | Refusal), outcomes
    with workspace_scope(acme.pk):
        titles = set(Contact.objects.values_list("job_title", flat=True))
    assert titles == ({""} if isinstance(undone, Undone) else {"Head"}), "all of it or nothing"


def test_the_page_says_it_in_words(acme, alice, client_of, monkeypatch):
    changed = change_of(alice, lambda: TagFactory(name="vip"))

    def meet(plans) -> None:
        raise OperationalError from DeadlockDetected("deadlock detected")

    monkeypatch.setattr("records.undo.settle", meet)
    answer = client_of(alice).post_w("records:undo", changed.pk)
    assert answer.status_code == 409
    assert "at the same moment" in answer.content.decode()
    with workspace_scope(acme.pk):
        assert Tag.objects.filter(name="vip").exists()


@pytest.mark.parametrize("error", [CheckViolation("a rule"), AdminShutdown("going down"), None])
def test_what_nobody_else_caused_is_an_error(acme, alice, monkeypatch, error):
    """A rule that the code broke, a server that goes down, a lost connection: no sentence about others."""
    changed = change_of(alice, lambda: TagFactory(name="vip"))

    def fail(plans) -> None:
        raise (IntegrityError if isinstance(error, CheckViolation) else OperationalError) from error

    monkeypatch.setattr("records.undo.settle", fail)
    with workspace_scope(acme.pk), pytest.raises((IntegrityError, OperationalError)):
        changed.undo(by=alice.actor)
