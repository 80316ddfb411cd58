"""Merge: two to ten records of one type become one of them, the master.

All that points to the others moves to it, derived from the models (`keys`), a few statements a table (`moving`). Values
are chosen field by field (`fields`). The others go to the trash, marked as merged, so that their addresses lead to the
master. Whatever changes stands in one change set, whose undo gives back all of them whole or changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from records.history.meanwhile import told
from records.models import Merged, NotAllowed, Record, RecordQuerySet, Refusal, Stale, describe_change, record_event
from workspaces.models import Membership
from workspaces.rights import Actor

from . import custom
from .fields import best, faults, fields_of
from .moving import follow, follow_links

FEWEST, MOST = 2, 10


@transaction.atomic
def merge(
    master: Record, others: Iterable[Record], chosen: Mapping[str, int], *, by: Actor, seen: Mapping[int, int]
) -> None:
    """Make one record of several. `chosen` names for a field the id of the record whose value it takes; for others the
    best is taken. `seen` are the versions that were looked at.

    Raises:
        NotAllowed: the actor may not change the master, delete one of the others, give the master its new owner, or say
            who sees it, where that changes.
        Stale: one of them was changed since.
        Refusal: they are too few or too many, one lies in the trash, or the master can't have a value.
    """
    ids = list(dict.fromkeys([master.pk, *(other.pk for other in others)]))
    if not FEWEST <= len(ids) <= MOST:
        raise Refusal(_("Choose two to ten records to merge."))
    rows: RecordQuerySet = type(master).objects.filter(pk__in=ids)
    type(master).hold_places(rows)  # before the rows, as whoever moves one
    found = rows.locked().in_bulk()
    records = [found[pk] for pk in ids if pk in found]
    check(records, ids, by=by, seen=seen)
    kept, *gone = records
    values = values_of(records, chosen, by=by)
    custom_rows = custom.taken(custom.parts_of(records), records, chosen)
    names = [record.title for record in gone]
    describe_change(
        _("%(title)s merged with %(names)s") % {"title": kept.title, "names": get_text_list(names, _("and"))}
    )
    constraints("DEFERRED")
    rows.exclude(pk=kept.pk).update(deleted_at=Now(), deleted_by_id=by.member_id)
    write(kept, values)
    gone_ids = [record.pk for record in gone]
    follow(type(kept), gone_ids, [kept.pk] * len(gone_ids))
    custom.give(kept, custom_rows)
    follow_links(type(kept), gone_ids, kept.pk)
    table = type(kept)._meta.db_table
    Merged.objects.bulk_create(
        Merged(table=table, record=pk, master=kept.pk, merged_by_id=by.member_id) for pk in gone_ids
    )
    constraints("IMMEDIATE")
    kept.rows().touch()
    record_event("merged", [(kept, {"names": names})], by=by)


def check(records: list[Any], ids: list[int], *, by: Actor, seen: Mapping[int, int]) -> None:
    """One gate: the master is changed, the others are deleted."""
    if len(records) < len(ids) or any(record.deleted_at for record in records):
        raise Refusal(_("One of the records is in the trash."))
    for record in records:
        check_seen(record, seen.get(record.pk, record.version))
    master, *others = records
    master.demand("change", by=by)
    refuse_others(others, by=by)
    refuse_guarding(master, others, by=by)


def check_seen(record: Any, seen: int) -> None:
    """Raises Stale, with who did what to which of them, when the record was changed since `seen` was read."""
    if record.version != seen and (deeds := told(record, seen)):
        raise Stale(
            _("Not merged. “%(title)s” is another one by now: %(deeds)s") % {"title": record.title, "deeds": deeds}
        )
    record.check_version(seen)


def refuse_others(others: list[Any], *, by: Actor) -> None:
    """Raises NotAllowed where one of those that give way is not the actor's to delete."""
    rows = type(others[0]).objects.filter(pk__in=[other.pk for other in others])
    for _pk, reason in rows.refusals("delete", by=by).items():
        raise NotAllowed(_("A merge moves all but one of the records to the trash. %(reason)s") % {"reason": reason})


def refuse_guarding(master: Any, others: list[Any], *, by: Actor) -> None:
    """Raises NotAllowed where the merge would say who sees the master, and that is not the actor's to say."""
    if by.membership is None or master.lets_guard(by.membership):
        return
    viewer = type(master).viewer()
    named = set(viewer.objects.filter(record=master).values_list("member_id", flat=True)) if viewer else set()
    moving = viewer.objects.filter(record__in=others).exclude(member__in=named) if viewer else None
    becomes_private = not master.is_private and any(record.is_private for record in others)
    if becomes_private or (moving is not None and moving.exists()):
        raise NotAllowed(_("Its owner, and owners and admins of the workspace, say who sees it."))


def values_of(records: list[Any], chosen: Mapping[str, int], *, by: Actor) -> dict[str, Any]:
    """Column -> value, of the values that the master takes over from others."""
    master = records[0]
    by_id = {record.pk: record for record in records}
    values: dict[str, Any] = {}
    for field in fields_of(type(master)):
        against = faults(field, records)
        record = by_id.get(chosen.get(field.name, 0)) or best(field, records, master, against)
        if record.pk in against:
            raise Refusal(against[record.pk])
        if field.value(record) != field.value(master):
            values |= field.values(record)
    if any(record.is_private for record in records) and not master.is_private:
        values["is_private"] = True  # what was private of one of them is told of the one that stays
    if "owner_id" in values:
        master.demand("assign", by=by)
        if owner := Membership.objects.filter(pk=values["owner_id"]).first():
            owner.check_may_own()
    master.check_taking(values, records[1:], by=by)
    return values


def write(master: Record, values: Mapping[str, Any]) -> None:
    """Give the master its values, and a new place where they say in which order of others it stands."""
    master.rows().update(**values)
    model: Any = type(master)
    places = [model._meta.get_field(name).attname for name in model.placed_by]
    if any(name in values and values[name] != getattr(master, name) for name in places):
        model.put_back([master.pk])


def constraints(when: str) -> None:
    """Let the rules that a merge passes through wait, or check them now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")
