from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .pipeline import Stage

if TYPE_CHECKING:
    from datetime import datetime

STATUSES = {"open": _("Open"), "won": _("Won"), "lost": _("Lost"), "abandoned": _("Abandoned")}


NOTE = """
    INSERT INTO deals_stagechange (workspace_id, deal_id, from_stage_id, to_stage_id, from_status, to_status,
                                   changed_at, changed_by_id, stayed)
    SELECT workspace_id, id, stage_id, coalesce(%(stage)s::bigint, stage_id), status, coalesce(%(status)s, status),
           %(at)s, %(by)s, %(at)s - stage_since
      FROM deals_deal WHERE id = ANY (%(ids)s::bigint[])"""


@tracked
class StageChange(WorkspaceModel):
    """A deal left a stage, or was closed or opened again: who, when, and how long it had stayed."""

    part_of = "deal"
    goes_with = "stage"

    deal = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="stage_changes", db_index=False)
    from_stage = WorkspaceForeignKey(Stage, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    to_stage = WorkspaceForeignKey(Stage, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    from_status = models.CharField(max_length=10, choices=STATUSES)
    to_status = models.CharField(max_length=10, choices=STATUSES)
    changed_at = models.DateTimeField()
    changed_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    stayed = models.DurationField(help_text=_("How long the deal had been in the stage and status that it left."))

    class Meta:
        ordering: ClassVar = ("changed_at", "id")
        # with what the numbers of a pipeline add up, so that they read no row
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "deal"], name="deals_change_deal", include=["from_stage", "from_status", "stayed"]
            )
        ]

    @classmethod
    def note(
        cls, ids: Iterable[int], *, by: Actor, at: "datetime", stage: int | None = None, status: str | None = None
    ) -> None:
        """Write what is about to happen to the deals: a new `stage` (its id), a new `status`."""
        values = {"ids": list(ids), "by": by.member_id, "at": at, "stage": stage, "status": status}
        with connection.cursor() as cursor:
            cursor.execute(NOTE, values)
