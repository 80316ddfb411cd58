"""A bulk action on more rows than a request should change: a job does it in batches, each of them one transaction."""

import logging
from typing import Any

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from records.models import BulkRun, ChangeSet, Outcome, RecordQuerySet, Refusal, change_set
from workspaces.jobs import Job, speaking_to
from workspaces.models import Membership
from workspaces.rights import Actor

from .bulk import BulkAction
from .listing import LISTINGS
from .selection import Selection

#: more rows than these are changed by a job
AT_ONCE = 1_000
#: rows of one transaction
BATCH = 2_500
#: what the bulk form sends beside what the action's own form asks for
BESIDE = ("csrfmiddlewaretoken", "ids", "all", "query", "action")

logger = logging.getLogger(__name__)


def perform(action: BulkAction, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
    """Run the action on those rows that the member's role may change in bulk."""
    # By their ids from here on: the action may change what the filters look at.
    passed, outcome = action.let_through(rows, by=by)
    done = action.run(passed, by=by, **wanted)
    outcome.done, outcome.refused, outcome.way_back = done.done, outcome.refused | done.refused, done.way_back
    return outcome


def is_large(selection: Selection) -> bool:
    """Is it for a job? Counting stops where that is known."""
    if not selection.everything and len(selection.ids) <= AT_ONCE:
        return False
    return selection.rows().order_by()[: AT_ONCE + 1].count() > AT_ONCE


def begin(action: BulkAction, selection: Selection, data: QueryDict) -> BulkRun:
    """Queue the action on the rows that are chosen now."""
    told = data.copy()
    for name in BESIDE:
        told.pop(name, None)
    ids = list(selection.rows().order_by("pk").values_list("pk", flat=True))
    record, asked = selection.listing.model.record_name, {"wanted": told.urlencode(), "query": selection.query}
    return BulkRun.begin(record, action.name, ids, member=selection.membership, **asked)


def run(job: Job, run_id: int) -> None:
    """Do what is left of it, or say why it was given up. An error is tried again, from the batch that it stopped."""
    get_resolver(settings.WORKSPACE_URLCONF).url_patterns  # noqa: B018 - declares lists and forms to who has seen no page
    with job.transaction():
        asked = BulkRun.objects.select_related("member__user", "workspace").defer("ids").get(pk=run_id)
    with speaking_to(asked.member, asked.workspace):
        try:
            while one_batch(job, run_id):
                job.stop_if_asked()
        except JobAborted:
            raise
        except Refusal as refusal:  # another try would end the same way
            give_up(job, run_id, str(refusal))
        except Exception:
            if job.is_last_try:
                give_up(job, run_id, _("An error stopped it."))
            raise


def one_batch(job: Job, run_id: int) -> bool:
    """Change the next rows and note how far it is; False when it is over. Of two workers one waits for the other."""
    with job.transaction():
        rows = BulkRun.objects.select_related("member__user", "workspace").select_for_update(of=("self",))
        run = rows.get(pk=run_id)
        if run.is_over:
            return False
        ids = run.ids[run.place : run.place + BATCH]
        if run.stopping or not ids:
            finish(run, state="stopped" if ids else "done")
            return False
        take(run, ids)
    return True


def take(run: BulkRun, ids: list[int]) -> None:
    """What happens to the rows of a batch, in the transaction at hand. Raises what the action's verb raises."""
    listing, member = LISTINGS[run.record], run.member
    action = listing.action(run.action)
    if member is None or not member.is_active or not member.may(run.record, "bulk") or action is None:
        raise Refusal(_("Your role does not allow this."))
    wanted = read_again(action, run, member)
    with change_set("", by=member.actor, source="bulk", resume=run.change_set_id):
        rows = action.reach(listing.model, member).filter(pk__in=ids)
        outcome = perform(action, rows, by=member.actor, **wanted)
        run.change_set_id = ChangeSet.current_id()
    for reason, count in outcome.reasons:
        run.refused[reason] = run.refused.get(reason, 0) + count
    BulkRun.objects.filter(pk=run.pk).update(
        state="running",
        error="",
        place=run.place + len(ids),
        done=models.F("done") + outcome.done,
        refused=run.refused,
        change_set_id=run.change_set_id,
    )


def read_again(action: BulkAction, run: BulkRun, member: Membership) -> dict[str, Any]:
    """What the form was told, as it is valid now. Raises Refusal where it is valid no longer."""
    if not action.form_class:
        return {}
    form = action.form(QueryDict(run.wanted), record=run.record, membership=member)
    if not form.is_valid():
        raise Refusal(_("What was chosen for it is there no longer."))
    return action.wanted(form)


def finish(run: BulkRun, **changes: Any) -> None:
    """Note that it is over, and let those be told whom its changes concern."""
    from records.jobs import tell_later

    BulkRun.objects.filter(pk=run.pk).update(ids=[], finished_at=timezone.now(), **changes)
    if run.change_set_id:
        tell_later(ChangeSet.objects.get(pk=run.change_set_id))


def give_up(job: Job, run_id: int, told: str) -> None:
    logger.warning("Bulk action %s was given up: %s", run_id, told)
    with job.transaction():
        run = BulkRun.objects.defer("ids").select_for_update().get(pk=run_id)
        if not run.is_over:
            finish(run, state="failed", error=told)
