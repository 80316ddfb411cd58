"""What changed, read from the versions: row by row the values before and after, in one statement for all tables."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from string import Template
from typing import Any

from django.db import connection, models

from core.statements import fetch
from core.tenancy import current_workspace_id
from records.models import Record
from records.undo.schema import kept_columns, versions_sql
from workspaces.tenancy import WorkspaceModel
from workspaces.tracking import TRACKED, history_of

from .telling import telling, whole_key

Values = dict[str, Any]
#: SQL: the version belongs to one of some change sets that have few versions in this table
FEW = Template("""change_set_id IN (
    SELECT wanted.id FROM unnest(%(ids)s::bigint[]) AS wanted (id) WHERE %(most)s >= (
        SELECT count(*) FROM (SELECT FROM $versions AS version
            WHERE version.workspace_id = %(workspace)s AND version.change_set_id = wanted.id
            LIMIT %(most)s + 1) AS few))""")


@dataclass(frozen=True)
class Change:
    """What a change set did to one row: its values before (None where it was made) and after (None where deleted).

    `before_id` is the version that it had before, for restoring a value of it.
    """

    model: type[WorkspaceModel]
    pk: int
    change_set_id: int | None
    at: dt.datetime
    before: Values | None
    after: Values | None
    before_id: int | None = None

    @property
    def values(self) -> Values:
        """What is known of the row: as it became, else as it was."""
        return self.after or self.before or {}


def changes_of(change_set_id: int, model: type[WorkspaceModel], *, after: int, most: int) -> list[Change]:
    """What a change set did to the rows of a model, by their ids from behind `after` on."""
    which = (
        f"pgh_obj_id IN (SELECT DISTINCT pgh_obj_id FROM {history_of(model)._meta.db_table}"
        " WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s AND pgh_obj_id > %(after)s"
        " ORDER BY pgh_obj_id LIMIT %(most)s) AND change_set_id = %(change_set)s"
    )
    sql = f"SELECT * FROM ({_changes(model, which)}) AS change ORDER BY id"
    values = {"change_set": change_set_id, "after": after, "most": most, "workspace": current_workspace_id()}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(_read(cursor.fetchall()))


def history_page(record: Record, *, before: int, most: int) -> list[int]:
    """The change sets, newest first and older than `before`, that changed the record or its parts."""
    parts = " UNION ALL ".join(
        f"SELECT change_set_id FROM {history_of(model)._meta.db_table}"
        f" WHERE workspace_id = %(workspace)s AND {is_its} AND change_set_id < %(before)s"
        for model, is_its in told_on(type(record))
    )
    sql = f"SELECT DISTINCT change_set_id FROM ({parts}) AS changed ORDER BY change_set_id DESC LIMIT %(most)s"
    values = {"workspace": record.workspace_id, "record": record.pk, "before": before, "most": most}
    return [pk for (pk,) in fetch(sql, values)]


def changes_of_record(record: Record, change_set_ids: list[int]) -> list[Change]:
    """What these change sets did to the record and its parts."""
    changes = (
        _changes(model, f"change_set_id = ANY (%(ids)s) AND {is_its}") for model, is_its in told_on(type(record))
    )
    values = {"ids": change_set_ids, "record": record.pk, "workspace": current_workspace_id()}
    return list(_read(fetch(" UNION ALL ".join(changes), values)))


def changes_in(change_set_ids: Collection[int], *, most: int) -> list[Change]:
    """What these change sets did, but for the tables of which one of them has more versions than `most`."""
    changes = (_changes(model, FEW.substitute(versions=history_of(model)._meta.db_table)) for model in TRACKED)
    values = {"ids": list(change_set_ids), "workspace": current_workspace_id(), "most": most}
    return list(_read(fetch(" UNION ALL ".join(changes), values)))


def changes_among(model: type[Record], change_set_ids: Collection[int], ids: Collection[int]) -> list[Change]:
    """What these change sets did to these records of one type and their parts."""
    which = "change_set_id = ANY (%(sets)s) AND {}"
    changes = (_changes(part, which.format(belongs_to(part, "ANY (%(records)s)"))) for part in models_of(model))
    values = {"sets": list(change_set_ids), "records": list(ids), "workspace": current_workspace_id()}
    return list(_read(fetch(" UNION ALL ".join(changes), values)))


def state_at(record: Record, at: dt.datetime) -> list[Change]:
    """The record and its parts as they stood at a moment, each as if it had just been made."""
    states = (
        f"SELECT {TRACKED.index(model)} AS model, id, 0 AS change_set_id, at, 'delete' AS op, NULL::jsonb AS before,"
        f" after, NULL::bigint AS before_id FROM (SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id AS id, pgh_label,"
        f" pgh_created_at AS at, {_json('version')} AS after FROM {history_of(model)._meta.db_table} AS version"
        f" WHERE workspace_id = %(workspace)s AND {is_its} AND pgh_created_at <= %(at)s"
        f" ORDER BY pgh_obj_id, pgh_id DESC) AS newest WHERE pgh_label <> 'delete'"
        for model, is_its in told_on(type(record))
    )
    values = {"record": record.pk, "at": at, "workspace": current_workspace_id()}
    return list(_read(fetch(" UNION ALL ".join(states), values)))


def models_of(root: type[models.Model]) -> Iterator[type[WorkspaceModel]]:
    """The tracked models of a record and of its parts, and theirs."""
    yield from (model for model in TRACKED if model is root)
    for model in TRACKED:
        if model.part_of and model._meta.get_field(model.part_of).related_model is root:
            yield from models_of(model)


def told_on(root: type[models.Model]) -> Iterator[tuple[type[WorkspaceModel], str]]:
    """The tracked models that the history of a record tells of, with the SQL that says which versions: its own and its
    parts', and those of what stands between it and others."""
    for model in models_of(root):
        yield model, belongs_to(model)
    for model in TRACKED:
        keys: list[Any] = [model._meta.get_field(name) for name in model.between]
        if columns := [key.column for key in keys if key.related_model is root]:
            yield model, "(" + " OR ".join(f'"{column}" = %(record)s' for column in columns) + ")"


