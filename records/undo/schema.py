"""What the models say: columns, keys and rules of the tracked tables."""

from collections.abc import Callable
from functools import cache

from django.db import connection, models

from core.statements import fetch
from core.tenancy import current_workspace_id
from workspaces.tenancy import CompositeForeignKey, ExclusionRule, WorkspaceModel
from workspaces.tracking import TRACKED, history_of


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


def head_of(model: type[WorkspaceModel], column: str) -> str:
    """The first column of the group that a column belongs to: its own name where it stands alone."""
    return inseparable(model).get(column, (column,))[0]


def versions_sql(model: type[WorkspaceModel], row: Callable[[str], str], which: str) -> str:
    """SQL over a model's history: for each row that `which` versions of it tell of (in each of their change sets) its
    `id`, the `change_set_id`, `op`, which undoes it, and `before` and `after`, which `row(alias)` makes of a version.

    `before` is the version before the first, `after` the last. What was made and deleted again is left out.
    """
    history = history_of(model)._meta.db_table
    return f"""
        SELECT touched.id, touched.change_set_id, last.pgh_created_at AS at,
            CASE WHEN first.pgh_label = 'insert' THEN 'delete'
                 WHEN last.pgh_label = 'delete' THEN 'insert' ELSE 'update' END AS op,
            CASE WHEN earlier.pgh_id IS NOT NULL AND first.pgh_label <> 'insert' THEN {row("earlier")} END AS before,
            CASE WHEN last.pgh_label <> 'delete' THEN {row("last")} END AS after, earlier.pgh_id AS before_id
        FROM (
            SELECT pgh_obj_id AS id, change_set_id, min(pgh_id) AS first_id, max(pgh_id) AS last_id FROM {history}
            WHERE workspace_id = %(workspace)s AND {which} GROUP BY pgh_obj_id, change_set_id
        ) AS touched
        JOIN {history} AS first ON first.pgh_id = touched.first_id
        JOIN {history} AS last ON last.pgh_id = touched.last_id
        LEFT JOIN LATERAL (
            SELECT * FROM {history} AS version
            WHERE version.workspace_id = %(workspace)s AND version.pgh_obj_id = touched.id
              -- A delete keeps the row as it was, so it is its own earlier version.
              AND version.pgh_id < touched.first_id + (first.pgh_label = 'delete')::int
            ORDER BY version.pgh_id DESC LIMIT 1
        ) AS earlier ON true
        WHERE NOT (first.pgh_label = 'insert' AND last.pgh_label = 'delete')
    """


def touched_rows(change_set_id: int, most: int) -> dict[type[WorkspaceModel], int]:
    """How many rows of each model the change set holds versions of; counting stops at `most`. One statement."""
    counts = " UNION ALL ".join(
        f"SELECT {place}, count(*) FROM (SELECT FROM {history_of(model)._meta.db_table}"
        f" WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s LIMIT %(most)s) AS version"
        for place, model in enumerate(TRACKED)
    )
    values = {"workspace": current_workspace_id(), "change_set": change_set_id, "most": most}
    return {TRACKED[place]: count for place, count in fetch(counts, values) if count}


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
                if rule.nulls_distinct is False:  # keys: nothing is like nothing
                    columns = tuple(f"coalesce({column}, 0)" for column in columns)
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
