import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.urls_public import public_reverse

from .membership import Membership
from .user import User

INVITATION_LIFE = timedelta(days=14)


class InvitationSpent(Refusal):
    """The invitation can't be used (again)."""

    status = 410


def hashed(token: str) -> str:
    """What is stored of a token: whoever reads the table can't follow the links of its letters."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(WorkspaceModel):
    """A letter that lets its reader join under a membership that waits for a user. The token in its link is its secret,
    known to the letter alone."""

    membership = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="invitations")
    email = models.EmailField(gettext_lazy("e-mail"))
    #: at first of a token that nobody knows; the letter brings one of its own
    token_hash = models.CharField(max_length=64, unique=True, default=secrets.token_hex, editable=False)
    invited_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("invitation")
        verbose_name_plural = gettext_lazy("invitations")

    def __str__(self):
        return self.email

    @staticmethod
    def locate(token: str) -> tuple[int, int] | None:
        """Workspace id and id of the invitation with this token, whatever the workspace; None when there is none."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT workspace_id, id FROM workspaces_find_invitation(%s)", [hashed(token)])
            workspace_id, invitation_id = cursor.fetchone()
        return (workspace_id, invitation_id) if invitation_id else None

    @property
    def is_open(self) -> bool:
        """Neither accepted nor older than 14 days, and its member still waits for a user."""
        fresh = self.accepted_at is None and timezone.now() < self.created_at + INVITATION_LIFE
        return fresh and self.membership.is_active and self.membership.user_id is None

    def is_for(self, user: User) -> bool:
        """Did the letter go to an address that the user has shown to be theirs?"""
        return EmailAddress.objects.filter(user=user, verified=True, email__iexact=self.email).exists()

    def new_link(self) -> str:
        """The address for the letter, with a new token: links of earlier letters are void from now on."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hashed(token)
        self.save(update_fields=["token_hash"])
        return settings.SITE_URL + public_reverse("workspaces:invitation", token)

    def accept(self, user: User) -> Membership:
        """Give the waiting membership to `user`; the caller has opened the invitation's workspace.

        Raises:
            InvitationSpent: it was accepted before, is too old, or the person is a member already.
            Refusal: another member has the user's e-mail.
            NotAllowed: it is for somebody else.
        """
        member = Membership.objects.select_for_update().get(pk=self.membership_id)
        self.refresh_from_db(fields=["accepted_at"])
        self.membership = member
        if not self.is_open:
            raise InvitationSpent(_("This invitation was used before or is too old."))
        if not self.is_for(user):
            raise NotAllowed(_("This invitation is for %(email)s.") % {"email": self.email})
        if Membership.objects.filter(user=user).exists():
            raise InvitationSpent(_("You are a member of this workspace already."))
        Membership.check_email(user.email, but=member)
        describe_change(_("%(name)s joined") % {"name": member.name})
        self.accepted_at = timezone.now()
        self.save(update_fields=["accepted_at"])
        member.user = user
        member.email = user.email
        member.save(update_fields=["user", "email"])
        return member
