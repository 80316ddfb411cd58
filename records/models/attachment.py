import secrets
from pathlib import PurePath
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel


def upload_path(attachment: "Attachment", filename: str) -> str:
    """Where a file lies in the private store: a name that nobody guesses, below its workspace."""
    suffix = PurePath(filename).suffix.lower()[:12]
    return f"{attachment.workspace_id}/{timezone.now():%Y/%m}/{secrets.token_hex(16)}{suffix}"


class Attachment(WorkspaceModel):
    """A file on one record, served only through a view that checks the reader; each record type declares its own."""

    file = models.FileField(upload_to=upload_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    size = models.BigIntegerField(_("size"), help_text=_("In bytes."))
    content_type = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ("-id",)

    def __str__(self):
        return self.name
