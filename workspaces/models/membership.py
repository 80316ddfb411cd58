import secrets
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workspaces.rights import ROLES, Actor, Scope, scope_of
from workspaces.tracking import tracked
from workspaces.tenancy import CURRENT_USER, CURRENT_WORKSPACE, ExclusionRule, WorkspaceForeignKey, WorkspaceModel

INVITATION_LIFE = timedelta(days=14)


@tracked
class Team(WorkspaceModel):
    """People who work under one manager; "team" in the rights means the members of one's teams."""

    name = models.CharField(_("name"), max_length=120)
    manager = WorkspaceForeignKey(
        "workspaces.Membership", models.DB_SET_NULL, null=True, blank=True, related_name="managed_teams"
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("name",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="workspaces_team_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A team of this name exists."),
            )
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self):
        return self.filter(is_active=True)


@tracked
class Membership(WorkspaceModel):
    """A member of a workspace, under a name of its own; may have no sign-in yet (an agent from a file)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_SET_NULL, null=True, blank=True, related_name="memberships", db_index=False
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=10, choices=ROLES, default="rep")
    team = WorkspaceForeignKey(
        Team, models.DB_SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("team")
    )
    region = models.CharField(_("region"), max_length=80, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    external_id = models.CharField(_("external id"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    row_level_security: ClassVar = {
        "using": f"workspace_id = {CURRENT_WORKSPACE}",
        "also_select": f"user_id = {CURRENT_USER}",
    }

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("name", "id")
        indexes: ClassVar = [
            models.Index(fields=["user", "workspace"], name="workspaces_member_user"),
            models.Index(fields=["workspace", "name", "id"], name="workspaces_member_name"),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="workspaces_member_once", columns=["workspace_id", "user_id"], where="user_id IS NOT NULL"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def actor(self) -> Actor:
        """This member as the one who acts (`by=`)."""
        return Actor(kind="member", member_id=self.pk, label=self.name, membership=self)

    def scope(self, record: str, action: str) -> Scope:
        """Whose rows of `record` this member may do `action` to: none, own, team or all."""
        return scope_of(self.role, record, action) if self.is_active else "none"

    def may(self, record: str, action: str) -> bool:
        """May this member do `action` to at least some rows of `record`?"""
        return self.scope(record, action) != "none"

    def reachable_owner_ids(self, scope: Scope) -> list[int] | None:
        """Ids of the owners whose rows `scope` covers; None for all."""
        if scope == "all":
            return None
        if scope == "none":
            return []
        if scope == "own":
            return [self.pk]
        teams = models.Q(team__manager=self) | models.Q(pk=self.pk)
        if self.team_id:
            teams |= models.Q(team_id=self.team_id)
        return list(Membership.objects.filter(teams).values_list("pk", flat=True))


class Invitation(WorkspaceModel):
    """A letter that lets its reader join under a membership that waits for a user. Its token is its secret."""

    membership = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    token = models.CharField(max_length=64, unique=True, default=secrets.token_urlsafe, editable=False)
    invited_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return self.email

    @property
    def is_open(self) -> bool:
        """Neither accepted nor older than 14 days."""
        return self.accepted_at is None and timezone.now() < self.created_at + INVITATION_LIFE

    def accept(self, user) -> Membership:
        """Give the waiting membership to `user`; the caller has opened the invitation's workspace.

        Raises:
            InvitationSpent: it was accepted before, is too old, or the person is a member already.
        """
        taken = Membership.objects.filter(user=user).exists()
        if not self.is_open or taken or self.membership.user_id:
            raise InvitationSpent
        self.accepted_at = timezone.now()
        self.save(update_fields=["accepted_at"])
        self.membership.user = user
        self.membership.save(update_fields=["user"])
        return self.membership


class InvitationSpent(Exception):
    """The invitation can't be used (again)."""
