"""The jobs of activities: each night, the reminders of days that come again."""

from procrastinate.contrib.django import app

from core.tenancy import setting_scope
from workspaces.jobs import RETRY, workspace_job
from workspaces.models import Workspace

from .reminders import remind


@workspace_job(retry=RETRY)
def remind_of_dates() -> None:
    """Plan the reminders of a workspace."""
    remind(Workspace.current())


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="remind_of_all_dates")
def remind_of_all_dates(timestamp: int) -> None:
    """Each night, a job a workspace."""
    with setting_scope(platform="on"):
        ids = list(Workspace.objects.order_by("pk").values_list("pk", flat=True))
    for workspace_id in ids:
        remind_of_dates.defer(workspace_id=workspace_id)
