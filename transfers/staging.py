"""Rows in a temporary table, from where one statement each writes the new and the changed ones.

COPY straight into a table under row-level security is refused by the server; and ON CONFLICT can't use the deferrable
rules that undo needs, so what exists is found beforehand and the rows carry their ids.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

from workspaces.tenancy import CURRENT_WORKSPACE

TABLE = "transfers_stage"
#: what an array holds as Python writes it
PLAIN = {int, bool}


class Staging:
    """The temporary table of one batch: `place`, `id`, `is_new` and a column for each of the model's in `columns`."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        self.model, self.fields = model, [model._meta.get_field(name) for name in columns]
        self.table = quote(model._meta.db_table)

    def fill(self, rows: Iterable[Sequence[Any]]) -> None:
        """Make the table and COPY into it: each row is place, id, is_new and the values in the order of the columns."""
        columns = "".join(f", {quote(field.column)} {column_type(field)}" for field in self.fields)
        with connection.cursor() as cursor:
            # Inside a longer transaction, as in tests, the table of the batch before is still there.
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TABLE}")
            cursor.execute(
                f"CREATE TEMPORARY TABLE {TABLE} (place integer, id bigint, is_new boolean{columns}) ON COMMIT DROP"
            )
            with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    def insert(self, **constants: Any) -> int:
        """Add the new rows in the order of the file, defaults for what is empty or not staged. Returns how many."""
        columns, values, params = [], [], []
        staged = {field.column for field in self.fields}
        for field in self.model._meta.concrete_fields:
            if field.generated or field.primary_key:
                continue
            default = constants.get(field.attname, field.get_default())
            columns.append(quote(field.column))
            params.append(field.get_db_prep_save(default, connection))
            values.append(f"coalesce(new.{quote(field.column)}, %s)" if field.column in staged else "%s")
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self.table} (id, {', '.join(columns)}) SELECT new.id, {', '.join(values)}"
                f" FROM {TABLE} AS new WHERE new.is_new ORDER BY new.place",
                params,
            )
            return cursor.rowcount

    def update(self, columns: Iterable[str]) -> set[int]:
        """Change the rows that exist where a cell differs; an empty cell says nothing. Returns the ids of those."""
        names = [quote(self.model._meta.get_field(name).column) for name in columns]
        if not names:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {TABLE}")
            cursor.execute(
                f"UPDATE {self.table} AS record SET {', '.join(f'{n} = coalesce(new.{n}, record.{n})' for n in names)}"
                f" FROM {TABLE} AS new WHERE record.id = new.id AND NOT new.is_new"
                f" AND ({' OR '.join(f'record.{n} IS DISTINCT FROM coalesce(new.{n}, record.{n})' for n in names)})"
                " RETURNING record.id",
            )
            return {pk for (pk,) in cursor.fetchall()}


def insert_rows(
    model: type[models.Model],
    columns: Mapping[str, Sequence[Any]],
    *,
    unless: str = "",
    returning: str = "id",
    **same: Any,
) -> list[int]:
    """INSERT … SELECT FROM unnest: lists of equal length, one a field. Returns the field `returning` of each added row.

    `unless` is SQL over `new` (the row) and `old` (a row of the table) that tells which are there already. `same` are
    fields that have one value in all rows.
    """
    fields = [model._meta.get_field(name) for name in columns]
    alike = {quote(model._meta.get_field(name).column): value for name, value in same.items()}
    table, names = quote(model._meta.db_table), [quote(field.column) for field in fields]
    arrays = ", ".join(f"%s::{column_type(field)}[]" for field in fields)
    missing = f" WHERE NOT EXISTS (SELECT FROM {table} AS old WHERE {unless})" if unless else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (workspace_id, {', '.join([*names, *alike])})"
            f" SELECT {CURRENT_WORKSPACE}, {', '.join([f'new.{name}' for name in names] + ['%s'] * len(alike))}"
            f" FROM unnest({arrays}) AS new ({', '.join(names)}){missing}"
            f" RETURNING {quote(model._meta.get_field(returning).column)}",
            [*alike.values(), *map(array, columns.values())],
        )
        return [value for (value,) in cursor.fetchall()]


def array(values: Collection[Any]) -> str:
    """The values as PostgreSQL writes an array; psycopg's own way takes ten times as long for thousands."""
    write = str if set(map(type, values)) <= PLAIN else _element
    return f"{{{','.join(map(write, values))}}}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, dt.timedelta):
        return f"{value.days} days {value.seconds} s"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def draw_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids for rows to come, from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id')::regclass)) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def quote(name: str) -> str:
    return connection.ops.quote_name(name)


def column_type(field: models.Field) -> str:
    """The type of a column, without what makes an identity of it."""
    return field.rel_db_type(connection) if field.remote_field else field.cast_db_type(connection)
