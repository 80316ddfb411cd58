"""Lists that were saved under a name: which rows, which columns, in which order, and the one that opens first."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.statements import Statement
from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .shared import WORKSPACE, Shared

#: the layout that every record type has
LIST = "list"


@tracked
class SavedView(Shared):
    """A list by its query string, without the place in it, and the page that shows it (`Layout`); a segment stands in
    the side bar with a live count."""

    record_name = "saved_view"

    query = models.TextField(_("filters"), blank=True, editable=False)
    layout = models.CharField(_("layout"), max_length=20, default=LIST, editable=False)
    is_segment = models.BooleanField(_("segment"), default=False)

    class Meta(Shared.Meta):
        verbose_name = _("view")
        verbose_name_plural = _("views")
        indexes: ClassVar = [models.Index(fields=["workspace", "kind", "place"], name="records_savedview_list")]

    @classmethod
    def find(cls, kind: str, pk: int, membership: Membership) -> Self | None:
        """The view of this id, where the member may see it."""
        return next(iter(FOUND(kind=kind, pk=pk, member=membership.pk)), None)

    @classmethod
    def default_of(cls, kind: str, membership: Membership) -> Self | None:
        """What opens first: the member's own choice, else the workspace's; None for the plain list."""
        return next(iter(DEFAULT(kind=kind, member=membership.pk)), None)

    def takes_contents_of(self, membership: Membership | None) -> bool:
        """May the member save another list over it? What opens first for everybody changes only who may choose that."""
        if membership is None or not self.allows("change", membership):
            return membership is None
        may_choose = self.audience != WORKSPACE or membership.scope("saved_view", "default") == "all"
        return may_choose or not self.defaults.filter(member=None).exists()

    def change(self, *, by: Actor, **values: Any) -> None:
        if values.keys() & {"query", "layout"} and not self.takes_contents_of(by.membership):
            raise NotAllowed(gettext("Your role does not allow this."))
        super().change(by=by, **values)


@tracked
class DefaultView(WorkspaceModel):
    """The view that opens first in a list: for one member, or without one for everybody."""

    record_name = "saved_view"
    owned_by = "member"
    always_now = True

    kind = models.CharField(_("record type"), max_length=40)
    member = WorkspaceForeignKey(
        Membership, models.DB_CASCADE, null=True, related_name="+", verbose_name=_("member"), db_index=False
    )
    view = WorkspaceForeignKey(SavedView, models.DB_CASCADE, related_name="defaults", verbose_name=_("view"))

    class Meta:
        verbose_name = _("default view")
        verbose_name_plural = _("default views")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "member", "kind"],
                name="records_defaultview_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            ExclusionRule(
                name="records_defaultview_for_all", columns=["workspace_id", "kind"], where="member_id IS NULL"
            ),
        ]

    def __str__(self):
        return str(self.view)

    @classmethod
    def put(cls, view: SavedView, *, by: Actor, for_all: bool = False) -> None:
        """Open this view first, for the actor or for everybody.

        Raises:
            NotAllowed: the actor may not choose for everybody.
            Refusal: not everybody sees the view.
        """
        member = cls._whose(by, for_all)
        if for_all and view.audience != WORKSPACE:
            raise Refusal(gettext("Share the view with everybody first."))
        describe_change(gettext("%(what)s opens first") % {"what": view.name})
        cls.objects.update_or_create(kind=view.kind, member=member, defaults={"view": view})

    @classmethod
    def clear(cls, kind: str, *, by: Actor, for_all: bool = False) -> None:
        """Open the plain list first. Raises NotAllowed."""
        member = cls._whose(by, for_all)
        describe_change(gettext("The plain list opens first"))
        cls.objects.filter(kind=kind, member=member).delete()

    @staticmethod
    def _whose(by: Actor, for_all: bool) -> Membership | None:
        scope = by.membership.scope("saved_view", "default") if by.membership else "none"
        if scope == "none" or (for_all and scope != "all"):
            raise NotAllowed(gettext("Your role does not allow this."))
        return None if for_all else by.membership


def _seen(kind: str, member: int) -> models.QuerySet:
    return SavedView.objects.seen_by(Membership.objects.filter(pk=member)).filter(kind=kind)


def _first(kind: str, member: int) -> models.QuerySet:
    chosen = _seen(kind, member).filter(Q(defaults__member=member) | Q(defaults__member=None, defaults__kind=kind))
    return chosen.annotate(chosen_by=F("defaults__member")).order_by(F("defaults__member").asc(nulls_last=True))[:1]


FOUND = Statement(lambda kind, pk, member: _seen(kind, member).filter(pk=pk), kind=str, pk=int, member=int)
DEFAULT = Statement(_first, kind=str, member=int)
