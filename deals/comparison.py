"""What became of the open deals of a board between a moment and now: moved, grown, slipped, new, gone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from heapq import nlargest
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import past
from core.formats import short_date
from core.money import short_money

from .models import STATUSES, Deal, DealQuerySet, Pipeline, Stage

#: deals that a kind lists; the others are counted
MOST_LISTED = 50


class State(NamedTuple):
    """What is compared of a deal, in the order of PATHS."""

    pk: int
    name: str
    stage_id: int
    value: int | None
    currency: str
    expected_close: dt.date | None


PATHS = State._fields
#: what has become of a deal that is not open there any more
FATE = ("pk", "status", "pipeline_id", "deleted_at")


class Difference(NamedTuple):
    """What happened to one deal; the heavier it weighs (an amount, days), the sooner it is listed."""

    pk: int
    name: str
    told: Callable[[], str]
    weight: int

    @property
    def words(self) -> str:
        """Written when it is read: of ten thousand deals a page shows some dozens."""
        return self.told()


@dataclass
class Kind:
    """All deals that the same happened to; `minor` is the sum of it in each currency."""

    label: Any
    all: list[Difference] = field(default_factory=list)
    minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, deal: State, told: Callable[[], str], minor: int | None = None, weight: int = 0) -> None:
        if minor is not None:
            self.minor[deal.currency] += minor
        self.all.append(Difference(deal.pk, deal.name, told, abs(minor or weight)))

    @property
    def count(self) -> int:
        return len(self.all)

    @property
    def found(self) -> list[Difference]:
        """Those that weigh most."""
        return nlargest(MOST_LISTED, self.all, key=lambda one: (one.weight, -one.pk))

    @property
    def rest(self) -> int:
        """How many of them are not listed."""
        return max(self.count - MOST_LISTED, 0)

    @property
    def sums(self) -> str:
        """What it comes to: "+$12,000"; "" for nothing."""
        ordered = sorted(self.minor.items(), key=lambda amount: -abs(amount[1]))
        return ", ".join(signed(minor, currency) for currency, minor in ordered if minor)


def signed(minor: int, currency: str) -> str:
    """An amount that came or went: "+$500", "−$500"."""
    return f"{'+' if minor > 0 else '−'}{short_money(abs(minor), currency)}"


class Comparison:
    """The differences of two states of a board, by kind."""

    def __init__(self, then: Iterable[State], now: Iterable[State], stages: Mapping[int, Stage]):
        self.stages = stages
        self.moved_on = Kind(gettext_lazy("Moved on"))
        self.moved_back = Kind(gettext_lazy("Moved back"))
        self.grown = Kind(gettext_lazy("Grown"))
        self.shrunk = Kind(gettext_lazy("Shrunk"))
        self.exchanged = Kind(gettext_lazy("In another currency"))
        self.slipped = Kind(gettext_lazy("Slipped"))
        self.sooner = Kind(gettext_lazy("Sooner"))
        self.dated = Kind(gettext_lazy("Close date set"))
        self.undated = Kind(gettext_lazy("Close date removed"))
        self.new = Kind(pgettext_lazy("deals", "New"))
        self.won = Kind(STATUSES["won"])
        self.lost = Kind(STATUSES["lost"])
        self.abandoned = Kind(STATUSES["abandoned"])
        self.gone = Kind(pgettext_lazy("deals", "Gone"))
        before, after = ({deal.pk: deal for deal in deals} for deals in (then, now))
        for pk in before.keys() & after.keys():
            if before[pk] != after[pk]:
                self._compare(before[pk], after[pk])
        for pk in sorted(after.keys() - before.keys()):
            self.new.add(after[pk], partial(self.stage, after[pk]), after[pk].value)
        self.left = {pk: before[pk] for pk in sorted(before.keys() - after.keys())}

    def tell_of(self, fates: Iterable[tuple[int, str, int, dt.datetime | None]], pipeline: int) -> None:
        """Say what became of the deals that `left`, given what each is now."""
        closed = {"won": self.won, "lost": self.lost, "abandoned": self.abandoned}
        for pk, status, now_in, deleted_at in fates:
            deal = self.left[pk]
            if deleted_at is None and status in closed:
                closed[status].add(deal, partial(amount, deal), deal.value)
            else:
                told = (lambda: _("Deleted")) if deleted_at else partial(elsewhere, now_in == pipeline)
                self.gone.add(deal, told, None if deal.value is None else -deal.value)

    @cached_property
    def of_deal(self) -> dict[int, list[tuple[Kind, Difference]]]:
        """What happened to each deal."""
        found: dict[int, list[tuple[Kind, Difference]]] = defaultdict(list)
        for kind in self.kinds:
            for one in kind.all:
                found[one.pk].append((kind, one))
        return found

    def note(self, pk: int) -> str:
        """What the card of a deal says became of it; "" for nothing."""
        return ", ".join(f"{kind.label}: {one.words}" for kind, one in self.of_deal.get(pk, ()))

    @property
    def kinds(self) -> list[Kind]:
        """Those that happened, in the order of a review."""
        ordered = (
            *(self.moved_on, self.moved_back, self.grown, self.shrunk, self.exchanged),
            *(self.slipped, self.sooner, self.dated, self.undated),
            *(self.new, self.won, self.lost, self.abandoned, self.gone),
        )
        return [kind for kind in ordered if kind.count]

    @property
    def named_ids(self) -> list[int]:
        """Ids of the deals that the review names."""
        return [one.pk for kind in self.kinds for one in kind.found]

    def stage(self, deal: State) -> str:
        stage = self.stages.get(deal.stage_id)
        return stage.name if stage else ""

    def _compare(self, was: State, now: State) -> None:
        if was.stage_id != now.stage_id:
            ahead = self._place(now) > self._place(was)
            (self.moved_on if ahead else self.moved_back).add(now, lambda: f"{self.stage(was)} → {self.stage(now)}")
        self._compare_values(was, now)
        if was.expected_close != now.expected_close:
            self._compare_dates(was, now)

    def _compare_values(self, was: State, now: State) -> None:
        if was.currency != now.currency:
            if was.value or now.value:
                self.exchanged.add(now, lambda: f"{amount(was)} → {amount(now)}", weight=now.value or 0)
        elif more := (now.value or 0) - (was.value or 0):
            (self.grown if more > 0 else self.shrunk).add(now, lambda: f"{amount(was)} → {amount(now)}", more)

    def _compare_dates(self, was: State, now: State) -> None:
        if was.expected_close is None and now.expected_close:
            self.dated.add(now, partial(day, now.expected_close))
        elif was.expected_close and now.expected_close is None:
            self.undated.add(now, partial(day, was.expected_close))
        elif was.expected_close and now.expected_close:
            later = (now.expected_close - was.expected_close).days
            dates = was.expected_close, now.expected_close
            (self.slipped if later > 0 else self.sooner).add(
                now, lambda: " → ".join(map(day, dates)), weight=abs(later)
            )

    def _place(self, deal: State) -> int:
        return list(self.stages).index(deal.stage_id) if deal.stage_id in self.stages else -1


def amount(deal: State) -> str:
    """The value of a deal: "$1,000"; a dash while nobody knows it."""
    return "–" if deal.value is None else short_money(deal.value, deal.currency)


def day(date: dt.date) -> str:
    return short_date(date, timezone.localdate())


def elsewhere(is_of_pipeline: bool) -> Any:
    """In a word where an open deal is that is not on the board any more."""
    return _("No longer matches the filter") if is_of_pipeline else _("In another pipeline")


def states(rows: DealQuerySet) -> list[State]:
    """What is compared of the rows."""
    return [State._make(row) for row in rows.order_by().values_list(*PATHS)]


def compare(then: DealQuerySet, now: Callable[[], DealQuerySet], pipeline: Pipeline) -> Comparison:
    """The rows of the moment that is read against those that `now` gives, which is asked as of now."""
    before, stages_then = states(then), {stage.pk: stage for stage in Stage.objects.filter(pipeline=pipeline)}
    with past.as_of(None):
        stages = {stage.pk: stage for stage in Stage.objects.filter(pipeline=pipeline)}
        found = Comparison(before, states(now()), stages | {pk: s for pk, s in stages_then.items() if pk not in stages})
        found.tell_of(Deal.objects.filter(pk__in=list(found.left)).order_by().values_list(*FATE), pipeline.pk)
    return found
