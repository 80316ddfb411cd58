"""The rows of a forecast: stretches of days, with what stands in their columns."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from core.formats import percent
from deals.worth import weighted_of
from records.listing.filters import NONE
from records.listing.where import Leaf

Amounts = dict[str, int]

WON, OMITTED, WEIGHTED = "won", "omitted", "weighted"


class Days(NamedTuple):
    """From a day to the one before another; None is open. Neither: without a day."""

    start: dt.date | None
    end: dt.date | None

    @property
    def is_month(self) -> bool:
        return self.start is not None and self.end is not None


@dataclass
class Cell:
    """Some deals: how many, and what they are worth in minor units by currency. `url` is the list of them."""

    url: str = ""
    count: int = 0
    minor: Amounts = field(default_factory=lambda: defaultdict(int))
    text: str = ""
    #: by currency, what was closed and settled of it, and what counts by its chance (see `deals.worth.PARTS`)
    parts: dict[str, Amounts] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def add(self, count: int, minor: int | None, currency: str, parts: Mapping[str, Any]) -> None:
        self.count += count
        if minor is not None:
            self.minor[currency] += int(minor)
        for name, amount in parts.items():
            if amount is not None:
                self.parts[currency][name] += int(amount)

    @classmethod
    def of(cls, cells: Iterable["Cell"]) -> "Cell":
        """Them together."""
        total = cls()
        for cell in cells:
            total.count += cell.count
            for currency, minor in cell.minor.items():
                total.minor[currency] += minor
            for currency, parts in cell.parts.items():
                total.add(0, None, currency, parts)
        return total

    @property
    def amounts(self) -> Amounts:
        """What it is worth, rounded once."""
        return added([self.minor, weighted_of(self.parts)])


class Owners(NamedTuple):
    """Whose deals stand in a row, None among them for what nobody has; everybody's without `ids`. What the list asks
    for them are `asked`, by parameter, and `leaves`."""

    label: Any = ""
    ids: frozenset[int | None] | None = None
    asked: Mapping[str, str] = MappingProxyType({})
    leaves: tuple[Leaf, ...] = ()

    def has(self, owner: int | None) -> bool:
        return self.ids is None or owner in self.ids

    @property
    def members(self) -> set[int]:
        return {pk for pk in self.ids or () if pk}

    @property
    def member(self) -> int | None:
        """The one whose name stands before the row."""
        return next(iter(self.members)) if self.asked and self.members else None


EVERYBODY = Owners()


@dataclass
class Row:
    """The deals of some days, all of them or an owner's."""

    label: Any
    days: Days
    owner: int | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    #: what is open by the chance to win it
    weighted: Cell = field(default_factory=Cell)
    #: that and what was won
    expected: Cell = field(default_factory=Cell)
    goal: Amounts = field(default_factory=dict)
    goal_text: str = ""
    #: how much of the goal is sure, in percent of it; "" without a goal in the workspace's currency
    reached: str = ""

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells.values())

    @property
    def sure(self) -> Cell:
        """What was won and what somebody has committed to."""
        return Cell.of(self.cells[name] for name in (WON, "commit"))

    def set_goal(self, goal: Amounts, text: str, worth: Callable[[Cell], int]) -> None:
        """What is to be reached, with its words; `worth` makes one figure of amounts."""
        self.goal, self.goal_text = goal, text
        if aim := worth(Cell(minor=goal)):
            self.reached = percent(round(100 * worth(self.sure) / aim))


def added(parts: Iterable[Mapping[str, int]]) -> Amounts:
    total: Amounts = defaultdict(int)
    for part in parts:
        for currency, minor in part.items():
            total[currency] += minor
    return total


def within(name: str, days: Days) -> dict[str, str]:
    """The parameters of the list for a column of days."""
    if days == Days(None, None):
        return {f"{name}_is": NONE}
    last = days.end - dt.timedelta(days=1) if days.end else None
    ends = {f"{name}_from": days.start, f"{name}_to": last}
    return {parameter: day.isoformat() for parameter, day in ends.items() if day}
