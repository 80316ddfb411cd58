"""A bulk action on many rows, which a job does in batches: what was asked for, how far it is, what became of it."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .change_set import ChangeSet

STATES = {
    "waiting": _("Waiting"),
    "running": _("Running"),
    "stopped": pgettext_lazy("state of a bulk action", "Stopped"),
    "failed": _("Given up"),
    "done": pgettext_lazy("state of a bulk action", "Done"),
}


class BulkRunQuerySet(models.QuerySet["BulkRun"]):
    def visible_to(self, membership: Membership) -> Self:
        """The one door: one's own, all for admins."""
        rows = self.select_related("member", "change_set").defer("ids")
        return rows if membership.may("workspace", "admin") else rows.filter(member=membership)


class BulkRun(WorkspaceModel):
    """The rows are fixed when it begins (`ids`), so that it may change what the filters of the list look at.

    `wanted` is what its form was told, read anew for each batch with the rights that the member has then. How far it is
    (`place` in the ids) is written in the transaction of the batch, so a worker that is killed loses and doubles
    nothing. All batches are one change set. Not tracked: what it changes has its history, it has none.
    """

    record = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    wanted = models.TextField(blank=True)
    query = models.TextField(blank=True)
    ids = ArrayField(models.BigIntegerField(), default=list)
    member = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="waiting")
    #: somebody wants no further batch
    stopping = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    #: reason -> how many rows it kept from being changed
    refused = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    change_set = WorkspaceForeignKey(ChangeSet, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar = BulkRunQuerySet.as_manager()

    def __str__(self):
        return f"{self.action}: {self.state}"

    @classmethod
    def begin(cls, record: str, action: str, ids: Sequence[int], *, member: Membership, **asked: str) -> Self:
        """Queue an action on these records; `asked` is what it was told (`wanted`) and of which list (`query`)."""
        from records.jobs import run_bulk

        run = cls.objects.create(record=record, action=action, ids=ids, total=len(ids), member=member, **asked)
        run_bulk.defer(workspace_id=run.workspace_id, run_id=run.pk)  # type: ignore[arg-type]
        return run

    def get_absolute_url(self) -> str:
        return reverse("records:bulk_run", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "stopped")

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why rows were left as they are, the most frequent first."""
        return sorted(self.refused.items(), key=lambda pair: -pair[1])

    def stop(self) -> None:
        """Ask for no further batch; what is done stays done."""
        type(self).objects.filter(pk=self.pk).update(stopping=True)
