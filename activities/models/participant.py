from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Deferrable

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .activity import Activity


@tracked
class Participant(WorkspaceModel):
    """A colleague who takes part in a meeting beside its owner. People from outside are what the meeting is about."""

    part_of = "activity"
    edited_with_it = True

    activity = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="participants", db_index=False)
    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "activity", "member"],
                name="activities_participant_once",
                deferrable=Deferrable.IMMEDIATE,
            )
        ]

    @classmethod
    def become(cls, activity: Activity, members: Iterable[Membership]) -> bool:
        """Make these the colleagues who take part; tells whether anything changed."""
        wanted = {member.pk for member in members} - {activity.owner_id}
        there = dict(activity.participants.values_list("member_id", "pk"))
        if gone := [pk for member_id, pk in there.items() if member_id not in wanted]:
            cls.objects.filter(pk__in=gone).delete()
        new = sorted(wanted - there.keys())
        Participant.objects.bulk_create(Participant(activity=activity, member_id=pk) for pk in new)
        return bool(gone or new)
