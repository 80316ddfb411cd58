"""All that a leaving member has, given to others: who gets what, how far it is, what became of it."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from core.addresses import address
from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .change_set import ChangeSet
from .undoing import STATES


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, membership: Membership) -> Self:
        """Of the members whose records the reader may give away."""
        reach = membership.reachable_owner_ids(membership.scope("hand_over", "create"))
        return self if reach is None else self.filter(leaver__in=reach)


class HandOver(WorkspaceModel):
    """What was asked for. It happens whole, in one transaction and one change set, whose undo takes it back.

    Not tracked: it changes nothing itself, and the change set tells of what was changed.
    """

    leaver = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="hand_overs", db_index=False)
    #: record type -> "member 7", "team 3"; what stays where it is stands not here
    to = models.JSONField(default=dict)
    member = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    step = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    #: record type -> how many went
    done = models.JSONField(default=dict)
    result = WorkspaceForeignKey(ChangeSet, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar = HandOverQuerySet.as_manager()

    def __str__(self):
        return f"{self.leaver}: {self.state}"

    def get_absolute_url(self) -> str:
        return address("hand_over:progress", self.pk)

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")

    @property
    def steps(self) -> int:
        return max(len(self.to), 1)
