"""What each member opened last: the search shows it before anything is typed, and before all else that fits as well."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from core.statements import Statement
from workspaces.models import Membership
from workspaces.tenancy import WorkspaceModel, WorkspaceOneToOneField

if TYPE_CHECKING:
    from .record import Record

#: as many as are kept of a member
MOST = 20
# Opening again what was opened last writes nothing.
NOTE = f"""
INSERT INTO records_recent AS known (workspace_id, member_id, seen) VALUES (%s, %s, ARRAY[%s])
ON CONFLICT (workspace_id, member_id) DO UPDATE
SET seen = (excluded.seen || array_remove(known.seen, excluded.seen[1]))[:{MOST}]
WHERE known.seen[1] <> excluded.seen[1]
"""


class Recent(WorkspaceModel):
    """One row a member. Not tracked: that somebody looked at a record changes nothing, and is nobody's business."""

    member = WorkspaceOneToOneField(Membership, models.DB_CASCADE, related_name="+")
    #: "contact 7", the last one first
    seen = ArrayField(models.TextField(), default=list)

    def __str__(self):
        return ", ".join(self.seen)

    @classmethod
    def note(cls, record: "Record", membership: Membership) -> None:
        """The member opened the record. One statement on one row, whatever was opened before."""
        one = f"{record.record_name} {record.pk}"
        with connection.cursor() as cursor:
            cursor.execute(NOTE, [record.workspace_id, membership.pk, one])

    @classmethod
    def of(cls, membership: Membership) -> list[tuple[str, int]]:
        """Record names and ids, the last one first."""
        seen = [one.split() for row in SEEN(member=membership.pk) for one in row.seen]
        return [(kind, int(pk)) for kind, pk in seen]


SEEN = Statement(lambda member: Recent.objects.filter(member=member), member=int)
