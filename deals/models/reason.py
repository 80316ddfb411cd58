"""Why deals are won, lost or given up, as the workspace has it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.tracking import tracked

from .setting_up import ReasonVerbs
from .stage_change import STATUSES

ENDS = {status: label for status, label in STATUSES.items() if status != "open"}


@tracked
class CloseReason(ReasonVerbs):
    """One reason for one end. What is retired stays on the deals that have it and is not offered any more."""

    record_name = "close_reason"

    status = models.CharField(_("how it ended"), max_length=10, choices=ENDS)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ("status", "position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "status", "name"],
                name="deals_closereason_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A reason of this name exists."),
            )
        ]

    def __str__(self):
        return self.name
