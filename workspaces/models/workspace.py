from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models, transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.tenancy import current_workspace_id, workspace_scope
from workspaces.changes import change_meta, describe_change, log_change
from workspaces.refusals import NotAllowed
from workspaces.rights import NARROWED, SCOPES, SHOWN, Actor, Scope
from workspaces.tenancy import CURRENT_WORKSPACE, RowLevelSecurity

if TYPE_CHECKING:
    from .user import User

#: what the rooms put into a new workspace, inside its scope and language; they add to it in their `apps.py`
STARTERS: list[Callable[["Workspace"], object]] = []
#: what the rooms do when a workspace has taken another currency
CURRENCY_CHANGED: list[Callable[["Workspace"], object]] = []
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
    trash_days = models.PositiveSmallIntegerField(
        _("days in the trash"),
        default=30,
        db_default=30,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("What was deleted can be restored for so long; then it is deleted for good."),
    )
    trail_days = models.PositiveSmallIntegerField(
        _("days in the read trail"),
        default=90,
        db_default=90,
        validators=[MaxValueValidator(3650)],
        help_text=_(
            "Owners and admins see for so long who opened, listed or exported a record; with 0 there is no trail."
        ),
    )
    #: what a won deal makes of its organization and its primary contact; see `deals.models.customers`
    won_makes_customer = models.BooleanField(
        _("A won deal makes customers"),
        default=True,
        db_default=True,
        help_text=_("Its organization and its primary contact get the customer status Customer."),
    )
    won_tag = models.CharField(
        _("Tag of won customers"),
        max_length=60,
        default="Active customer",
        db_default="Active customer",
        blank=True,
        help_text=_("A won deal puts it on its organization and its primary contact. Empty: no tag."),
    )
    #: record type -> who owns a new one, see records/owners; here, so that the rules come with every request
    owner_rules = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    #: kind of record -> role -> whose of them it sees, where that is not all: {"deal": {"rep": "own"}}
    visibility = models.JSONField(_("who sees what"), default=dict, db_default={}, editable=False)
    #: some record may be private or have people named on it; set by triggers (`records.operations.guarded`)
    is_guarded = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    #: grows with each change of the custom fields: what is built of them is kept by it, and comes with this row
    fields_version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        constraints = [
            RowLevelSecurity(
                name="workspaces_workspace_rls",
                using=f"id = {CURRENT_WORKSPACE}",
                # A function, since a policy holds no sub-select; see the migration that creates it. The admin of the
                # platform lists the workspaces, though nothing inside them.
                also_select="workspaces_is_member(id) OR current_setting('app.platform', true) = 'on'",
                grants="SELECT, INSERT, UPDATE",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return f"/w/{self.slug}/"

    @classmethod
    def current(cls) -> "Workspace":
        """The one whose scope is open: row-level security shows no other."""
        return cls.objects.get(pk=cast(int, current_workspace_id()))

    @classmethod
    def start(cls, name: str, *, user: "User", **fields: Any) -> "Workspace":
        """Open a new workspace with `user` as its owner, under an address made from the name, with what `STARTERS` add.

        The id is drawn first: row-level security takes the row only inside its own scope.
        """
        from .membership import Membership

        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('workspaces_workspace', 'id'))")
            (workspace_id,) = cursor.fetchone()
        meta = change_meta(Actor(kind="member", label=str(user)), "web")
        with workspace_scope(workspace_id, change_set=None, change_meta=meta):
            workspace = cls.objects.create(id=workspace_id, name=name, slug=free_slug(name, workspace_id), **fields)
            with translation.override(workspace.language):
                cls.objects.filter(pk=workspace_id).update(won_tag=gettext("Active customer"))
                describe_change(gettext("Workspace opened"))
                Membership.objects.create(user=user, name=str(user), email=user.email, role="owner")
                for starter in STARTERS:
                    starter(workspace)
        return workspace

    def shows(self, record: str, role: str) -> Scope:
        """Whose records of a kind a role sees here; an activity about nothing as what is shown the least."""
        kinds = (record,) if record in SHOWN else SHOWN
        narrowed: list[Scope] = [self.visibility.get(kind, {}).get(role, "all") for kind in kinds]
        return min(narrowed, key=SCOPES.index) if role in NARROWED else "all"

    @transaction.atomic
    def show(self, visibility: dict[str, dict[str, Scope]], *, by: Actor) -> None:
        """Say whose records each role sees, kind by kind; it stands in the change log. Raises NotAllowed."""
        if by.membership and not by.membership.may("workspace", "change"):
            raise NotAllowed(gettext("Your role does not allow changes of the workspace."))
        narrowed = {
            kind: {role: scope for role, scope in roles.items() if scope != "all"} for kind, roles in visibility.items()
        }
        if narrowed != {kind: self.visibility.get(kind, {}) for kind in narrowed}:
            self.visibility = narrowed
            self.save(update_fields=["visibility"])
            log_change(gettext("Who sees what changed."))

    @transaction.atomic
    def change(self, *, by: Actor, **fields: Any) -> None:
        """Change what the workspace is, without history (docs/decisions/02), or how long trash and read trail are kept:
        that stands in the change log, since it takes away what was done. Raises NotAllowed when the role may not."""
        if by.membership and not by.membership.may("workspace", "change"):
            raise NotAllowed(gettext("Your role does not allow changes of the workspace."))
        before = Workspace.objects.select_for_update(no_key=True).get(pk=self.pk)
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        days = days_in_words(before, self).items()
        if said := [words for name, words in days if name in fields and getattr(before, name) != fields[name]]:
            log_change(" ".join(said))
        if before.currency != self.currency:
            for follow in CURRENCY_CHANGED:
                follow(self)


def days_in_words(before: Workspace, after: Workspace) -> dict[str, str]:
    """Field -> what the change log says where it has changed: how long something is kept."""
    trash = gettext("Days in the trash set from %(before)s to %(after)s.")
    trail = gettext("Days in the read trail set from %(before)s to %(after)s.")
    return {
        "trash_days": trash % {"before": before.trash_days, "after": after.trash_days},
        "trail_days": trail % {"before": before.trail_days, "after": after.trail_days},
    }


def free_slug(name: str, workspace_id: int) -> str:
    """The address made from the name; with the id behind it where the name alone would not do."""
    slug = slugify(name)[:50] or "team"
    with connection.cursor() as cursor:
        # Who opens two workspaces of one name at once waits here, and then finds the first one's address taken.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [slug])
    return f"{slug}-{workspace_id}" if slug in RESERVED_SLUGS or slug_is_taken(slug) else slug


def slug_is_taken(slug: str) -> bool:
    """Is the address in use by any workspace, also one that the current user can't see?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspaces_slug_taken(%s)", [slug])
        return cursor.fetchone()[0]
