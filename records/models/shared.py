"""What a member keeps for itself or shares: saved views and groups. Who sees them, and who may change them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.ranks import between, spread
from workspaces.changes import describe_change
from workspaces.models import Membership, Team
from workspaces.refusals import NotAllowed
from workspaces.rights import RIGHTS, Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

#: id of the member whose request this is; NULL for none
READER = "(nullif(current_setting('app.change_meta', true), '')::jsonb ->> 'actor_id')::bigint"

PRIVATE, TEAM, WORKSPACE = "private", "team", "workspace"
AUDIENCES = {
    PRIVATE: pgettext_lazy("audience", "Only me"),
    TEAM: pgettext_lazy("audience", "A team"),
    WORKSPACE: pgettext_lazy("audience", "Everybody"),
}


class SharedQuerySet(models.QuerySet[Any]):
    def seen_by(self, readers: models.QuerySet[Membership]) -> Self:
        """What the one member in `readers` sees: its own, what is for everybody, what is for its teams. Whoever may
        change all that is shared sees all that is shared."""
        record = self.model.record_name
        keepers = [role for role, rights in RIGHTS.items() if rights.get(record, {}).get("change") == "all"]
        teams = Team.objects.filter(Q(manager__in=readers) | Q(members__in=readers))
        shared = Q(audience=WORKSPACE) | Q(audience=TEAM, team__in=teams.values("pk"))
        kept = Q(Exists(readers.filter(role__in=keepers))) & ~Q(audience=PRIVATE)
        return self.filter(Q(owner__in=readers) | shared | kept)

    def seen_by_reader(self) -> Self:
        """What the member of this transaction sees, for statements that are the same for all readers."""
        reader = RawSQL(READER, [], output_field=models.BigIntegerField())  # noqa: S611
        return self.seen_by(Membership.objects.filter(pk=reader, is_active=True))

    def visible_to(self, membership: Membership, action: str = "view") -> Self:
        """The one door: what the member sees and may do `action` to."""
        rows = self.seen_by(Membership.objects.filter(pk=membership.pk))
        owners = membership.reachable_owner_ids(membership.scope(self.model.record_name, action))
        return rows if owners is None else rows.filter(owner__in=owners)


class Shared(WorkspaceModel):
    """`kind` is the record type that it is about; `place` is where it stands among others."""

    owned_by = "owner"
    always_now = True

    kind = models.CharField(_("record type"), max_length=40, editable=False)
    name = models.CharField(_("name"), max_length=80)
    audience = models.CharField(_("shared with"), max_length=10, choices=AUDIENCES, default=PRIVATE)
    team = WorkspaceForeignKey(
        Team, models.DB_SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("team")
    )
    owner = WorkspaceForeignKey(Membership, models.DB_CASCADE, related_name="+", verbose_name=_("owner"))
    place = models.CharField(max_length=40, db_collation="C", editable=False)

    objects: ClassVar = SharedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("kind", "place", "pk")

    def __str__(self):
        return self.name

    def allows(self, action: str, membership: Membership) -> bool:
        """May the member do `action` to it? What is private to another nobody knows of."""
        if self.audience == PRIVATE and self.owner_id != membership.pk:
            return False
        owners = membership.reachable_owner_ids(membership.scope(self.record_name, action))
        return owners is None or self.owner_id in owners

    @property
    def audience_words(self) -> str:
        """Who sees it: "Only me", "North", "Everybody"."""
        return str(self.team or AUDIENCES[self.audience]) if self.audience == TEAM else str(AUDIENCES[self.audience])

    # --- verbs --------------------------------------------------------------------------------------------------------
    @classmethod
    def make(cls, kind: str, name: str, *, by: Actor, **values: Any) -> Self:
        """A new one of the actor's own, behind the others. Raises NotAllowed."""
        member = by.membership
        if member is None or not member.may(cls.record_name, "create"):
            raise NotAllowed(gettext("Your role does not allow this."))
        made = cls(kind=kind, name=name, owner=member, **values)
        made.check_audience(by)
        last = cls.objects.filter(kind=kind).order_by("-place").values_list("place", flat=True).first()
        made.place = between(last, None)
        describe_change(gettext("%(what)s saved") % {"what": name})
        made.save(force_insert=True)
        return made

    def change(self, *, by: Actor, **values: Any) -> None:
        """Rename it, share it, save other contents over it. Raises NotAllowed."""
        self.demand("change", by=by)
        before = self.audience, self.team_id
        for name, value in values.items():
            setattr(self, name, value)
        if (self.audience, self.team_id) != before:
            self.check_audience(by)
        describe_change(gettext("%(what)s saved") % {"what": self.name})
        self.save(update_fields=list(values))

    def move(self, up: bool, *, by: Actor) -> None:
        """Change places with the next one that the actor sees. Raises NotAllowed."""
        self.demand("change", by=by)
        assert by.membership  # noqa: S101 - the gate wants one
        row = list(self.siblings(by.membership))
        here = row.index(self)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(row):
            return
        describe_change(gettext("%(what)s moved") % {"what": self.name})
        row.insert(there, row.pop(here))
        below = row[there - 1].place if there else None
        above = row[there + 1].place if there + 1 < len(row) else None
        if below is None or above is None or below < above:
            row[there].place = between(below, above)
            row[there].save(update_fields=["place"])
        else:  # made at the same moment, or brought back by an undo: all are given places anew
            for shared, place in zip(row, spread(len(row)), strict=True):
                shared.place = place
                shared.save(update_fields=["place"])

    def remove(self, *, by: Actor) -> None:
        """Delete it; the records in it stay. Raises NotAllowed."""
        self.demand("delete", by=by)
        describe_change(gettext("%(what)s deleted") % {"what": self.name})
        self.delete()

    def siblings(self, membership: Membership) -> models.QuerySet:
        """What stands in one list with it for the member, in order."""
        return type(self).objects.visible_to(membership).filter(kind=self.kind).order_by("place", "pk")

    def demand(self, action: str, *, by: Actor) -> None:
        """Raises NotAllowed when the actor may not do `action` to it."""
        if by.membership is None or not self.allows(action, by.membership):
            raise NotAllowed(gettext("Your role does not allow this."))

    def check_audience(self, by: Actor) -> None:
        """Raises NotAllowed where the actor may not share with others."""
        if self.audience == PRIVATE:
            return
        if by.membership is None or not by.membership.may(self.record_name, "share"):
            raise NotAllowed(gettext("Your role does not allow sharing."))


def teams_of(membership: Membership) -> models.QuerySet[Team]:
    """The teams that the member can share with: its own and those that it manages."""
    return Team.objects.filter(Q(manager=membership) | Q(members=membership)).distinct()
