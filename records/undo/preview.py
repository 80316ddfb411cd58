"""What an undo would do, without doing it: what goes back, what stays and why, and the conflicts to choose from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from records.models import ChangeSet
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceModel

from . import Picks, limited, planned, reasons
from .picks import EVERY, ROW
from .plan import Plan

#: seconds that a reader waits for it; a larger undo is tried in a job
PATIENCE = 10
#: how many conflicts are shown one by one
MOST = 100


@dataclass(frozen=True)
class Conflict:
    """A column of a row, or a row, that was changed again since: as it was before, as the change set left it, as it is
    now (rows as JSON). `pick` takes it back anyway."""

    model: type[WorkspaceModel]
    pk: int
    head: str
    before: Any
    after: Any
    now: Any

    @property
    def pick(self) -> str:
        return f"{self.model._meta.db_table}.{self.head}.{self.pk}"

    @property
    def is_row(self) -> bool:
        return self.head == ROW


@dataclass
class Preview:
    """By model and op how many rows go back; by reason how many stay; conflicts, and how many there are of each column
    (model, column)."""

    back: Counter[tuple[type[WorkspaceModel], str]] = field(default_factory=Counter)
    stays: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)
    kept: Counter[tuple[type[WorkspaceModel], str]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.back.total()

    @property
    def every(self) -> Iterator[tuple[type[WorkspaceModel], str, int, str]]:
        """Columns with more conflicts than one: (model, column, how many, the pick of all)."""
        for (model, head), count in self.kept.items():
            if count > 1:
                yield model, head, count, f"{model._meta.db_table}.{head}.{EVERY}"


def preview(change_set: ChangeSet, *, by: Actor, picks: Picks) -> Preview:
    """What an undo with these picks would do now. Raises NotAllowed, and TookTooLong where it is too large to tell."""
    found, words = Preview(), reasons()
    with limited(PATIENCE):
        point = transaction.savepoint_create()
        for plan in planned(change_set, by, picks=picks, lock=False):
            for op, why, count in plan.summary():
                if why is None:
                    found.back[plan.model, op] += count
                elif not plan.may_stay(op):
                    found.stays[words[why]] += count
            for head, count in conflicts_of(plan):
                found.kept[plan.model, head] += count
            found.conflicts += conflict_rows(plan, MOST - len(found.conflicts))
        transaction.savepoint_rollback(point)  # the plans are forgotten
    return found


#: a row of the plan with each of its conflicts: columns, or itself where it was made and changed since
HEADS = (
    f"CROSS JOIN LATERAL unnest(CASE WHEN plan.why = 'changed' AND plan.op = 'delete' THEN ARRAY['{ROW}']"
    f" ELSE plan.kept END) AS head WHERE plan.why IS NULL OR plan.why = 'changed'"
)


def conflicts_of(plan: Plan) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT head, count(*) FROM {plan.name} AS plan {HEADS} GROUP BY head ORDER BY head")
        return cursor.fetchall()


def conflict_rows(plan: Plan, most: int) -> list[Conflict]:
    if most <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plan.id, head, to_jsonb(plan.before), to_jsonb(plan.after), to_jsonb(live)"
            f" FROM {plan.name} AS plan JOIN {plan.table} AS live ON live.id = plan.id {HEADS}"
            " ORDER BY plan.id, head LIMIT %(most)s",
            {"most": most},
        )
        return [Conflict(plan.model, *row) for row in cursor.fetchall()]
