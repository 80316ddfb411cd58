"""Undo of a change set, set-based: 10,000 rows cost a handful of statements.

For each table that the change set touched a temporary plan is made from the history: what each row was before and
after. Conflicts are found by value and column by column: a row is taken back when what the change set wrote is still
there, whoever else changed its other columns. So the undo of an undo needs no bookkeeping. A row that can't go back
(changed since, needed by another, its parent gone, its unique key taken, a rule broken by what it would be) is skipped
with its parts, which can make others impossible; that is repeated until nothing more is skipped. Then parents are
inserted first and children deleted first, with the deferrable rules waiting to the end.

Every name in the SQL comes from the models, never from input.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from core.tenancy import current_workspace_id, set_local
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import CompositeForeignKey, ExclusionRule, WorkspaceModel
from workspaces.tracking import TRACKED, history_of

from .models import ChangeSet, Event, NotAllowed
from .models.change_set import current_settings

INSERT, UPDATE, DELETE = "insert", "update", "delete"


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
    """Own changes, those of one's teams, or all, as the rights say. What they changed needs the right to that too, see
    `Plan.refused`."""
    if by.membership is None:
        return
    reachable = by.membership.reachable_owner_ids(by.membership.scope("history", "undo"))
    if reachable is not None and change_set.member_id not in reachable:
        raise NotAllowed(_("You may undo your own changes only."))


def check_members(plans: list["Plan"], by: Actor) -> None:
    """What changes members needs the right to that, and none of them may be, or become again, above the own role."""
    for plan in plans:
        if plan.model is Membership:
            with connection.cursor() as cursor:
                roles = "CROSS JOIN LATERAL (VALUES ((before).role), ((after).role)) AS either(role)"
                cursor.execute(f"SELECT DISTINCT either.role FROM {plan.name} {roles} WHERE either.role IS NOT NULL")
                for (role,) in cursor.fetchall():
                    Membership.check_right(by, "change", role)


class Plan:
    """What undoing a change set means for one table, in a temporary table: id, op, why, before, after, goal.

    `op` is what will be done, `why` the key of the reason for leaving a row alone; `before`, `after` and `goal`, which
    is what the row will be, are rows of the table's own type.
    """

    def __init__(self, model: type[WorkspaceModel], change_set: ChangeSet):
        self.model = model
        self.change_set = change_set
        self.table = model._meta.db_table
        self.history = history_of(model)._meta.db_table
        self.name = f"undo_{self.table}"
        self.values = {"workspace": current_workspace_id(), "change_set": change_set.pk}

    @staticmethod
    def exists(model: type[WorkspaceModel], change_set_id: int) -> bool:
        return history_of(model).objects.filter(change_set_id=change_set_id).exists()

    @property
    def kept(self) -> list[str]:
        """The columns that history keeps, the id and the workspace left out."""
        return [column for column in kept_columns(self.model) if column not in ("id", "workspace_id")]

    def make(self, by: Actor) -> None:
        """Lock the rows, gather what they were and mark those that were changed since or that `by` may not change."""
        touched = (
            f"SELECT pgh_obj_id FROM {self.history}"
            f" WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s"
        )
        sql(f"SELECT count(*) FROM (SELECT FROM {self.table} WHERE id IN ({touched}) ORDER BY id FOR UPDATE) AS locked",
            self.values)  # fmt: skip
        sql(f"CREATE TEMP TABLE {self.name} ON COMMIT DROP AS {self.rows_sql()}", self.values)
        sql(f"ALTER TABLE {self.name} ADD PRIMARY KEY (id); ANALYZE {self.name}")
        sql(f"UPDATE {self.name} AS plan SET why = CASE {self.conflict_sql(by)} END, goal = {self.goal_sql()}"
            f" FROM {self.name} AS same LEFT JOIN {self.table} AS live ON live.id = same.id"
            f" WHERE same.id = plan.id")  # fmt: skip

    def rows_sql(self) -> str:
        """The plan's rows: the first and last version within the change set, and the one before it."""

        def row(alias: str) -> str:
            kept = set(kept_columns(self.model))
            return ", ".join(f'{alias}."{c}"' if c in kept else "NULL" for c in all_columns(self.table))

        return f"""
            SELECT touched.id,
                CASE WHEN first.pgh_label = 'insert' THEN 'delete'
                     WHEN last.pgh_label = 'delete' THEN 'insert' ELSE 'update' END AS op,
                NULL::text AS why,
                CASE WHEN earlier.pgh_id IS NOT NULL AND first.pgh_label <> 'insert'
                     THEN ROW({row("earlier")})::{self.table} END AS before,
                CASE WHEN last.pgh_label <> 'delete' THEN ROW({row("last")})::{self.table} END AS after,
                NULL::{self.table} AS goal
            FROM (
                SELECT pgh_obj_id AS id, min(pgh_id) AS first_id, max(pgh_id) AS last_id FROM {self.history}
                WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s GROUP BY pgh_obj_id
            ) AS touched
            JOIN {self.history} AS first ON first.pgh_id = touched.first_id
            JOIN {self.history} AS last ON last.pgh_id = touched.last_id
            LEFT JOIN LATERAL (
                SELECT * FROM {self.history} AS version
                WHERE version.workspace_id = %(workspace)s AND version.pgh_obj_id = touched.id
                  -- A delete keeps the row as it was, so it is its own earlier version.
                  AND version.pgh_id < touched.first_id + (first.pgh_label = 'delete')::int
                ORDER BY version.pgh_id DESC LIMIT 1
            ) AS earlier ON true
            WHERE NOT (first.pgh_label = 'insert' AND last.pgh_label = 'delete')
        """

    def conflict_sql(self, by: Actor) -> str:
        def differs(column: str) -> str:
            return f'live."{column}" IS DISTINCT FROM (plan.after)."{column}"'

        changed = " OR ".join(f"({self.changes(column)} AND {differs(column)})" for column in self.kept)
        any_changed = " OR ".join(differs(column) for column in self.kept)
        return (
            f"WHEN plan.op = 'insert' AND live.id IS NOT NULL THEN 'exists'"
            f" WHEN plan.op <> 'insert' AND live.id IS NULL THEN 'gone'"
            f" WHEN {self.refused(by)} THEN 'right'"
            f" WHEN plan.op = 'insert' THEN NULL"
            f" WHEN plan.op = 'update' AND plan.before IS NULL THEN 'old'"
            f" WHEN plan.op = 'update' AND ({changed}) THEN 'changed'"
            f" WHEN plan.op = 'delete' AND ({any_changed}) THEN 'changed'"
        )

    def goal_sql(self) -> str:
        """SQL: the row as it was, in what others changed as it is."""
        columns = ", ".join(self.merged(c) if c in self.kept else f'live."{c}"' for c in all_columns(self.table))
        return f"CASE plan.op WHEN 'insert' THEN plan.before WHEN 'update' THEN ROW({columns})::{self.table} END"

    def merged(self, column: str) -> str:
        return f'CASE WHEN {self.changes(column)} THEN (plan.before)."{column}" ELSE live."{column}" END'

    def changes(self, column: str) -> str:
        """SQL: undoing changes this column of the row, or one that it is inseparable from."""
        group = inseparable(self.model).get(column, (column,))
        before, after = (", ".join(f'(plan.{row})."{c}"' for c in group) for row in ("before", "after"))
        return f"({before}) IS DISTINCT FROM ({after})"

    def refused(self, by: Actor) -> str:
        """SQL: the actor lacks the right to what undo does to the row. What one made oneself, one may take away again
        with the right to make it; members have a check of their own."""
        if by.membership is None or self.model is Membership:
            return "false"
        made = by.member_id == self.change_set.member_id
        actions = {"insert": "create", "delete": "create" if made else "delete", "update": "change"}
        cases = [(f"plan.op = '{op}'", action) for op, action in actions.items()]
        if "deleted_at" in self.kept:  # out of the trash and into it again
            cases.append((f"plan.op = 'update' AND {self.changes('deleted_at')}", "delete"))
        row = "coalesce(live, plan.before)"
        return " OR ".join(f"({c} AND {out_of_reach(self.model, row, action, by.membership)})" for c, action in cases)

    # --- carrying it out --------------------------------------------------------------------------------------------
    def insert(self) -> None:
        columns = ", ".join(f'"{column}"' for column in kept_columns(self.model))
        values = ", ".join(f'(before)."{column}"' for column in kept_columns(self.model))
        sql(f"INSERT INTO {self.table} ({columns}) OVERRIDING SYSTEM VALUE"
            f" SELECT {values} FROM {self.name} WHERE op = 'insert' AND why IS NULL ORDER BY id")  # fmt: skip

    def update(self) -> None:
        changes = ", ".join(f'"{column}" = {self.merged(column)}' for column in self.kept)
        sql(f"UPDATE {self.table} AS live SET {changes} FROM {self.name} AS plan"
            f" WHERE plan.id = live.id AND plan.op = 'update' AND plan.why IS NULL")  # fmt: skip

    def delete(self) -> None:
        sql(f"DELETE FROM {self.table} AS live USING {self.name} AS plan"
            f" WHERE plan.id = live.id AND plan.op = 'delete' AND plan.why IS NULL")  # fmt: skip

    def goes_back(self, op: str) -> bool:
        return sql(f"SELECT FROM {self.name} WHERE op = %(op)s AND why IS NULL LIMIT 1", {"op": op}) > 0

    def tell(self, event: Event, op: str) -> None:
        """Link the event to the records that went back so, on their timelines."""
        links = self.model._meta.get_field("event_links").related_model._meta.db_table
        sql(f"INSERT INTO {links} (workspace_id, event_id, record_id, occurred_at)"
            f" SELECT %(workspace)s, %(event)s, id, %(at)s FROM {self.name} WHERE op = %(op)s AND why IS NULL",
            {"workspace": self.values["workspace"], "event": event.pk, "at": event.occurred_at, "op": op})  # fmt: skip

    def counts(self) -> list[tuple[str | None, int]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT why, count(*) FROM {self.name} GROUP BY why")
            return cursor.fetchall()


def settle(plans: list[Plan]) -> None:
    """Skip what can't go back because of other rows, until a round skips nothing more."""
    by_table = {plan.table: plan for plan in plans}
    kinds = (lost_wholes, missing_parents, used_rows, taken_keys, broken_checks, circles)
    rules = [statement for kind in kinds for statement in kind(by_table)]
    while sum(sql(statement) for statement in rules):
        pass


def leaves(by_table: dict[str, Plan], table: str, row: str, otherwise: str = "false") -> str:
    """SQL: the plan takes this live row away, or changes it `otherwise` so that it no longer stands in the way."""
    if table not in by_table:
        return "false"
    gone = f"x.op = 'delete' OR (x.op = 'update' AND ({otherwise}))"
    return f"EXISTS (SELECT FROM undo_{table} AS x WHERE x.id = {row}.id AND x.why IS NULL AND ({gone}))"


def holds(condition: str, row: str) -> str:
    """SQL: the condition, in which columns stand without a table, over a row."""
    return f"(SELECT {condition} FROM (SELECT ({row}).*) AS r)"


def lost_wholes(by_table: dict[str, Plan]) -> Iterator[str]:
    """A part stays as it is with its whole, for the same reason: the log of a move that stays, the addresses of a
    person who stays."""
    for plan in by_table.values():
        if not plan.model.part_of:
            continue
        key = plan.model._meta.get_field(plan.model.part_of)
        whole = key.related_model._meta.db_table
        if whole in by_table:
            # A sub-select of one value is looked up by the key, however many wholes the planner expects to stay.
            why = (
                f"(SELECT whole.why FROM undo_{whole} AS whole"
                f' WHERE whole.id = (coalesce(plan.after, plan.before))."{key.column}")'
            )
            yield f"UPDATE {plan.name} AS plan SET why = {why} WHERE why IS NULL AND {why} IS NOT NULL"


def missing_parents(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, column, parent in foreign_keys():
        if table not in by_table:
            continue
        back = ""
        if parent in by_table:
            back = (
                f" OR EXISTS (SELECT FROM undo_{parent} AS x"
                f" WHERE x.id = (plan.goal).\"{column}\" AND x.op = 'insert' AND x.why IS NULL)"
            )
        yield (
            f"UPDATE undo_{table} AS plan SET why = 'parent' WHERE why IS NULL AND op <> 'delete'"
            f' AND (plan.goal)."{column}" IS NOT NULL AND {by_table[table].changes(column)}'
            f' AND NOT (EXISTS (SELECT FROM {parent} AS live WHERE live.id = (plan.goal)."{column}"'
            f" AND NOT {leaves(by_table, parent, 'live')}){back})"
        )


def used_rows(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, column, parent in foreign_keys():
        if parent not in by_table:
            continue
        moved = leaves(by_table, table, "child", f'(x.goal)."{column}" IS DISTINCT FROM child."{column}"')
        yield (
            f"UPDATE undo_{parent} AS plan SET why = 'used' WHERE why IS NULL AND op = 'delete'"
            f' AND EXISTS (SELECT FROM {table} AS child WHERE child."{column}" = plan.id AND NOT {moved})'
        )


def taken_keys(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, columns, where in unique_rules():
        if table not in by_table:
            continue
        same = " AND ".join(f'live."{c}" = (plan.goal)."{c}"' for c in columns)
        still = " AND ".join(f'(x.goal)."{c}" = live."{c}"' for c in columns)
        freed = leaves(by_table, table, "live", f"({still} AND {holds(where, 'x.goal')}) IS NOT TRUE")
        yield (
            f"UPDATE undo_{table} AS plan SET why = 'taken' WHERE why IS NULL AND op <> 'delete'"
            f" AND {holds(where, 'plan.goal')} AND EXISTS (SELECT FROM {table} AS live"
            f" WHERE {same} AND {holds(where, 'live')} AND live.id <> plan.id AND NOT {freed})"
        )


def broken_checks(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, condition in checks():
        if table in by_table:
            yield (
                f"UPDATE undo_{table} AS plan SET why = 'rule'"
                f" WHERE why IS NULL AND op <> 'delete' AND {holds(condition, 'plan.goal')} IS FALSE"
            )


def circles(by_table: dict[str, Plan]) -> Iterator[str]:
    """What refers to its own kind is a tree: nobody comes to stand above itself."""
    for table, column, parent in foreign_keys():
        if table != parent or table not in by_table:
            continue
        # Sub-selects of one value: looked up by the key for each step, where a join would read whole tables.
        planned = f"FROM undo_{table} AS x WHERE x.id = line.id"
        yield f"""
            UPDATE undo_{table} AS plan SET why = 'circle'
            WHERE why IS NULL AND op <> 'delete' AND {by_table[table].changes(column)} AND plan.id IN (
                WITH RECURSIVE line (id) AS (
                    SELECT (plan.goal)."{column}"
                    UNION
                    SELECT CASE WHEN (SELECT x.why IS NULL AND x.op <> 'delete' {planned})
                        THEN (SELECT (x.goal)."{column}" {planned})
                        ELSE (SELECT live."{column}" FROM {table} AS live WHERE live.id = line.id) END
                    FROM line
                )
                SELECT id FROM line WHERE id IS NOT NULL
            )"""


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
    records = [plan for plan in plans if hasattr(plan.model, "event_links")]
    # A record that was gone has lost its timeline with it, so that the new one begins by saying so.
    for op, kind in (("update", "undone"), ("insert", "brought_back")):
        if told := [plan for plan in records if plan.goes_back(op)]:
            event = Event.say(kind, {}, by=by)
            for plan in told:
                plan.tell(event, op)


def out_of_reach(model: type[WorkspaceModel], row: str, action: str, membership: Membership) -> str:
    """SQL: the member may not do this to the row, or to the whole that it is a mere part of."""
    if not model.record_name:
        key = model._meta.get_field(model.part_of)
        whole = key.related_model
        table = whole._meta.db_table
        inner = out_of_reach(whole, table, "change", membership)
        return f'EXISTS (SELECT FROM {table} WHERE {table}.id = ({row})."{key.column}" AND {inner})'
    owners = membership.reachable_owner_ids(membership.scope(model.record_name, action))
    if not owners:
        return "false" if owners is None else "true"
    column = model._meta.get_field(model.owned_by).column
    return f'(({row})."{column}" = ANY (ARRAY{owners}::bigint[])) IS NOT TRUE'


# --- what the models say ----------------------------------------------------------------------------------------------
@cache
def kept_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a table that its history keeps."""
    kept = {field.name for field in history_of(model)._meta.local_fields}
    return tuple(field.column for field in model._meta.local_fields if field.name in kept)


@cache
def all_columns(table: str) -> tuple[str, ...]:
    """The columns of a table in the order of its row type."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        return tuple(column.name for column in cursor.description)


@cache
def inseparable(model: type[WorkspaceModel]) -> dict[str, tuple[str, ...]]:
    """Column -> all columns of its group."""
    groups = [tuple(model._meta.get_field(name).column for name in group) for group in model.inseparable]
    return {column: group for group in groups for column in group}


@cache
def checks() -> tuple[tuple[str, str], ...]:
    """(table, condition) of every rule over single rows of a tracked table."""
    editor = connection.schema_editor(collect_sql=True)
    return tuple(
        (model._meta.db_table, rule._get_check_sql(model, editor))
        for model in TRACKED
        for rule in model._meta.constraints
        if isinstance(rule, models.CheckConstraint)
    )


@cache
def foreign_keys() -> tuple[tuple[str, str, str], ...]:
    """(table, column, parent table) of every reference between tracked tables."""
    tracked = {model._meta.db_table for model in TRACKED}
    found = []
    for model in TRACKED:
        for rule in model._meta.constraints:
            if isinstance(rule, CompositeForeignKey):
                key = model._meta.get_field(rule.field)
                parent = key.related_model._meta.db_table
                if parent in tracked:
                    found.append((model._meta.db_table, key.column, parent))
    return tuple(found)


@cache
def unique_rules() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """(table, columns, condition) of every unique rule of a tracked table besides its key."""
    found = []
    for model in TRACKED:
        meta = model._meta
        for rule in meta.constraints:
            if isinstance(rule, ExclusionRule):
                found.append((meta.db_table, tuple(rule.columns), rule.where))
            elif isinstance(rule, models.UniqueConstraint) and meta.pk.name not in rule.fields:
                columns = tuple(meta.get_field(name).column for name in rule.fields)
                found.append((meta.db_table, columns, "true"))
    return tuple(found)


@cache
def parents_first() -> tuple[type[models.Model], ...]:
    """The tracked models, each after those that it refers to. A circle (team and manager) is cut where it is met:
    the references are checked at the end."""
    keys = [(table, parent) for table, _column, parent in foreign_keys() if table != parent]
    waiting, ordered = list(TRACKED), []
    while waiting:
        tables = {model._meta.db_table for model in waiting}
        free = [m for m in waiting if not any(t == m._meta.db_table and p in tables for t, p in keys)] or waiting[:1]
        ordered += free
        waiting = [model for model in waiting if model not in free]
    return tuple(ordered)


def sql(statement: str, values: dict | None = None) -> int:
    """Run a statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
