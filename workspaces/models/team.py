from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from workspaces.tenancy import WorkspaceForeignKey
from workspaces.tracking import tracked

from .set_up import SetUp


@tracked
class Team(SetUp):
    """People who work under one manager; "team" in the rights means the members of one's teams. Those of a team that
    is removed stay, without a team."""

    record_name = "team"

    name = models.CharField(gettext_lazy("name"), max_length=120)
    manager = WorkspaceForeignKey(
        "workspaces.Membership",
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="managed_teams",
        verbose_name=gettext_lazy("manager"),
    )

    class Meta:
        verbose_name = gettext_lazy("team")
        verbose_name_plural = gettext_lazy("teams")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="workspaces_team_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=gettext_lazy("A team of this name exists."),
            )
        ]

    def __str__(self):
        return self.name
