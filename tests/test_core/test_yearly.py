"""Days that come again each year, 29 February among them."""

import datetime as dt

import pytest

from core import yearly
from core.yearly import in_year, next_time, spans, when_in_words

LEAP = dt.date(1984, 2, 29)


def test_29_february_is_kept_on_the_28th_where_there_is_no_29th():
    assert in_year(LEAP, 2027) == dt.date(2027, 2, 28)
    assert in_year(LEAP, 2028) == dt.date(2028, 2, 29)
    assert next_time(LEAP, dt.date(2027, 2, 28)) == dt.date(2027, 2, 28)
    assert next_time(LEAP, dt.date(2027, 3, 1)) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2027, 2, 1), dt.date(2027, 2, 28)),
        (dt.date(2028, 2, 28), dt.date(2028, 2, 28)),
        (dt.date(2027, 2, 28), dt.date(2027, 3, 3)),
        (dt.date(2027, 3, 1), dt.date(2027, 4, 1)),
        (dt.date(2026, 12, 20), dt.date(2027, 1, 10)),
        (dt.date(2027, 12, 31), dt.date(2028, 3, 1)),
    ],
)
def test_the_ranges_hold_exactly_the_days_that_are_kept_between(start, end):
    """Compared with each day of a leap year, one by one."""
    every = [dt.date(2024, 1, 1) + dt.timedelta(days=days) for days in range(366)]
    found = {day for day in every if any(a <= yearly.key(day) <= b for a, b in spans(start, end))}
    assert found == {day for day in every if start <= next_time(day, start) <= end}


def test_a_year_that_nobody_knows_is_not_said():
    assert yearly.day_in_words(dt.date(yearly.UNKNOWN_YEAR, 2, 29)) == "29 Feb"
    assert yearly.day_in_words(LEAP) == "29 Feb 1984"


def test_how_soon_it_comes():
    today = dt.date(2026, 12, 30)
    words = [when_in_words(dt.date(1990, month, day), today) for month, day in ((12, 30), (12, 31), (1, 4))]
    assert words == ["today", "tomorrow", "in 5 days"]
