from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from records.models.queryset import insert_select
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .pipeline import Stage

if TYPE_CHECKING:
    from datetime import datetime

    from .queryset import DealQuerySet

STATUSES = {"open": _("Open"), "won": _("Won"), "lost": _("Lost"), "abandoned": _("Abandoned")}


@tracked
class StageChange(WorkspaceModel):
    """A deal left a stage, or was closed or opened again: who, when, and how long it had stayed."""

    part_of = "deal"
    goes_with = "stage"

    deal = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="stage_changes")
    from_stage = WorkspaceForeignKey(Stage, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    to_stage = WorkspaceForeignKey(Stage, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    from_status = models.CharField(max_length=10, choices=STATUSES)
    to_status = models.CharField(max_length=10, choices=STATUSES)
    changed_at = models.DateTimeField()
    changed_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    stayed = models.DurationField(help_text=_("How long the deal had been in the stage and status that it left."))

    class Meta:
        ordering: ClassVar = ("changed_at", "id")

    @classmethod
    def note(cls, deals: "DealQuerySet", *, by: Actor, at: "datetime", **to: object) -> int:
        """Write what is about to happen to the deals: `to` may hold a new `stage` (an id) and a new `status`."""
        values = {
            "workspace": F("workspace_id"),
            "deal": F("pk"),
            "from_stage": F("stage_id"),
            "to_stage": Value(to["stage"]) if "stage" in to else F("stage_id"),
            "from_status": F("status"),
            "to_status": Value(to["status"]) if "status" in to else F("status"),
            "changed_at": Value(at),
            "changed_by": Value(by.member_id),
            "stayed": Value(at) - F("stage_since"),
        }
        return insert_select(cls, deals, values)
