"""The jobs of records: a large undo, a large bulk action; each night, what has lain long enough in the trash or in the
read trail."""

from procrastinate.contrib.django import app

from core.tenancy import setting_scope
from records.listing import running as bulk
from records.trail.forgetting import forget
from records.trash.emptying import empty
from records.undo import running
from workspaces.jobs import RETRY, Job, workspace_job
from workspaces.models import Workspace


@workspace_job(batches=True, retry=RETRY)
def run_undo(job: Job, undoing_id: int) -> None:
    """Take back a change set of many rows."""
    running.run(job, undoing_id)


@workspace_job(batches=True, retry=RETRY)
def run_bulk(job: Job, run_id: int) -> None:
    """Change many rows of a list."""
    bulk.run(job, run_id)


@workspace_job(batches=True, retry=RETRY)
def empty_trash(job: Job) -> None:
    """Delete for good what has lain in the trash of a workspace long enough."""
    empty(job)


@workspace_job(batches=True, retry=RETRY)
def forget_readings(job: Job) -> None:
    """Forget who read what longer ago than a workspace wants to know."""
    forget(job)


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="empty_trashes")
def empty_trashes(timestamp: int) -> None:
    """Each night, two jobs a workspace: its trash and its read trail."""
    with setting_scope(platform="on"):
        ids = list(Workspace.objects.order_by("pk").values_list("pk", flat=True))
    for workspace_id in ids:
        empty_trash.defer(workspace_id=workspace_id)
        forget_readings.defer(workspace_id=workspace_id)
