from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy import setting_scope, workspace_scope

if TYPE_CHECKING:
    from .workspace import Workspace

THEMES = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username):
        return self.get(email=self.normalize_email(username).lower())

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; may be a member of several workspaces, each time under a name of its own."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    theme = models.CharField(_("theme"), max_length=6, choices=THEMES, default="system")
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    is_staff = models.BooleanField(_("platform staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self):
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split(" ")[0]

    def workspaces_owned_alone(self) -> list["Workspace"]:
        """Workspaces that nobody else owns who can sign in."""
        with setting_scope(user_id=self.pk):
            owned = list(self.memberships.owners().select_related("workspace"))
        return [membership.workspace for membership in owned if not self._has_fellow_owner(membership.workspace_id)]

    def _has_fellow_owner(self, workspace_id: int) -> bool:
        with workspace_scope(workspace_id):
            from .membership import Membership

            return Membership.objects.owners().filter(user__is_active=True).exclude(user=self).exists()
