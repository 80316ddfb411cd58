from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel


class Erasure(WorkspaceModel):
    """The tombstone of somebody who was erased by law: who asked for it, when, how many rows. No personal data.

    The database function `records_erase()` writes it; nothing changes it. So it has no history.
    """

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    member = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    actor = models.CharField(max_length=120)
    #: table -> how many rows of it are gone; how many kept their place without the name
    deleted = models.JSONField(default=dict)
    redacted = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    row_level_security: ClassVar = {"grants": "SELECT, INSERT"}

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ("-id",)

    def __str__(self):
        return f"{self.kind} {self.record_id}"

    def get_absolute_url(self) -> str:
        return reverse("records:erasure", args=[self.pk])
