from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Concat, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Contact
from core.money import Money, in_whole
from organizations.models import Organization
from records.fields import SortKey
from records.models import PRESENT, Line, Record, Tag, record_indexes
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey
from workspaces.tracking import tracked

from .faults import faults, refuse_faults
from .going import Going
from .in_words import InWords
from .line import DealLine
from .merging import MergeRules
from .on_deal import OnDeal
from .parts import DealContact, Person, Rival
from .pipeline import Pipeline, Stage
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
class Deal(InWords, Going, OnDeal, MergeRules, Record):
    """A sale that may happen: so much, with whom, how far, until when."""

    record_name = "deal"
    namespace = "deals"
    hint_joins = ("organization", "stage")
    found_by = ("people_names",)
    found_through = ("organization", "contact_links__contact")
    placed_by = ("stage", "deleted_at")
    copies = ("adds_up",)
    grave = ("status",)
    history_found_by = ("organization",)
    inseparable = (
        *Record.inseparable,
        ("value", "currency"),
        ("pipeline", "stage", "stage_since", "status", "closed_on", "reason", "close_reason"),
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
            *record_indexes(
                "deal", ["sort_name", "created_at", "value", "expected_close", "closed_on", "status", "stage_since"]
            ),
            models.Index(
                fields=["workspace", "forecast", "id"],
                name="deal_by_forecast",
                condition=models.Q(deleted_at__isnull=True),
            ),
            models.Index(
                fields=["workspace", "reason", "id"],
                name="deal_by_reason",
                condition=models.Q(reason__isnull=False, deleted_at__isnull=True),
            ),
            models.Index(fields=["workspace", "owner", "sort_name", "id"], name="deal_owner"),
            models.Index(
                fields=["workspace", "stage", "rank", "id"],
                name="deal_board",
                condition=models.Q(status="open", deleted_at__isnull=True),
                # what columns are made of, and what their heads count and add up, so that they read no row
                include=["owner", "currency", "value", "probability", "forecast", "expected_close"],
            ),
            models.Index(
                fields=["workspace", "currency", "closed_on"],
                name="deal_unvalued",
                condition=~Q(status="open") & Q(value__isnull=False, closed_value__isnull=True),
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
    def is_open(self) -> bool:
        return self.status == "open"

    @property
    def chance(self) -> int:
        """How likely it is won, in percent: by hand, else as its stage has it."""
        return self.stage.win_chance if self.probability is None else self.probability

    @property
    def weighted(self) -> Money | None:
        """The value by the chance to win it; None once it is decided or where nobody knows a value."""
        return weighted(self, self.chance)

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
    faults = staticmethod(faults)

    def rows(self) -> DealQuerySet:
        return Deal.objects.filter(pk=self.pk)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def create(  # type: ignore[override]  # no deal without a stage
        cls,
        *,
        by: Actor,
        stage: Stage,
        people: Iterable[Person] = (),
        rivals: Iterable[Rival] = (),
        lines: Sequence[Line] = (),
        tags: Iterable[Tag] = (),
        **values: Any,
    ) -> Self:
        """Open a deal on top of a stage; in the pipeline's currency unless given; `lines` make its value.

        Raises NotAllowed, and Refusal for values that no deal can have (see `faults`) and where a rule stands against a
        new deal in the stage (see `Rules`), which is asked when all is written: what it was given counts.
        """
        people, rivals = list(people), list(rivals)
        refuse_faults(cls.faults(people=people, rivals=rivals, lines=lines, **values))
        values = {"currency": stage.pipeline.currency} | values
        [rank] = stage.ranks(1)
        deal = super().create(by=by, pipeline_id=stage.pipeline_id, stage=stage, rank=rank, **values)
        if values.get("probability") is not None:
            deal.demand("weigh", by=by)
        deal.set_people(people)
        deal.set_rivals(rivals)
        DealLine.objects.add(deal, lines)
        cls.tag_link().objects.bulk_create(cls.tag_link()(record=deal, tag=tag) for tag in dict.fromkeys(tags))
        rules = Rules.of(cls, by)
        rules.refuse_new(deal)
        rules.came_into(stage.pk, [deal.pk])
        return deal

    def duplicate(self, *, by: Actor) -> "Deal":
        """Another deal like this one, open, in its stage; see `copying`."""
        from .copying import duplicate

        return duplicate(self, by=by)

    @transaction.atomic
    def edit(
        self, *, by: Actor, seen: int | None = None, stage: Stage | None = None, because: str = "", **values: Any
    ) -> list[str]:
        """Change fields, `people`, `rivals`, `lines` and the `stage`; returns the names of what really changed, but for
        the stage. `because` is for the stage, as of `move_to`.

        Raises NotAllowed, Stale, and Refusal for what the gate or `faults` don't let through.
        """
        refuse_faults(self.faults(self, **values))
        target = stage if stage and stage.pk != self.stage_id else None
        if "probability" in values:
            self.demand("weigh", by=by)
        if target:
            target.lock()  # the column first, then its cards, like `move_to`
        changed = super().edit(by=by, seen=seen, **values)
        if target:
            self.move_to(target, by=by, because=because)
        return changed

    def write(self, values: dict[str, Any]) -> list[str]:
        people, rivals, lines = (values.pop(name, None) for name in ("people", "rivals", "lines"))
        changed = super().write(values)
        if lines is not None and DealLine.objects.become(self, lines):
            changed += ["lines", *self.value_of_lines(values)]
        if rivals is not None and self.set_rivals(rivals):
            changed.append("competitor_links")
        return [*changed, "contacts"] if people is not None and self.set_people(people) else changed

    def value_of_lines(self, values: dict[str, Any]) -> list[str]:
        """What the lines have made of the value, in `values` and by its name, for who tells of the change."""
        value = self.rows().values_list("value", flat=True).get()
        if value == self.value:
            self.rows().touch()
            return []
        values["value"] = value
        return ["value"]


def weighted(deal: Any, chance: int) -> Money | None:
    """The value of an open deal by a chance in percent, in whole units of its currency."""
    if deal.status != "open" or not deal.value:
        return None
    return Money(in_whole(deal.value * chance // 100, deal.currency), deal.currency)
