"""The views of the schema `past`: each tracked table as it stood at the moment in `app.as_of`.

A row's state at a moment is its newest version that is not younger. "No younger one that is not too young" is said as
an anti-join and not as DISTINCT ON, so that whatever a page asks for (an id, the rows of one record) is looked up in
the indexes of the versions; only a question about all rows reads all versions.

What was deleted for good does not come back in the past: a record is shown only while it has a row, in the trash at
least. What history leaves out (`derived`) is told by `Then`; whole tables that are derived by `stand_in`. Members,
teams and rights are those of now, always.

The views stand in the way of migrations, which may not change a column that a view shows: they go before each migrate
and are written anew after it, from the columns that the database has then.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from core.past import SCHEMA
from workspaces.tenancy import APP_ROLE
from workspaces.tracking import TRACKED, history_of

#: the moment, read once a statement
MOMENT = "(SELECT current_setting('app.as_of')::timestamptz)"
#: of columns that no history has, unless a table tells more of them: 0 is no version of any row
UNTOLD = {"version": "0", "updated_at": "row.pgh_created_at"}


class Then(NamedTuple):
    """How derived columns of a table stood: column -> SQL over `row` and what `joins` adds to it."""

    columns: Mapping[str, str]
    joins: str = ""


_then: dict[str, Then] = {}
_stand_ins: dict[str, str] = {}


def then(table: str, columns: Mapping[str, str], joins: str = "") -> None:
    """Say how the derived columns of a tracked table stood."""
    _then[table] = Then(columns, joins)


def stand_in(table: str, sql: str) -> None:
    """Show the rows of `sql` in place of an untracked table."""
    _stand_ins[table] = sql


def is_newest(versions: str) -> str:
    """SQL: `version`, a row of the table of versions, tells how its row stood at the moment."""
    return (
        f"version.pgh_created_at <= {MOMENT} AND version.pgh_label <> 'delete' AND NOT EXISTS ("
        f"SELECT FROM public.{versions} AS later WHERE later.workspace_id = version.workspace_id"
        " AND later.pgh_obj_id = version.pgh_obj_id AND later.pgh_id > version.pgh_id"
        f" AND later.pgh_created_at <= {MOMENT})"
    )


def drop_views(using: str = "owner", **kwargs: object) -> None:
    """Make room for migrations."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def write_views(using: str = "owner", **kwargs: object) -> None:
    """Write the views for the tables that are there."""
    # All at once, so that nobody reads half a past.
    with transaction.atomic(using), connections[using].cursor() as cursor:
        columns = _columns(cursor)
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {APP_ROLE}")
        for table, sql in _views(columns):
            # The reader's own rights and policies hold, and not those of the tables' owner.
            cursor.execute(f'CREATE VIEW {SCHEMA}."{table}" WITH (security_invoker) AS {sql}')
            cursor.execute(f'GRANT SELECT ON {SCHEMA}."{table}" TO {APP_ROLE}')


def _views(columns: Mapping[str, Mapping[str, str]]):
    """(table, SELECT) in the order in which they build on each other."""
    shown = [model for model in TRACKED if model._meta.app_label != "workspaces" and not model.always_now]
    for model in sorted(shown, key=lambda model: bool(_then.get(model._meta.db_table, Then({})).joins)):
        table, versions = model._meta.db_table, history_of(model)._meta.db_table
        if table in columns and versions in columns:
            yield table, _state(table, versions, columns, has_trash="deleted_at" in columns[table])
    yield from ((table, sql) for table, sql in _stand_ins.items() if table in columns)


def _state(table: str, versions: str, columns: Mapping[str, Mapping[str, str]], *, has_trash: bool) -> str:
    told = _then.get(table, Then({}))
    kept = [name for name in columns[table] if name in columns[versions]]
    shown = []
    for name, generated in columns[table].items():
        value = told.columns.get(name) or generated or (f'row."{name}"' if name in kept else UNTOLD[name])
        shown.append(f'{value} AS "{name}"')
    exists = (
        f" AND EXISTS (SELECT FROM public.{table} AS live"
        " WHERE live.workspace_id = version.workspace_id AND live.id = version.pgh_obj_id)"
        if has_trash
        else ""
    )
    # The id by the name that the indexes of versions know it by.
    states = ["version.pgh_obj_id AS id" if name == "id" else f'version."{name}"' for name in kept]
    inner = (
        f"SELECT {', '.join(states)}, version.pgh_created_at"
        f" FROM public.{versions} AS version WHERE {is_newest(versions)}{exists}"
    )
    return f"SELECT {', '.join(shown)} FROM ({inner}) AS row {told.joins}"


def _columns(cursor: CursorWrapper) -> dict[str, dict[str, str]]:
    """Table -> its columns in order, each with the expression that generates it, or ""."""
    cursor.execute(
        "SELECT class.relname, attname, CASE WHEN attgenerated <> '' THEN pg_get_expr(adbin, adrelid) ELSE '' END"
        "  FROM pg_class AS class JOIN pg_attribute ON attrelid = class.oid AND attnum > 0 AND NOT attisdropped"
        "  LEFT JOIN pg_attrdef ON adrelid = class.oid AND adnum = attnum"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY class.relname, attnum"
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, expression in cursor.fetchall():
        found.setdefault(table, {})[column] = expression
    return found
