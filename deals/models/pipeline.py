from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from django.core.validators import MaxValueValidator
from django.db import connection, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from core import ranks
from core.statements import fetch
from workspaces.models import SetUp
from workspaces.refusals import Refusal
from workspaces.tenancy import WorkspaceForeignKey
from workspaces.tracking import tracked

from .place import TOP, Place, gap_at

if TYPE_CHECKING:
    from workspaces.models import Workspace


class Step(NamedTuple):
    """A stage that a new workspace starts with; the win chance in percent."""

    name: Promise
    win_chance: int
    hue: int


FIRST_STEPS = (
    Step(_("Lead in"), 10, 7),
    Step(_("Qualified"), 25, 2),
    Step(_("Demo booked"), 40, 6),
    Step(_("Proposal"), 60, 5),
    Step(_("Negotiation"), 80, 3),
    Step(_("Verbal yes"), 95, 4),
)
IDLE_DAYS = 14


@tracked
class Pipeline(SetUp):
    """A way of selling: stages in an order."""

    record_name = "pipeline"

    name = models.CharField(_("name"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="deals_pipeline_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A pipeline of this name exists."),
            )
        ]

    def __str__(self):
        return self.name

    def check_unused(self) -> None:
        """Raises Refusal while it holds deals: open, closed or in the trash."""
        count = self.deals.count()
        if count:
            words = ngettext(
                "%(pipeline)s holds %(count)s deal, open, closed or in the trash. It can't be deleted.",
                "%(pipeline)s holds %(count)s deals, open, closed or in the trash. It can't be deleted.",
                count,
            )
            raise Refusal(words % {"pipeline": self, "count": count})

    @classmethod
    def start(cls, workspace: "Workspace") -> "Pipeline":
        """Give a new workspace its first pipeline, in the words of its language."""
        with override(workspace.language):
            pipeline = cls.objects.create(name=str(_("Sales")), currency=workspace.currency)
            Stage.objects.bulk_create(
                Stage(
                    pipeline=pipeline,
                    name=str(step.name),
                    position=position,
                    win_chance=step.win_chance,
                    idle_days=IDLE_DAYS,
                    hue=step.hue,
                )
                for position, step in enumerate(FIRST_STEPS)
            )
        return pipeline


class StageQuerySet(models.QuerySet["Stage"]):
    def in_order(self) -> Self:
        """With their pipelines, in the order of these and then in their own."""
        return self.select_related("pipeline").order_by("pipeline__position", "pipeline_id", "position", "pk")


@tracked
class Stage(SetUp):
    """A step of a pipeline. Won, lost and abandoned are no stages: they are the deal's status."""

    record_name = "stage"
    part_of = "pipeline"

    pipeline = WorkspaceForeignKey(
        Pipeline, models.DB_CASCADE, related_name="stages", db_index=False, verbose_name=_("pipeline")
    )
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    win_chance = models.PositiveSmallIntegerField(
        _("win chance"), default=50, validators=[MaxValueValidator(100)], help_text=_("In percent.")
    )
    idle_days = models.PositiveSmallIntegerField(
        _("idle after"), null=True, blank=True, help_text=_("Days without activity; empty for never.")
    )
    hue = models.PositiveSmallIntegerField(_("colour"), default=2)

    objects: ClassVar = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "pipeline", "name"],
                name="deals_stage_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A stage of this name exists in the pipeline."),
            )
        ]

    def __str__(self):
        return self.name

    def check_unused(self) -> None:
        """Raises Refusal while it holds deals: open, closed or in the trash."""
        count = self.deals.count()
        if count:
            words = ngettext(
                "%(stage)s holds %(count)s deal, open, closed or in the trash. It can't be deleted.",
                "%(stage)s holds %(count)s deals, open, closed or in the trash. It can't be deleted.",
                count,
            )
            raise Refusal(words % {"stage": self, "count": count})

    def ranks(self, count: int, place: Place = TOP) -> list[str]:
        """Draw `count` ranks, in order, at a place among the open deals of the stage.

        Locks the stage until the transaction ends, so that no two deals get the same rank. NO KEY, because a plain FOR
        UPDATE would keep everybody from adding a deal to the stage meanwhile.
        """
        self.lock()
        return self.free_ranks(count, place)

    def lock(self) -> None:
        """Keep others from ranking deals in the stage until the transaction ends; one of elsewhere is not found."""
        fetch("SELECT FROM deals_stage WHERE id = %s FOR NO KEY UPDATE", [self.pk])

    def free_ranks(self, count: int, place: Place = TOP, moving: Sequence[int] = ()) -> list[str]:
        """The same as `ranks`, of a stage that is locked; the deals that are `moving` don't hold theirs."""
        gap = gap_at(self.pk, place, moving)
        if (gap[0] is not None and gap[0] == gap[1]) or any(edge and ranks.needs_rebalance(edge) for edge in gap):
            self.rebalance()
            gap = gap_at(self.pk, place, moving)
        return [ranks.between(*gap)] if count == 1 else ranks.spread(count, *gap)

    def rebalance(self) -> None:
        """Spread the ranks of the open deals anew, short ones, in the order they have. The stage is locked."""
        ids = list(self.deals.open().order_by("rank", "pk").values_list("pk", flat=True))
        write_ranks(ids, ranks.spread(len(ids)))


def write_ranks(ids: Sequence[int], new: Iterable[str]) -> None:
    """Give deals their ranks, in one statement for any number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE deals_deal AS deal SET rank = new.rank FROM unnest(%s::bigint[], %s::text[]) AS new (id, rank)"
            " WHERE deal.id = new.id",
            [list(ids), list(new)],
        )
