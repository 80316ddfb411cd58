"""Columns that only deals have: how likely and what that makes them worth, for how many days, against whom."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from core import formats, past
from core.money import Money
from organizations.models import Organization
from records.listing import Column, ColumnFilter, LinkedRecordFilter, Look, Number
from records.listing.ranges import LimitFilter
from records.models import seen_ids
from workspaces.models import Membership

from .models import DealCompetitor, weighted
from .worth import OPEN

#: longer ago is no day that a calendar has
MOST_DAYS = 36_500


class ChanceFilter(LimitFilter):
    """Open deals that are won at least, or at most, so likely: by hand, else by their stage."""

    def condition(self, value: int) -> Q:
        by_hand = super().condition(value)
        by_stage = Q(**{f"stage__win_chance__{self.LOOKUPS[self.end]}": value})
        return OPEN & (by_hand | Q(probability=None) & by_stage)


class WinChance(Number):
    """How likely an open deal is won, in percent."""

    def __init__(self, **options: Any):
        super().__init__("chance", _("Win chance"), field="probability", **options)
        self.extra = {"stage_chance": "stage__win_chance"}

    def value(self, row: Any) -> int | None:
        if row.status != "open":
            return None
        return row.stage_chance if row.probability is None else row.probability

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        return "" if value is None else formats.percent(value, look.language)

    def limit(self, end: str) -> LimitFilter:
        return ChanceFilter(self.field, end)

    def filters(self) -> dict[str, ColumnFilter]:
        return self.own_filters()

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}


class Weighted(Column):
    """The value of an open deal by the chance to win it."""

    kind = "money"
    css = "num"
    width = "w-m"

    def __init__(self, **options: Any):
        super().__init__("weighted", _("Weighted value"), field="value", filter=False, **options)
        self.extra = {"stage_chance": "stage__win_chance", "chance_by_hand": "probability"}

    def value(self, row: Any) -> Money | None:
        chance = row.stage_chance if row.chance_by_hand is None else row.chance_by_hand
        return weighted(row, chance)

    def text(self, row: Any, look: Look) -> str:
        worth = self.value(row)
        return look.money(worth.minor, worth.currency) if worth else ""

    def export(self, row: Any) -> str:
        worth = self.value(row)
        return str(worth.amount) if worth else ""


class DaysFilter(LimitFilter):
    """Open deals for which it is at least, or at most, so many whole days ago."""

    def limits(self) -> dict[str, Any]:
        return {"min_value": 0, "max_value": MOST_DAYS}

    def condition(self, value: int) -> Q:
        if self.end == "min":
            return OPEN & Q(**{f"{self.path}__lte": past.now() - dt.timedelta(days=value)})
        return OPEN & Q(**{f"{self.path}__gt": past.now() - dt.timedelta(days=value + 1)})


class Days(Number):
    """How many days an open deal has been something, since the moment of its `field`."""

    ends = (_("longest first"), _("shortest first"))
    largest_first = False

    def __init__(self, name: str, label: Any, *, field: str, **options: Any):
        super().__init__(name, label, field=field, sort=field, **options)

    def text(self, row: Any, look: Look) -> str:
        return formats.number((look.now - self.value(row)).days, look.language) if row.status == "open" else ""

    def export(self, row: Any) -> str:
        return str((past.now() - self.value(row)).days) if row.status == "open" else ""

    def limit(self, end: str) -> LimitFilter:
        return DaysFilter(self.field, end)

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}


class Competitors(Column):
    """The organizations that want to sell to the same customer."""

    kind = "records"

    def __init__(self, **options: Any):
        super().__init__("competitors", _("Competitors"), **options)

    @cached_property
    def may_be_empty(self) -> bool:
        return False

    @cached_property
    def extra(self) -> dict[str, Any]:
        links = DealCompetitor.objects.filter(deal=OuterRef("pk"), organization__deleted_at=None)
        names = JSONObject(id="organization_id", name="organization__name")
        return {"competitor_list": ArraySubquery(links.order_by("pk").values(json=names))}

    def value(self, row: Any) -> list[str]:
        return [organization["name"] for organization in row.competitor_list]

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(self.value(row))

    def html(self, row: Any, look: Look) -> str:
        return ", ".join(look.link(Organization, one["id"], one["name"]) for one in row.competitor_list)

    def export(self, row: Any) -> str:
        return ", ".join(self.value(row))

    def conceal(self, rows: Sequence[Any], membership: Membership) -> None:
        seen = seen_ids(Organization, {one["id"] for row in rows for one in row.competitor_list}, membership)
        for row in rows:
            row.competitor_list = [one for one in row.competitor_list if one["id"] in seen]

    def own_filters(self) -> dict[str, ColumnFilter]:
        label = self.lazy_label
        found = LinkedRecordFilter(DealCompetitor, back="deal", to="organization", model=Organization, label=label)
        return {self.name: found}