def belongs_to(model: type[models.Model], record: str = "%(record)s") -> str:
    """SQL: this version is of the record itself, or of a part of it."""
    if not whole_key(model):
        return f"pgh_obj_id = {record}"
    key: Any = model._meta.get_field(whole_key(model))
    whole = key.related_model
    if not whole_key(whole):
        return f'"{key.column}" = {record}'
    versions = history_of(whole)._meta.db_table
    inner = belongs_to(whole, record)
    return f'"{key.column}" IN (SELECT pgh_obj_id FROM {versions} WHERE workspace_id = %(workspace)s AND {inner})'


def _changes(model: type[WorkspaceModel], which: str) -> str:
    return (
        f"SELECT {TRACKED.index(model)} AS model, id, change_set_id, at, op, before, after, before_id"
        f" FROM ({versions_sql(model, _json, which)}) AS change"
    )


def _json(alias: str) -> str:
    return f"to_jsonb({alias})"


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[Change]:
    for place, pk, change_set_id, at, _op, before, after, before_id in rows:
        model = TRACKED[place]
        was, became = (python_values(model, state) for state in (before, after))
        # What was deleted has no state after it, and what was made none before it.
        yield Change(model, pk, change_set_id, at, was, became, before_id)


def python_values(model: type[models.Model], state: str | Values | None) -> Values | None:
    """The columns of a version as Python has them."""
    if state is None:
        return None
    given = json.loads(state) if isinstance(state, str) else state
    kept = set(kept_columns(model))
    fields: list[Any] = [field for field in model._meta.local_fields if field.column in kept]
    return {field.column: _python(field, given.get(field.column)) for field in fields}


def _python(field: models.Field, value: Any) -> Any:
    if value is None or field.is_relation:
        return value
    return field.to_python(value)


def asides(changes: Iterable[Change]) -> dict[tuple[int, str], str]:
    """(id of the whole, its field) -> what other rows add to the story of it."""
    found = {}
    for change in changes:
        told = telling(change.model)
        if told.aside and change.before is None and change.after:
            key: Any = change.model._meta.get_field(whole_key(change.model))
            name, words = told.aside
            found[change.after[key.column], name] = words(change.after)
    return found
