from django.conf import settings
from django.db import connection, models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.tenancy import workspace_scope
from workspaces.tenancy import CURRENT_WORKSPACE, RowLevelSecurity

RESERVED_SLUGS = {"admin", "api", "new", "static", "media"}


class Workspace(models.Model):
    """A tenant: one company that works with Rapport. Everything else in the product belongs to one."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    country = models.CharField(
        _("country"), max_length=2, default="US", help_text=_("Phone numbers without a prefix belong to it.")
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        constraints = [
            RowLevelSecurity(
                name="workspaces_workspace_rls",
                using=f"id = {CURRENT_WORKSPACE}",
                # A function, since a policy holds no sub-select; see the migration that creates it.
                also_select="workspaces_is_member(id)",
                grants="SELECT, INSERT, UPDATE",
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def start(cls, name: str, *, user, **fields) -> "Workspace":
        """Open a new workspace with `user` as its owner, under an address made from the name.

        The id is drawn first: row-level security takes the row only inside its own scope.
        """
        from .membership import Membership

        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('workspaces_workspace', 'id'))")
            (workspace_id,) = cursor.fetchone()
        with workspace_scope(workspace_id):
            base = slugify(name)[:50] or "team"
            taken = base in RESERVED_SLUGS or slug_is_taken(base)
            slug = f"{base}-{workspace_id}" if taken else base
            workspace = cls.objects.create(id=workspace_id, name=name, slug=slug, **fields)
            Membership.objects.create(
                workspace=workspace, user=user, name=user.name or user.email, email=user.email, role="owner"
            )
        return workspace

    def get_absolute_url(self) -> str:
        return f"/w/{self.slug}/"

    def url_for(self, name: str, *args: object) -> str:
        """Absolute address of a page of this workspace, for jobs and mail."""
        path = reverse(name, args=args, urlconf=settings.WORKSPACE_URLCONF)
        return f"{settings.SITE_URL}/w/{self.slug}/{path.rpartition(f'/w/{self.slug}/')[2].lstrip('/')}"


def slug_is_taken(slug: str) -> bool:
    """Is the address in use by any workspace, also one that the current user can't see?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspaces_slug_taken(%s)", [slug])
        return cursor.fetchone()[0]
