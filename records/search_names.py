"""A record is found by the names of others as well, of those that its reader sees: else whoever guesses a hidden name
would have it confirmed."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Value

from records.models import Record, Seen
from workspaces.models import Membership

#: a record's kind and id
One = tuple[str, int]


def unfounded(found: Collection[One], text: str, membership: Membership, models: dict[str, type[Record]]) -> set[One]:
    """Those of what the text found that it would not find without the names that the member does not see."""
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, pk in found:
        ids[kind].append(pk)
    asked = [rows for kind in ids for rows in through_hidden(models[kind], ids[kind], membership)]
    if not asked:
        return set()
    doubtful: dict[str, set[int]] = defaultdict(set)
    names: dict[str, set[int]] = {"organization": set(), "contact": set()}
    for kind, pk, of, name in asked[0].union(*asked[1:], all=True):
        doubtful[kind].add(pk)
        names[of].add(name)
    return {(kind, pk) for kind, pks in doubtful.items() for pk in pks - fitting(kind, pks, text, names)}


def through_hidden(model: type[Record], ids: list[int], membership: Membership) -> list[QuerySet[Any, Any]]:
    """Rows of kind and id of what leads to something hidden, and of that kind and id."""
    found = []
    for path in model.found_through:
        other: Any = path_model(model, path)
        sight = other.sight(membership)
        if not sight.is_whole:
            rows = model.objects.order_by().filter(pk__in=ids, **{f"{path}__isnull": False})
            rows = rows.filter(Seen(sight, hidden=True, of=F(f"{path}__owner_id")))
            found.append(rows.values_list(Value(model.record_name), "pk", Value(other.record_name), f"{path}__id"))
    return found


def path_model(model: Any, path: str) -> Any:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def fitting(kind: str, ids: Collection[int], text: str, names: dict[str, set[int]]) -> set[int]:
    """Which of some records the text finds without these names."""
    values = [kind, list(ids), text.replace("\0", ""), list(names["organization"]), list(names["contact"])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_search_fits(%s, %s::bigint[], %s, %s::bigint[], %s::bigint[])", values)
        return {pk for (pk,) in cursor.fetchall()}
