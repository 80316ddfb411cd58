"""A large undo, which a job does while its reader may go on: what was asked for, how far it is, what became of it."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .change_set import ChangeSet

STATES = {
    "waiting": gettext_lazy("Waiting"),
    "running": gettext_lazy("Running"),
    "failed": gettext_lazy("Given up"),
    "done": pgettext_lazy("state of an undo", "Done"),
}


class UndoingQuerySet(models.QuerySet["Undoing"]):
    def visible_to(self, membership: Membership) -> Self:
        """Undos of the changes that the member may see."""
        return self.filter(change_set__in=ChangeSet.objects.visible_to(membership))


class Undoing(WorkspaceModel):
    """The undo of one change set by a job. It happens whole, in the transaction that also says that it is done."""

    change_set = WorkspaceForeignKey(ChangeSet, models.DB_CASCADE, related_name="undoings")
    picks = models.JSONField(default=list)
    member = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=STATES, default="waiting")
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    error = models.TextField(blank=True)
    #: how many rows went back, stayed by reason, and went back but for a column that stayed
    done = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)
    kept = models.PositiveIntegerField(default=0)
    #: the change set that the undo itself is
    result = WorkspaceForeignKey(ChangeSet, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar = UndoingQuerySet.as_manager()

    def __str__(self):
        return f"{self.change_set}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("records:undoing", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")
