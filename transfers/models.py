"""Files that come in and go out: what was asked for, how far it is, what became of it."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import ClassVar, Self

from django.core.files import File
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from records.models import ChangeSet
from transfers import reading
from transfers.reading import Dialect
from workspaces.models import Membership
from workspaces.refusals import NotAllowed
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

#: in the order that they follow each other; a failed one may go on
IMPORT_STATES = {
    "draft": gettext_lazy("Draft"),
    "waiting": gettext_lazy("Waiting"),
    "running": gettext_lazy("Running"),
    "failed": gettext_lazy("Stopped by an error"),
    "done": pgettext_lazy("state of an import or export", "Done"),
}
EXPORT_STATES = {key: label for key, label in IMPORT_STATES.items() if key != "draft"}


def store_path(transfer: "Transfer", filename: str) -> str:
    """Where a file lies in the private store: a name that nobody guesses, below its workspace."""
    return f"{transfer.workspace_id}/transfers/{secrets.token_hex(16)}.csv"


class TransferQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> Self:
        """The one door: transfers of members whom the role reaches."""
        owners = membership.reachable_owner_ids(membership.scope("transfer", "view"))
        rows = self.select_related("created_by")
        return rows if owners is None else rows.filter(created_by_id__in=owners)

    def readable_by(self, membership: Membership) -> Self:
        """Files that hold much of the workspace: for whoever asked for them, and for admins."""
        rows = self.select_related("created_by")
        return rows if membership.may("workspace", "admin") else rows.filter(created_by=membership)


class Transfer(WorkspaceModel):
    """A file and the job that reads or writes it."""

    record = models.CharField(max_length=40)
    file = models.FileField(upload_to=store_path, max_length=200)
    name = models.CharField(gettext_lazy("file"), max_length=200)
    rows = models.PositiveIntegerField(gettext_lazy("rows"), null=True)
    error = models.TextField(blank=True)
    created_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar = TransferQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Import(Transfer):
    """A file that comes in. `mapping` names for each of its `columns` the field that it fills, or "". `fixes` holds, by
    the place of the column, what is put in the place of a value of the file.

    `last_row` counts the rows that are done, whatever became of them; it is written in the transaction of their batch,
    so that a job that was killed goes on where it was.
    """

    columns = models.JSONField(default=list)
    dialect = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    fixes = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=IMPORT_STATES, default="draft")
    last_row = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(pgettext_lazy("number of rows", "created"), default=0)
    updated = models.PositiveIntegerField(pgettext_lazy("number of rows", "updated"), default=0)
    skipped = models.PositiveIntegerField(pgettext_lazy("number of rows", "left as they were"), default=0)
    refused = models.PositiveIntegerField(pgettext_lazy("number of rows", "refused"), default=0)
    change_set = WorkspaceForeignKey(ChangeSet, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = gettext_lazy("import")
        verbose_name_plural = gettext_lazy("imports")
        ordering: ClassVar = ("-id",)

    def get_absolute_url(self):
        return reverse("transfers:mapping" if self.state == "draft" else "transfers:progress", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state == "done"

    @cached_property
    def is_stopped(self) -> bool:
        """Does it wait for somebody to go on with it: an error stopped it, or its job was given up?"""
        if self.state not in ("waiting", "running"):
            return self.state == "failed"
        from transfers.jobs import run_import

        return not run_import.is_queued(workspace_id=self.workspace_id, import_id=self.pk)  # type: ignore[arg-type]

    @property
    def path(self) -> Path:
        return Path(self.file.path)

    @property
    def how_written(self) -> Dialect:
        return Dialect(**self.dialect)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    def receive(cls, upload: File, record: str, *, by: Membership) -> Self:
        """Take a file in as a draft, read as it seems to be written. Raises FileProblem and keeps nothing then."""
        importing = cls(record=record, name=PurePath(upload.name or "").name[:200], created_by=by)
        importing.file.save("", upload, save=False)
        try:
            importing.read_as(reading.sniff(importing.path))
        except reading.FileProblem:
            importing.file.delete(save=False)
            raise
        return importing

    def read_as(self, dialect: Dialect) -> None:
        """Read the file through in this way; the mapping is then what its headings suggest. Raises FileProblem."""
        from transfers.targets import TARGETS

        self.columns = reading.columns(self.path, dialect)
        self.rows = reading.count(self.path, dialect)
        self.dialect = asdict(dialect)
        self.mapping = TARGETS[self.record].of(self.workspace).suggest(self.columns)
        self.fixes = {}
        self.save()

    def again(self, *, by: Membership) -> Self:
        """The same file with the same mapping, as a new draft."""
        draft = type(self)(record=self.record, name=self.name, created_by=by, rows=self.rows)
        for name in ("columns", "dialect", "mapping", "fixes", "options"):
            setattr(draft, name, getattr(self, name))
        with self.file.open() as file:
            draft.file.save("", File(file))
        return draft

    def discard(self) -> None:
        """Throw a draft away, with its file once that is certain."""
        self.delete()
        transaction.on_commit(lambda: self.file.delete(save=False))

    def start(self) -> None:
        """Queue the import as it is mapped; also one that stopped, which goes on where it was.

        The row is locked: who finds it as a draft or stopped is the only one who starts it.
        """
        from transfers.jobs import run_import

        self.state, self.error = "waiting", ""
        self.save()
        run_import.defer(workspace_id=self.workspace_id, import_id=self.pk)  # type: ignore[arg-type]


class ImportRefusal(WorkspaceModel):
    """A row of the file that was not taken, and why; or one that was `taken`, but not all of it."""

    run = WorkspaceForeignKey(Import, models.DB_CASCADE, related_name="refusals")
    #: where the row begins in the file
    line = models.PositiveIntegerField()
    reason = models.TextField()
    cells = models.JSONField()
    taken = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ("line", "id")

    def __str__(self):
        return self.reason


class ImportLink(WorkspaceModel):
    """A row that names a record which may come later in the file: looked up when every row is in, then forgotten."""

    run = WorkspaceForeignKey(Import, models.DB_CASCADE, related_name="links")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    record_id = models.BigIntegerField()
    name = models.CharField(max_length=250)

    def __str__(self):
        return self.name


class Export(Transfer):
    """A file that goes out: the rows of a list as its `query` filters and sorts them, or those of `ids`."""

    query = models.TextField(blank=True)
    ids = models.JSONField(default=list)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=EXPORT_STATES, default="waiting")
    done = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = gettext_lazy("export")
        verbose_name_plural = gettext_lazy("exports")
        ordering: ClassVar = ("-id",)

    def get_absolute_url(self):
        return reverse("transfers:export_progress", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state == "done"

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    def ask(cls, record: str, *, by: Membership, query: str = "", ids: Sequence[int] = (), name: str) -> "Export":
        """Queue a file with the rows of a list, or with those of `ids`. Raises NotAllowed."""
        from transfers.jobs import run_export

        if not by.may(record, "export"):
            raise NotAllowed(_("Your role does not allow this."))
        export = cls.objects.create(record=record, query=query, ids=list(ids), name=name, created_by=by)
        run_export.defer(workspace_id=export.workspace_id, export_id=export.pk)  # type: ignore[arg-type]
        return export
