import datetime as dt
import timeit
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.utils import timezone
from django.utils.translation import override

from core import formats
from core.money import Money, format_money

PRAGUE = ZoneInfo("Europe/Prague")
NOW = dt.datetime(2026, 11, 18, 12, 0, tzinfo=PRAGUE)  # a Wednesday
TODAY = NOW.date()


def at(day: int, hour: int = 12, minute: int = 0, month: int = 11, year: int = 2026) -> dt.datetime:
    """A moment by the clock of Prague, as the database returns it."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=PRAGUE).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (at(18, 9, 5), "Today 09:05"),
        (at(18, 0, 0), "Today 00:00"),
        (at(17, 23, 59), "Yesterday 23:59"),
        (at(17, 16, 20), "Yesterday 16:20"),
        (at(19, 0, 0), "Tomorrow 00:00"),
        (at(16, 11, 5), "16 Nov 11:05"),
        (at(12, 14, 0), "12 Nov 14:00"),
        (at(20, 8, 0), "Fri 08:00"),
        (at(11, 14, 0), "11 Nov 14:00"),
        (at(24, 10, 30), "Tue 10:30"),
        (at(25, 10, 30), "25 Nov 10:30"),
        (at(12, 14, 0, month=9), "12 Sept 14:00"),
        (at(12, 14, 0, year=2024), "12 Nov 2024 14:00"),
        (at(5, 8, 0, month=1, year=2027), "5 Jan 2027 08:00"),
    ],
)
def test_when(moment, text):
    assert formats.when(moment, NOW, PRAGUE, "en") == text


def test_the_time_of_day_is_that_of_the_reader():
    assert formats.clock(at(18, 9, 5), PRAGUE, "en") == "09:05"
    assert formats.clock(at(18, 16, 5), ZoneInfo("America/New_York"), "en-us") == "10:05\u202fAM"


def test_when_counts_days_in_the_zone_of_the_reader():
    moment = dt.datetime(2026, 11, 17, 23, 30, tzinfo=dt.UTC)
    assert formats.when(moment, NOW, PRAGUE, "en") == "Today 00:30"
    assert formats.when(moment, NOW, ZoneInfo("America/New_York"), "en") == "Yesterday 18:30"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-us", "Oct 20, 2024 4:20\u202fPM"),
        ("en-gb", "20 Oct 2024 16:20"),
        ("cs", "20. 10. 2024 16:20"),
        ("es", "20 oct 2024 16:20"),
        ("it", "20 ott 2024 16:20"),
        ("pl", "20 paź 2024 16:20"),
        ("pt-br", "20 de out. de 2024 16:20"),
        ("tlh", "Oct 20, 2024 4:20\u202fPM"),
    ],
)
def test_when_in_other_languages(language, text):
    assert formats.when(at(20, 16, 20, month=10, year=2024), NOW, PRAGUE, language) == text


def test_short_date():
    assert formats.short_date(dt.date(2026, 11, 12), TODAY, "en") == "12 Nov"
    assert formats.short_date(dt.date(2024, 11, 12), TODAY, "en") == "12 Nov 2024"
    assert formats.short_date(dt.date(2024, 11, 12), TODAY, "en-us") == "Nov 12, 2024"


def test_full_when():
    assert formats.full_when(at(18, 14, 5), PRAGUE, "en") == "Wednesday, 18 November 2026, 14:05 CET"
    assert formats.full_when(at(18, 14, 5, month=7), PRAGUE, "cs") == "sobota 18. července 2026, 14:05 CEST"


@pytest.mark.parametrize(
    ("due", "state", "text"),
    [
        (at(18, 11, 59), "late", "1 min late"),
        (NOW - dt.timedelta(seconds=1), "late", "1 min late"),
        (at(18, 11, 15), "late", "45 min late"),
        (at(18, 9, 30), "late", "2h late"),
        (at(17, 23, 59), "late", "Yesterday"),
        (at(16, 18, 0), "late", "2d late"),
        (at(18, 12, 0), "today", "Today 12:00"),
        (at(18, 15, 0), "today", "Today 15:00"),
        (at(19, 0, 0), "planned", "Tomorrow 00:00"),
        (at(24, 10, 30), "planned", "Tue 10:30"),
        (at(27, 10, 30), "planned", "27 Nov 10:30"),
        (dt.date(2026, 11, 16), "late", "2d late"),
        (dt.date(2026, 11, 17), "late", "Yesterday"),
        (dt.date(2026, 11, 18), "today", "Today"),
        (dt.date(2026, 11, 23), "planned", "Mon"),
        (dt.date(2026, 11, 27), "planned", "27 Nov"),
    ],
)
def test_due_state(due, state, text):
    assert formats.due_state(due, NOW, PRAGUE, "en") == (state, text)


@pytest.mark.parametrize(
    ("due", "state", "text"),
    [
        (at(18, 15, 0), "today", "Today"),
        (at(24, 10, 30), "planned", "Tue"),
        (at(18, 9, 30), "late", "2h late"),
        (at(10, 9, 30), "late", "8d late"),
    ],
)
def test_due_state_in_brief(due, state, text):
    assert formats.due_state(due, NOW, PRAGUE, "en", brief=True) == (state, text)


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (1234567, "en", "1,234,567"),
        (-1234567, "cs", "-1\xa0234\xa0567"),
        (1234567, "hi", "12,34,567"),
        (12, "hi", "12"),
        (0, "en", "0"),
        (1234.5678, "en", "1,234.568"),
        (Decimal("0.5"), "it", "0,5"),
    ],
)
def test_number(value, language, text):
    assert formats.number(value, language) == text


@pytest.mark.parametrize(
    ("points", "language", "text"),
    [
        (40, "en", "40%"),
        (12.5, "en", "12.5%"),
        (100, "cs", "100\xa0%"),
        (Decimal("33.3"), "pl", "33,3%"),
        (0, "en", "0%"),
    ],
)
def test_percent(points, language, text):
    assert formats.percent(points, language) == text


def test_the_active_language_is_the_default():
    with override("cs"):
        assert formats.number(1234) == "1\xa0234"
        assert formats.short_date(dt.date(2024, 11, 12), TODAY) == "12. 11. 2024"
        assert format_money(123456, "CZK") == "1\xa0234,56\xa0Kč"
    with override(None):
        assert formats.active_language() == settings.LANGUAGE_CODE


def milliseconds(work) -> float:
    work()
    return min(timeit.repeat(work, number=1, repeat=20)) * 1000


def test_fifty_values_cost_well_below_a_millisecond():
    moments = [at(18) - dt.timedelta(hours=7 * n) for n in range(50)]
    assert milliseconds(lambda: [formats.when(moment, NOW, PRAGUE, "en") for moment in moments]) < 0.6
    assert milliseconds(lambda: [formats.due_state(moment, NOW, PRAGUE, "en") for moment in moments]) < 0.6
    assert milliseconds(lambda: [format_money(n * 12345, "USD", "en") for n in range(50)]) < 0.4
    assert milliseconds(lambda: [formats.number(n * 12345, "en") for n in range(50)]) < 0.4


def render(source: str, **context) -> str:
    engine = Engine(libraries={"formats": "core.templatetags.formats"})
    with override("en"), timezone.override(PRAGUE):
        return engine.from_string("{% load formats %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|money }}", Money(123450, "USD"), "$1,234.50"),
        ("{{ v|money_short }}", Money(50, "USD"), "$0.50"),
        ("{{ v|money_short }}", Money(0, "USD"), "$0"),
        ("{{ v|money_short }}", Money(123400, "USD"), "$1,234"),
        ("{{ v|full_when }}", at(18, 14, 5), "Wednesday, 18 November 2026, 14:05 CET"),
        ("{{ v|short_date }}", dt.date(2001, 2, 3), "3 Feb 2001"),
        ("{{ v|short_date }}", dt.datetime(2001, 2, 3, 23, 30, tzinfo=dt.UTC), "4 Feb 2001"),
        ("{{ v|iso }}", dt.datetime(2001, 2, 3, 23, 30, tzinfo=dt.UTC), "2001-02-03T23:30:00+00:00"),
        ("{{ v|phone:'CZ' }}", "+420602123456", "602 123 456"),
        ("{{ v|phone }}", "+420602123456", "+420 602 123 456"),
        ("{{ v|phone }}", "<b>", "&lt;b&gt;"),
        ("{{ v|number }}", 12345, "12,345"),
        ("{{ v|percent }}", 40, "40%"),
    ],
)
def test_filters(source, value, text):
    assert render(source, v=value) == text


@pytest.mark.parametrize(
    "name",
    ["money", "money_short", "when", "full_when", "iso", "short_date", "phone", "number", "percent"],
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_filters_leave_nothing_empty(name, nothing):
    assert render("{{ v|" + name + " }}", v=nothing) == ""


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|when }}", at(17, 16, 20), "Yesterday 16:20"),
        ("{{ v|short_date }}", dt.date(2026, 2, 3), "3 Feb"),
        ("{% with d=v|due_state %}{{ d.state }}: {{ d.text }}{% endwith %}", at(18, 9, 30), "late: 2h late"),
        ("{% with d=v|due_state %}{{ d.state }}: {{ d.text }}{% endwith %}", at(18, 15), "today: Today 15:00"),
        ("{% with d=v|due_state_brief %}{{ d.state }}: {{ d.text }}{% endwith %}", at(24, 10), "planned: Tue"),
        ("{{ v|due_state }}", None, "None"),
    ],
)
def test_filters_about_now(monkeypatch, source, value, text):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    assert render(source, v=value) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [("a", "a"), ("ab", "a and b"), ("abcde", "a, b, c, d and e"), ("abcdef", "a, b, c, d and 2 more")],
)
def test_names_within_a_sentence_are_a_handful(names, text):
    assert formats.listed([*names]) == text
