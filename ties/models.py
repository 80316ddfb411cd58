"""Ties: what one record is to another, with a name in each direction."""

from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from deals.models import Deal
from organizations.models import Organization
from records.models import NotAllowed, Record, Refusal, describe_change
from workspaces.models import Membership, SetUp, Workspace
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

#: the records that can be tied, by kind
MODELS: dict[str, type[Record]] = {"contact": Contact, "organization": Organization, "deal": Deal}
KINDS = {kind: model._meta.verbose_name for kind, model in MODELS.items()}
#: the ends of a tie: what `one` is to the `other` the type's name says
SIDES = ("one", "other")
ENDS = tuple(f"{side}_{kind}" for side in SIDES for kind in MODELS)

#: what a new workspace starts with: name, name in the other direction, which kinds it joins
FIRST_TYPES = (
    (_("partner of"), "", "organization", "organization"),
    (_("customer of"), _("supplier of"), "organization", "organization"),
    (_("competitor of"), "", "organization", "organization"),
    (_("former employee of"), _("former employer of"), "contact", "organization"),
    (_("adviser of"), _("advised by"), "contact", "organization"),
    (_("reports to"), _("manager of"), "contact", "contact"),
    (_("acquaintance of"), "", "contact", "contact"),
    (_("follow-up of"), _("followed up by"), "deal", "deal"),
    (_("referred by"), _("source of"), "", ""),
    (_("related to"), "", "", ""),
)


def opposite(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


@tracked
class TieType(SetUp):
    """What a record can be to another; without a `reverse_name` it is called the same in both directions."""

    record_name = "tie_type"

    name = models.CharField(_("name"), max_length=60)
    reverse_name = models.CharField(
        _("name in the other direction"), max_length=60, blank=True, help_text=_("Empty where both are the same.")
    )
    one_kind = models.CharField(
        _("of"), max_length=20, choices=KINDS, blank=True, help_text=_("Empty for records of any kind.")
    )
    other_kind = models.CharField(_("to"), max_length=20, choices=KINDS, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("kind of tie")
        verbose_name_plural = _("kinds of ties")
        ordering = ("position", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="ties_tietype_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A kind of tie of this name exists."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_mutual(self) -> bool:
        """Is each to the other what the other is to it?"""
        return not self.reverse_name

    def name_from(self, side: str) -> str:
        """What the record at that end is to the other one."""
        return self.name if side == "one" or self.is_mutual else self.reverse_name

    def kind_at(self, side: str) -> str:
        """The kind that stands at that end; "" for any."""
        return getattr(self, f"{side}_kind")

    def fits(self, one: Record, other: Record) -> bool:
        """May it join these two so?"""
        ends = (("one", one), ("other", other))
        return all(self.kind_at(side) in ("", record.record_name) for side, record in ends)

    def check_unused(self) -> None:
        """Raises Refusal while it names ties."""
        if count := Tie.objects.filter(type=self).count():
            words = ngettext(
                "“%(type)s” names %(count)s tie. It can't be deleted.",
                "“%(type)s” names %(count)s ties. It can't be deleted.",
                count,
            )
            raise Refusal(words % {"type": self, "count": count})


def indexed(end: str) -> models.Index:
    return models.Index(fields=["workspace", end], name=f"tie_{end}", condition=Q(**{f"{end}__isnull": False}))


def exactly_one(side: str) -> Q:
    """One record stands at the end."""
    rules = [Q(**{f"{side}_{other}__isnull": other != kind for other in MODELS}) for kind in MODELS]
    return rules[0] | rules[1] | rules[2]


def never_itself(kind: str) -> Q:
    one, other = f"one_{kind}", f"other_{kind}"
    return Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)})


