"""Work that a job does whole: in one transaction, with how far it is written beside it in others.

It is a row (an undo, a hand-over) with `state`, `step`, `error`, `member` and `is_over`. A worker that is killed leaves
nothing half done; the next one begins anew, or finds that it is done. So does the next try after an error; the last one
gives up.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy import workspace_scope
from records.models import Refusal
from workspaces.jobs import Job, speaking_to

logger = logging.getLogger(__name__)


def run(job: Job, rows: models.QuerySet[Any], pk: int, carry_out: Callable[[Job, Any], None]) -> None:
    """Do it, or say why it was given up."""
    with job.transaction():
        found = rows.select_related("member__user", "workspace").select_for_update(of=("self",)).get(pk=pk)
        if found.is_over:
            return
        update(found, state="running", error="")
    with speaking_to(found.member, found.workspace):
        try:
            carry_out(job, found)
        except Refusal as refusal:  # another try would end the same way
            give_up(job, found, str(refusal))
        except Exception:
            if job.is_last_try:
                give_up(job, found, _("An error stopped it. Nothing was changed."))
            else:
                with job.transaction():
                    update(found, state="waiting", step=0)
            raise


def note(row: Any, **progress: int) -> None:
    """Say how far it is, in a transaction and on a connection of its own."""
    try:
        with workspace_scope(row.workspace_id):
            update(row, **progress)
    finally:
        connection.close()  # the thread's own


def finish(row: Any, **result: Any) -> None:
    """Say that it is done, in the transaction that did it."""
    update(row, state="done", finished_at=timezone.now(), **result)


def give_up(job: Job, row: Any, told: str) -> None:
    logger.warning("%s %s was given up: %s", type(row).__name__, row.pk, told)
    with job.transaction():
        update(row, state="failed", error=told, finished_at=timezone.now())


def update(row: Any, **values: Any) -> None:
    """What is done stays done: another worker may have been faster."""
    type(row)._default_manager.filter(pk=row.pk).exclude(state="done").update(**values)
