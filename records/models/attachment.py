import secrets
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

if TYPE_CHECKING:
    from .record import Record


def upload_path(attachment: "Attachment", filename: str) -> str:
    """Where a file lies in the private store: a name that nobody guesses, below its workspace."""
    suffix = PurePath(filename).suffix.lower()[:12]
    return f"{attachment.workspace_id}/{timezone.now():%Y/%m}/{secrets.token_hex(16)}{suffix}"


class Attachment(WorkspaceModel):
    """A file on one record, served only through a view that checks the reader; each record type declares its own."""

    record_name = "attachment"
    owned_by = "created_by"
    part_of = "record"

    file = models.FileField(upload_to=upload_path, max_length=200)
    name = models.CharField(gettext_lazy("name"), max_length=200)
    size = models.BigIntegerField(gettext_lazy("size"), help_text=gettext_lazy("In bytes."))
    content_type = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    objects: ClassVar[models.Manager]

    class Meta:
        abstract = True
        ordering: ClassVar = ("-id",)

    def __str__(self):
        return self.name

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def add(cls, record: "Record", upload: UploadedFile, *, by: Actor, content_type: str) -> Self:
        """Keep a file that was uploaded, and was checked, on the record. Raises NotAllowed."""
        if by.membership is not None and not by.membership.may("attachment", "create"):
            raise NotAllowed(_("Your role does not allow this."))
        describe_change(_("File %(name)s added") % {"name": upload.name})
        return cls.objects.create(
            record=record,
            file=upload,
            name=upload.name,
            size=upload.size,
            content_type=content_type,
            created_by_id=by.member_id,
        )

    @transaction.atomic
    def remove(self, *, by: Actor) -> None:
        """Take the file off its record. The stored file stays, for the undo. Raises NotAllowed."""
        if by.membership is not None:
            owners = by.membership.reachable_owner_ids(by.membership.scope("attachment", "delete"))
            if owners is not None and self.created_by_id not in owners:
                raise NotAllowed(_("You may delete only files that you added."))
        describe_change(_("File %(name)s deleted") % {"name": self.name})
        self.delete()
