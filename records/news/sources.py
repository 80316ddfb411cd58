"""Whom a change set concerns, and why. A source asks the history of one change set, set-based."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any

from core.statements import fetch
from records.history.log import root_sql
from records.history.reading import models_of
from records.models import ChangeSet, Record
from workspaces.models import Membership
from workspaces.tracking import TRACKED, history_of

#: as many records of one change set are counted for a member
MOST = 10_000
#: a record's type and id
Place = tuple[str, int]

FOLLOWED = Template("""
    SELECT follower.member_id, touched.root IN (
             SELECT pgh_obj_id FROM $versions WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s
                AND pgh_label = 'insert') AS is_new,
           (array_agg(touched.root ORDER BY touched.root))[1:$most]
      FROM (SELECT DISTINCT root FROM ($touched) AS part WHERE root IS NOT NULL) AS touched
      JOIN $followers AS follower ON follower.workspace_id = %(workspace)s AND follower.record_id = touched.root
       AND follower.since <= %(at)s
     GROUP BY 1, 2""")
# The owner that a record has after the change set and did not have before it.
GIVEN = Template("""
    SELECT after.owner_id, (array_agg(after.id ORDER BY after.id))[1:$most]
      FROM (SELECT DISTINCT ON (pgh_obj_id) version.*, min(pgh_id) OVER (PARTITION BY pgh_obj_id) AS first
              FROM $versions AS version WHERE workspace_id = %(workspace)s AND change_set_id = %(change_set)s
             ORDER BY pgh_obj_id, pgh_id DESC) AS after
     WHERE after.owner_id IS NOT NULL AND after.pgh_label <> 'delete' AND $condition
       AND after.owner_id IS DISTINCT FROM (
           SELECT before.owner_id FROM $versions AS before
            WHERE before.workspace_id = %(workspace)s AND before.pgh_obj_id = after.pgh_obj_id
              AND before.pgh_id < after.first ORDER BY before.pgh_id DESC LIMIT 1)
     GROUP BY 1""")


@dataclass(frozen=True)
class Found:
    """Records of a type that concern a member for one reason, each with the record on whose timeline it stands."""

    kind: str
    member_id: int
    about: str
    ids: Mapping[int, Place | None] = field(default_factory=dict)


Source = Callable[[ChangeSet], Iterable[Found]]
SOURCES: list[Source] = []


def add(*sources: Source) -> None:
    """Further reasons to tell somebody."""
    SOURCES.extend(sources)


def record_types() -> dict[str, type[Record]]:
    """Name -> model of all that is a record."""
    found: Iterable[Any] = (model for model in TRACKED if issubclass(model, Record))
    return {model.record_name: model for model in found}


def followed_types() -> dict[str, type[Record]]:
    """Those of them that can be followed."""
    return {name: model for name, model in record_types().items() if model.follower()}


def values_of(change_set: ChangeSet) -> dict[str, Any]:
    """The parameters of a source's statement; who began to follow since `at` did not follow then."""
    return {"workspace": change_set.workspace_id, "change_set": change_set.pk, "at": change_set.created_at}


def touched(model: type[Record]) -> str:
    """SQL: the records that a change set touched, or parts of which."""
    return " UNION ALL ".join(
        f"SELECT {root_sql(part)} AS root FROM {history_of(part)._meta.db_table} AS version"
        f" WHERE version.workspace_id = %(workspace)s AND version.change_set_id = %(change_set)s"
        for part in models_of(model)
    )


def sees_all(change_set: ChangeSet, model: type[Record], member: Membership) -> bool:
    """May the member see every record of a type that the change set touched?"""
    sql = f"SELECT DISTINCT root FROM ({touched(model)}) AS part WHERE root IS NOT NULL LIMIT {MOST}"
    ids = [pk for (pk,) in fetch(sql, values_of(change_set))]
    return model.objects.visible_to(member).filter(pk__in=ids).count() == len(ids)


def of_followers(change_set: ChangeSet) -> Iterable[Found]:
    """Records that were made or changed, or parts of them, and who follows them."""
    for name, model in followed_types().items():
        sql = FOLLOWED.substitute(
            touched=touched(model),
            versions=history_of(model)._meta.db_table,
            followers=model.follower()._meta.db_table,
            most=MOST,
        )
        for member_id, is_new, ids in fetch(sql, values_of(change_set)):
            yield Found("new" if is_new else "changed", member_id, name, dict.fromkeys(ids))


def given(model: type[Record], change_set: ChangeSet, condition: str = "TRUE") -> Iterable[Found]:
    """Records that got another owner. `condition` is SQL over `after`, the row as it was left."""
    sql = GIVEN.substitute(versions=history_of(model)._meta.db_table, condition=condition, most=MOST)
    for member_id, ids in fetch(sql, values_of(change_set)):
        yield Found("given", member_id, model.record_name, dict.fromkeys(ids))


def of_owners(change_set: ChangeSet) -> Iterable[Found]:
    for model in followed_types().values():
        yield from given(model, change_set)


add(of_owners, of_followers)
