"""Notices of a change set: one for each member and record, of many records at once a single one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Value
from django.utils import timezone

from records.models import Attention, ChangeSet, Notice
from records.models.notice import NEWS
from records.models.queryset import insert_select
from workspaces.jobs import zone_of
from workspaces.models import Membership
from workspaces.tracking import history_of

from .sources import SOURCES, Found, Place, followed_types, record_types, sees_all

#: more records of a type than these that one change concerns are told of together
EACH = 3
RANK = {kind: place for place, kind in enumerate(NEWS)}

#: record type and id -> why, and the place where it stands
Wanted = dict[Place, tuple[str, Place | None]]


def tell(change_set: ChangeSet) -> list[tuple[int, dt.datetime]]:
    """Make the notices of a change set; made twice, they are the same. Returns which members get a letter, and when."""
    taken_back = change_set.undoes
    if taken_back:
        Notice.objects.filter(change_set=taken_back).mark(read=True)
        if taken_back.member_id == change_set.member_id:
            return []  # what was told of it says by itself that it is undone
    members = {member.pk: member for member in readers().exclude(pk=change_set.member_id)}
    attention = {row.member_id: row for row in Attention.objects.filter(member__in=members)}
    if not taken_back:
        follow_new(change_set, (members[pk] for pk in members if pk in attention), attention)
    notices: list[Notice] = []
    for member_id, wanted in sorted(gathered(change_set, members).items()):
        chosen = attention.get(member_id) or Attention(member=members[member_id])
        notices += notices_of(change_set, members[member_id], chosen, wanted)
    Notice.objects.bulk_create(
        notices,
        batch_size=500,
        update_conflicts=True,
        update_fields=["first", "count", "whole"],
        unique_fields=["workspace", "member", "change_set", "kind", "about", "record"],
    )
    return sorted({(notice.member_id, notice.mail_at) for notice in notices if notice.mail_at})


def readers() -> Any:
    """The members who can sign in."""
    return Membership.objects.active().filter(user__isnull=False).select_related("user", "workspace")


def follow_new(change_set: ChangeSet, members: Iterable[Membership], attention: dict[int, Attention]) -> None:
    """Have those who want it follow the records that the change set made; a statement for each who does."""
    for member in members:
        for name, whose in attention[member.pk].follows.items():
            model = followed_types().get(name)
            if model is None or whose not in ("team", "all"):
                continue
            made = history_of(model)._default_manager.filter(change_set_id=change_set.pk, pgh_label="insert")
            rows = model.objects.visible_to(member).filter(pk__in=made.values("pgh_obj"))
            if whose == "team":
                rows = rows.filter(owner__in=member.reachable_owner_ids("team"))
            rows = rows.exclude(followers__member=member)
            values = {"workspace": F("workspace_id"), "record": F("pk"), "member": Value(member.pk)}
            values["since"] = Value(change_set.created_at)
            insert_select(model.follower(), rows, values)


def gathered(change_set: ChangeSet, members: dict[int, Membership]) -> dict[int, Wanted]:
    """What each member is to be told of, each record for its best reason."""
    found: list[Found] = [one for source in SOURCES for one in source(change_set) if one.member_id in members]
    wanted: dict[int, Wanted] = defaultdict(dict)
    for one in sorted(found, key=lambda one: RANK[one.kind]):
        for pk, place in one.ids.items():
            wanted[one.member_id].setdefault((one.about, pk), (one.kind, place))
    return wanted


def notices_of(change_set: ChangeSet, member: Membership, chosen: Attention, wanted: Wanted) -> Iterator[Notice]:
    """The notices of one member, of what it may see."""
    groups: dict[tuple[str, str], dict[int, Place | None]] = defaultdict(dict)
    for (about, pk), (kind, place) in wanted.items():
        groups[kind, about][pk] = place
    for (kind, about), ids in groups.items():
        rows = record_types()[about].objects.visible_to(member).filter(pk__in=list(ids))
        visible = sorted(rows.order_by().values_list("pk", flat=True))
        same: dict[str, Any] = {"member": member, "change_set": change_set, "kind": kind, "about": about}
        same["mail_at"] = mail_at(kind, chosen, member)
        if len(visible) <= EACH:
            for pk in visible:
                kind_of_place, place_record = ids[pk] or ("", None)
                yield Notice(**same, record=pk, first=pk, place=kind_of_place, place_record=place_record)
        else:
            whole = sees_all(change_set, record_types()[about], member)
            yield Notice(**same, record=0, first=visible[0], count=len(visible), whole=whole)


def mail_at(kind: str, chosen: Attention, member: Membership) -> dt.datetime | None:
    """When a letter tells of it: now, at the member's next hour for letters, or never."""
    now = timezone.now()
    match chosen.letter(kind):
        case "now":
            return now
        case "daily":
            here = now.astimezone(zone_of(member, member.workspace))
            at = here.replace(hour=chosen.hour, minute=0, second=0, microsecond=0)
            return at if at > here else at + dt.timedelta(days=1)
    return None
