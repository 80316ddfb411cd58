"""A large undo, in one job: what it does is one transaction, how far it is a line of its own beside it."""

from concurrent.futures import ThreadPoolExecutor

from django.utils.translation import gettext as _

from records import whole
from records.models import ChangeSet, Refusal, Undoing
from records.models.change_set import change_set
from workspaces.jobs import Job
from workspaces.models import Membership

from . import Picks, undo
from .schema import touched_rows

#: more rows than these are undone by a job
AT_ONCE = 500
#: seconds that a statement of the job may take
PATIENCE = 300


def is_large(undone: ChangeSet) -> bool:
    """Is it for a job? Counting stops where that is known."""
    return sum(touched_rows(undone.pk, most=AT_ONCE + 1).values()) > AT_ONCE


def ask(undone: ChangeSet, *, by: Membership, picks: Picks) -> Undoing:
    """Queue the undo, or give the one that is queued already; while that waits it takes over what is picked now.

    Raises Refusal where one with other picks has begun.
    """
    from records.jobs import run_undo

    waiting = Undoing.objects.filter(change_set=undone, state__in=("waiting", "running"))
    for undoing in waiting.select_for_update(of=("self",)):
        if run_undo.is_queued(workspace_id=undoing.workspace_id, undoing_id=undoing.pk):
            if set(undoing.picks) != set(picks.words):
                pick_anew(undoing, by=by, picks=picks)
            return undoing
    undoing = Undoing.objects.create(change_set=undone, member=by, picks=list(picks.words))
    run_undo.defer(workspace_id=undoing.workspace_id, undoing_id=undoing.pk)
    return undoing


def pick_anew(undoing: Undoing, *, by: Membership, picks: Picks) -> None:
    if undoing.state != "waiting":
        raise Refusal(_("This is being undone at the moment, with other choices. Look at it again when that is over."))
    undoing.member, undoing.picks = by, list(picks.words)
    undoing.save(update_fields=["member", "picks"])


def run(job: Job, undoing_id: int) -> None:
    """Do the undo, or say why it was given up."""
    whole.run(job, Undoing.objects.select_related("change_set"), undoing_id, carry_out)


def carry_out(job: Job, undoing: Undoing) -> None:
    member = undoing.member
    if member is None:
        raise Refusal(_("Your role does not allow this."))
    with job.transaction():
        with ThreadPoolExecutor(max_workers=1) as pool, change_set(by=member.actor):
            result = undo(
                undoing.change_set,
                by=member.actor,
                picks=Picks(tuple(undoing.picks)),
                patience=PATIENCE,
                progress=lambda done, of: pool.submit(whole.note, undoing, step=done, steps=of),
            )
        whole.finish(
            undoing,
            done=result.total,
            skipped=dict(result.skipped),
            kept=result.kept.total(),
            result_id=result.change_set_id,
        )
