from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from workspaces.models import SetUp
from workspaces.tracking import tracked

DIRECTIONS = {"inbound": _("Inbound"), "outbound": _("Outbound")}


@tracked
class Source(SetUp):
    """Where contacts and deals come from, a list of the workspace's own."""

    record_name = "source"

    name = models.CharField(_("name"), max_length=80)
    direction = models.CharField(_("direction"), max_length=8, choices=DIRECTIONS, default="inbound")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="records_source_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A source of this name exists."),
            )
        ]

    def __str__(self):
        return self.name
