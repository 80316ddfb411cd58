import datetime as dt
import json
from typing import ClassVar

from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils import timezone

from records.models import Record
from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey

from .subject import SUBJECTS, OnRecord, on

KEPT = dt.timedelta(days=30)
#: how long a draft that was thrown away can be taken back
TAKES_BACK = dt.timedelta(hours=1)
#: drafts of a member; older ones give way
MOST_KEPT = 200
#: how late what was typed before a save may arrive after it
ON_ITS_WAY = dt.timedelta(seconds=10)


WRITE = f"""
    INSERT INTO activities_draft AS draft (workspace_id, member_id, kind, {", ".join(f"{one}_id" for one in SUBJECTS)},
                                           typed, updated_at, discarded_at, expires_at)
    VALUES ({", ".join(["%s"] * 10)})
    ON CONFLICT (workspace_id, member_id, kind, {", ".join(f"{one}_id" for one in SUBJECTS)}) DO UPDATE
       SET typed = excluded.typed, updated_at = excluded.updated_at,
           discarded_at = excluded.discarded_at, expires_at = excluded.expires_at
     WHERE %s::timestamptz IS NULL OR draft.discarded_at IS NULL OR draft.discarded_at <= %s"""


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, membership: Membership, record: Record) -> "DraftQuerySet":
        """The member's own drafts on a record, thrown away or not."""
        return self.filter(member=membership, **on(record))

    def present(self) -> "DraftQuerySet":
        return self.filter(discarded_at=None, expires_at__gt=Now())


class Draft(OnRecord):
    """What a member has typed into a composer and not saved: one row a member, record and kind.

    It is no part of the record's history: it is written every few words and nobody else's to read, and undo would bring
    back half a sentence. What was saved or thrown away stays for an hour as a row that says so.
    """

    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    #: field of the composer's form -> values; readable text, so that an erasure by law finds a name in it
    typed = models.JSONField()
    updated_at = models.DateTimeField()
    discarded_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    objects: ClassVar = DraftQuerySet.as_manager()

    class Meta(OnRecord.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "expires_at"], name="activities_draft_expires"),
            *(
                models.Index(
                    fields=["workspace", subject],
                    name=f"activities_draft_{subject}",
                    condition=models.Q(**{f"{subject}__isnull": False}),
                )
                for subject in SUBJECTS
            ),
        ]
        constraints: ClassVar = [
            *OnRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["workspace", "member", "kind", *SUBJECTS], name="activities_draft_once", nulls_distinct=False
            ),
        ]

    @property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        return data

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    def keep(cls, membership: Membership, record: Record, kind: str, typed: QueryDict, *, begun: dt.datetime) -> None:
        """Keep what is typed into a composer that was opened at `begun`, and forget what has expired in the workspace.

        What was on its way while the same text was saved or thrown away is no draft any more.
        """
        now = timezone.now()
        cls._write(
            membership, record, kind, dict(typed.lists()), None, now + KEPT, unless_after=max(begun, now - ON_ITS_WAY)
        )
        too_many = cls.objects.filter(member=membership).order_by("-updated_at", "-pk").values("pk")[MOST_KEPT:]
        cls.objects.filter(expires_at__lt=now).delete()
        cls.objects.filter(pk__in=too_many).delete()

    @classmethod
    def clear(cls, membership: Membership, record: Record, kind: str) -> None:
        """It was saved: nothing is left to take back."""
        now = timezone.now()
        cls._write(membership, record, kind, {}, now, now + TAKES_BACK, unless_after=None)

    def discard(self) -> None:
        """Throw it away; `restore` takes that back for an hour."""
        now = timezone.now()
        Draft.objects.filter(pk=self.pk).update(discarded_at=now, expires_at=now + TAKES_BACK)

    def restore(self) -> None:
        Draft.objects.filter(~Q(typed={}), pk=self.pk).update(discarded_at=None, expires_at=timezone.now() + KEPT)

    @classmethod
    def _write(
        cls,
        membership: Membership,
        record: Record,
        kind: str,
        typed: dict[str, list[str]],
        discarded_at: dt.datetime | None,
        expires_at: dt.datetime,
        *,
        unless_after: dt.datetime | None,
    ) -> None:
        """Write the row, unless it was thrown away after that moment. One statement judges and writes, so that a save
        and what was typed before it may come at the same time."""
        values = {
            "workspace_id": membership.workspace_id,
            "member_id": membership.pk,
            "kind": kind,
            **on(record),
            "typed": json.dumps(typed),
            "updated_at": timezone.now(),
            "discarded_at": discarded_at,
            "expires_at": expires_at,
        }
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [*values.values(), unless_after, unless_after])