@tracked
class Tie(WorkspaceModel):
    """`one` is to `other` what the type says. A key for each kind at each end, so that the database holds them.

    It is no part of either: its history stands on both, and goes with the first that is deleted for good.
    """

    record_name = "tie"
    owned_by = "created_by"
    between = ENDS
    history_found_by = ENDS

    type = WorkspaceForeignKey(TieType, models.DO_NOTHING, related_name="ties", verbose_name=_("kind of tie"))
    one_contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    one_organization = WorkspaceForeignKey(Organization, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    one_deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    other_contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    other_organization = WorkspaceForeignKey(
        Organization, models.DB_CASCADE, null=True, related_name="+", db_index=False
    )
    other_deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = WorkspaceForeignKey(
        Membership, models.DB_SET_NULL, null=True, related_name="+", editable=False, db_index=False
    )

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ("type__position", "type__name", "id")
        indexes: ClassVar = [*map(indexed, ENDS)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "type", *ENDS],
                name="ties_tie_once",
                nulls_distinct=False,
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(name="ties_tie_one", condition=exactly_one("one")),
            models.CheckConstraint(name="ties_tie_other", condition=exactly_one("other")),
            models.CheckConstraint(
                name="ties_tie_not_itself",
                condition=never_itself("contact") & never_itself("organization") & never_itself("deal"),
            ),
        ]

    def __str__(self):
        return str(self.type)

    # --- ends -------------------------------------------------------------------------------------------------------
    def kind_at(self, side: str) -> str:
        return next(kind for kind in MODELS if getattr(self, f"{side}_{kind}_id"))

    def id_at(self, side: str) -> int:
        return getattr(self, f"{side}_{self.kind_at(side)}_id")

    def side_of(self, record: Record) -> str:
        """The end at which the record stands."""
        return "one" if getattr(self, f"one_{record.record_name}_id") == record.pk else "other"

    @classmethod
    def of(cls, record: Record) -> "models.QuerySet[Tie]":
        """The ties of a record, whichever end it is."""
        kind = record.record_name
        return cls._default_manager.filter(Q(**{f"one_{kind}": record.pk}) | Q(**{f"other_{kind}": record.pk}))

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def add(cls, type: TieType, one: Record, other: Record, *, by: Actor, note: str = "") -> Self:
        """Say what `one` is to `other`. Raises NotAllowed, and Refusal for what can't be tied so, or is already."""
        for record in sorted((one, other), key=lambda record: (record.record_name, record.pk)):
            if not record.rows().locked().present().exists():
                raise Refusal(gettext("%(title)s is in the trash.") % {"title": record.title})
        cls.check_right(one, other, by=by)
        if one == other:
            raise Refusal(gettext("A record can't be tied to itself."))
        if not type.fits(one, other):
            words = {"tie": type.name, "one": one.title, "other": other.title}
            raise Refusal(gettext("“%(tie)s” can't join %(one)s and %(other)s.") % words)
        tie = cls(type=type, note=note, created_by_id=by.member_id, **ends(one, other))
        if tie.same().exists():
            raise Refusal(gettext("This tie is there already."))
        # The log names no records: who sees one of them may not see the other.
        describe_change(gettext("Tie added: %(tie)s") % {"tie": type.name})
        tie.save(force_insert=True)
        return tie

    @transaction.atomic
    def remove(self, *, by: Actor) -> None:
        """Take the tie away. Raises NotAllowed."""
        one, other = (MODELS[self.kind_at(side)].objects.get(pk=self.id_at(side)) for side in SIDES)
        self.check_right(one, other, by=by)
        describe_change(gettext("Tie removed: %(tie)s") % {"tie": self.type.name})
        self.same().delete()

    def same(self) -> "models.QuerySet[Tie]":
        """The rows that say what this one says: itself, and of a mutual tie the same the other way round, which a
        merge of records may leave beside it."""
        says = Q(**{f"{end}_id": getattr(self, f"{end}_id") for end in ENDS})
        if self.type.is_mutual:
            turned = {f"{opposite(s)}_{kind}_id": getattr(self, f"{s}_{kind}_id") for s in SIDES for kind in MODELS}
            says |= Q(**turned)
        return type(self)._default_manager.filter(says, type=self.type)

    @staticmethod
    def check_right(one: Record, other: Record, *, by: Actor) -> None:
        """Raises NotAllowed for whoever doesn't see both, or may change neither."""
        if (member := by.membership) is None:
            return
        sees = all(record.allows("view", member) for record in (one, other))
        may_change = any(record.allows("change", member) for record in (one, other))
        if not (member.may("tie", "create") and sees and may_change):
            raise NotAllowed(gettext("Your role does not allow this."))


def ends(one: Record, other: Record) -> dict[str, Any]:
    """The fields that put two records at the ends of a tie, the others empty."""
    found = {"one": one, "other": other}
    return {
        f"{side}_{kind}_id": record.pk if kind == record.record_name else None
        for side, record in found.items()
        for kind in MODELS
    }


def seed_types(workspace: Workspace) -> None:
    """Give a new workspace, whose scope is open, its first kinds of ties in its own language."""
    with override(workspace.language):
        TieType.objects.bulk_create(
            TieType(name=str(name), reverse_name=str(reverse), one_kind=one, other_kind=other, position=place)
            for place, (name, reverse, one, other) in enumerate(FIRST_TYPES)
        )
