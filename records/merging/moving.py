"""Makes all that belongs to some rows belong to others: a few statements a table, however many rows it has.

Every name in the SQL comes from the models, never from input. Unique rules that are passed through wait to the end.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from records.models import CustomField, CustomValue

from .keys import Key, keys_to, part

PAIRS = "unnest(%(gone)s::bigint[], %(kept)s::bigint[]) WITH ORDINALITY AS pair (gone, kept, place)"


def follow(model: type[models.Model], gone: Sequence[int], kept: Sequence[int]) -> None:
    """Move what points to the rows `gone` to the rows `kept`, pair by pair.

    Where both say the same, what the earlier one lacks is taken from the later one, which is deleted; and what points
    to that follows in turn, so that the roles of two positions at one organization are united.
    """
    for key in keys_to(model):
        Move(key, gone, kept).run()


def follow_links(model: Any, gone: Sequence[int], kept: int) -> None:
    """Have the custom fields that lead to the rows `gone`, of any record type, lead to the row `kept`."""
    fields = CustomField.objects.filter(kind="record", target=model.record_name)
    for values in CustomValue.__subclasses__():
        values._default_manager.filter(field__in=fields, linked__in=gone).update(linked=kept)


class Move:
    """The rows of one table that point to rows of another by one key, about to move."""

    def __init__(self, key: Key, gone: Sequence[int], kept: Sequence[int]):
        self.key, self.table, self.column = key, f'"{key.table}"', f'"{key.column}"'
        self.pairs = {"gone": list(gone), "kept": list(kept)}
        #: those that are there and those that come, each with the key that it will have; what is there comes first
        self.rows = (
            f"(SELECT child.*, coalesce(pair.kept, child.{self.column}) AS merge_key,"
            f" coalesce(pair.place, 0) AS merge_place FROM {self.table} AS child"
            f" LEFT JOIN {PAIRS} ON pair.gone = child.{self.column}"
            f" WHERE child.{self.column} = ANY (%(gone)s::bigint[] || %(kept)s::bigint[])) AS row"
        )

    def run(self) -> None:
        if not self.key.is_tracked:
            self.copy()
            return
        self.touch_wholes()
        for mirror in self.key.mirrors():
            self.drop_loops(f'"{mirror}"')
        for mark, within in self.key.marks():
            self.keep_one_mark(f'"{mark}"', within)
        for columns in self.key.same():
            doubles = self.doubles(columns)
            if doubles:
                self.unite([pk for pk, _first in doubles], [first for _pk, first in doubles])
        itself = self.key.field.related_model is self.key.model  # which is not moved below itself
        besides = " AND row.id <> ALL (%(gone)s::bigint[] || %(kept)s::bigint[])" if itself else ""
        execute(
            f"UPDATE {self.table} AS row SET {self.column} = pair.kept FROM {PAIRS}"
            f" WHERE row.{self.column} = pair.gone{besides}",
            self.pairs,
        )

    def copy(self) -> None:
        """What history doesn't keep no undo could bring back: those that give way keep theirs in the trash."""
        names = [f'"{f.column}"' for f in self.key.model._meta.concrete_fields if not (f.primary_key or f.generated)]
        values = ", ".join("pair.kept" if name == self.column else f"row.{name}" for name in names)
        execute(
            f"INSERT INTO {self.table} ({', '.join(names)}) SELECT {values} FROM {self.table} AS row"
            f" JOIN {PAIRS} ON pair.gone = row.{self.column} ORDER BY pair.place ON CONFLICT DO NOTHING",
            self.pairs,
        )

    def drop_loops(self, mirror: str) -> None:
        """What stands between two that become one says nothing any more."""
        one, other = (
            f"coalesce((SELECT kept FROM {PAIRS} WHERE gone = row.{column}), row.{column})"
            for column in (self.column, mirror)
        )
        execute(
            f"DELETE FROM {self.table} AS row WHERE row.{self.column} = ANY (%(gone)s::bigint[] || %(kept)s::bigint[])"
            f" AND {one} = {other}",
            self.pairs,
        )

    def keep_one_mark(self, mark: str, within: Sequence[str]) -> None:
        """The first row that has the mark keeps it."""
        partition = ", ".join(part(column, self.key) for column in within)
        execute(
            f"UPDATE {self.table} AS marked SET {mark} = false FROM (SELECT id, row_number()"
            f" OVER (PARTITION BY {partition} ORDER BY merge_place, id) AS nth FROM {self.rows} WHERE {mark}) AS ranked"
            f" WHERE ranked.id = marked.id AND ranked.nth > 1",
            self.pairs,
        )

    def doubles(self, columns: Sequence[str]) -> list[tuple[int, int]]:
        """(id, id of the row that says the same and stays), in the order of what gives way."""
        partition = ", ".join(part(column, self.key) for column in columns)
        return fetch(
            "SELECT id, first FROM (SELECT id, merge_place, first_value(id) OVER"
            f" (PARTITION BY {partition} ORDER BY merge_place, id) AS first FROM {self.rows}) AS ranked"
            " WHERE id <> first ORDER BY merge_place, id",
            self.pairs,
        )

    def unite(self, doubles: list[int], firsts: list[int]) -> None:
        """Make one row of each and its doubles."""
        pairs = {"gone": doubles, "kept": firsts}
        if empties := self.key.empties():
            execute(self.fill_sql(empties), pairs)
        follow(self.key.model, doubles, firsts)
        execute(f"DELETE FROM {self.table} WHERE id = ANY (%(gone)s::bigint[])", pairs)

    def fill_sql(self, empties: dict[str, str]) -> str:
        """SQL: what a row that stays has empty it takes from the first of its doubles that has it filled."""
        wanted, changes, differs = [], [], []
        for column, empty in empties.items():
            name, filled = f'"{column}"', f'double."{column}" IS DISTINCT FROM {empty}'
            wanted.append(f"(array_agg(double.{name} ORDER BY pair.place) FILTER (WHERE {filled}))[1] AS {name}")
            is_empty = f"kept.{name} IS NOT DISTINCT FROM {empty}"
            changes.append(
                f"{name} = CASE WHEN {is_empty} THEN coalesce(taken.{name}, kept.{name}) ELSE kept.{name} END"
            )
            differs.append(f"({is_empty} AND taken.{name} IS NOT NULL)")
        return (
            f"UPDATE {self.table} AS kept SET {', '.join(changes)} FROM (SELECT pair.kept AS id, {', '.join(wanted)}"
            f" FROM {PAIRS} JOIN {self.table} AS double ON double.id = pair.gone GROUP BY pair.kept) AS taken"
            f" WHERE taken.id = kept.id AND ({' OR '.join(differs)})"
        )

    def touch_wholes(self) -> None:
        """A form of the whole that was opened before, an activity's, knows nothing of where its part points now."""
        model, key = self.key.model, self.key
        if model.edited_with_it and model.part_of != key.field.name:
            whole = model._meta.get_field(model.part_of)
            touched = f'SELECT "{whole.column}" FROM {self.table} WHERE {self.column} = ANY (%(gone)s::bigint[])'
            execute(
                f'UPDATE "{whole.related_model._meta.db_table}" SET version = version + 1, updated_at = now()'
                f" WHERE id IN ({touched})",
                self.pairs,
            )


def execute(statement: str, values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def fetch(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
