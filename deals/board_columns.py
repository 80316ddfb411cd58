"""What the columns of a board are: stages, owners, months of the expected close, or categories of the forecast.

A grouping says its columns, which deals stand in each, and what a card becomes that is dropped there.
"""

import datetime as dt
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, DateField, F, Func, IntegerField, Q, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.numbers import number
from records.listing import Look
from records.listing.periods import months_from
from workspaces.models import Membership

from .board_cells import NONE, Column, Lane
from .card_orders import BY_CLOSE, BY_HAND, BY_STEP, BY_VALUE, CardOrder
from .models import FORECASTS, Deal
from .sums import Sums

#: months of a board that have a column each
MONTHS = 6
#: owners that a board has room for, as columns and as lanes
MOST_OWNERS, MOST_LANES = 40, 20
#: owners that the menu of a card offers at once; others are found by their names
OFFERED = 10


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

    @property
    def is_long(self) -> bool:
        """Are there more columns that a deal may be sent to than a menu shows?"""
        return False

    def ways(self, here: str, find: str = "") -> list[Column]:
        """The columns that a deal which is `here` may be sent to, and this one; of many those that one wants to `find`
        by name."""
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

    @property
    def own_deals(self) -> Q:
        """Who may have deals, as far as the reader reaches."""
        reach = self.membership.reachable_owner_ids(self.membership.scope("deal", "view"))
        seen = Q() if reach is None else Q(pk__in=reach)
        return seen & Q(is_active=True) & ~Q(role="viewer")

    @cached_property
    def is_long(self) -> bool:
        return Membership.objects.filter(self.own_deals).count() > OFFERED

    def ways(self, here: str, find: str = "") -> list[Column]:
        """Everybody who may have deals; of many those who have most in this pipeline, or are called so."""
        if find:
            return self.of({}, self.own_deals & Q(name__icontains=find), most=OFFERED)
        deals = Deal.objects.visible_to(self.membership).open().filter(stage__in=[stage.pk for stage in self.stages])
        deals = deals.filter(owner__in=Membership.objects.filter(self.own_deals))
        counts = deals.order_by().values_list("owner").annotate(count=Count("pk")) if self.is_long else ()
        most_deals = {key_of(owner): count for owner, count in counts}
        return self.of({**most_deals, NONE: 0, here: sys.maxsize}, self.own_deals, most=OFFERED)

    def of(self, found: Mapping[str, int], others: Q, most: int = MOST_OWNERS) -> list[Column]:
        return [
            self.column(lane.key, lane.name, lane.condition, lane.value, owner=lane.owner)
            for lane in lanes(found, others, most=most)
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
        """The place of the column, NULL for no date: a number is sorted sooner than its key."""
        starts = Value(self.starts, output_field=ArrayField(DateField()))
        return Func(F("expected_close"), starts, function="width_bucket", output_field=IntegerField())

    def key(self, value: Any) -> str:
        return NONE if value is None else self.known[value].key

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


def key_of(owner: int | None) -> str:
    return NONE if owner is None else str(owner)
