"""What series of random changes need: rows to begin with, deeds, and the rows of the whole workspace in one statement.

A series is cheap, so that there can be hundreds: it begins from rows that were made once, before all of them, and goes
back to these; and what it compares is text that the database makes by functions whose plans it keeps.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, settings

from records.models import ChangeSet, change_set
from records.undo import Undone
from records.undo.schema import kept_columns
from workspaces.refusals import Refusal
from workspaces.rights import SYSTEM
from workspaces.tracking import TRACKED

#: as many as issue 4 asks for, of every property
three_hundred_series = settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), database=None
)  # fmt: skip

Deed = Callable[[int, int], None]
Change = list[tuple[Deed, int, int]]
#: (table, id) -> the row as JSON, which tells every value exactly
State = dict[tuple[str, int], str]
Rows = dict[tuple[str, int], dict[str, Any]]


class NothingThere(Exception):
    """There is no row to do it to."""


def pick(rows: models.QuerySet, place: int) -> Any:
    """One of the rows, by a number of any size. Raises NothingThere."""
    found = list(rows.order_by("pk"))
    if not found:
        raise NothingThere
    return found[place % len(found)]


def do(change: Change) -> ChangeSet | None:
    """Do the deeds as one change; a deed that a rule of verbs or tables refuses is left out."""
    with change_set("test", by=SYSTEM, source="web"):
        for deed, i, j in change:
            try:
                with transaction.atomic():
                    deed(i, j)
            except (Refusal, IntegrityError, NothingThere):
                continue
        return ChangeSet.current()


def take_back(done: ChangeSet) -> Undone:
    result = done.undo(by=SYSTEM)
    assert not result.skipped
    return result


@contextmanager
def one_series() -> Iterator[None]:
    """Nothing of what is done inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Reading:
    """Columns of some tables, read in one statement that the database plans once: as the body of a function, since
    what a driver prepares is thrown away at each DROP TABLE, which undo does. The search path says which tables."""

    def __init__(self, name: str, *parts: tuple[str, str, str, list[str]]):
        """`parts` are the word for the table, its name, its key and the columns."""
        self.name, self.parts = name, parts

    def prepare(self) -> None:
        """Make the function, for the rest of the transaction."""
        rows = " UNION ALL ".join(
            f"SELECT '{word}', part.\"{key}\"::bigint, row_to_json(part)::text FROM"
            f' (SELECT {", ".join(f'"{column}"' for column in columns)} FROM "{table}") AS part'
            for word, table, key, columns in self.parts
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE FUNCTION pg_temp.{self.name}() RETURNS TABLE (word text, id bigint, told text)"
                " LANGUAGE plpgsql STABLE AS $body$ #variable_conflict use_column\n"
                f"BEGIN RETURN QUERY {rows}; END $body$"
            )

    def __call__(self) -> State:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT word, id, told FROM pg_temp.{self.name}()")
            return {(word, pk): told for word, pk, told in cursor.fetchall()}


def part(model: type[models.Model], columns: list[str], key: str = "id") -> tuple[str, str, str, list[str]]:
    return model.__name__, model._meta.db_table, key, columns


#: all that history keeps of the workspace
state = Reading("all_that_history_keeps", *(part(model, list(kept_columns(model))) for model in TRACKED))


def values_of(told: str) -> dict[str, Any]:
    return json.loads(told, parse_float=Decimal)


def values(rows: State) -> Rows:
    return {key: values_of(told) for key, told in rows.items()}


def now() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]
