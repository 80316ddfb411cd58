"""How deals went through their stages: what the list is asked for behind the numbers."""

from itertools import dropwhile, groupby
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from records.listing.column import Column
from records.listing.filters import ColumnFilter, RelatedFilter

from .models import Stage, StageChange


class InStage(RelatedFilter):
    """Deals that are in one of the stages, or were."""

    asks = (_("include"), _("don't include"))

    def condition(self, values: list[str]) -> Q:
        ids = [int(value) for value in values]
        left = StageChange.objects.filter(deal=OuterRef("pk"), from_stage__in=ids)
        return Q(stage__in=ids) | Q(Exists(left))


class CameTo(InStage):
    """Deals that got to one of the stages, past it, or all the way to being won."""

    asks = (_("get to"), _("don't get to"))

    def condition(self, values: list[str]) -> Q:
        chosen = {int(value) for value in values}
        stages = Stage.objects.filter(pipeline__in=Stage.objects.filter(pk__in=chosen).values("pipeline"))
        ways = groupby(stages.order_by("pipeline", "position", "pk"), key=attrgetter("pipeline_id"))
        onward = {pipeline: list(dropwhile(lambda stage: stage.pk not in chosen, way)) for pipeline, way in ways}
        later = [str(stage.pk) for stages in onward.values() for stage in stages]
        return super().condition(later) | Q(status="won", pipeline__in=list(onward))


class Course(Column):
    """The stages that a deal has been in. Only the filter builder asks for them."""

    kind = "choice"
    may_be_empty = False

    def __init__(self, load: Any):
        super().__init__("course", _("Stages so far"))
        self.load = load

    def own_filters(self) -> dict[str, ColumnFilter]:
        kinds = {"course": InStage, "course_to": CameTo}
        return {name: kind("stage_id", load=self.load, label=self.lazy_label) for name, kind in kinds.items()}
