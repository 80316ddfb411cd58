"""The jobs of records: a large undo, and the trash that is emptied each day."""

from procrastinate.contrib.django import app

from core.tenancy import setting_scope
from records.trash.emptying import empty
from records.undo import running
from workspaces.jobs import RETRY, Job, workspace_job
from workspaces.models import Workspace


@workspace_job(batches=True, retry=RETRY)
def run_undo(job: Job, undoing_id: int) -> None:
    """Take back a change set of many rows."""
    running.run(job, undoing_id)


@workspace_job(batches=True, retry=RETRY)
def empty_trash(job: Job) -> None:
    """Delete for good what has lain in the trash of a workspace long enough."""
    empty(job)


@app.periodic(cron="41 2 * * *")
@app.task(queueing_lock="empty_trashes")
def empty_trashes(timestamp: int) -> None:
    """Each night, one job a workspace."""
    with setting_scope(platform="on"):
        ids = list(Workspace.objects.order_by("pk").values_list("pk", flat=True))
    for workspace_id in ids:
        empty_trash.defer(workspace_id=workspace_id)
