"""The years that an activity may be of. At the ends of the calendar no time zone can be reckoned."""

import datetime as dt

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext

FIRST, LAST = 1900, 2200
EARLIEST, TOO_LATE = dt.datetime(FIRST, 1, 1, tzinfo=dt.UTC), dt.datetime(LAST + 1, 1, 1, tzinfo=dt.UTC)


def in_years(name: str, *moments: str) -> CheckConstraint:
    """The rule that these fields of a row, unless they are empty, are in those years."""
    bounds = {f"{field}__gte": EARLIEST for field in moments} | {f"{field}__lt": TOO_LATE for field in moments}
    return CheckConstraint(name=name, condition=Q(**bounds))


def fault_of(*moments: dt.datetime | None) -> str:
    """Why one of them can't be the time of an activity; "" where all can."""
    if all(EARLIEST <= moment < TOO_LATE for moment in moments if moment):
        return ""
    return gettext("Choose a day in the years from %(first)s to %(last)s.") % {"first": FIRST, "last": LAST}
