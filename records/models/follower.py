from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel


class Follower(WorkspaceModel):
    """A member who keeps an eye on a record; each record type declares its own: `record = WorkspaceForeignKey(…)`.

    Not tracked: it says something of the member, nothing of the record, and its star is its own undo.
    """

    part_of = "record"

    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "record", "member"], name="%(class)s_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member", "record"], name="%(class)s_mine"),
        ]

    def __str__(self):
        return f"{self.member}: {self.record}"  # type: ignore[attr-defined]
