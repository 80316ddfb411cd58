"""Jobs: queued with their transaction, run in their workspace's scope, rescued from dead workers."""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from core.tenancy import current_workspace_id, set_local
from organizations.models import Organization
from tests.factories import OrganizationFactory
from tests.importing import rescue, run_async
from workspaces.jobs import Job, ScopeLeft, WorkspaceJob, workspace_job
from workspaces.logins import TooPowerful, refuse_powerful_login
from workspaces.management.commands.worker import work

SEEN: list[object] = []


@pytest.fixture
def jobs() -> Iterator[dict[str, WorkspaceJob]]:
    """Some jobs of the test's own, taken off the app afterwards."""
    before = dict(app.tasks)

    @workspace_job()
    def look(organization_id: int) -> None:
        SEEN.append((current_workspace_id(), Organization.objects.filter(pk=organization_id).exists()))

    @workspace_job(batches=True)
    def look_twice(job: Job) -> None:
        for _time in range(2):
            with job.transaction():
                SEEN.append(Organization.objects.count())

    @workspace_job(batches=True)
    def leak(job: Job) -> None:
        set_local(workspace_id=job.workspace_id)

    SEEN.clear()
    yield {"look": look, "look_twice": look_twice, "leak": leak}
    app.tasks.clear()
    app.tasks.update(before)


def queued() -> list[dict]:
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("args", flat=True))


def test_a_job_is_queued_with_its_transaction(db, jobs, acme):
    with transaction.atomic():
        jobs["look"].defer(workspace_id=acme.pk, organization_id=1)
        assert len(queued()) == 1
        transaction.set_rollback(True)
    assert queued() == []
    jobs["look"].defer(workspace_id=acme.pk, organization_id=1)
    assert queued() == [{"workspace_id": acme.pk, "organization_id": 1}]


@pytest.mark.parametrize("argument", ["Globex", None, True, 1.0, [1]])
def test_arguments_are_ids(db, jobs, acme, argument):
    with pytest.raises(TypeError):
        jobs["look"].defer(workspace_id=acme.pk, organization_id=argument)
    assert queued() == []


def test_a_job_sees_its_workspace_alone(jobs, acme, elsewhere):
    ours, theirs = OrganizationFactory(workspace=acme), OrganizationFactory(workspace=elsewhere)
    jobs["look"](workspace_id=acme.pk, organization_id=ours.pk)
    jobs["look"](workspace_id=acme.pk, organization_id=theirs.pk)
    jobs["look_twice"](workspace_id=elsewhere.pk)
    assert [(acme.pk, True), (acme.pk, False), 1, 1] == SEEN
    assert current_workspace_id() is None


def test_a_job_that_leaves_its_workspace_set_is_found_out(jobs, acme):
    with pytest.raises(ScopeLeft):
        jobs["leak"](workspace_id=acme.pk)
    set_local(workspace_id=None)


def test_logins_that_the_policies_do_not_bind_are_refused(db):
    refuse_powerful_login()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        cursor = owner.cursor()
        with pytest.raises(TooPowerful, match="owns the tables"):
            refuse_powerful_login(cursor)


def test_the_worker_does_not_start_as_owner(db, settings):
    settings.WORKER_DATABASE_URL = os.environ["DATABASE_OWNER_URL"]
    with pytest.raises(CommandError, match="would not be kept apart"):
        call_command("worker", "--once")


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_queued(jobs, acme):
    ours = OrganizationFactory(workspace=acme)
    jobs["look"].defer(workspace_id=acme.pk, organization_id=ours.pk)
    run_async(work(wait=False))
    assert [(acme.pk, True)] == SEEN
    assert ProcrastinateJob.objects.get(task_name__endswith="look").status == "succeeded"


@pytest.mark.django_db(transaction=True)
def test_jobs_of_dead_workers_are_queued_again_and_given_up_in_the_end(jobs, acme):
    jobs["look_twice"].defer(workspace_id=acme.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
        rescue()
        assert ProcrastinateJob.objects.get().status == "todo"
        assert ProcrastinateJob.objects.get().attempts == 1
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = 5")
        rescue()
    assert ProcrastinateJob.objects.get().status == "failed"
