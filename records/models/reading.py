"""Who saw which records, how and when: the read trail."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy import current_workspace_id
from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

WAYS = {
    "opened": pgettext_lazy("way of reading", "Opened"),
    "listed": pgettext_lazy("way of reading", "Listed"),
    "exported": pgettext_lazy("way of reading", "Exported"),
    "fetched": pgettext_lazy("way of reading", "Fetched by the API"),
}
# One statement with one value, however many notes there are and however many ids in each.
ADD = """
INSERT INTO records_reading (workspace_id, member_id, way, record_table, ids, read_at, address)
SELECT %s, noted.* FROM jsonb_to_recordset(%s::jsonb)
    AS noted (member bigint, way text, "table" text, ids bigint[], read_at timestamptz, address inet)
"""


class Note(NamedTuple):
    """A reading that is not a row yet."""

    member: int
    way: str
    table: str
    ids: Sequence[int]
    read_at: dt.datetime
    address: str | None = None


class ReadingQuerySet(models.QuerySet["Reading"]):
    def of(
        self, record: models.Model, *, member: Membership | None = None, way: str = "", before: int = 0, most: int
    ) -> Self:
        """The newest readings of a record and of those that were merged into it, with `count`, how many it was among;
        the next page is that of those `before` an id.

        A function of the database's owner finds them: comparisons of arrays are not leakproof, so that under the policy
        every reading of the workspace would be looked at.
        """
        values = [record._meta.db_table, record.pk, member and member.pk, way, before, most]
        found = RawSQL("SELECT records_readings_of(%s, %s, %s::bigint, %s, %s, %s)", values)
        rows: Self = self.filter(pk__in=found).select_related("member").defer("ids").order_by("-pk")
        return rows.annotate(count=models.Func("ids", function="cardinality", output_field=models.IntegerField()))


class Reading(WorkspaceModel):
    """A member saw records of one table at once: opened one, listed a page of them, got all of them as a file.

    Not tracked: it changes nothing of a record. The application adds and reads these rows; what takes them away is the
    database owner's, which asks the workspace how long they are kept, and erasure by law.
    """

    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)
    way = models.CharField(max_length=10, choices=[*WAYS.items()])
    table = models.CharField(max_length=63, db_column="record_table")
    ids = ArrayField(models.BigIntegerField(), default=list)
    read_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    row_level_security: ClassVar = {"grants": "SELECT, INSERT"}

    class Meta:
        verbose_name = _("entry of the read trail")
        verbose_name_plural = _("entries of the read trail")
        indexes: ClassVar = [
            models.Index(fields=["workspace", "read_at"], name="records_reading_age"),
            GinIndex(fields=["ids"], name="records_reading_ids"),
        ]

    objects: ClassVar = ReadingQuerySet.as_manager()

    def __str__(self):
        return f"{self.member_id} {self.way} {self.table}"

    @classmethod
    def add(cls, notes: Sequence[Note]) -> None:
        """Keep what was noted in the workspace whose scope is open."""
        entries: list[dict[str, Any]] = [note._asdict() for note in notes]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [current_workspace_id(), json.dumps(entries, default=str)])

    @classmethod
    def forget(cls, most: int) -> int:
        """Take up to so many rows away that are older than the workspace keeps them; returns how many."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT records_forget_readings(%s)", [most])
            return cursor.fetchone()[0]
