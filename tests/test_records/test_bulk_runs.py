"""Bulk actions that a job does: progress, stop, what refuses rows, rights, a worker that is killed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted

from core.tenancy import workspace_scope
from organizations.models import Organization
from records.listing import running
from records.models import BulkRun, ChangeSet, Notice, Refusal
from tests.battery_pages import HTMX, page_text
from tests.factories import OrganizationFactory, TagFactory
from tests.importing import drop_news, run_jobs, run_news, start_worker
from workspaces.jobs import Job
from workspaces.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 3)
    monkeypatch.setattr(running, "BATCH", 2)


@pytest.fixture
def seven(acme, alice):
    return [OrganizationFactory(workspace=acme, owner=alice, sector="Haulage") for _ in range(7)]


@pytest.fixture
def ask(client_of):
    """Give all organizations to somebody; the run that this begins."""

    def send(member, owner, **data) -> BulkRun:
        client = client_of(member)
        told = {"action": "owner", "all": "1", "confirmed": "1", "owner": owner.pk} | data
        client.post_w("organizations:bulk", data=told)
        return newest(member)

    return send


def newest(member) -> BulkRun:
    with workspace_scope(member.workspace_id):
        return BulkRun.objects.select_related("change_set").latest("pk")


def owners(member) -> list[int | None]:
    with workspace_scope(member.workspace_id):
        return list(Organization.objects.order_by("pk").values_list("owner_id", flat=True))


def test_few_rows_are_changed_at_once(small, ask, seven, client_of, alice, bob):
    client_of(alice).post_w(
        "organizations:bulk",
        data={"action": "owner", "ids": [row.pk for row in seven[:3]], "confirmed": "1", "owner": bob.pk},
    )
    assert owners(alice).count(bob.pk) == 3
    assert not ProcrastinateJob.objects.filter(task_name__endswith="run_bulk").exists()


def test_all_batches_are_one_change(small, ask, seven, alice, bob):
    run = ask(alice, bob)
    run_jobs()
    run = newest(alice)
    assert (run.state, run.place, run.done, run.refused, run.ids) == ("done", 7, 7, {}, [])
    with workspace_scope(alice.workspace_id):
        assert ChangeSet.objects.filter(label="Owner set to Bob Lindqvist").count() == 1
        assert str(run.change_set) == "Owner set to Bob Lindqvist"
        run.change_set.undo(by=alice.actor)
    assert owners(alice) == [alice.pk] * 7


def test_a_worker_that_was_stopped_is_followed_by_one_that_goes_on(small, ask, seven, alice, bob):
    run = ask(alice, bob)
    stops = iter([False, True])
    with pytest.raises(JobAborted):
        running.run(Job(run.workspace_id, lambda: next(stops)), run.pk)
    half = newest(alice)
    assert (half.state, half.place, half.done) == ("running", 4, 4)
    run_jobs()
    over = newest(alice)
    assert (over.state, over.done, over.change_set_id) == ("done", 7, half.change_set_id)


def test_a_batch_that_is_killed_leaves_nothing_half_done(small, ask, seven, alice, bob, monkeypatch):
    run, batches = ask(alice, bob), []

    def killed(*args, **kwargs):
        batches.append(1)
        if len(batches) == 2:
            raise KeyboardInterrupt  # after it wrote, before it committed
        return finish(*args, **kwargs)

    finish = running.ChangeSet.current_id
    monkeypatch.setattr(running.ChangeSet, "current_id", killed)
    with pytest.raises(KeyboardInterrupt):
        running.run(Job(run.workspace_id), run.pk)
    assert (newest(alice).place, owners(alice).count(bob.pk)) == (2, 2)
    run_jobs()
    assert (newest(alice).done, owners(alice)) == (7, [bob.pk] * 7)


def test_what_was_done_before_somebody_stopped_it_stays_and_can_be_undone(small, ask, seven, client_of, alice, bob):
    run, client = ask(alice, bob), client_of(alice)
    running.one_batch(Job(run.workspace_id), run.pk)
    assert "2 of 7" in page_text(client.get_w("records:bulk_run", run.pk, headers=HTMX))
    client.post_w("records:bulk_stop", run.pk)
    assert "Stopping" in page_text(client.get_w("records:bulk_run", run.pk))
    run_jobs()
    assert (newest(alice).state, owners(alice).count(bob.pk)) == ("stopped", 2)
    over = page_text(client.get_w("records:bulk_run", run.pk))
    assert 'Not reached</dt><dd class="num">5<' in over
    assert f"/{newest(alice).change_set_id}/undo/" in over


def test_what_the_gate_refuses_stays_and_is_told_with_its_reason(small, ask, seven, client_of, alice, bob):
    with workspace_scope(alice.workspace_id):
        Organization.objects.filter(pk__in=[row.pk for row in seven[:3]]).update(owner=bob)
    run = ask(bob, alice)
    run_jobs()
    assert newest(bob).refused == {"You may do this only to records of your own.": 4}
    assert (newest(bob).done, owners(bob)) == (3, [alice.pk] * 7)
    assert "Stayed: You may do this only to records of your own." in page_text(
        client_of(bob).get_w("records:bulk_run", run.pk)
    )


def test_the_rights_are_those_of_the_moment(small, ask, seven, client_of, alice, bob, mara):
    run = ask(mara, bob)
    running.one_batch(Job(run.workspace_id), run.pk)
    with workspace_scope(mara.workspace_id):
        Membership.objects.filter(pk=mara.pk).update(role="viewer")
    run_jobs()
    over = newest(mara)
    assert (over.state, over.error) == ("failed", "Your role does not allow this.")
    assert over.done + sum(over.refused.values()) == 2
    assert "Your role does not allow this." in page_text(client_of(mara).get_w("records:bulk_run", run.pk))


def test_what_was_chosen_and_is_gone_ends_it(small, seven, client_of, alice):
    tag = TagFactory(workspace=alice.workspace)
    client_of(alice).post_w("organizations:bulk", data={"action": "tag", "all": "1", "confirmed": "1", "tag": tag.pk})
    with workspace_scope(alice.workspace_id):
        tag.delete()
    run_jobs()
    assert (newest(alice).state, newest(alice).error) == ("failed", "What was chosen for it is there no longer.")


def test_an_error_is_tried_again_and_told_at_last(small, ask, seven, alice, bob, monkeypatch):
    run = ask(alice, bob)
    monkeypatch.setattr(running, "perform", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        running.run(Job(run.workspace_id, is_last_try=False), run.pk)
    assert newest(alice).state == "waiting"
    with pytest.raises(ZeroDivisionError):
        running.run(Job(run.workspace_id), run.pk)
    assert (newest(alice).state, newest(alice).error) == ("failed", "An error stopped it.")


def told(member) -> list[tuple[str, int]]:
    with workspace_scope(member.workspace_id):
        return list(Notice.objects.of(member).values_list("kind", "count"))


def test_whom_it_concerns_is_told_once_and_of_all_of_it(small, ask, seven, alice, bob):
    drop_news()
    run = ask(alice, bob)
    running.one_batch(Job(run.workspace_id), run.pk)
    assert run_news() == 0, "there is more to come"
    run_jobs()
    assert run_news() == 1
    assert told(bob) == [("given", 7)]


def test_whom_it_concerns_is_told_of_what_was_done_before_it_was_given_up(
    small, ask, seven, client_of, alice, bob, monkeypatch
):
    drop_news()
    run = ask(alice, bob)
    for _batch in range(2):
        running.one_batch(Job(run.workspace_id), run.pk)
    with monkeypatch.context() as patch:
        patch.setattr(running, "perform", lambda *args, **kwargs: refuse())
        running.run(Job(run.workspace_id), run.pk)
    over = newest(alice)
    assert (over.state, over.error, over.done, over.ids) == ("failed", "It rains.", 4, [])
    assert run_news() == 1
    assert told(bob) == [("given", 4)]
    assert 'Not reached</dt><dd class="num">3<' in page_text(client_of(alice).get_w("records:bulk_run", run.pk))


def refuse():
    raise Refusal("It rains.")


def test_one_s_own_are_listed_with_state_count_and_undo_and_admins_see_all(
    small, ask, seven, client_of, alice, bob, mara
):
    assert "No bulk actions yet" in page_text(client_of(alice).get_w("records:bulk_runs"))
    with workspace_scope(alice.workspace_id):
        Organization.objects.filter(pk__in=[row.pk for row in seven[:3]]).update(owner=bob)
    ask(bob, alice)
    assert "Waiting" in page_text(client_of(bob).get_w("records:bulk_runs"))
    run_jobs()
    page = page_text(client_of(bob).get_w("records:bulk_runs"))
    run = newest(bob)
    assert all(words in page for words in ("Change owner", "Organizations", ">Done", "3 of 7"))
    path = f"/{run.change_set_id}/undo/"
    assert path in page
    assert path in page_text(client_of(alice).get_w("records:bulk_runs"))
    assert path not in page_text(client_of(mara).get_w("records:bulk_runs"))
    with workspace_scope(bob.workspace_id):
        run.change_set.undo(by=bob.actor)
    page = page_text(client_of(bob).get_w("records:bulk_runs"))
    assert "Undone" in page
    assert path not in page


def test_others_don_t_find_it_and_admins_do(small, ask, seven, client_of, alice, bob, mara, charlie, acme):
    run = ask(mara, bob)
    assert client_of(bob).get_w("records:bulk_run", run.pk).status_code == 404
    assert client_of(bob).post_w("records:bulk_stop", run.pk).status_code == 404
    assert "Asked for by Mara Lind." in page_text(client_of(alice).get_w("records:bulk_run", run.pk))
    assert client_of(charlie, acme).get_w("records:bulk_run", run.pk).status_code == 404
    assert client_of(charlie).get_w("records:bulk_run", run.pk).status_code == 404


def test_a_batch_takes_as_many_statements_whatever_is_in_it(small, ask, seven, alice, bob, monkeypatch):
    run, counts = ask(alice, bob), []
    for size in (1, 5):
        monkeypatch.setattr(running, "BATCH", size)
        with CaptureQueriesContext(connection) as queries:
            running.one_batch(Job(run.workspace_id), run.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_worker_that_has_seen_no_page_sets_a_field(acme, alice, client_of):
    with workspace_scope(acme.pk):
        Organization.objects.bulk_create(Organization(name=f"Works {n}", owner=alice) for n in range(1_001))
    told = {"name": "sector", "asked": "sector", "to-sector": "Haulage", "confirmed": "1"}
    client_of(alice).post_w("organizations:bulk", data={"action": "field", "all": "1"} | told)
    assert start_worker("--once").wait(timeout=120) == 0
    run = newest(alice)
    assert (run.state, run.done) == ("done", 1_001)
    with workspace_scope(acme.pk):
        assert Organization.objects.filter(sector="Haulage").count() == 1_001
