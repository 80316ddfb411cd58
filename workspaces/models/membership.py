from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import past
from workspaces.changes import describe_change, went_out
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import RANK, RECORDS, ROLES, Actor, Scope, narrower, scope_of
from workspaces.tenancy import CURRENT_USER, CURRENT_WORKSPACE, ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

if TYPE_CHECKING:
    from .invitation import Invitation

NO_OWNER = gettext_lazy("A workspace needs an owner. Make somebody else an owner first.")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self):
        return self.filter(is_active=True)

    def owners(self):
        """Members who own the workspace and can sign in: one of them must always be left."""
        return self.active().filter(role="owner", user__isnull=False)


@tracked
class Membership(WorkspaceModel):
    """A member of a workspace, under a name of its own; may have no sign-in yet (an agent from a file)."""

    record_name = "member"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DB_SET_NULL, null=True, blank=True, related_name="memberships", db_index=False
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    role = models.CharField(gettext_lazy("role"), max_length=10, choices=ROLES, default="rep")
    team = WorkspaceForeignKey(
        "workspaces.Team",
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=gettext_lazy("team"),
    )
    region = models.CharField(gettext_lazy("region"), max_length=80, blank=True)
    is_active = models.BooleanField(gettext_lazy("active"), default=True)
    external_id = models.CharField(gettext_lazy("external id"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = MembershipQuerySet.as_manager()

    row_level_security: ClassVar = {
        "using": f"workspace_id = {CURRENT_WORKSPACE}",
        "also_select": f"user_id = {CURRENT_USER}",
    }

    class Meta:
        verbose_name = gettext_lazy("member")
        verbose_name_plural = gettext_lazy("members")
        ordering = ("name", "id")
        indexes: ClassVar = [
            models.Index(fields=["user", "workspace"], name="workspaces_member_user"),
            models.Index(fields=["workspace", "name", "id"], name="workspaces_member_name"),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="workspaces_member_once", columns=["workspace_id", "user_id"], where="user_id IS NOT NULL"
            ),
            ExclusionRule(
                name="workspaces_member_email", columns=["workspace_id", "lower(email)"], where="email <> ''"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def actor(self) -> Actor:
        """This member as the one who acts (`by=`)."""
        return Actor(kind="member", member_id=self.pk, label=self.name, membership=self)

    def scope(self, record: str, action: str) -> Scope:
        """Whose rows of `record` this member may do `action` to: none, own, team or all. In the past one only looks.

        Whose records one sees, the workspace may narrow; what else one may do, one may do only to what one sees.
        """
        if not self.is_active or (action != "view" and past.moment()):
            return "none"
        scope = scope_of(self.role, record, action)
        is_narrowed = action == "view" and record in RECORDS
        return narrower(scope, self.workspace.shows(record, self.role)) if is_narrowed else scope

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
        return self._team_ids

    @cached_property
    def _team_ids(self) -> list[int]:
        """Whom one's teams hold, asked once: a page of a manager asks of the same record what may be done to it."""
        teams = models.Q(team__manager=self) | models.Q(pk=self.pk)
        if self.team_id:
            teams |= models.Q(team_id=self.team_id)
        return list(Membership.objects.filter(teams).values_list("pk", flat=True))

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    def add(cls, name: str, *, by: Actor, email: str = "", role: str = "rep", **fields: Any) -> "Membership":
        """A new member without a sign-in. `fields`: team, region.

        Raises:
            NotAllowed: the actor may not, or the role is above the actor's own.
            Refusal: a member has this e-mail already.
        """
        cls.check_right(by, "create", role)
        cls.check_email(email)
        describe_change(_("%(name)s added") % {"name": name})
        return cls.objects.create(name=name, email=email, role=role, **fields)

    @classmethod
    def invite(cls, email: str, *, by: Actor, name: str = "", **fields: Any) -> "Invitation":
        """A new member, with a letter on its way that lets its reader join. `fields` and errors as for `add`."""
        describe_change(_("%(name)s invited") % {"name": name or email})
        return cls.add(name or email, by=by, email=email, **fields)._send_letter(by)

    def send_invitation(self, *, by: Actor) -> "Invitation":
        """(Another) letter to a member without a sign-in, at its e-mail; links of earlier letters become void.

        Raises:
            NotAllowed: the actor may not change this member.
            Refusal: the member has a sign-in, no e-mail, or was deactivated.
        """
        self.check_change(by)
        if self.user_id or not self.is_active:
            raise Refusal(_("%(name)s can't be invited.") % {"name": self.name})
        if not self.email:
            raise Refusal(_("%(name)s has no e-mail. Enter one first.") % {"name": self.name})
        return self._send_letter(by)

    def _send_letter(self, by: Actor) -> "Invitation":
        from workspaces.letters import send_invitation

        self.invitations.filter(accepted_at=None).delete()
        invitation = self.invitations.create(email=self.email, invited_by_id=by.member_id)
        send_invitation.defer(workspace_id=self.workspace_id, invitation_id=invitation.pk)  # type: ignore[arg-type]
        went_out(_("Invitation sent to %(email)s") % {"email": self.email})
        return invitation

    def withdraw_invitation(self, *, by: Actor) -> None:
        """The letters sent to this member lead nowhere from now on."""
        self.check_change(by)
        self.invitations.filter(accepted_at=None).delete()

    def rename(self, name: str, *, by: Actor) -> None:
        """Change the name that colleagues see: one's own, or that of a member whom the actor may change."""
        if by.member_id != self.pk:
            self.check_change(by)
        self._update(_("Member renamed to %(name)s") % {"name": name}, name=name)

    def change(self, *, by: Actor, role: str, **fields: Any) -> None:
        """Change role, name, e-mail, team or region. Letters sent to a former e-mail become void.

        Raises:
            NotAllowed: member or role are above the actor's own role.
            Refusal: nobody would be left who owns the workspace, or another member has the e-mail.
        """
        self.check_change(by, role)
        self.check_email(fields.get("email", ""), but=self)
        if role != "owner":
            self._keep_an_owner()
        if fields.get("email", self.email) != self.email:
            self.invitations.filter(accepted_at=None).delete()
        self._update(_("%(name)s changed") % {"name": self.name}, role=role, **fields)

    def deactivate(self, *, by: Actor) -> None:
        """End the member's access; the records stay theirs. Open invitations to and from the member become void.

        Raises:
            NotAllowed: the actor may not change this member.
            Refusal: it is the actor, or nobody would be left who owns the workspace.
        """
        self.check_change(by)
        if by.member_id == self.pk:
            raise Refusal(_("You can't deactivate yourself. Ask a colleague."))
        self._keep_an_owner()
        letters = models.Q(membership=self) | models.Q(invited_by=self)
        self.invitations.model._default_manager.filter(letters, accepted_at=None).delete()
        self._update(_("%(name)s deactivated") % {"name": self.name}, is_active=False)

    def reactivate(self, *, by: Actor) -> None:
        """Give the access back. Raises NotAllowed when the actor may not change this member."""
        self.check_change(by)
        self._update(_("%(name)s reactivated") % {"name": self.name}, is_active=True)

    @property
    def why_no_owner(self) -> str:
        """Why nobody may give this member a record; empty for who may be given some."""
        return "" if self.is_active else _("%(name)s was deactivated and can't become the owner.") % {"name": self.name}

    def check_may_own(self) -> None:
        """Raises Refusal when the member was deactivated: it keeps its records and is given no others."""
        if self.why_no_owner:
            raise Refusal(self.why_no_owner)

    @classmethod
    def check_email(cls, email: str, but: "Membership | None" = None) -> None:
        """Raises Refusal when a member has this e-mail already."""
        others = cls.objects.exclude(pk=but.pk) if but else cls.objects
        if email and (taken := others.filter(email__iexact=email).first()):
            raise Refusal(_("%(name)s has this e-mail already.") % {"name": taken.name})

    def check_change(self, by: Actor, role: str = "") -> None:
        """Raises NotAllowed unless `by` may change this member, and give it `role`: nothing above the own role."""
        self.check_right(by, "change", self.role)
        self.check_right(by, "change", role or self.role)

    def _update(self, label: str, **fields: Any) -> None:
        describe_change(label)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    def _keep_an_owner(self) -> None:
        """Locks the owners, so that two who leave at once do not both find the other."""
        owners = list(Membership.objects.owners().select_for_update(no_key=True).order_by("pk").values_list("pk"))
        if owners == [(self.pk,)]:
            raise Refusal(NO_OWNER)

    @classmethod
    def keep_an_owner(cls) -> None:
        """For whoever has changed members by other ways than the verbs. Raises Refusal when no owner is left."""
        if not cls.objects.owners().exists():
            raise Refusal(NO_OWNER)

    @staticmethod
    def check_right(by: Actor, action: str, role: str) -> None:
        """Raises NotAllowed unless `by` may do `action` to members of this role; nobody reaches above the own role."""
        actor = by.membership
        if actor is None:
            return
        if not actor.may("member", action):
            raise NotAllowed(_("Your role does not allow changes of members."))
        if RANK[role] > RANK[actor.role]:
            raise NotAllowed(_("This is above your own role."))
