"""Files that come in and go out: what was asked for, how far it is, what became of it."""

import secrets
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.models import ChangeSet
from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

#: in the order that they follow each other; a failed one may go on
IMPORT_STATES = {
    "draft": _("Draft"),
    "waiting": _("Waiting"),
    "running": _("Running"),
    "failed": _("Stopped by an error"),
    "done": _("Done"),
}
EXPORT_STATES = {key: label for key, label in IMPORT_STATES.items() if key != "draft"}


def store_path(transfer: "Transfer", filename: str) -> str:
    """Where a file lies in the private store: a name that nobody guesses, below its workspace."""
    return f"{transfer.workspace_id}/transfers/{secrets.token_hex(16)}.csv"


class Transfer(WorkspaceModel):
    """A file and the job that reads or writes it."""

    record = models.CharField(max_length=40)
    file = models.FileField(upload_to=store_path, max_length=200)
    name = models.CharField(_("file"), max_length=200)
    rows = models.PositiveIntegerField(_("rows"), null=True)
    error = models.TextField(blank=True)
    created_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Import(Transfer):
    """A file that comes in. `columns`, `dialect` and `mapping` say how it is read: `mapping` names for each column of the
    file the field that it fills, or "". `fixes` holds for each such field what stands for a value of the file.

    `last_row` counts the rows that are done, with whatever end; it is written in the transaction of their batch, so that
    a job that was killed goes on where it was.
    """

    columns = models.JSONField(default=list)
    dialect = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    fixes = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=IMPORT_STATES, default="draft")
    last_row = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    skipped = models.PositiveIntegerField(_("left as they were"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    change_set = WorkspaceForeignKey(ChangeSet, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ("-id",)

    def get_absolute_url(self):
        return reverse("transfers:mapping" if self.state == "draft" else "transfers:progress", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state == "done"


class ImportRefusal(WorkspaceModel):
    """A row of the file that was not taken, and why. `line` is where it begins in the file."""

    run = WorkspaceForeignKey(Import, models.DB_CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    reason = models.TextField()
    cells = models.JSONField()

    class Meta:
        ordering: ClassVar = ("line", "id")

    def __str__(self):
        return self.reason


class Export(Transfer):
    """A file that goes out: the rows of a list as its `query` filters and sorts them, or those of `ids`."""

    query = models.TextField(blank=True)
    ids = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=EXPORT_STATES, default="waiting")
    done = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering: ClassVar = ("-id",)

    def get_absolute_url(self):
        return reverse("transfers:export_progress", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state == "done"
