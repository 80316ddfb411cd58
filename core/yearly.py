"""Days that come again each year: birthdays, anniversaries. 29 February is kept on the 28th where there is no 29th."""

import datetime as dt
from calendar import isleap

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import formats

#: stands for a year that nobody knows, as on the cards of address books (X-APPLE-OMIT-YEAR); it has a 29 February
UNKNOWN_YEAR = 1604
LEAP_DAY = 229


def is_yearless(day: dt.date) -> bool:
    return day.year == UNKNOWN_YEAR


def in_year(day: dt.date, year: int) -> dt.date:
    """When the day is kept in a year."""
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return dt.date(year, 2, 28)
    return day.replace(year=year)


def next_time(day: dt.date, today: dt.date) -> dt.date:
    """When the day is kept next, today included."""
    this_year = in_year(day, today.year)
    return this_year if this_year >= today else in_year(day, today.year + 1)


def key(day: dt.date) -> int:
    """Month and day as one number, as `records.fields.DayKey` stores them."""
    return day.month * 100 + day.day


def spans(start: dt.date, end: dt.date) -> list[tuple[int, int]]:
    """The keys of the days that are kept from `start` to `end`, both included, as ranges; at most a year."""
    last = LEAP_DAY if key(end) == LEAP_DAY - 1 and not isleap(end.year) else key(end)
    if (end - start).days >= 365:
        return [(101, 1231)]
    return [(key(start), last)] if key(start) <= last else [(key(start), 1231), (101, last)]


def day_in_words(day: dt.date) -> str:
    """Return "14 Mar 1984", or "14 Mar" where nobody knows the year."""
    return formats.short_date(day, day if is_yearless(day) else dt.date.min)


def iso(day: dt.date) -> str:
    """Return "1984-03-14", or "--03-14" where nobody knows the year."""
    return f"--{day:%m-%d}" if is_yearless(day) else day.isoformat()


def when_in_words(day: dt.date, today: dt.date) -> str:
    """How far the next one is: "today", "tomorrow", "in 5 days"."""
    days = (next_time(day, today) - today).days
    if days < 2:
        return _("tomorrow") if days else _("today")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
