"""Who was mentioned in what was written: `@Mara Lind`, or `@Mara` where one Mara alone can be meant."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Deferrable
from django.utils import timezone

from core.text import fold
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .activity import Activity

#: an @ that begins a word; that of an e-mail stands inside one
CALLS = re.compile(r"(?<![\w@.])@(?=\w)")
#: characters of a name
LONGEST = 120

#: what counts as news, and how many of them are shown
LATELY, MOST_LATELY = dt.timedelta(days=7), 10


class MentionQuerySet(models.QuerySet["Mention"]):
    def for_member(self, membership: Membership) -> Self:
        """Where the member was mentioned by others, in what it may see, the newest first."""
        visible = Activity.objects.visible_to(membership)
        mentions = self.filter(member=membership, activity__in=visible).select_related("activity", "created_by")
        return mentions.order_by("-created_at", "-pk")

    def lately(self, membership: Membership) -> Self:
        """Those of the last days, as many as one reads in passing."""
        since = timezone.now() - LATELY
        return self.for_member(membership).filter(created_at__gte=since)[:MOST_LATELY]


@tracked
class Mention(WorkspaceModel):
    """A member was mentioned in an activity. `name` is how, so that it is found in the text when the member is called
    otherwise later. Imported texts mention nobody: what was said years ago elsewhere calls nobody here."""

    part_of = "activity"
    edited_with_it = True

    activity = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="mentions", db_index=False)
    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=LONGEST)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    objects: ClassVar = MentionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member", "-created_at", "-id"], name="activities_mention_member")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "activity", "member"],
                name="activities_mention_once",
                deferrable=Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def keep(cls, activity: Activity, *, by: Actor) -> None:
        """Make the rows say who is mentioned in the activity now: members who are active and may view it."""
        wanted = {
            member.pk: name
            for member, name in mentioned(activity.text)
            if member.pk != by.member_id and activity.allows("view", member)
        }
        there = {mention.member_id: mention for mention in activity.mentions.all()}
        if gone := [mention.pk for member_id, mention in there.items() if wanted.get(member_id) != mention.name]:
            cls.objects.filter(pk__in=gone).delete()
        kept = {member_id for member_id, mention in there.items() if mention.pk not in gone}
        cls.objects.bulk_create(
            cls(activity=activity, member_id=member_id, name=name, created_by_id=by.member_id)
            for member_id, name in wanted.items()
            if member_id not in kept
        )


def mentioned(text: str) -> Iterable[tuple[Membership, str]]:
    """The active members whom a text mentions, each with the name as it is written there first."""
    calls = [match.end() for match in CALLS.finditer(text)]
    if not calls:
        return []
    members = callable_by(Membership.objects.active().select_related("workspace"))
    found: dict[int, tuple[Membership, str]] = {}
    for start in calls:
        if name := name_at(text[start:], members):
            member = members[fold(name)]
            found.setdefault(member.pk, (member, name))
    return found.values()


def callable_by(members: Iterable[Membership]) -> dict[str, Membership]:
    """Folded name -> member: the whole name, and its first word where it is nobody else's. Two of one name are called
    by neither, since nobody could tell which is meant."""
    named: dict[str, list[Membership]] = {}
    for member in members:
        name = fold(member.name)
        for key in {name, name.partition(" ")[0]}:
            named.setdefault(key, []).append(member)
    return {key: found[0] for key, found in named.items() if key and len(found) == 1}


def name_at(text: str, members: dict[str, Membership]) -> str:
    """The longest name that the text begins with; "" for none."""
    ends = [match.end() for match in re.finditer(r"\w+(?!\w)", text[: LONGEST + 1])]
    return next((text[:end] for end in reversed(ends) if end <= LONGEST and fold(text[:end]) in members), "")
