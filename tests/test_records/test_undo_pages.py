"""Undo on its pages: looked at before, done, done again, and as a job where it is large."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.jobs import run_undo
from records.models import ChangeSet, Undoing, change_set
from records.undo import running
from tests.battery_pages import page_text
from tests.factories import ContactFactory, OrganizationFactory
from tests.history import change_of, plain
from tests.importing import run_jobs
from workspaces.jobs import RETRY, Job
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


def test_undo_is_looked_at_done_and_done_again(client_of, bob, contact, promoted):
    client = client_of(bob)
    looked = plain(client.get_w("records:undo", promoted.pk))
    assert "People 1 0 0" in looked
    answer = client.post_w("records:undo", promoted.pk, data={"next": client.url("records:change", promoted.pk)})
    assert answer.status_code == 303
    page = client.get(answer.url)
    assert "Undone by Bob Lindqvist" in plain(page)
    with workspace_scope(bob.workspace_id):
        assert Contact.objects.get(pk=contact.pk).job_title == "Buyer"
    redo = page.context["target"]
    assert (redo.undoes_id, page.context["is_redo"]) == (promoted.pk, True)
    client.post_w("records:undo", redo.pk)
    with workspace_scope(bob.workspace_id):
        assert Contact.objects.get(pk=contact.pk).job_title == "Head of purchasing"
    assert client.get_w("records:change", promoted.pk).context["target"] == promoted


def test_undone_and_redone_take_turns_and_never_stack(client_of, bob, contact, promoted):
    client, latest = client_of(bob), promoted
    for words, button, badge in (
        ("Undone", "Redo", "Undone"),
        ("Redone", "Undo", "Redone"),
        ("Undone", "Redo", "Undone"),
    ):
        undone = str(latest)
        answer = client.post_w("records:undo", latest.pk, data={"next": client.url("contacts:detail", contact.pk)})
        page = page_text(client.get(answer.url))
        assert f"{words}: Priya Raman changed" in page
        toast = page.partition('class="toast"')[2].partition("</form>")[0]
        assert f"<button data-undo>{button}</button>" in toast
        with workspace_scope(bob.workspace_id):
            latest = ChangeSet.objects.latest("pk")
            assert str(latest) == f"{words}: Priya Raman changed"
        assert f"{undone} {badge} Priya Raman" in plain(client.get_w("records:log"))
    history = plain(client.get_w("contacts:history", contact.pk))
    timeline = plain(client.get_w("contacts:detail", contact.pk))
    for words in ("Undone: Priya Raman changed", "Redone: Priya Raman changed"):
        assert words in history
        assert words in timeline


def test_a_conflict_is_shown_with_what_was_is_written_and_is_now(client_of, bob, contact, promoted):
    change_of(bob, lambda: contact.edit(job_title="Director", by=bob.actor))
    client = client_of(bob)
    page = client.get_w("records:undo", promoted.pk)
    (conflict,) = page.context["conflicts"]
    assert (conflict.record, conflict.label, conflict.before, conflict.after, conflict.now) == (
        "Priya Raman",
        "Job title",
        "Buyer",
        "Head of purchasing",
        "Director",
    )
    client.post_w("records:undo", promoted.pk, data={"pick": conflict.pick})
    with workspace_scope(bob.workspace_id):
        assert Contact.objects.get(pk=contact.pk).job_title == "Buyer"


def test_what_went_out_is_said_before(client_of, alice):
    client = client_of(alice)
    with workspace_scope(alice.workspace_id), change_set("Invited", by=alice.actor, source="web"):
        Membership.invite("ida@acme.example", by=alice.actor)
        made = ChangeSet.current()
    assert "Invitation sent to ida@acme.example" in plain(client.get_w("records:undo", made.pk))


def test_a_large_undo_is_a_job(client_of, acme, alice, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 10)
    with workspace_scope(acme.pk):
        Contact.objects.bulk_create(Contact(last_name=f"Person {n}") for n in range(11))
    made = change_of(alice, lambda: Contact.objects.update(job_title="Buyer"))
    client = client_of(alice)
    assert "a job does it" in plain(client.get_w("records:undo", made.pk))
    answer = client.post_w("records:undo", made.pk)
    assert client.post_w("records:undo", made.pk).url == answer.url, "asked twice it is done once"
    waiting = client.get(answer.url)
    assert "<progress" in page_text(waiting)
    run_jobs()
    assert client.get(answer.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    over = plain(client.get(answer.url))
    assert "Rows that went back 11" in over
    with workspace_scope(acme.pk):
        assert not Contact.objects.exclude(job_title="").exists()
        undoing = Undoing.objects.get()
        assert undoing.result.undoes_id == made.pk
        assert (undoing.result.member_id, undoing.result.source) == (alice.pk, "job")


def test_a_large_undo_that_takes_too_long_says_so_and_changes_nothing(client_of, acme, alice, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 0)
    monkeypatch.setattr(running, "PATIENCE", 1)
    with workspace_scope(acme.pk):
        ContactFactory(job_title="")
    made = change_of(alice, lambda: Contact.objects.update(job_title="Buyer"))
    client = client_of(alice)
    answer = client.post_w("records:undo", made.pk)
    monkeypatch.setattr("records.undo.settle", lambda plans: wait())
    run_jobs()
    assert "Given up: it took too long. Nothing was changed." in plain(client.get(answer.url))
    with workspace_scope(acme.pk):
        assert Contact.objects.get().job_title == "Buyer"


@pytest.fixture
def large(client_of, acme, alice, monkeypatch):
    """A change whose undo is queued: (change set, what is queued)."""
    monkeypatch.setattr(running, "AT_ONCE", 0)
    with workspace_scope(acme.pk):
        ContactFactory(job_title="")
    made = change_of(alice, lambda: Contact.objects.update(job_title="Buyer"))
    client_of(alice).post_w("records:undo", made.pk)
    with workspace_scope(acme.pk):
        return made, Undoing.objects.get()


@pytest.mark.parametrize(("is_last", "state"), [(False, "waiting"), (True, "failed")])
def test_what_an_error_stopped_is_tried_again_and_given_up_at_last(acme, large, monkeypatch, is_last, state):
    def broken(*args, **kwargs):
        raise OperationalError("the connection is closed")

    _made, undoing = large
    job = Job(acme.pk, is_last_try=is_last)
    with monkeypatch.context() as patched:
        patched.setattr(running, "undo", broken)
        with pytest.raises(OperationalError):
            running.run(job, undoing.pk)
    with workspace_scope(acme.pk):
        undoing.refresh_from_db()
        assert undoing.state == state
    running.run(job, undoing.pk)
    with workspace_scope(acme.pk):
        undoing.refresh_from_db()
        assert (undoing.state, Contact.objects.get().job_title) == (("failed", "Buyer") if is_last else ("done", ""))


def test_the_worker_says_which_try_is_the_last(acme, monkeypatch):
    seen = []
    monkeypatch.setattr(running, "run", lambda job, pk: seen.append(job.is_last_try))
    for attempts in (0, RETRY.max_attempts):
        context = SimpleNamespace(should_abort=lambda: False, job=SimpleNamespace(attempts=attempts))
        run_undo._run(context, workspace_id=acme.pk, undoing_id=1)
    assert seen == [False, True]


def test_new_choices_count_while_the_undo_waits_and_are_refused_once_it_runs(client_of, acme, alice, large):
    made, undoing = large
    client = client_of(alice)
    pick = "contacts_contact.job_title.all"
    assert client.post_w("records:undo", made.pk, data={"pick": pick}).status_code == 303
    with workspace_scope(acme.pk):
        undoing.refresh_from_db()
        assert undoing.picks == [pick]
        Undoing.objects.update(state="running")
    assert client.post_w("records:undo", made.pk, data={"pick": pick}).status_code == 303
    refused = client.post_w("records:undo", made.pk)
    assert refused.status_code == 409
    assert "This is being undone at the moment, with other choices." in page_text(refused)
    with workspace_scope(acme.pk):
        assert Undoing.objects.get().picks == [pick]


def wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(3)")


def test_nobody_else_sees_how_far_it_is(client_of, acme, alice, bob, monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 0)
    with workspace_scope(acme.pk):
        organization = OrganizationFactory()
    made = change_of(alice, lambda: organization.rows().update(name="Northwind"))
    answer = client_of(alice).post_w("records:undo", made.pk)
    assert client_of(bob).get(answer.url).status_code == 404
