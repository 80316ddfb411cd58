"""Undo of a change set, set-based: 10,000 rows cost a handful of statements.

For each table that the change set touched a temporary plan is made from the history: what each row was before and
after. Conflicts are found by value and column by column: a column goes back when what the change set wrote is still
there, whoever else changed the others; what was changed again since stays unless somebody picks it. So the undo of an
undo needs no bookkeeping. A row that can't go back (changed since, needed by another, its parent gone, its unique key
taken, a rule broken by what it would be) is skipped with its parts, which can make others impossible; that is repeated
until nothing more is skipped. Then parents are inserted first and children deleted first, with the deferrable rules
waiting to the end.

Every name in the SQL comes from the models, never from input.

`plan` says what undoing means for each table, `rules` what stands against it, `schema` what the models say to both,
`preview` what an undo would do; `running` does a large one in a job.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.utils import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext as _

from core.tenancy import set_local
from records.models import ChangeSet, Event, Merged, NotAllowed, Record, Refusal
from records.models.change_set import current_settings
from workspaces.changes import cut
from workspaces.models import Membership
from workspaces.rights import SYSTEM, Actor

from .picks import NOTHING, Picks
from .plan import Plan
from .rules import settle
from .schema import parents_first, sql, touched_rows

__all__ = ["NOTHING", "Picks", "TookTooLong", "Undone", "limited", "planned", "reasons", "undo"]

#: seconds that a statement of an undo may take where somebody waits for the page
PATIENCE = 20
#: SQLSTATE of a statement that was cancelled for its time
CANCELED = "57014"
#: SQLSTATEs of what people bring upon each other: deadlock, serialization, lock, keys that are taken or gone
MET = frozenset({"40P01", "40001", "55P03", "23505", "23P01", "23503"})

#: SQLSTATE of a sum that no column can hold: what went back and what came since are too much together
TOO_LARGE = "22003"

#: called with how many of how many steps are done
Progress = Callable[[int, int], None]


class TookTooLong(Refusal):
    """A statement ran into its time limit; nothing was changed."""


@dataclass
class Undone:
    """What an undo did: rows per table that went back; with counts, the reasons of those that did not, and the columns
    (table, column) that stayed of those that did."""

    change_set_id: int | None = None
    done: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)

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


def undo(
    change_set: ChangeSet,
    *,
    by: Actor,
    picks: Picks = NOTHING,
    patience: int = PATIENCE,
    progress: Progress = lambda done, of: None,
) -> Undone:
    """Take back what `change_set` did, as a change set of its own, which can be undone in turn.

    Raises:
        NotAllowed: the actor may not undo this change, may change nothing of what it holds, or it would change members
            above the actor's own role.
        Refusal: nobody would be left who owns the workspace, what was done is final, something stands against a part
            of a merge, or somebody else changed the same rows at the same moment.
        TookTooLong: a statement took longer than `patience` seconds.
    """
    with limited(patience):
        check_right(change_set, by)
        # Of two who undo the same change the second waits, and finds it undone.
        sql("SELECT pg_advisory_xact_lock(hashtextextended('undo', %(id)s))", {"id": change_set.pk})
        plans = planned(change_set, by, picks=picks, progress=progress)
        whys = {why for plan in plans for why, _count in plan.counts()}
        if "right" in whys and None not in whys:
            raise NotAllowed(_("Your role does not allow this."))
        before = current_settings()
        meta = json.loads(before["change_meta"] or "{}")
        meta |= {"actor_kind": by.kind, "actor": by.label, "actor_id": by.member_id}
        meta |= {"undoes": change_set.pk, "label": cut(change_set.way_back)}
        set_local(change_meta=json.dumps(meta), change_set=None)
        apply(plans, by, progress)
        tell(plans, change_set, by)
        if any(plan.model is Membership for plan in plans):
            Membership.keep_an_owner()
        result = summed(plans)
        set_local(change_meta=before["change_meta"])
        return result


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """One transaction, or none: each statement may take so long, and what people who work at the same time bring upon
    each other is said in words; any other error is one. Raises Refusal."""
    try:
        with transaction.atomic():
            before = setting("statement_timeout")
            sql(f"SET LOCAL statement_timeout = '{seconds}s'")
            yield
            sql(f"SET LOCAL statement_timeout = '{before}'")
    except (OperationalError, IntegrityError, DataError) as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state == CANCELED:
            raise TookTooLong(_("Given up: it took too long. Nothing was changed.")) from error
        if state == TOO_LARGE:
            raise Refusal(_("Not undone: it does not fit what was changed since. Nothing was changed.")) from error
        if state not in MET:
            raise
        words = _("Not undone: somebody changed the same records at the same moment. Nothing was changed; try again.")
        raise Refusal(words) from error


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return cursor.fetchone()[0]


def check_right(change_set: ChangeSet, by: Actor) -> None:
    """That the changes are within reach; what they changed needs the right to that too, see `Plan.refused`."""
    if change_set.final:
        raise Refusal(_("What was deleted for good can't be brought back."))
    if by.membership and not change_set.within_reach_of(by.membership):
        raise NotAllowed(_("You may undo your own changes only."))


def planned(
    change_set: ChangeSet,
    by: Actor,
    *,
    picks: Picks = NOTHING,
    lock: bool = True,
    progress: Progress = lambda done, of: None,
) -> list[Plan]:
    """The plans of an undo, settled. A merge goes back whole or not at all, so that nobody picks anything of it.

    Raises NotAllowed for members above the actor's own role, and Refusal where something stands against a part of a
    merge.
    """
    models = touched_rows(change_set.pk, most=1)
    is_merge = Merged in models
    plans = [Plan(model, change_set, NOTHING if is_merge else picks) for model in models]
    if lock:
        for plan in plans:
            plan.hold_places()
    for place, plan in enumerate(plans):
        # Who may take back a merge of records may take back what followed them, a colleague's file as well.
        plan.make(SYSTEM if is_merge and not issubclass(plan.model, Record) else by, lock=lock)
        progress(place + 1, 2 * len(plans))
    check_members(plans, by)
    settle(plans)
    if is_merge:
        refuse_in_part(plans)
    return plans


def refuse_in_part(plans: list[Plan]) -> None:
    """Raises Refusal with all that stands against going back whole."""
    words = reasons()
    whys = {why for plan in plans for why, _count in plan.counts() if why}
    if any(plan.kept_columns_with_counts() for plan in plans):
        whys.add("changed")
    if whys:
        found = ", ".join(word for why, word in words.items() if why in whys)
        raise Refusal(_("Nothing was undone. A merge is undone whole or not at all: %(reasons)s.") % {"reasons": found})


def check_members(plans: list[Plan], by: Actor) -> None:
    """What changes members needs the right to that, and none of them may be, or become again, above the own role."""
    for plan in plans:
        if plan.model is Membership:
            with connection.cursor() as cursor:
                roles = "CROSS JOIN LATERAL (VALUES ((before).role), ((after).role)) AS either(role)"
                cursor.execute(f"SELECT DISTINCT either.role FROM {plan.name} {roles} WHERE either.role IS NOT NULL")
                for (role,) in cursor.fetchall():
                    Membership.check_right(by, "change", role)


def apply(plans: list[Plan], by: Actor, progress: Progress) -> None:
    """Insert parents first, update, delete children first; then check every rule that was told to wait."""
    order = {model._meta.db_table: place for place, model in enumerate(parents_first())}
    plans = sorted(plans, key=lambda plan: order[plan.table])
    sql("SET CONSTRAINTS ALL DEFERRED")
    for plan in plans:
        plan.insert()
    for place, plan in enumerate(plans):
        plan.update()
        progress(len(plans) + place + 1, 2 * len(plans))
    for plan in reversed(plans):
        plan.delete()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    for plan in plans:
        if plan.model.edited_with_it:
            plan.touch()
        if ids := plan.misplaced():
            plan.model.put_back(ids)


def tell(plans: list[Plan], change_set: ChangeSet, by: Actor) -> None:
    """On the timelines of the records that went back."""
    data = {"what": str(change_set.origin), "again": change_set.is_undo}
    records = [plan for plan in plans if hasattr(plan.model, "event_links")]
    # A record that was gone has lost its timeline with it, so that the new one begins by saying so.
    for op, kind in (("update", "undone"), ("insert", "brought_back")):
        if told := [plan for plan in records if plan.goes_back(op)]:
            event = Event.say(kind, data, by=by)
            for plan in told:
                plan.tell(event, op)


def summed(plans: list[Plan]) -> Undone:
    """What became of the rows; the plans are thrown away."""
    result, words = Undone(ChangeSet.current_id()), reasons()
    for plan in plans:
        for op, why, count in plan.summary():
            if why is None:
                result.done[plan.table] += count
            elif not plan.may_stay(op):
                result.skipped[words[why]] += count
        for head, count in plan.kept_columns_with_counts().items():
            result.kept[plan.table, head] += count
        sql(f"DROP TABLE {plan.name}")
    return result
