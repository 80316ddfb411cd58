"""Why deals are won, lost or given up, as the workspace has it."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspaces.refusals import Refusal
from workspaces.tracking import tracked

from .setting_up import ReasonVerbs
from .stage_change import STATUSES

ENDS = {status: label for status, label in STATUSES.items() if status != "open"}


class CloseReasonQuerySet(models.QuerySet["CloseReason"]):
    def offered(self) -> Self:
        """Those that a deal may be closed with."""
        return self.filter(retired_at=None)


@tracked
class CloseReason(ReasonVerbs):
    """One reason for one end. What is retired stays on the deals that have it and is not offered any more."""

    record_name = "close_reason"

    status = models.CharField(_("how it ended"), max_length=10, choices=ENDS)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    objects: ClassVar = CloseReasonQuerySet.as_manager()

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

    def check_for(self, status: str) -> None:
        """Raises Refusal where it is a reason for another end."""
        if self.status != status:
            end = ENDS[self.status]
            raise Refusal(gettext("“%(reason)s” is a reason for “%(end)s”.") % {"reason": self.name, "end": end})


def in_words(reason: CloseReason | None, words: str) -> str:
    """Why a deal ended: the reason of the list and what somebody said besides."""
    return ", ".join(filter(None, (reason.name if reason else "", words)))
