"""The filters of lists, over the table of values: one EXISTS each, so that no row comes twice."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core import formats
from records.listing.exact import ExactFilter
from records.listing.filters import (
    NONE,
    ChoicesFilter,
    ColumnFilter,
    MemberFilter,
    PrefixFilter,
    PresenceFilter,
    RecordFilter,
    YesNoFilter,
)
from records.listing.ranges import (
    AmountLimitFilter,
    DayLimitFilter,
    DaysFilter,
    LimitFilter,
    NumberFilter,
    PeriodFilter,
)

from .numbers import MOST, PLACES, to_scaled


class OfValue(ColumnFilter):
    """Mixed into a filter: what it compares is a column of the field's values. `of` is (model of the values, field)."""

    def __init__(self, of: tuple[type[models.Model], int], *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.of = of

    @property
    def values(self) -> models.QuerySet:
        model, field = self.of
        return model._default_manager.filter(record=OuterRef("pk"), field=field)

    def condition(self, value: Any) -> Q:
        if isinstance(self, ChoicesFilter) and NONE in value:
            chosen = [one for one in value if one != NONE]
            nothing = ~Q(Exists(self.values))
            return nothing | self.condition(chosen) if chosen else nothing
        return Q(Exists(self.values.filter(super().condition(self.stored(value)))))

    def alone(self, value: Any) -> models.QuerySet | None:
        if isinstance(self, ChoicesFilter) and NONE in value:
            return None
        model, field = self.of
        return model._default_manager.filter(super().condition(self.stored(value)), field=field)

    def stored(self, value: Any) -> Any:
        """The value as the column holds it."""
        return value


class ValuePresence(OfValue, PresenceFilter):
    def alone(self, value: str) -> None:
        return None

    def condition(self, value: str) -> Q:
        there = Q(Exists(self.values))
        return ~there if value == NONE else there


class ValuePrefix(OfValue, PrefixFilter):
    pass


class ValueExact(OfValue, ExactFilter):
    pass


class ValueChoices(OfValue, ChoicesFilter):
    pass


class ValueAnyOf(ValueChoices):
    """Of a field that may have several values."""

    def alone(self, value: Any) -> models.QuerySet | None:
        return super().alone(value) if len(value) == 1 else None


class ValueMembers(OfValue, MemberFilter):
    pass


class ValueRecord(OfValue, RecordFilter):
    pass


class ValueYesNo(OfValue, YesNoFilter):
    pass


class ValueDay(OfValue, DayLimitFilter):
    pass


class ValuePeriod(OfValue, PeriodFilter):
    pass


class ValueDays(OfValue, DaysFilter):
    pass


class ValueAmount(OfValue, AmountLimitFilter):
    pass


class ValueNumber(OfValue, LimitFilter):
    """One end of a range of numbers, which are kept as whole ones."""

    field_class = forms.DecimalField  # type: ignore[assignment]

    def limits(self) -> dict[str, Any]:
        return {"min_value": -MOST, "max_value": MOST, "decimal_places": PLACES}

    def stored(self, value: Decimal) -> int:
        return to_scaled(value)

    def text(self, value: Decimal) -> str:
        return formats.number(value)


class ValueIs(ValueNumber, NumberFilter):
    """Numbers that are exactly so."""
