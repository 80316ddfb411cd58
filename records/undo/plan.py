"""What undoing a change set means for one table, and doing it."""

from collections import Counter

from django.db import connection

from core.tenancy import current_workspace_id
from records.models import ChangeSet, Event, Record
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceModel
from workspaces.tracking import history_of

from .picks import NOTHING, ROW, Picks
from .schema import all_columns, head_of, inseparable, kept_columns, sql, versions_sql


class Plan:
    """What undoing a change set means for one table, in a temporary table: id, op, before, after, back, kept, why,
    goal.

    `op` is what will be done, `why` the key of the reason for leaving a row alone; `before`, `after` and `goal`, which
    is what the row will be, are rows of the table's own type. Of a row that stays `back` names the columns that go back
    and `kept` those that were changed again since and stay as they are; a group that means something only together
    stands under the name of its first column.
    """

    def __init__(self, model: type[WorkspaceModel], change_set: ChangeSet, picks: Picks = NOTHING):
        self.model = model
        self.change_set = change_set
        self.picks = picks.of(model)
        self.table = model._meta.db_table
        self.history = history_of(model)._meta.db_table
        self.name = f"undo_{self.table}"
        self.values = {"workspace": current_workspace_id(), "change_set": change_set.pk}

    @property
    def columns(self) -> list[str]:
        """What undo gives back: all that history keeps, but for the keys, and for copies, which follow their originals
        by triggers."""
        left_out = {"id", "workspace_id", *self.model.copies}
        return [column for column in kept_columns(self.model) if column not in left_out]

    @property
    def heads(self) -> list[str]:
        """The first column of each group of columns that go back together."""
        return list(dict.fromkeys(head_of(self.model, column) for column in self.columns))

    def hold_places(self) -> None:
        """Whoever moves a row locks its place before the row, and so does undo."""
        if self.model.placed_by:
            versions = history_of(self.model).objects
            touched = versions.filter(change_set_id=self.change_set.pk).values("pgh_obj")
            self.model.hold_places(versions.filter(pgh_obj__in=touched))

    def make(self, by: Actor, *, lock: bool = True) -> None:
        """Lock the rows, gather what they were and mark those that were changed since or that `by` may not change."""
        touched = (
            f"SELECT pgh_obj_id FROM {self.history}"
            f" WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s"
        )
        if lock:
            rows = f"SELECT FROM {self.table} WHERE id IN ({touched}) ORDER BY id FOR UPDATE"
            sql(f"SELECT count(*) FROM ({rows}) AS locked", self.values)
        sql(f"CREATE TEMP TABLE {self.name} ON COMMIT DROP AS {self.rows_sql()}", self.values | self.picks.values)
        sql(f"ALTER TABLE {self.name} ADD PRIMARY KEY (id); ANALYZE {self.name}")
        sql(f"UPDATE {self.name} AS plan SET why = CASE {self.conflict_sql(by)} END, goal = {self.goal_sql()}"
            f" FROM {self.name} AS same LEFT JOIN {self.table} AS live ON live.id = same.id"
            f" WHERE same.id = plan.id", self.picks.values)  # fmt: skip

    def rows_sql(self) -> str:
        """The plan's rows, with what goes back of each and what was changed again since."""

        def row(alias: str) -> str:
            kept = set(kept_columns(self.model))
            columns = (f'{alias}."{c}"' if c in kept else "NULL" for c in all_columns(self.table))
            return f"ROW({', '.join(columns)})::{self.table}"

        versions = versions_sql(self.model, row, "change_set_id = %(change_set)s")
        back, kept = (
            ", ".join(f"CASE WHEN {self.wrote(head)} AND {condition(head)} THEN '{head}' END" for head in self.heads)
            for condition in (lambda head: f"NOT {self.stays(head)}", self.stays)
        )
        return f"""
            SELECT plan.id, plan.op, plan.before, plan.after, NULL::text AS why, NULL::{self.table} AS goal,
                CASE plan.op WHEN 'update' THEN array_remove(ARRAY[{back}]::text[], NULL) ELSE '{{}}' END AS back,
                CASE plan.op WHEN 'update' THEN array_remove(ARRAY[{kept}]::text[], NULL) ELSE '{{}}' END AS kept
            FROM ({versions}) AS plan LEFT JOIN {self.table} AS live ON live.id = plan.id
        """

    def together(self, head: str, row: str) -> str:
        """SQL: the columns of a group, of a row of the plan."""
        group = inseparable(self.model).get(head, (head,))
        return "(" + ", ".join(f'{row}."{column}"' for column in group) + ")"

    def wrote(self, head: str) -> str:
        """SQL: the change set changed something of this group."""
        return f"{self.together(head, '(plan.before)')} IS DISTINCT FROM {self.together(head, '(plan.after)')}"

    def stays(self, head: str) -> str:
        """SQL: the group was changed again since, and nobody picked it."""
        changed = f"{self.together(head, 'live')} IS DISTINCT FROM {self.together(head, '(plan.after)')}"
        return f"({changed} AND NOT {self.picks.sql(head)})"

    def conflict_sql(self, by: Actor) -> str:
        changed = " OR ".join(f'live."{column}" IS DISTINCT FROM (plan.after)."{column}"' for column in self.columns)
        return (
            f"WHEN plan.op = 'insert' AND live.id IS NOT NULL THEN 'exists'"
            f" WHEN plan.op <> 'insert' AND live.id IS NULL THEN 'gone'"
            f" WHEN {self.refused(by)} THEN 'right'"
            f" WHEN plan.op = 'insert' THEN NULL"
            f" WHEN plan.op = 'update' AND plan.before IS NULL THEN 'old'"
            f" WHEN plan.op = 'update' AND plan.kept <> '{{}}' AND plan.back = '{{}}' THEN 'changed'"
            f" WHEN plan.op = 'delete' AND ({changed}) AND NOT {self.picks.sql(ROW)} THEN 'changed'"
        )

    def goal_sql(self) -> str:
        """SQL: the row as it was, in what others changed as it is."""
        columns = ", ".join(self.merged(c) if c in self.columns else f'live."{c}"' for c in all_columns(self.table))
        return f"CASE plan.op WHEN 'insert' THEN plan.before WHEN 'update' THEN ROW({columns})::{self.table} END"

    def merged(self, column: str) -> str:
        return f'CASE WHEN {self.changes(column)} THEN (plan.before)."{column}" ELSE live."{column}" END'

    def changes(self, column: str) -> str:
        """SQL: undoing gives this column of the row another value, or one that it is inseparable from."""
        return f"(plan.op = 'insert' OR '{head_of(self.model, column)}' = ANY (plan.back))"

    def refused(self, by: Actor) -> str:
        """SQL: the actor lacks the right to what undo does to the row. What one made oneself, one may take away again
        with the right to make it; members have a check of their own."""
        if by.membership is None or self.model is Membership:
            return "false"
        made = by.member_id == self.change_set.member_id
        actions = {"insert": "create", "delete": "create" if made else "delete", "update": "change"}
        cases = [(f"plan.op = '{op}'", action) for op, action in actions.items()]
        if "deleted_at" in self.columns:  # out of the trash and into it again
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
        changes = ", ".join(f'"{column}" = {self.merged(column)}' for column in self.columns)
        sql(f"UPDATE {self.table} AS live SET {changes} FROM {self.name} AS plan"
            f" WHERE plan.id = live.id AND plan.op = 'update' AND plan.why IS NULL")  # fmt: skip

    def delete(self) -> None:
        sql(f"DELETE FROM {self.table} AS live USING {self.name} AS plan"
            f" WHERE plan.id = live.id AND plan.op = 'delete' AND plan.why IS NULL")  # fmt: skip

    def touch(self) -> None:
        """What a part belongs to has a new version: a form that was opened before knows nothing of the part."""
        key = self.model._meta.get_field(self.model.part_of)
        sql(f"UPDATE {key.related_model._meta.db_table} SET version = version + 1, updated_at = now() WHERE id IN"
            f' (SELECT coalesce((before)."{key.column}", (after)."{key.column}") FROM {self.name} WHERE why IS NULL)'
        )  # fmt: skip

    def misplaced(self) -> list[int]:
        """The rows that came again, or went back in what says where a row stands."""
        if not self.model.placed_by:
            return []
        columns = (self.model._meta.get_field(name).column for name in self.model.placed_by)
        changed = " OR ".join(self.changes(column) for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {self.name} AS plan WHERE why IS NULL"
                f" AND (op = 'insert' OR op = 'update' AND ({changed}))"
            )
            return [pk for (pk,) in cursor.fetchall()]

    def kept_columns_with_counts(self) -> Counter[str]:
        """Of the rows that go back: the columns that stay as they are, with how many rows each."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT unnest(kept) AS head, count(*) FROM {self.name} WHERE why IS NULL GROUP BY head")
            return Counter(dict(cursor.fetchall()))

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

    def may_stay(self, op: str) -> bool:
        """Is it nothing to tell that such rows stay? A tag that was made on the way is there for whoever wants it."""
        return op == "delete" and self.model.made_on_the_way

    def summary(self) -> list[tuple[str, str | None, int]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT op, why, count(*) FROM {self.name} GROUP BY op, why ORDER BY op, why")
            return cursor.fetchall()


def out_of_reach(model: type[WorkspaceModel], row: str, action: str, membership: Membership) -> str:
    """SQL: the member may not do this to the row, or to the whole that it is a mere part of."""
    if not model.record_name:
        key = model._meta.get_field(model.part_of)
        whole = key.related_model
        table = whole._meta.db_table
        inner = out_of_reach(whole, table, "change", membership)
        return f'EXISTS (SELECT FROM {table} WHERE {table}.id = ({row})."{key.column}" AND {inner})'
    hidden = "false"
    if issubclass(model, Record) and not (sight := model.sight(membership)).is_whole:
        hidden = f"({sight.sql(f'({row})')}) IS NOT TRUE"
    owners = membership.reachable_owner_ids(membership.scope(model.record_name, action))
    if not owners:
        return hidden if owners is None else "true"
    column = model._meta.get_field(model.owned_by).column
    return f'((({row})."{column}" = ANY (ARRAY{owners}::bigint[])) IS NOT TRUE OR {hidden})'
