"""Filters by ranges: numbers, amounts, days, and stretches of days that have names."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from core import formats, past
from core.forms import DateInput
from core.money import LARGEST, format_money, parse_amount

from .filters import ColumnFilter
from .periods import period


class LimitFilter(ColumnFilter):
    """One end of a range; `end` is "min" or "max"."""

    field_class = forms.IntegerField
    LOOKUPS = {"min": "gte", "max": "lte"}
    WORDS = {"min": gettext_lazy("from %(value)s"), "max": gettext_lazy("to %(value)s")}
    LABELS = {"min": gettext_lazy("From"), "max": gettext_lazy("To")}
    ASKS = {
        "min": (gettext_lazy("is at least"), gettext_lazy("is not at least")),
        "max": (gettext_lazy("is at most"), gettext_lazy("is not at most")),
    }

    def __init__(self, path: str, end: str, **field: Any):
        super().__init__(path, label=self.LABELS[end], **(self.limits() | field))
        self.end, self.asks = end, self.ASKS[end]

    def limits(self) -> dict[str, Any]:
        return {"min_value": -LARGEST, "max_value": LARGEST}

    def condition(self, value: Any) -> Q:
        return Q(**{f"{self.path}__{self.LOOKUPS[self.end]}": value})

    def words(self, value: Any) -> str:
        return self.WORDS[self.end] % {"value": self.text(value)}

    def bare(self, value: Any) -> str:
        return self.text(value)

    def text(self, value: Any) -> str:
        return formats.number(value)


class NumberFilter(LimitFilter):
    """Numbers that are exactly so."""

    LOOKUPS = {"is": "exact"}
    LABELS = {"is": gettext_lazy("Is")}
    WORDS = {"is": gettext_lazy("%(value)s")}
    ASKS = {"is": ColumnFilter.asks}

    def __init__(self, path: str, end: str = "is", **field: Any):
        super().__init__(path, end, **field)


class AmountField(forms.CharField):
    """An amount as people type it, in minor units of `currency`."""

    def __init__(self, *, currency: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.currency = currency

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return parse_amount(text, self.currency) if text else None
        except ValueError as error:
            raise ValidationError(str(error)) from error


class AmountLimitFilter(LimitFilter):
    """One end of a range of money in the workspace's currency; amounts of another one are not compared with it.

    `currency_path` is the column with the currency of the rows' amounts.
    """

    LABELS = {"min": gettext_lazy("From, in %(currency)s"), "max": gettext_lazy("To, in %(currency)s")}

    def __init__(self, path: str, end: str, *, currency_path: str, **field: Any):
        super().__init__(path, end, **field)
        self.currency_path = currency_path

    def limits(self) -> dict[str, Any]:
        return {"max_length": 40}

    @property
    def currency(self) -> str:
        return self.membership.workspace.currency

    @cached_property
    def field(self) -> forms.Field:
        label = self.label % {"currency": self.currency}
        return AmountField(currency=self.currency, label=label, **self.extra)

    def condition(self, value: int) -> Q:
        return Q(**{self.currency_path: self.currency}) & super().condition(value)

    def text(self, value: int) -> str:
        return format_money(value, self.currency)


class DayLimitFilter(LimitFilter):
    """One end of a stretch of days; both days count. `timed`: the column holds moments, days are the reader's."""

    field_class = forms.DateField  # type: ignore[assignment]
    ASKS = {
        "min": (gettext_lazy("is on or after"), gettext_lazy("is not on or after")),
        "max": (gettext_lazy("is on or before"), gettext_lazy("is not on or before")),
    }

    def __init__(self, path: str, end: str, *, timed: bool, **field: Any):
        super().__init__(path, end, **field)
        self.timed = timed

    def limits(self) -> dict[str, Any]:
        return {"widget": DateInput}

    def condition(self, value: dt.date) -> Q:
        if self.end == "min":
            return between(self.path, value, None, self.timed)
        after = value + dt.timedelta(days=1) if value < dt.date.max else None
        return between(self.path, None, after, self.timed)

    def text(self, value: dt.date) -> str:
        return formats.short_date(value, timezone.localdate())


