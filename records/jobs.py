"""The jobs of records: news and their letters, a large undo, a large bulk action, a hand-over; each night, what is old
enough to go."""

import datetime as dt
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from core.tenancy import setting_scope
from records.handover import handing
from records.listing import running as bulk
from records.models import ChangeSet, Notice
from records.news import letters, making
from records.trail.forgetting import forget
from records.trash.emptying import empty
from records.undo import running
from workspaces.jobs import RETRY, Job, workspace_job
from workspaces.models import Workspace

#: how long notices are kept
NEWS_LIFE = dt.timedelta(days=90)


@workspace_job(batches=True, retry=RETRY)
def run_undo(job: Job, undoing_id: int) -> None:
    """Take back a change set of many rows."""
    running.run(job, undoing_id)


@workspace_job(queue="news", retry=RETRY)
def tell_news(change_set_id: int) -> None:
    """Work out who is told of a change set, and queue the letters about it."""
    change_set: Any = ChangeSet.objects.select_related("undoes", "workspace").get(pk=change_set_id)
    for member_id, at in making.tell(change_set):
        send_news.defer(workspace_id=change_set.workspace_id, at=at, member_id=member_id)


def tell_later(change_set: ChangeSet) -> None:
    """Queue the news of a change set that was written in several transactions, in the last of them. What was written in
    one needs no word: the database queues it (migration 0163)."""
    workspace_id: Any = change_set.workspace_id
    if making.readers().exclude(pk=change_set.member_id).exists():
        tell_news.defer(workspace_id=workspace_id, change_set_id=change_set.pk)


@workspace_job(queue="mail", batches=True, retry=RETRY)
def send_news(job: Job, member_id: int) -> None:
    """Send a member what is due of its news."""
    letters.send(job, member_id)


@workspace_job(retry=RETRY)
def forget_news() -> None:
    """Forget notices that are older than anybody reads."""
    Notice.objects.filter(created_at__lt=timezone.now() - NEWS_LIFE).delete()


@workspace_job(batches=True, retry=RETRY)
def run_hand_over(job: Job, hand_over_id: int) -> None:
    """Give all records of a member to others."""
    handing.run(job, hand_over_id)


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
    """Each night, three jobs a workspace: its trash, its read trail, its old news."""
    with setting_scope(platform="on"):
        ids = list(Workspace.objects.order_by("pk").values_list("pk", flat=True))
    for workspace_id in ids:
        empty_trash.defer(workspace_id=workspace_id)
        forget_readings.defer(workspace_id=workspace_id)
        forget_news.defer(workspace_id=workspace_id)
