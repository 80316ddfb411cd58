import datetime as dt

import pytest

from records.listing.periods import AGO, CURRENT, FUTURE, PAST, Period, period

FRIDAY = dt.date(2026, 11, 20)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", "2026-11-20", "2026-11-21"),
        ("yesterday", "2026-11-19", "2026-11-20"),
        ("tomorrow", "2026-11-21", "2026-11-22"),
        ("last_7_days", "2026-11-14", "2026-11-21"),
        ("next_7_days", "2026-11-20", "2026-11-27"),
        ("this_week", "2026-11-16", "2026-11-23"),
        ("last_week", "2026-11-09", "2026-11-16"),
        ("next_week", "2026-11-23", "2026-11-30"),
        ("this_month", "2026-11-01", "2026-12-01"),
        ("next_month", "2026-12-01", "2027-01-01"),
        ("this_quarter", "2026-10-01", "2027-01-01"),
        ("last_quarter", "2026-07-01", "2026-10-01"),
        ("next_quarter", "2027-01-01", "2027-04-01"),
        ("this_year", "2026-01-01", "2027-01-01"),
        ("last_year", "2025-01-01", "2026-01-01"),
    ],
)
def test_a_name_stands_for_days(name, start, end):
    assert period(name, FRIDAY) == Period(day(start), day(end))


def test_open_ends():
    assert period("overdue", FRIDAY) == Period(None, FRIDAY)
    assert period("over_60_days_ago", FRIDAY) == Period(None, day("2026-09-21"))


def test_every_name_that_is_offered_is_understood():
    for name in PAST | CURRENT | FUTURE | AGO:
        start, end = period(name, dt.date(2024, 2, 29))
        assert start is None or start < end


def test_another_name_is_refused():
    with pytest.raises(KeyError):
        period("fortnight", FRIDAY)
