"""What became of the open deals of a board between a moment and now: moved, grown, slipped, new, gone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
    """What happened to one deal."""

    pk: int
    name: str
    words: str


@dataclass
class Kind:
    """All deals that the same happened to; `minor` is the sum of it in each currency."""

    label: Any
    found: list[Difference] = field(default_factory=list)
    count: int = 0
    minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, deal: State, words: str, minor: int | None = None) -> None:
        self.count += 1
        if minor is not None:
            self.minor[deal.currency] += minor
        if len(self.found) < MOST_LISTED:
            self.found.append(Difference(deal.pk, deal.name, words))

    @property
    def rest(self) -> int:
        """How many of them are not listed."""
        return self.count - len(self.found)

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
        self.slipped = Kind(gettext_lazy("Slipped"))
        self.sooner = Kind(gettext_lazy("Sooner"))
        self.new = Kind(pgettext_lazy("deals", "New"))
        self.gone = Kind(pgettext_lazy("deals", "Gone"))
        before, after = ({deal.pk: deal for deal in deals} for deals in (then, now))
        for pk in before.keys() & after.keys():
            if before[pk] != after[pk]:
                self._compare(before[pk], after[pk])
        for pk in sorted(after.keys() - before.keys()):
            self.new.add(after[pk], self.stage(after[pk]), after[pk].value)
        self.left = {pk: before[pk] for pk in sorted(before.keys() - after.keys())}

    def tell_of(self, fates: Iterable[tuple[Any, ...]], pipeline: int) -> None:
        """Say what became of the deals that `left`; of one that is nowhere, that it was deleted."""
        words = {pk: fate_of(status, now_in, gone, pipeline) for pk, status, now_in, gone in fates}
        for pk, deal in self.left.items():
            self.gone.add(deal, words.get(pk, _("Deleted")), None if deal.value is None else -deal.value)

    @property
    def kinds(self) -> list[Kind]:
        """Those that happened, in the order of a review."""
        ordered = (
            *(self.moved_on, self.moved_back, self.grown, self.shrunk),
            *(self.slipped, self.sooner, self.new, self.gone),
        )
        return [kind for kind in ordered if kind.count]

    def stage(self, deal: State) -> str:
        stage = self.stages.get(deal.stage_id)
        return stage.name if stage else ""

    def _compare(self, was: State, now: State) -> None:
        if was.stage_id != now.stage_id:
            ahead = self._place(now) > self._place(was)
            (self.moved_on if ahead else self.moved_back).add(now, f"{self.stage(was)} → {self.stage(now)}")
        if was.value != now.value and was.currency == now.currency:
            more = (now.value or 0) - (was.value or 0)
            (self.grown if more > 0 else self.shrunk).add(now, change(was.value, now.value, now.currency), more)
        if was.expected_close and now.expected_close and was.expected_close != now.expected_close:
            later = now.expected_close > was.expected_close
            days = f"{day(was.expected_close)} → {day(now.expected_close)}"
            (self.slipped if later else self.sooner).add(now, days)

    def _place(self, deal: State) -> int:
        return list(self.stages).index(deal.stage_id) if deal.stage_id in self.stages else -1


def change(was: int | None, now: int | None, currency: str) -> str:
    """ "$1,000 → $1,500"."""
    return " → ".join("–" if minor is None else short_money(minor, currency) for minor in (was, now))


def day(date: dt.date) -> str:
    return short_date(date, timezone.localdate())


def fate_of(status: str, pipeline_id: int, deleted_at: dt.datetime | None, pipeline: int) -> str:
    """In a word what a deal is now that is not open on the board any more."""
    if deleted_at:
        return _("Deleted")
    if status != "open":
        return str(STATUSES[status])
    return _("In another pipeline") if pipeline_id != pipeline else _("No longer matches the filter")


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
