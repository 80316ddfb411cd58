"""What the columns of a board are: stages, owners, months of the expected close, or categories of the forecast.

A grouping says its columns, which deals stand in each, and what a card becomes that is dropped there.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formats import percent
from core.numbers import number
from records.listing import Look
from records.listing.periods import months_from
from workspaces.models import Membership

from .card_orders import BY_CLOSE, BY_HAND, BY_STEP, BY_VALUE, CardOrder
from .models import FORECASTS, Deal, Stage
from .sums import Sums, Totals

#: the key of the column of what has no owner, or no date
NONE = "none"
#: between the key of a column and that of a lane
BETWEEN = "-"
#: months of a board that have a column each
MONTHS = 6
#: owners that a board, or the menu of a card, has room for, as columns and as lanes
MOST_OWNERS, MOST_LANES = 40, 20


@dataclass
class Column(Totals):
    """A column with what is in it. Its `key` tells it in addresses and ids; `value` is what the grouping's field of a
    card becomes that is dropped there, None where there is no such value: nothing is made late."""

    key: str
    name: Any
    condition: Q
    value: str | None
    stage: Stage | None = None
    owner: Membership | None = None
    is_folded: bool = False
    cells: "list[Cell]" = field(default_factory=list)
    #: the board with it folded or unfolded; what a deal has that is begun in it, "" where none is
    fold_url: str = ""
    add_query: str = ""

    @property
    def chance(self) -> str:
        """The win chance of its deals, where they all have the same."""
        return percent(self.stage.win_chance) if self.stage else ""

    @property
    def limit(self) -> int | None:
        """The most cards that it should hold."""
        return self.stage.card_limit if self.stage else None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.count > self.limit


@dataclass
class Cell(Totals):
    """The cards of a column, or those of one `lane` in it."""

    key: str
    condition: Q
    lane: "Lane | None" = None
    #: who is told of a card that is dropped in it, with 0 for its id
    drop_url: str = ""
    cards: str = ""


class Lane(NamedTuple):
    """The deals of an owner across all columns; `key` is the owner's id, or NONE."""

    key: str
    owner: Membership | None

    @property
    def name(self) -> Any:
        return self.owner.name if self.owner else _("Without owner")

    @property
    def value(self) -> str:
        """What the owner of a card becomes that is dropped there."""
        return str(self.owner.pk) if self.owner else ""

    @property
    def condition(self) -> Q:
        return Q(owner=self.owner and self.owner.pk)


@dataclass
class Grouping(ABC):
    """By what cards stand in columns; `stages` are those of the board's pipeline."""

    stages: list[Any]
    membership: Membership
    look: Look
    sums: Sums

    #: in addresses
    name: ClassVar[str]
    #: of the deal, that a card gets another value of when it is dropped in another column
    field: ClassVar[str]
    label: ClassVar[Any]
    icon: ClassVar[str]
    #: the order of the cards unless another one is asked for
    first_order: ClassVar[CardOrder]
    #: the parameter that says which column a phone shows
    current: ClassVar[str] = "column"

    @property
    @abstractmethod
    def value(self) -> Any:
        """The SQL of what is alike in the deals of a column."""

    def key(self, value: Any) -> str:
        """The key of the column of such a value."""
        return NONE if value is None else str(value)

    @abstractmethod
    def columns(self, found: Mapping[str, int]) -> list[Column]:
        """Its columns, those of the keys that deals were `found` in among them: how many in each."""

    @staticmethod
    @abstractmethod
    def listed(deal: Deal) -> dict[str, str]:
        """The filters of the list that give what stands in the column of a deal."""

    def ways(self, here: str) -> list[Column]:
        """The columns that a deal which is `here` may be sent to, and this one."""
        return [column for column in self.columns({here: 1}) if column.value is not None]

    def column(self, key: str, name: Any, condition: Q, value: str | None, **options: Any) -> Column:
        return Column(sums=self.sums, key=key, name=name, condition=condition, value=value, **options)


class ByStage(Grouping):
    name = field = current = "stage"
    label = _("Stage")
    icon = "view-columns"
    first_order = BY_HAND

    @property
    def value(self) -> Any:
        return F("stage_id")

    def columns(self, found: Mapping[str, int]) -> list[Column]:
        return [
            self.column(str(stage.pk), stage.name, Q(stage=stage.pk), str(stage.pk), stage=stage)
            for stage in self.stages
        ]

    @staticmethod
    def listed(deal: Deal) -> dict[str, str]:
        return {"stage": str(deal.stage_id)}


