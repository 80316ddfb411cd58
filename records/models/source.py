from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workspaces.models import SetUp
from workspaces.tracking import tracked

DIRECTIONS = {"inbound": _("Inbound"), "outbound": _("Outbound")}
#: how far somebody is on the way to buying, in this order
CUSTOMER_STATUSES = {
    "lead": pgettext_lazy("customer status", "Lead"),
    "prospect": pgettext_lazy("customer status", "Prospect"),
    "customer": pgettext_lazy("customer status", "Customer"),
    "former": pgettext_lazy("customer status", "Former customer"),
}


@tracked
class Source(SetUp):
    """Where contacts and deals come from, a list of the workspace's own."""

    record_name = "source"

    name = models.CharField(_("name"), max_length=80)
    direction = models.CharField(_("direction"), max_length=8, choices=DIRECTIONS, default="inbound")
    #: what organizations and people begin as that come from here
    customer_status = models.CharField(
        _("first customer status"),
        max_length=10,
        choices=CUSTOMER_STATUSES,
        blank=True,
        help_text=_("New organizations and people from this source begin with it."),
    )

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
