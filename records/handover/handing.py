"""What a hand-over gives away, and doing it: one job, one transaction, one change set."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.utils.translation import gettext as _

from records import whole
from records.models import ChangeSet, HandOver, NotAllowed, RecordQuerySet, Refusal, change_set
from records.models.owner_rules import parse
from records.news.sources import record_types
from workspaces.jobs import Job
from workspaces.models import Membership


def belongings(leaver: Membership, by: Membership) -> dict[str, RecordQuerySet]:
    """Record type -> what the member owns and `by` sees: nothing in the trash, of activities the open ones."""
    return {name: model.objects.owned_by(leaver).in_reach_of(by) for name, model in record_types().items()}


def unseen(leaver: Membership, by: Membership) -> int:
    """How many records stay with the member, because `by` does not see them: who sees all has to give them away."""
    seen = belongings(leaver, by)
    models = record_types().items()
    return sum(model.objects.owned_by(leaver).count() - seen[name].count() for name, model in models)


def reaches(membership: Membership, leaver: Membership) -> bool:
    """May the member give away what the leaver has? Owners and admins all, managers that of their team."""
    reach = membership.reachable_owner_ids(membership.scope("hand_over", "create"))
    return reach is None or (leaver.pk in reach and leaver.pk != membership.pk)


def ask(leaver: Membership, to: dict[str, str], *, by: Membership) -> HandOver:
    """Queue it. `to` says who gets what: record type -> "member 7", "team 3". Raises NotAllowed."""
    from records.jobs import run_hand_over

    if not reaches(by, leaver):
        raise NotAllowed(_("Your role does not allow this."))
    found: Any = HandOver.objects.create(leaver=leaver, to=to, member=by)
    run_hand_over.defer(workspace_id=found.workspace_id, hand_over_id=found.pk)
    return found


def run(job: Job, hand_over_id: int) -> None:
    """Do it, or say why not."""
    whole.run(job, HandOver.objects.select_related("leaver"), hand_over_id, carry_out)


def carry_out(job: Job, asked: HandOver) -> None:
    by = asked.member
    if by is None or not reaches(by, asked.leaver):
        raise Refusal(_("Your role does not allow this."))
    done = {}
    with job.transaction():
        label = _("All records of %(name)s handed over") % {"name": asked.leaver.name}
        with ThreadPoolExecutor(max_workers=1) as pool, change_set(label, by=by.actor):
            for place, (name, rows) in enumerate(belongings(asked.leaver, by).items()):
                if owners := owners_of(asked.to.get(name, ""), asked.leaver):
                    outcome = rows.share_out(owners, by=by.actor).or_refuse()
                    done[name] = outcome.done
                pool.submit(whole.note, asked, step=place + 1)
            result = ChangeSet.current_id()
        whole.finish(asked, done=done, result_id=result)


def owners_of(to: str, leaver: Membership) -> list[Membership]:
    """The members who are meant, without the one who leaves; none where all stays as it is.

    Raises Refusal for a team that has nobody else."""
    way, pk = parse(to)
    if not pk:
        return []
    active = Membership.objects.active().exclude(pk=leaver.pk).order_by("pk")
    owners = list(active.filter(pk=pk) if way == "member" else active.filter(team=pk))
    if not owners:
        raise Refusal(_("There is nobody left to whom the records could go. Choose again."))
    return owners