class ByOwner(Grouping):
    name = field = "owner"
    label = _("Owner")
    icon = "users"
    first_order = BY_STEP

    @property
    def value(self) -> Any:
        return F("owner_id")

    def columns(self, found: Mapping[str, int]) -> list[Column]:
        """Who has deals, and who is near: of a team each may be given some."""
        me = self.membership
        return self.of({NONE: 0, **found}, Q(pk=me.pk) | Q(team__isnull=False, team=me.team_id, is_active=True))

    def ways(self, here: str) -> list[Column]:
        """Everybody who may have deals."""
        reach = self.membership.reachable_owner_ids(self.membership.scope("deal", "view"))
        seen = Q() if reach is None else Q(pk__in=reach)
        return self.of({here: 1, NONE: 0}, seen & Q(is_active=True) & ~Q(role="viewer"))

    def of(self, found: Mapping[str, int], others: Q) -> list[Column]:
        return [
            self.column(lane.key, lane.name, lane.condition, lane.value, owner=lane.owner)
            for lane in lanes(found, others, most=MOST_OWNERS)
        ]

    @staticmethod
    def listed(deal: Deal) -> dict[str, str]:
        return {"owner": key_of(deal.owner_id)}


class ByMonth(Grouping):
    """What is late and what is far ahead is gathered; a card that is dropped on a month closes on its last day."""

    name = "month"
    field = "expected_close"
    label = _("Close month")
    icon = "calendar-days"
    first_order = BY_CLOSE

    @property
    def value(self) -> Any:
        """The place of the column: a number is sorted sooner than its key."""
        before = [When(expected_close__lt=start, then=Value(place)) for place, start in enumerate(self.starts)]
        later = When(expected_close__isnull=False, then=Value(len(before)))
        return Case(*before, later, default=Value(len(before) + 1))

    def key(self, value: Any) -> str:
        return self.known[value].key

    @property
    def starts(self) -> list[dt.date]:
        """When its months begin, and when they are over."""
        return months_from(self.look.today, MONTHS + 1)

    @cached_property
    def known(self) -> list[Column]:
        starts = self.starts
        late = self.column("late", pgettext_lazy("deals", "Late"), Q(expected_close__lt=starts[0]), None)
        later = self.column("later", pgettext_lazy("deals", "Later"), Q(expected_close__gte=starts[-1]), None)
        months = [self.month(start, end) for start, end in pairwise(starts)]
        return [late, *months, later, self.column(NONE, _("No date"), Q(expected_close=None), "")]

    def month(self, start: dt.date, end: dt.date) -> Column:
        last_day = (end - dt.timedelta(days=1)).isoformat()
        within = Q(expected_close__gte=start, expected_close__lt=end)
        return self.column(f"{start:%Y%m}", date_format(start, "YEAR_MONTH_FORMAT"), within, last_day)

    def columns(self, found: Mapping[str, int]) -> list[Column]:
        return self.known

    @staticmethod
    def listed(deal: Deal) -> dict[str, str]:
        if deal.expected_close is None:
            return {"expected_close_is": NONE}
        starts = months_from(timezone.localdate(), MONTHS + 1)
        since = next((start for start in reversed(starts) if start <= deal.expected_close), None)
        until = next((start for start in starts if start > deal.expected_close), None)
        found = {"expected_close_from": since.isoformat()} if since else {}
        return found | ({"expected_close_to": (until - dt.timedelta(days=1)).isoformat()} if until else {})


class ByForecast(Grouping):
    name = field = "forecast"
    label = _("Forecast category")
    icon = "chart-bar"
    first_order = BY_VALUE

    @property
    def value(self) -> Any:
        return F("forecast")

    def columns(self, found: Mapping[str, int]) -> list[Column]:
        first, *others = FORECASTS
        return [self.column(key, FORECASTS[key], Q(forecast=key), key) for key in (*others, first)]

    @staticmethod
    def listed(deal: Deal) -> dict[str, str]:
        return {"forecast": deal.forecast}


GROUPINGS: dict[str, type[Grouping]] = {kind.name: kind for kind in (ByStage, ByOwner, ByMonth, ByForecast)}


def lanes(found: Mapping[str, int], others: Q | None = None, *, most: int = MOST_LANES) -> list[Lane]:
    """The owners of these keys, and `others`, by name; nobody last. Of more than `most` those who have most deals."""
    of_keys = Q(pk__in=[pk for key in found if (pk := number(key))])
    members = Membership.objects.filter(of_keys if others is None else of_keys | others).order_by("name", "pk")
    owners = sorted(members, key=lambda owner: -found.get(str(owner.pk), -1))[:most]
    ordered = sorted(owners, key=lambda owner: owner.name.casefold())
    return [*(Lane(str(owner.pk), owner) for owner in ordered), *[Lane(NONE, None)] * (NONE in found)]


def cell_key(column: str, lane: str) -> str:
    """The key of that part of a column which is one owner's."""
    return f"{column}{BETWEEN}{lane}"


def key_of(owner: int | None) -> str:
    return NONE if owner is None else str(owner)