class PeriodFilter(ColumnFilter):
    """A stretch of days by its name ("this quarter"), worked out when the list is read."""

    field_class = forms.ChoiceField

    def __init__(self, path: str, *, names: dict[str, Any], timed: bool, **field: Any):
        super().__init__(path, choices=[("", "—"), *names.items()], **field)
        self.names, self.timed = names, timed

    def condition(self, value: str) -> Q:
        start, end = period(value, timezone.localdate(past.now()))
        return between(self.path, start, end, self.timed)

    def words(self, value: str) -> str:
        return str(self.names[value])


class DaysFilter(ColumnFilter):
    """Days that are near or far from today, by a number that people choose. Today counts as a day."""

    field_class = forms.IntegerField
    #: kind -> what is asked of the column, and the opposite
    SAYS: ClassVar[dict[str, tuple[Callable[[int], str], Callable[[int], str]]]] = {
        "within": (
            lambda n: ngettext("is in the last %(count)s day", "is in the last %(count)s days", n),
            lambda n: ngettext("is not in the last %(count)s day", "is not in the last %(count)s days", n),
        ),
        "ago": (
            lambda n: ngettext("is more than %(count)s day ago", "is more than %(count)s days ago", n),
            lambda n: ngettext("is not more than %(count)s day ago", "is not more than %(count)s days ago", n),
        ),
        "ahead": (
            lambda n: ngettext("is in the next %(count)s day", "is in the next %(count)s days", n),
            lambda n: ngettext("is not in the next %(count)s day", "is not in the next %(count)s days", n),
        ),
        "quiet": (
            lambda n: ngettext("is never or over %(count)s day ago", "is never or over %(count)s days ago", n),
            lambda n: ngettext("is at most %(count)s day ago", "is at most %(count)s days ago", n),
        ),
    }

    def __init__(self, path: str, kind: str, *, timed: bool, **field: Any):
        super().__init__(path, min_value=1, max_value=36_500, label=gettext_lazy("Days"), **field)
        self.kind, self.timed = kind, timed

    @property
    def asks(self) -> tuple[str, str]:  # type: ignore[override]
        """With a gap where the number goes."""
        says, denies = self.SAYS[self.kind]
        return says(2) % {"count": "…"}, denies(2) % {"count": "…"}

    def condition(self, value: int) -> Q:
        today = timezone.localdate(past.now())
        day = dt.timedelta(days=1)
        if self.kind == "within":
            return between(self.path, today - (value - 1) * day, today + day, self.timed)
        if self.kind == "ahead":
            return between(self.path, today, today + value * day, self.timed)
        long_ago = between(self.path, None, today - value * day, self.timed)
        return long_ago | Q(**{f"{self.path}__isnull": True}) if self.kind == "quiet" else long_ago

    def question(self, value: int, negated: bool) -> str:
        return self.SAYS[self.kind][negated](value) % {"count": formats.number(value)}


class LateFilter(ColumnFilter):
    """Moments before now."""

    field_class = forms.ChoiceField
    asks_for = {"yes": (gettext_lazy("is late"), gettext_lazy("is not late"))}

    def __init__(self, path: str, **field: Any):
        super().__init__(path, choices=[("yes", gettext_lazy("Late"))], **field)

    def condition(self, value: str) -> Q:
        return Q(**{f"{self.path}__lt": past.now()})


def between(path: str, start: dt.date | None, end: dt.date | None, timed: bool) -> Q:
    """Days from `start` to the one before `end`; of a column of moments, in the zone of the reader."""
    found = Q()
    if start:
        found &= Q(**{f"{path}__gte": _midnight(start) if timed else start})
    if end:
        found &= Q(**{f"{path}__lt": _midnight(end) if timed else end})
    return found


def _midnight(day: dt.date) -> dt.datetime:
    zone = timezone.get_current_timezone()
    try:
        return dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC)
    except OverflowError:
        # The first and the last day that a calendar has.
        return dt.datetime.combine(day, dt.time.min, dt.UTC)
