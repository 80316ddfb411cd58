from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from workspaces.models import SetUp, Workspace
from workspaces.tracking import tracked

#: what a new workspace starts with, who decides first; "primary contact" is no role but a mark of the position
FIRST_ROLES = (_("Decision maker"), _("Technical"), _("Billing"), _("Purchasing"), _("After-sales"))


@tracked
class Role(SetUp):
    """What a person is at an organization or on a deal: decision maker, billing, or the workspace's own."""

    record_name = "role"

    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    decides = models.BooleanField(
        _("decides"),
        default=False,
        db_default=False,
        help_text=_("An organization with open deals and nobody in such a role is marked."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("position", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="contacts_role_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A role of this name exists."),
            )
        ]

    def __str__(self):
        return self.name


def seed_roles(workspace: Workspace) -> None:
    """Give a new workspace, whose scope is open, its first roles in its own language."""
    with override(workspace.language):
        Role.objects.bulk_create(
            Role(name=str(name), position=place, decides=place == 0) for place, name in enumerate(FIRST_ROLES)
        )
