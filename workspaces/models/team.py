from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked


@tracked
class Team(WorkspaceModel):
    """People who work under one manager; "team" in the rights means the members of one's teams."""

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

    def keep(self, *, by: Actor) -> None:
        """Save a new or changed team. Raises NotAllowed when the actor's role may not."""
        self._check_right(by, "change" if self.pk else "create")
        describe_change(_("Team %(name)s saved") % {"name": self.name})
        self.save()

    def remove(self, *, by: Actor) -> None:
        """Delete the team; its members stay, without a team. Raises NotAllowed when the actor's role may not."""
        self._check_right(by, "delete")
        describe_change(_("Team %(name)s deleted") % {"name": self.name})
        self.delete()

    @staticmethod
    def _check_right(by: Actor, action: str) -> None:
        if by.membership and not by.membership.may("team", action):
            raise NotAllowed(_("Your role does not allow changes of teams."))
