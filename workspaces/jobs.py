"""Jobs of a workspace: queued in the transaction of whoever asks for them, run in the workspace's scope.

    @workspace_job(queue="mail")
    def send_invitation(invitation_id: int) -> None: ...

    send_invitation.defer(workspace_id=workspace.pk, invitation_id=invitation.pk)

A job's arguments are ids and nothing else: what it works on it reads under row-level security, so a wrong id finds
nothing. A job is run again when its worker was killed or stopped, so it must be able to run twice.
"""

import datetime as dt
import logging
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone, translation
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Status

from core.tenancy import current_workspace_id, workspace_scope

if TYPE_CHECKING:
    from .models import Membership, Workspace

logger = logging.getLogger(__name__)

#: tried again after 3, 9, 27 and 81 seconds, then left as failed
RETRY = RetryStrategy(max_attempts=4, exponential_wait=3)
#: a worker that has not said for so many seconds that it lives is dead
SILENCE = 30
#: a job that took its worker down so often is not tried again
MOST_ATTEMPTS = 5
HOUSEKEEPING = "housekeeping"


class ScopeLeft(RuntimeError):
    """A job ended and left a workspace's setting on its connection: the next job would work in that workspace."""


@dataclass(frozen=True)
class Job:
    """What a job of several transactions is given: its workspace, whether its worker is about to stop, and whether
    nobody tries it again when it fails."""

    workspace_id: int
    asked_to_stop: Callable[[], bool] = lambda: False
    is_last_try: bool = True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction in the scope of the job's workspace."""
        with workspace_scope(self.workspace_id):
            yield

    def stop_if_asked(self) -> None:
        """Called between two transactions. Raises JobAborted, which leaves the rest to the next worker."""
        if self.asked_to_stop():
            raise JobAborted


class WorkspaceJob:
    """A function as a job. Called, it runs at once, with the same scope and checks as in a worker."""

    def __init__(self, function: Callable[..., None], *, batches: bool, **options: Any) -> None:
        update_wrapper(self, function)
        self.function, self.batches = function, batches
        name = f"{function.__module__}.{function.__qualname__}"
        self.task = app.task(name=name, pass_context=True, **options)(self._run)

    def defer(self, *, workspace_id: int, at: dt.datetime | None = None, **ids: int) -> int:
        """Queue the job in the transaction at hand: it runs if that commits, not before `at`. Returns the id of the
        queue's row."""
        if not all(type(value) is int for value in (workspace_id, *ids.values())):
            raise TypeError("The arguments of a job are ids")
        return self.task.configure(schedule_at=at).defer(workspace_id=workspace_id, **ids)

    def is_queued(self, *, workspace_id: int, **ids: int) -> bool:
        """Does a worker do it, or will one? Not when it ended or was given up."""
        same = ProcrastinateJob.objects.filter(task_name=self.task.name, args={"workspace_id": workspace_id, **ids})
        return same.filter(status__in=("todo", "doing")).exists()

    def __call__(self, *, workspace_id: int, **ids: int) -> None:
        self._perform(Job(workspace_id), ids)

    def _run(self, context: JobContext, *, workspace_id: int, **ids: int) -> None:
        most = getattr(self.task.retry_strategy, "max_attempts", 0) or 0
        self._perform(Job(workspace_id, context.should_abort, context.job.attempts >= most), ids)

    def _perform(self, job: Job, ids: dict[str, int]) -> None:
        before = setting_in_force()
        if self.batches:
            self.function(job, **ids)
        else:
            with job.transaction():
                self.function(**ids)
        if setting_in_force() != before:
            raise ScopeLeft(self.task.name)


def workspace_job(*, queue: str = "default", batches: bool = False, **options: Any) -> Callable[..., WorkspaceJob]:
    """Make a function a job. Its one transaction is the workspace's scope; with `batches` it gets a `Job` as its first
    argument and opens as many as it needs. `options` are procrastinate's (`retry=RETRY`)."""

    def decorate(function: Callable[..., None]) -> WorkspaceJob:
        return WorkspaceJob(function, batches=batches, queue=queue, **options)

    return decorate


@contextmanager
def speaking_to(member: "Membership | None", workspace: "Workspace") -> Iterator[None]:
    """The language and the time zone of a member, for what a job says to it."""
    user = member.user if member else None
    language = getattr(user, "language", "") or workspace.language
    with translation.override(language), timezone.override(zone_of(member, workspace)):
        yield


def zone_of(member: "Membership | None", workspace: "Workspace") -> zoneinfo.ZoneInfo:
    """The time zone of a member, else of its workspace."""
    user = member.user if member else None
    return zoneinfo.ZoneInfo(getattr(user, "time_zone", "") or workspace.time_zone or settings.TIME_ZONE)


def setting_in_force() -> tuple[int | None, str]:
    """The workspace of this thread and of its connection; (None, '') outside every scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.workspace_id', true), '')")
        return current_workspace_id(), cursor.fetchone()[0]


@app.periodic(cron="* * * * * */15")
@app.task(queue=HOUSEKEEPING, queueing_lock="rescue_jobs", pass_context=True)
async def rescue_jobs(context: JobContext, timestamp: int) -> None:
    """Queue the jobs of workers that died: found by a heartbeat that is missing or older than `SILENCE`."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        if job.attempts >= MOST_ATTEMPTS:
            logger.error("Job %s was given up after %s attempts", job.call_string, job.attempts)
            await manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            logger.warning("Job %s lost its worker and is queued again", job.call_string)
            await manager.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(queue=HOUSEKEEPING, queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Keep finished jobs for a week, whatever their end, and the housekeeping itself for an hour."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=1, queue=HOUSEKEEPING, include_failed=True)
    await manager.delete_old_jobs(nb_hours=7 * 24, include_failed=True, include_cancelled=True, include_aborted=True)
