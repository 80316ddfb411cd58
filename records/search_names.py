"""A record is found by the names of others as well, of those that its reader sees: else whoever guesses a hidden name
would have it confirmed."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any

from django.db import connection

from records.models import Record
from workspaces.models import Membership

#: a record's kind and id
One = tuple[str, int]


def unfounded(found: Collection[One], text: str, membership: Membership, models: dict[str, type[Record]]) -> set[One]:
    """Those of what the text found that it would not find without the names that the member does not see."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, pk in found:
        ids[kind].append(pk)
    parts = [part for kind, pks in ids.items() for part in through_hidden(models[kind], pks, membership)]
    if not parts:
        return set()
    doubtful: dict[str, set[int]] = defaultdict(set)
    names: dict[str, set[int]] = {"organization": set(), "contact": set()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ids in parts), [found for _sql, found in parts])
        for kind, pk, of, name in cursor.fetchall():
            doubtful[kind].add(pk)
            names[of].add(name)
    return {(kind, pk) for kind, pks in doubtful.items() for pk in pks - fitting(kind, pks, text, names)}


def through_hidden(model: type[Record], ids: list[int], membership: Membership) -> list[tuple[str, list[int]]]:
    """SQL of what leads to something hidden, kind and id of both; with the ids that it asks of."""
    parts = []
    for path in model.found_through:
        other, tables, alias = joined(model, path)
        sight = other.sight(membership)
        if not sight.is_whole:
            columns = f"'{model.record_name}', of.id, '{other.record_name}', {alias}.id"
            sql = f"SELECT {columns} FROM {tables} WHERE of.id = ANY (%s) AND ({sight.sql(alias)}) IS NOT TRUE"
            parts.append((sql, ids))
    return parts


@cache
def joined(model: Any, path: str) -> tuple[Any, str, str]:
    """The model at the end of a path of fields, the tables on the way as SQL, and what the last one is called there."""
    tables, alias = f"{model._meta.db_table} AS of", "of"
    for place, name in enumerate(path.split("__")):
        key, before, alias = model._meta.get_field(name), alias, f"other{place}"
        leads = f"{alias}.id = {before}.{key.column}" if key.concrete else f"{alias}.{key.field.column} = {before}.id"
        model = key.related_model
        tables += f" JOIN {model._meta.db_table} AS {alias} ON {alias}.workspace_id = {before}.workspace_id AND {leads}"
    return model, tables, alias


def fitting(kind: str, ids: Collection[int], text: str, names: dict[str, set[int]]) -> set[int]:
    """Which of some records the text finds without these names."""
    values: list[Any] = [kind, list(ids), text.replace("\0", ""), list(names["organization"]), list(names["contact"])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_search_fits(%s, %s::bigint[], %s, %s::bigint[], %s::bigint[])", values)
        return {pk for (pk,) in cursor.fetchall()}
