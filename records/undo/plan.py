"""What undoing a change set means for one table, and doing it."""

from django.db import connection

from core.tenancy import current_workspace_id
from records.models import ChangeSet, Event
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceModel
from workspaces.tracking import history_of

from .schema import all_columns, inseparable, kept_columns, sql


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

    def hold_places(self) -> None:
        """Whoever moves a row locks its place before the row, and so does undo."""
        if self.model.placed_by:
            versions = history_of(self.model).objects
            touched = versions.filter(change_set_id=self.change_set.pk).values("pgh_obj")
            self.model.hold_places(versions.filter(pgh_obj__in=touched))

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
