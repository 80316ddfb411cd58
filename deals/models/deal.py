import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Concat, Trim
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from core.formats import percent
from core.money import Money, is_currency
from organizations.models import Organization
from records.fields import SortKey
from records.models import PRESENT, Record, Refusal, Tag, record_indexes
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey
from workspaces.tracking import tracked

from .parts import DealContact, Person
from .pipeline import Pipeline, Stage
from .place import Place
from .queryset import DealQuerySet
from .reason import CloseReason
from .rules import Rules
from .stage_change import STATUSES

#: how sure a deal is, for who adds deals up
FORECASTS = {
    "omitted": pgettext_lazy("forecast category", "Omitted"),
    "pipeline": pgettext_lazy("forecast category", "Pipeline"),
    "best": pgettext_lazy("forecast category", "Best case"),
    "commit": pgettext_lazy("forecast category", "Commit"),
}


@tracked
class Deal(Record):
    """A sale that may happen: so much, with whom, how far, until when."""

    record_name = "deal"
    namespace = "deals"
    hint_joins = ("organization", "stage")
    found_by = ("people_names",)
    placed_by = ("stage", "deleted_at")
    history_found_by = ("organization",)
    inseparable = (
        *Record.inseparable,
        ("value", "currency"),
        ("pipeline", "stage", "stage_since", "status", "closed_on", "reason", "close_reason", "closed_value"),
    )

    name = models.CharField(_("name"), max_length=200)
    pipeline = WorkspaceForeignKey(
        Pipeline, models.DO_NOTHING, related_name="deals", db_index=False, verbose_name=_("pipeline")
    )
    stage = WorkspaceForeignKey(Stage, models.DO_NOTHING, related_name="deals", db_index=False, verbose_name=_("stage"))
    rank = models.CharField(max_length=60, db_collation="C", default="V", db_default="V", editable=False)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default="open", editable=False)
    #: minor units of `currency`; empty while nobody knows
    value = models.BigIntegerField(_("value"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    expected_close = models.DateField(_("expected close"), null=True, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    #: one of the workspace's, and what somebody said besides
    reason = WorkspaceForeignKey(
        CloseReason,
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        editable=False,
        verbose_name=_("reason of the list"),
        db_index=False,
    )
    close_reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    #: what a manager holds for likely, in percent, whatever the stage says; empty for the stage's
    probability = models.PositiveSmallIntegerField(
        _("win chance by hand"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    forecast = models.CharField(
        _("forecast category"), max_length=10, choices=FORECASTS, default="pipeline", db_default="pipeline"
    )
    #: minor units of the workspace's currency at the rate of the day that it was closed on; empty while it is open
    closed_value = models.BigIntegerField(null=True, blank=True, editable=False)
    #: the value is the sum of its lines
    adds_up = models.BooleanField(_("value from its lines"), default=False, db_default=False, editable=False)
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    organization = WorkspaceForeignKey(
        Organization,
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("organization"),
    )
    contacts = models.ManyToManyField(
        Contact, through="DealContact", related_name="+", blank=True, verbose_name=_("people")
    )
    tags = models.ManyToManyField("records.Tag", through="DealTag", related_name="+")
    sort_name = SortKey("name")
    objects: ClassVar = DealQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        indexes: ClassVar = [
            *record_indexes("deal", ["sort_name", "created_at", "value", "expected_close", "closed_on", "status"]),
            models.Index(fields=["workspace", "owner", "sort_name", "id"], name="deal_owner"),
            models.Index(
                fields=["workspace", "stage", "rank", "id"],
                name="deal_board",
                condition=models.Q(status="open", deleted_at__isnull=True),
                # what the heads of columns count and add up, so that they read no row
                include=["owner", "currency", "value"],
            ),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="deal_external_id",
                columns=["workspace_id", "external_id"],
                where=f"external_id <> '' AND {PRESENT}",
            ),
            models.CheckConstraint(name="deal_value", condition=Q(value__isnull=True) | Q(value__gte=0)),
            models.CheckConstraint(
                name="deal_probability", condition=Q(probability__isnull=True) | Q(probability__lte=100)
            ),
            models.CheckConstraint(
                name="deal_closed_on",
                condition=Q(status="open", closed_on__isnull=True) | (~Q(status="open") & Q(closed_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def money(self) -> Money | None:
        """The value with its currency; None while nobody knows it."""
        return None if self.value is None else Money(self.value, self.currency)

    @property
    def hint(self) -> str:
        with_whom = self.organization.name if self.organization and not self.organization.deleted_at else ""
        value = self.money.format(decimals=0) if self.money else ""
        step = self.stage.name if self.is_open else self.get_status_display()
        return " · ".join(part for part in (with_whom, value, step) if part)

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def win_chance(self) -> str:
        """How likely it is won, as its stage has it, in words; empty once it is decided."""
        return percent(self.stage.win_chance) if self.is_open else ""

    @classmethod
    def with_reasons(cls, rows: Any) -> Any:
        people = DealContact.objects.filter(deal=OuterRef("pk"), contact__deleted_at=None).order_by("-is_primary", "pk")
        name = Trim(Concat("contact__first_name", Value(" "), "contact__last_name"))
        return cls.with_hints(rows).annotate(people_names=ArraySubquery(people.values(name=name)))

    @classmethod
    def conceal(cls, records: Sequence[Self], membership: Membership) -> None:
        super().conceal(records, membership)
        if not Contact.sight(membership).is_whole:
            for record in records:
                record.people_names = []

    #: who is on it, from `with_reasons`
    people_names: list[str]

    def rows(self) -> DealQuerySet:
        return Deal.objects.filter(pk=self.pk)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def create(  # type: ignore[override]  # no deal without a stage
        cls, *, by: Actor, stage: Stage, people: Iterable[Person] = (), tags: Iterable[Tag] = (), **values: Any
    ) -> Self:
        """Open a deal on top of a stage; its currency is the pipeline's unless given.

        Raises NotAllowed, and Refusal for values that no deal can have (see `faults`) and where the actor puts nothing
        into the stage.
        """
        people = list(people)
        refuse_faults(cls.faults(people=people, **values))
        rules = Rules.of(cls, by)
        rules.refuse_new(stage.pk)
        values = {"currency": stage.pipeline.currency} | values
        [rank] = stage.ranks(1)
        deal = super().create(by=by, pipeline_id=stage.pipeline_id, stage=stage, rank=rank, **values)
        deal.set_people(people)
        for tag in tags:
            deal.rows().tag(tag, by=by).or_refuse()
        rules.came_into(stage.pk, [deal.pk])
        return deal

    @transaction.atomic
    def edit(self, *, by: Actor, seen: int | None = None, stage: Stage | None = None, **values: Any) -> list[str]:
        """Change fields, `people` and the `stage`; returns the names of what really changed, the stage left out.

        Raises NotAllowed, Stale, and Refusal for what the gate or `faults` don't let through.
        """
        refuse_faults(self.faults(self, **values))
        target = stage if stage and stage.pk != self.stage_id else None
        if target:
            target.lock()  # the column first, then its cards, like `move_to`
        changed = super().edit(by=by, seen=seen, **values)
        if target:
            self.move_to(target, by=by)
        return changed

    def write(self, values: dict[str, Any]) -> list[str]:
        people = values.pop("people", None)
        changed = super().write(values)
        return [*changed, "contacts"] if people is not None and self.set_people(people) else changed

    def move_to(
        self, stage: Stage, *, by: Actor, at: Place | None = None, seen: int | None = None, because: str = ""
    ) -> None:
        """Put the deal into another stage, or at another place of its own, which has to be named.

        Raises NotAllowed, Stale when it was changed since the version that was `seen`, and Refusal when it is closed or
        a rule stands against it (see `Rules`), unless who may override rules says why (`because`).
        """
        self.demand("change", by=by)
        self.rows().move_to(stage, by=by, at=at, seen=seen, because=because).or_refuse()

    def win(self, reason: str = "", *, by: Actor, **how: Any) -> None:
        """Close the deal as won; `how` as for `DealQuerySet.win`.

        Raises NotAllowed, Stale as `move_to` does, and Refusal when it is closed already or a rule stands against it.
        """
        self.demand("change", by=by)
        self.rows().win(reason, by=by, **how).or_refuse()

    def lose(self, reason: str = "", *, by: Actor, **how: Any) -> None:
        """Close the deal as lost. Raises what `win` raises."""
        self.demand("change", by=by)
        self.rows().lose(reason, by=by, **how).or_refuse()

    def abandon(self, reason: str = "", *, by: Actor, **how: Any) -> None:
        """Close the deal without a decision. Raises what `win` raises."""
        self.demand("change", by=by)
        self.rows().abandon(reason, by=by, **how).or_refuse()

    def reopen(self, *, by: Actor) -> None:
        """Take the closed deal back into the run. Raises NotAllowed, and Refusal when it is open."""
        self.demand("change", by=by)
        self.rows().reopen(by=by).or_refuse()

    # --- rules of values --------------------------------------------------------------------------------------------
    @staticmethod
    def faults(deal: "Deal | None" = None, /, **values: Any) -> dict[str, str]:
        """What no deal can have, whichever door it comes through: field -> reason. Only what is given is looked at.

        What the `deal` has already may stay: its organization, though that is in the trash now.
        """
        found = {}
        if not values.get("name", "x").strip():
            found["name"] = gettext("A deal needs a name.")
        if (values.get("value") or 0) < 0:
            found["value"] = gettext("A deal's value is not negative.")
        if not is_currency(values.get("currency", "USD")):
            found["currency"] = gettext("“%(code)s” is not a currency.") % {"code": values["currency"]}
        organization = values.get("organization")
        kept = deal and deal.organization_id
        if organization and organization.deleted_at and organization.pk != kept:
            found["organization"] = gettext("The organization is in the trash.")
        if (values.get("closed_on") or dt.date.min) > timezone.localdate():
            found["closed_on"] = gettext("A deal is not closed in the future.")
        people = values.get("people") or ()
        if len({person.contact.pk for person in people}) < len(people):
            found["people"] = gettext("A person is on the deal twice.")
        elif sum(person.is_primary for person in people) > 1:
            found["people"] = gettext("Only one person is the primary contact.")
        return found

    def people(self) -> list[Person]:
        """Who is on the deal, the primary contact first."""
        links = self.contact_links.select_related("contact", "role")
        return [Person(link.contact, link.role, link.is_primary) for link in links]

    @classmethod
    def hold_places(cls, versions: models.QuerySet) -> None:
        """Columns are locked before their cards, see `move_to`."""
        stages = Stage.objects.filter(pk__in=versions.order_by().values("stage")).order_by("pk")
        list(stages.select_for_update(no_key=True).values_list("pk"))

    @classmethod
    def put_back(cls, ids: list[int]) -> None:
        """On top of their stage, like what is opened again: others took their places meanwhile."""
        cls.objects.filter(pk__in=ids)._rise()

    @transaction.atomic
    def add_person(self, person: Person, *, by: Actor) -> None:
        """Put a person on the deal, or change what it is there; a new primary contact takes the place of the old one.

        Raises what `edit` raises.
        """
        self.rows().locked()  # before its people are read: who changes them at the same time waits
        others = [other for other in self.people() if other.contact != person.contact]
        if person.is_primary:
            others = [Person(other.contact, other.role) for other in others]
        self.edit(by=by, people=[*others, person])

    @transaction.atomic
    def remove_person(self, contact: Contact, *, by: Actor) -> None:
        """Take a person off the deal. Raises what `edit` raises."""
        self.rows().locked()
        self.edit(by=by, people=[person for person in self.people() if person.contact != contact])

    def set_people(self, people: Iterable[Person]) -> bool:
        """Make these the people of the deal; tells whether anything changed. The first is primary when nobody is.

        Raises Refusal for a new person who is in the trash; one who is on the deal may stay there.
        """
        wanted = list(people)
        if wanted and not any(person.is_primary for person in wanted):
            wanted[0] = Person(wanted[0].contact, wanted[0].role, is_primary=True)
        links = {link.contact_id: link for link in self.contact_links.all()}
        before = {(link.contact_id, link.role_id, link.is_primary) for link in links.values()}
        if before == {(person.contact.pk, person.role and person.role.pk, person.is_primary) for person in wanted}:
            return False
        if any(person.contact.deleted_at for person in wanted if person.contact.pk not in links):
            raise Refusal(gettext("The person is in the trash."))
        # Those who leave and the old primary make room first: there is only one primary at any time.
        self.contact_links.exclude(contact__in=[person.contact for person in wanted]).delete()
        self.contact_links.filter(is_primary=True).update(is_primary=False)
        for person in wanted:
            link = links.get(person.contact.pk) or DealContact(deal=self, contact=person.contact)
            link.role, link.is_primary = person.role, person.is_primary
            link.save()
        return True


def refuse_faults(faults: dict[str, str]) -> None:
    """Raises Refusal with the first of the faults, if there is one."""
    for reason in faults.values():
        raise Refusal(reason)
