"""An import that is stopped in the middle, with real commits: it goes on where it was, nothing is lost or doubled."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted

from contacts.models import Contact, ContactEmail
from core.tenancy import workspace_scope
from records.models import ChangeSet
from records.search import matching_ids
from tests.conftest import WorkspaceClient
from tests.importing import Importer, csv_bytes, rescue, run_jobs, start_worker
from transfers import engine
from transfers.intake import filled_in
from transfers.jobs import run_import
from transfers.models import Import
from transfers.staging import Staging
from transfers.survey import Survey
from workspaces.jobs import Job, setting_in_force
from workspaces.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)

COLUMNS = ["External id", "Last name", "E-mail", "Company"]


def people(count: int) -> list[list[str]]:
    return [[f"P{n}", f"Person {n}", f"p{n}@x.example", f"Company {n % 7}"] for n in range(count)]


@pytest.fixture
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(engine, "BATCH", 10)


def queue(importer: Importer, rows: list[list[str]]) -> Import:
    """Upload and start, as far as the queue."""
    assert importer.upload("contact", csv_bytes([COLUMNS, *rows])).status_code == 303
    assert importer.map().status_code == 303
    return importer.newest


def assert_all_there(importer: Importer, count: int) -> None:
    importing = importer.newest
    assert (importing.state, importing.last_row, importing.created) == ("done", count, count)
    with workspace_scope(importing.workspace_id):
        assert Contact.objects.count() == count
        assert ContactEmail.objects.count() in (0, count)
        assert Contact.objects.values("external_id").distinct().count() == count
        assert ChangeSet.objects.filter(source="import").count() == 1
        assert len(matching_ids("contact", "person", limit=None)) == count


def test_an_error_in_the_second_batch(importer: Importer, small_batches, monkeypatch):
    importing = queue(importer, people(35))
    fill, calls = Staging.fill, []

    def fail_once(self, rows):
        calls.append(self.model)
        if calls.count(Contact) == 2:
            raise ConnectionError("the server went away")
        fill(self, rows)

    monkeypatch.setattr(Staging, "fill", fail_once)
    with pytest.raises(ConnectionError):
        run_jobs()
    assert setting_in_force() == (None, "")
    stopped = importer.newest
    assert (stopped.state, stopped.last_row, stopped.created) == ("failed", 10, 10)
    page = importer.result().content.decode()
    assert "An error stopped it." in page
    with workspace_scope(importing.workspace_id):
        assert Contact.objects.count() == len(matching_ids("contact", "person", limit=None)) == 10

    assert importer.client.post_w("transfers:resume", importing.pk).status_code == 303
    assert importer.newest.state == "waiting"
    run_jobs()
    assert_all_there(importer, 35)
    assert importer.client.post_w("records:undo", importer.newest.change_set_id).status_code == 303
    with workspace_scope(importing.workspace_id):
        assert not Contact.objects.exists()


def test_a_worker_that_stops_leaves_the_rest_to_the_next(importer: Importer, small_batches):
    importing = queue(importer, people(35))
    batches = []

    def after_two() -> bool:
        batches.append(1)
        return len(batches) == 2

    with pytest.raises(JobAborted):
        engine.run(Job(importing.workspace_id, after_two), importing.pk)
    assert (importer.newest.state, importer.newest.last_row) == ("running", 20)
    run_jobs()
    assert_all_there(importer, 35)


def test_a_second_worker_on_the_same_import_steps_back(importer: Importer, small_batches, monkeypatch):
    importing = queue(importer, people(35))
    batches, rivals = engine.Engine.batches, []

    def with_a_rival(self, rows, job):
        for number, batch in enumerate(batches(self, rows, job)):
            if number == 1 and not rivals:
                rivals.append(number)
                run_import(workspace_id=importing.workspace_id, import_id=importing.pk)
            yield batch

    monkeypatch.setattr(engine.Engine, "batches", with_a_rival)
    run_jobs()
    assert rivals
    assert_all_there(importer, 35)


def test_two_clicks_start_one_import(importer: Importer, monkeypatch):
    """The second request begins while the first one still reads the file, and sees that the import has started."""
    importer.upload("contact", csv_bytes([COLUMNS, *people(5)]))
    data = filled_in(importer.mapping_page().context["form"], {}, {})
    data["action"] = "start"
    url = importer.client.url("transfers:mapping", importer.newest.pk)
    gate = Barrier(2)
    survey = Survey.of

    def slow(importing: Import) -> Survey:
        with suppress(BrokenBarrierError):
            gate.wait(timeout=2)
        return survey(importing)

    monkeypatch.setattr(Survey, "of", slow)

    def click(_number: int) -> int:
        client = WorkspaceClient(importer.client.membership, importer.client.workspace)
        answer = client.post(url, data.urlencode(), content_type="application/x-www-form-urlencoded")
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(click, range(2))) == [303, 303]
    assert ProcrastinateJob.objects.filter(task_name__endswith="run_import").count() == 1
    run_jobs()
    assert_all_there(importer, 5)


def test_a_refusal_ends_the_job_and_an_import_without_a_job_can_go_on(importer: Importer, alice):
    importing = queue(importer, people(5))
    with workspace_scope(importing.workspace_id):
        assert not importer.newest.is_stopped
        Membership.objects.filter(pk=alice.pk).update(role="rep")
    run_jobs()  # raises nothing: another try would be refused as well
    assert importer.newest.error == "Your role does not allow this."
    with workspace_scope(importing.workspace_id):
        Membership.objects.filter(pk=alice.pk).update(role="owner")
        Import.objects.update(state="running")  # as after a worker that was killed too often
        assert importer.newest.is_stopped
    assert b"Go on" in importer.result().content
    importer.client.post_w("transfers:resume", importing.pk)
    run_jobs()
    assert_all_there(importer, 5)


def test_rows_that_come_twice_are_noticed_across_a_stop(importer: Importer, small_batches):
    rows = people(25)
    rows[12][0] = "P3"  # in the second batch what the first one has
    rows[22][0] = "P5"  # after the stop what was before it
    importing = queue(importer, rows)
    stops = iter([False, True])
    with pytest.raises(JobAborted):
        engine.run(Job(importing.workspace_id, lambda: next(stops)), importing.pk)
    run_jobs()
    done = importer.newest
    assert (done.created, done.refused) == (23, 2)
    assert importer.refusals() == {
        14: "External id: It is the same as on line 5.",
        24: "External id: It is the same as on line 7.",
    }


def test_a_worker_that_is_killed(importer: Importer):
    """A real worker, killed without a word; another one finishes what it began."""
    count = 12_000
    content = csv_bytes([["External id", "Last name"], *([f"P{n}", f"Person {n}"] for n in range(count))])
    importer.upload("contact", content)
    importer.map()
    worker = start_worker()
    try:
        wait_until(lambda: importer.newest.last_row > 0, worker)
    finally:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    left = importer.newest
    assert left.state == "running"
    assert 0 < left.last_row < count
    assert ProcrastinateJob.objects.get(task_name__endswith="run_import").status == "doing"
    with connection.cursor() as cursor:  # half a minute of silence later
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    rescue()
    assert start_worker("--once").wait(timeout=120) == 0
    assert_all_there(importer, count)


def wait_until(happened: Callable[[], bool], worker: subprocess.Popen) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < deadline, "the worker does not get on"
        assert worker.poll() is None, "the worker ended"
        time.sleep(0.02)
