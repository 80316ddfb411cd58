"""Sums over deals, grouped in the database: a handful of rows come out, whatever the number of deals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from django.db.models import Count, Sum
from django.utils.translation import pgettext_lazy

from core.money import format_money
from deals.models import Deal, Pipeline
from deals.worth import PARTS, settled_of, weighted_of
from workspaces.models import Membership, Rates, Said

#: what stands above the numbers of deals, by their status
COUNTED = {
    "open": pgettext_lazy("number of deals", "Open"),
    "won": pgettext_lazy("number of deals", "Won"),
    "lost": pgettext_lazy("number of deals", "Lost"),
    "abandoned": pgettext_lazy("number of deals", "Abandoned"),
}


@dataclass
class Tally:
    """Deals counted, with their value in each currency. `query` narrows the list of deals down to them."""

    rates: Rates
    label: object = ""
    query: str = ""
    hue: int = 2
    id: int | None = None
    count: int = 0
    minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: by currency, what PARTS add up to
    parts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, currency: str, count: int, minor: int | None, parts: Iterable[int | None]) -> None:
        self.count += count
        if minor is not None:
            self.minor[currency] += int(minor)
            for name, amount in zip(PARTS, parts, strict=True):
                if amount is not None:
                    self.parts[currency][name] += int(amount)

    @property
    def sums(self) -> Said:
        """In words, of several currencies also together."""
        return self.rates.words(self.minor, whole, settled_of(self.parts))

    @property
    def weighted(self) -> Said:
        """What is open of it by the chance to win it, in words."""
        return self.rates.words(weighted_of(self.parts), whole)


@dataclass
class PipelineFigures:
    """The overview of one pipeline: all deals by status, open ones by stage, won ones by member, best first."""

    pipeline: Pipeline
    total: Tally
    statuses: dict[str, Tally]
    stages: list[Tally]
    sellers: list[Tally]

    @classmethod
    def of(cls, pipeline: Pipeline, membership: Membership, rates: Rates) -> "PipelineFigures":
        deals = Deal.objects.visible_to(membership).filter(pipeline=pipeline).order_by()
        within = f"pipeline={pipeline.pk}"
        total = Tally(rates, query=within)
        statuses = {key: Tally(rates, label, f"{within}&status={key}") for key, label in COUNTED.items()}
        stages = {
            stage.pk: Tally(rates, stage.name, f"{within}&stage={stage.pk}&status=open", stage.hue)
            for stage in pipeline.stages.all()
        }
        sellers: dict[int | None, Tally] = {}
        # One walk over the deals; the groups are few, whatever they are grouped by.
        grouped = deals.values_list("stage", "status", "owner", "currency").annotate(
            Count("pk"), Sum("value"), **{name: Sum(of) for name, of in PARTS.items()}
        )
        for stage_id, status, owner_id, currency, count, minor, *parts in grouped:
            tallies = [total, statuses[status]]
            if status == "open":
                tallies.append(stages[stage_id])
            elif status == "won":
                query = f"{within}&status=won&owner={owner_id}" if owner_id else ""
                tallies.append(sellers.setdefault(owner_id, Tally(rates, query=query, id=owner_id)))
            for tally in tallies:
                tally.add(currency, count, minor, parts)
        return cls(pipeline, total, statuses, list(stages.values()), cls.best_first(sellers, pipeline.currency))

    @staticmethod
    def best_first(sellers: dict[int | None, Tally], currency: str) -> list[Tally]:
        """The members who won deals, by what they won in the currency of the pipeline; others come after."""
        names = dict(Membership.objects.filter(pk__in=filter(None, sellers)).values_list("pk", "name"))
        for owner_id, tally in sellers.items():
            tally.label = names.get(owner_id, "") if owner_id else ""
        return sorted(sellers.values(), key=lambda tally: (-tally.minor.get(currency, 0), str(tally.label)))

    @property
    def most_in_stage(self) -> int:
        return most(tally.count for tally in self.stages)

    @property
    def most_won(self) -> int:
        return most(minor for _tally, minor in self.bars)

    @property
    def bars(self) -> list[tuple[Tally, int]]:
        """The sellers with what their bars measure: their sum in the pipeline's currency, in minor units."""
        return [(tally, tally.minor.get(self.pipeline.currency, 0)) for tally in self.sellers]


def whole(minor: int, currency: str) -> str:
    """An amount without decimals."""
    return format_money(minor, currency, decimals=0)


def most(values: Iterable[int]) -> int:
    return max(values, default=0)


def busiest(pipelines: list[Pipeline], membership: Membership) -> Pipeline | None:
    """The pipeline with the most deals, which the overview opens with."""
    if len(pipelines) < 2:  # most workspaces have one, and need not count
        return pipelines[0] if pipelines else None
    counts = Deal.objects.visible_to(membership).order_by().values_list("pipeline").annotate(n=Count("pk"))
    by_id = dict(counts)
    ranked = [(by_id.get(pipeline.pk, 0), -place, pipeline) for place, pipeline in enumerate(pipelines)]
    return max(ranked, key=itemgetter(0, 1))[2] if ranked else None
