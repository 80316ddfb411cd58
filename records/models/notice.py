"""What a member is told: somebody else did something that concerns it."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .change_set import ChangeSet

#: what is told, the most urgent first: of several reasons to tell of one record the first one counts
NEWS = {
    "mention": _("Somebody mentions you"),
    "given": _("A record or a task is given to you"),
    "new": _("A new record that you follow from the start"),
    "activity": _("Something is written about a record that you follow"),
    "changed": _("A record that you follow is changed"),
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, membership: Membership) -> Self:
        """The member's own, the newest first; nobody reads those of others."""
        return self.filter(member=membership).order_by("-pk")

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def mark(self, *, read: bool) -> int:
        """Say that they were read, or not yet; returns how many are other now."""
        return self.filter(read_at__isnull=read).update(read_at=timezone.now() if read else None)


class Notice(WorkspaceModel):
    """One change of one record that concerns a member; of many records at once (`count`) one row.

    It holds no words: who did what is asked of the change set and of the record when it is shown, so that nobody reads
    what it may not see by then. Not tracked: it says something of the member's reading, nothing of the records.
    """

    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", db_index=False)
    change_set = WorkspaceForeignKey(ChangeSet, models.DB_CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=NEWS)
    #: name of the record type, and the id; of several records 0, and in `first` the first of them
    about = models.CharField(max_length=40)
    record = models.BigIntegerField()
    first = models.BigIntegerField()
    count = models.PositiveIntegerField(default=1)
    #: does its reader see all that was changed, so that the change set's own words give nothing away?
    whole = models.BooleanField(default=True)
    #: the record on whose timeline it stands, where it is an activity
    place = models.CharField(max_length=40, blank=True)
    place_record = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    #: when a letter tells of it, None for never; and when one did
    mail_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "member", "change_set", "kind", "about", "record"], name="records_notice_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "member", "-id"], name="records_notice_member"),
            models.Index(
                fields=["workspace", "member", "id"],
                name="records_notice_unread",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["workspace", "member", "mail_at"],
                name="records_notice_mail",
                condition=models.Q(mail_at__isnull=False, mailed_at__isnull=True),
            ),
            models.Index(fields=["workspace", "created_at"], name="records_notice_age"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.about} {self.first}"
