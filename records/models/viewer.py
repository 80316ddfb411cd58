from typing import Any, ClassVar

from django.db import models

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel


class Viewer(WorkspaceModel):
    """A member who is named on a record and sees it whatever else holds; each record type declares its own:
    `record = WorkspaceForeignKey(…, related_name="viewers")`, `@tracked`."""

    part_of = "record"

    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "record", "member"],
                name="%(class)s_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]
        indexes: ClassVar = [models.Index(fields=["workspace", "member", "record"], name="%(class)s_mine")]

    def __str__(self):
        return self.member.name

    @classmethod
    def names(cls, record: Any, member: Membership) -> bool:
        """Is the member named on the record, as it is now?"""
        sql = f'SELECT id FROM public."{cls._meta.db_table}" WHERE record_id = %s AND member_id = %s'
        return bool(list(cls._default_manager.raw(sql, [record.pk, member.pk])))
