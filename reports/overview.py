"""Where the deals stand, by pipeline, stage and status, and who won most: two grouped statements, whatever the size.

Amounts of different currencies are never added; each stands by itself.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Sum
from django.urls import reverse

from core.money import Money
from deals.models import STATUSES, Deal, Pipeline, Stage
from records.listing.filters import NONE
from workspaces.models import Membership


@dataclass
class Figure:
    """How many deals, worth how much: minor units by currency. `wanted` is what the list of deals is filtered by."""

    label: Any
    wanted: dict[str, Any]
    hue: int | None = None
    id: int | None = None
    count: int = 0
    values: Counter[str] = field(default_factory=Counter)

    def add(self, row: dict[str, Any]) -> None:
        self.count += row["count"]
        if row["value"] is not None:
            self.values[row["currency"]] += int(row["value"])

    @property
    def money(self) -> list[Money]:
        """The values, the largest amount first."""
        return [Money(minor, currency) for currency, minor in self.values.most_common()]

    @property
    def largest(self) -> int:
        """The largest amount in minor units, for its bar beside others of its currency."""
        return max(self.values.values(), default=0)

    @property
    def url(self) -> str:
        """The list of just these deals."""
        return f"{reverse('deals:list')}?{urlencode(self.wanted)}"


@dataclass
class PipelineFigures:
    """A pipeline: its open deals by stage, then those that were decided."""

    pipeline: Pipeline
    stages: list[Figure]
    decided: list[Figure]

    @property
    def rows(self) -> list[Figure]:
        """The stages, and the statuses that occur."""
        return self.stages + [figure for figure in self.decided if figure.count]

    @property
    def count(self) -> int:
        return sum(figure.count for figure in self.rows)


class Overview:
    """The deals that a member may see."""

    def __init__(self, membership: Membership):
        self.deals = Deal.objects.visible_to(membership).order_by()

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        grouped = self.deals.values("pipeline_id", "stage_id", "status", "currency")
        return list(grouped.annotate(count=Count("pk"), value=Sum("value")))

    @cached_property
    def totals(self) -> dict[str, Figure]:
        """All deals, and those of each status, over all pipelines."""
        totals = {status: Figure(label, {"status": status}) for status, label in STATUSES.items()}
        totals["all"] = Figure("", {})
        for row in self.groups:
            totals["all"].add(row)
            totals[row["status"]].add(row)
        return totals

    @cached_property
    def pipelines(self) -> list[PipelineFigures]:
        """The pipelines in their order, those without deals left out."""
        stages = Stage.objects.select_related("pipeline").order_by(
            "pipeline__position", "pipeline_id", "position", "pk"
        )
        found = [self._figures(pipeline, rows) for pipeline, rows in groupby(stages, key=lambda stage: stage.pipeline)]
        return [figures for figures in found if figures.count]

    def _figures(self, pipeline: Pipeline, stages: Iterable[Stage]) -> PipelineFigures:
        by_stage = {
            stage.pk: Figure(stage.name, {"stage": stage.pk, "status": "open"}, stage.hue, stage.pk) for stage in stages
        }
        decided = {
            status: Figure(label, {"pipeline": pipeline.pk, "status": status})
            for status, label in STATUSES.items()
            if status != "open"
        }
        for row in self.groups:
            if row["pipeline_id"] == pipeline.pk:
                (by_stage[row["stage_id"]] if row["status"] == "open" else decided[row["status"]]).add(row)
        return PipelineFigures(pipeline, [*by_stage.values()], [*decided.values()])

    @cached_property
    def sellers(self) -> list[tuple[str, list[Figure]]]:
        """Who won how much, by currency, the best first; the currency of most deals comes first."""
        won = self.deals.filter(status="won").values("owner_id", "owner__name", "currency")
        found: dict[str, list[Figure]] = {}
        for row in won.annotate(count=Count("pk"), value=Sum("value")):
            wanted = {"owner": row["owner_id"] or NONE, "status": "won"}
            figure = Figure(row["owner__name"] or "", wanted, id=row["owner_id"])
            figure.add(row)
            found.setdefault(row["currency"], []).append(figure)
        for currency, figures in found.items():
            figures.sort(key=lambda figure: (-figure.values[currency], figure.label))
        return sorted(found.items(), key=lambda pair: -sum(figure.count for figure in pair[1]))
