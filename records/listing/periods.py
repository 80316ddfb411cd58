"""Stretches of days that people name: "last 30 days", "this quarter", "more than 60 days ago"."""

import datetime as dt
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Period(NamedTuple):
    """Days from `start` to the one before `end`; None is open."""

    start: dt.date | None
    end: dt.date | None


#: groups as a select shows them
PAST = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "last_7_days": _("Last 7 days"),
    "last_30_days": _("Last 30 days"),
    "last_90_days": _("Last 90 days"),
    "last_week": _("Last week"),
    "last_month": _("Last month"),
    "last_quarter": _("Last quarter"),
    "last_year": _("Last year"),
}
CURRENT = {
    "this_week": _("This week"),
    "this_month": _("This month"),
    "this_quarter": _("This quarter"),
    "this_year": _("This year"),
}
FUTURE = {
    "overdue": _("Before today"),
    "tomorrow": _("Tomorrow"),
    "next_7_days": _("Next 7 days"),
    "next_30_days": _("Next 30 days"),
    "next_week": _("Next week"),
    "next_month": _("Next month"),
    "next_quarter": _("Next quarter"),
}
AGO = {
    "over_30_days_ago": _("More than 30 days ago"),
    "over_60_days_ago": _("More than 60 days ago"),
    "over_90_days_ago": _("More than 90 days ago"),
}

_WORDS = {"last": -1, "this": 0, "next": 1}
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period(name: str, today: dt.date) -> Period:
    """The days that `name` stands for on the day `today`; weeks start on Monday. Raises KeyError for another name."""
    if name in _DAYS:
        return _days(today, _DAYS[name], 1)
    if name == "overdue":
        return Period(None, today)
    word, *rest = name.split("_")
    if word == "over":
        return Period(None, today - dt.timedelta(days=int(rest[0])))
    step = _WORDS[word]
    if rest[-1] == "days":
        count = int(rest[0])
        return _days(today, 1 - count, count) if step < 0 else _days(today, 0, count)
    if rest[0] == "week":
        return _days(today, 7 * step - today.weekday(), 7)
    months = _MONTHS[rest[0]]
    passed = (today.month - 1) % months
    return Period(month_of(today, months * step - passed), month_of(today, months * (step + 1) - passed))


def _days(today: dt.date, offset: int, count: int) -> Period:
    start = today + dt.timedelta(days=offset)
    return Period(start, start + dt.timedelta(days=count))


def month_of(day: dt.date, further: int = 0) -> dt.date:
    """The first day of the month of a day, or of one so many months further; of the last that there is at most."""
    count = min(12 * day.year + day.month - 1 + further, 12 * dt.MAXYEAR + 11)
    return dt.date(count // 12, count % 12 + 1, 1)


def months_from(day: dt.date, count: int) -> list[dt.date]:
    """The first days of so many months, from that of the day on."""
    return [month_of(day, further) for further in range(count)]
