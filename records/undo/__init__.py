"""Undo of a change set, set-based: 10,000 rows cost a handful of statements.

For each table that the change set touched a temporary plan is made from the history: what each row was before and
after. Conflicts are found by value and column by column: a row is taken back when what the change set wrote is still
there, whoever else changed its other columns. So the undo of an undo needs no bookkeeping. A row that can't go back
(changed since, needed by another, its parent gone, its unique key taken, a rule broken by what it would be) is skipped
with its parts, which can make others impossible; that is repeated until nothing more is skipped. Then parents are
inserted first and children deleted first, with the deferrable rules waiting to the end.

Every name in the SQL comes from the models, never from input.

`plan` says what undoing means for each table, `rules` what stands against it, `schema` what the models say to both.
"""

import json
from collections import Counter
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.tenancy import set_local
from records.models import ChangeSet, Event, NotAllowed
from records.models.change_set import current_settings
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tracking import TRACKED

from .plan import Plan
from .rules import settle
from .schema import parents_first, sql


@dataclass
class Undone:
    """What an undo did: rows per table that went back, and the reasons of those that did not, with counts."""

    change_set_id: int | None = None
    done: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.done.total()


def reasons() -> dict[str, str]:
    """The reasons for which a row stays as it is, in the reader's words."""
    return {
        "right": _("your role does not allow it"),
        "changed": _("changed since"),
        "gone": _("deleted since"),
        "exists": _("there again"),
        "parent": _("what it belongs to is gone"),
        "used": _("something newer belongs to it"),
        "taken": _("its name or key is in use again"),
        "rule": _("it does not fit what was changed since"),
        "circle": _("it would belong to itself"),
        "old": _("no earlier version is known"),
    }


@transaction.atomic
def undo(change_set: ChangeSet, *, by: Actor) -> Undone:
    """Take back what `change_set` did, as a change set of its own, which can be undone in turn.

    Raises:
        NotAllowed: the actor may not undo this change, may change nothing of what it holds, or it would change members
            above the actor's own role.
        Refusal: nobody would be left who owns the workspace.
    """
    check_right(change_set, by)
    plans = [Plan(model, change_set) for model in TRACKED if Plan.exists(model, change_set.pk)]
    for plan in plans:
        plan.hold_places()
    for plan in plans:
        plan.make(by)
    check_members(plans, by)
    settle(plans)
    whys = {why for plan in plans for why, _count in plan.counts()}
    if "right" in whys and None not in whys:
        raise NotAllowed(_("Your role does not allow this."))
    before = current_settings()
    label = _("Undone: %(what)s") % {"what": change_set}
    meta = json.loads(before["change_meta"] or "{}")
    meta |= {"actor_kind": by.kind, "actor": by.label, "actor_id": by.member_id}
    set_local(change_meta=json.dumps(meta | {"undoes": change_set.pk, "label": label[:200]}), change_set=None)
    apply(plans, by)
    if any(plan.model is Membership for plan in plans):
        Membership.keep_an_owner()
    result = Undone(ChangeSet.current_id())
    words = reasons()
    for plan in plans:
        for why, count in plan.counts():
            if why is None:
                result.done[plan.table] += count
            else:
                result.skipped[words[why]] += count
        sql(f"DROP TABLE {plan.name}")
    set_local(change_meta=before["change_meta"])
    return result


def check_right(change_set: ChangeSet, by: Actor) -> None:
    """That the changes are within reach; what they changed needs the right to that too, see `Plan.refused`."""
    if by.membership and not change_set.within_reach_of(by.membership):
        raise NotAllowed(_("You may undo your own changes only."))


def check_members(plans: list[Plan], by: Actor) -> None:
    """What changes members needs the right to that, and none of them may be, or become again, above the own role."""
    for plan in plans:
        if plan.model is Membership:
            with connection.cursor() as cursor:
                roles = "CROSS JOIN LATERAL (VALUES ((before).role), ((after).role)) AS either(role)"
                cursor.execute(f"SELECT DISTINCT either.role FROM {plan.name} {roles} WHERE either.role IS NOT NULL")
                for (role,) in cursor.fetchall():
                    Membership.check_right(by, "change", role)


def apply(plans: list[Plan], by: Actor) -> None:
    """Insert parents first, update, delete children first; then check every rule that was told to wait."""
    order = {model._meta.db_table: place for place, model in enumerate(parents_first())}
    plans = sorted(plans, key=lambda plan: order[plan.table])
    sql("SET CONSTRAINTS ALL DEFERRED")
    for plan in plans:
        plan.insert()
    for plan in plans:
        plan.update()
    for plan in reversed(plans):
        plan.delete()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    for plan in plans:
        if plan.model.edited_with_it:
            plan.touch()
        if ids := plan.misplaced():
            plan.model.put_back(ids)
    records = [plan for plan in plans if hasattr(plan.model, "event_links")]
    # A record that was gone has lost its timeline with it, so that the new one begins by saying so.
    for op, kind in (("update", "undone"), ("insert", "brought_back")):
        if told := [plan for plan in records if plan.goes_back(op)]:
            event = Event.say(kind, {}, by=by)
            for plan in told:
                plan.tell(event, op)
