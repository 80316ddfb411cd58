from collections.abc import Iterable, Sequence
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import connection, models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import ranks
from core.statements import fetch
from workspaces.models import Membership, Team
from workspaces.refusals import Refusal
from workspaces.rights import ROLES
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .place import TOP, Place, gap_at
from .setting_up import PipelineVerbs, StageVerbs


class PipelineQuerySet(models.QuerySet["Pipeline"]):
    def in_use(self) -> Self:
        """Not archived."""
        return self.filter(archived_at=None)

    def open_to(self, membership: Membership) -> Self:
        """Those that take deals of a member: in use, its team's or everybody's. Who sets them up may use them all."""
        if membership.may("pipeline", "change"):
            return self.in_use()
        return self.in_use().filter(self._is_for(membership.pk))

    def front_first(self, member: int) -> Self:
        """All, those first that a member works in, then those of other teams, the archived ones last."""
        front = Case(
            When(archived_at__isnull=False, then=Value(2)), When(self._is_for(member), then=Value(0)), default=Value(1)
        )
        return self.order_by(front, "position", "id")

    @staticmethod
    def _is_for(member: int) -> Q:
        """For everybody, or for a team that the member is in or manages."""
        limits = PipelineTeam.objects.filter(pipeline=OuterRef("pk"))
        return Q(~Exists(limits)) | Q(Exists(limits.filter(Q(team__members=member) | Q(team__manager=member))))


@tracked
class Pipeline(PipelineVerbs):
    """A way of selling: stages in an order."""

    record_name = "pipeline"

    name = models.CharField(_("name"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    #: what its cards show besides the name, by the names of the list's columns; empty for what all show
    card_fields = ArrayField(models.CharField(max_length=40), verbose_name=_("on its cards"), default=list, blank=True)
    #: the query string that its board opens with
    opens_with = models.CharField(_("default view"), max_length=1000, blank=True)
    #: takes no deals any more; those that it holds stay
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    #: who may use it; none for everybody
    teams = models.ManyToManyField(
        Team, through="PipelineTeam", related_name="+", blank=True, verbose_name=_("teams that may use it")
    )

    objects: ClassVar = PipelineQuerySet.as_manager()

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


class StageQuerySet(models.QuerySet["Stage"]):
    def in_order(self) -> Self:
        """With their pipelines, in the order of these and then in their own."""
        return self.select_related("pipeline").order_by("pipeline__position", "pipeline_id", "position", "pk")

    def open_to(self, membership: Membership, kept: int | None = None) -> Self:
        """In order, those of the pipelines that take deals of a member, and of one that is `kept` whatever it is."""
        return self.filter(Q(pipeline__in=Pipeline.objects.open_to(membership)) | Q(pipeline=kept)).in_order()


@tracked
class Stage(StageVerbs):
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
    #: names of the deal's fields that are filled in before it goes on; a custom field's is that of its column
    required = ArrayField(models.CharField(max_length=60), verbose_name=_("needed to go on"), default=list, blank=True)
    #: roles that may move deals in; empty for all
    entry_roles = ArrayField(
        models.CharField(max_length=10, choices=ROLES), verbose_name=_("who may move in"), default=list, blank=True
    )
    #: stages that a deal may go on to; none for all
    next_stages = models.ManyToManyField(
        "self", through="StageWay", symmetrical=False, related_name="+", blank=True, verbose_name=_("may go on to")
    )
    card_limit = models.PositiveSmallIntegerField(
        _("most cards"), null=True, blank=True, help_text=_("The board shows when there are more.")
    )

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


@tracked
class PipelineTeam(WorkspaceModel):
    """A team that may use a pipeline."""

    record_name = "pipeline"
    part_of = "pipeline"

    pipeline = WorkspaceForeignKey(Pipeline, models.DB_CASCADE, related_name="team_links", db_index=False)
    team = WorkspaceForeignKey(Team, models.DB_CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "pipeline", "team"],
                name="deals_pipelineteam_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]


@tracked
class StageWay(WorkspaceModel):
    """That deals may go from one stage to another."""

    record_name = "stage"
    part_of = "stage"

    stage = WorkspaceForeignKey(Stage, models.DB_CASCADE, related_name="ways", db_index=False)
    to = WorkspaceForeignKey(Stage, models.DB_CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "stage", "to"],
                name="deals_stageway_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]


@tracked
class StageTask(WorkspaceModel):
    """A task that a deal is offered in a stage; it is not won while one that must be done is open."""

    record_name = "stage"
    part_of = "stage"

    stage = WorkspaceForeignKey(Stage, models.DB_CASCADE, related_name="tasks", db_index=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("task"), max_length=200)
    #: days after the deal came in that it is due
    due_days = models.PositiveSmallIntegerField(_("due after"), null=True, blank=True, help_text=_("In days."))
    is_must = models.BooleanField(_("must be done to win"), default=False)

    class Meta:
        verbose_name = _("task of a stage")
        verbose_name_plural = _("tasks of a stage")
        ordering = ("position", "id")
        indexes: ClassVar = [models.Index(fields=["workspace", "stage"], name="deals_stagetask_stage")]

    def __str__(self):
        return self.name


def write_ranks(ids: Sequence[int], new: Iterable[str]) -> None:
    """Give deals their ranks, in one statement for any number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE deals_deal AS deal SET rank = new.rank FROM unnest(%s::bigint[], %s::text[]) AS new (id, rank)"
            " WHERE deal.id = new.id",
            [list(ids), list(new)],
        )
