"""Rates by day, what amounts are worth at them, and what a closed deal is worth from its closing on."""

import datetime as dt
from decimal import Decimal

import pytest
from babel.numbers import list_currencies
from django.db import connection
from django.utils import timezone

from core.money import exponent, format_money
from core.tenancy import workspace_scope
from deals.jobs import settle_all
from deals.models import Deal
from deals.models.settling import put_rates, settle_anew
from deals.rates.page import newest
from deals.rates.reading import rates_in
from records.models import ChangeSet, change_set
from tests.factories import DealFactory
from transfers.parsing import EitherWay
from workspaces.models import Rate, RateLine, Rates, Settled
from workspaces.refusals import NotAllowed, Refusal

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 20)


def day(number: int, month: int = 3) -> dt.date:
    return dt.date(2026, month, number)


def rate(currency: str, value: str, on: dt.date, *, by) -> None:
    put_rates([RateLine(currency, on, Decimal(value))], by=by)


def written(minor: int, currency: str) -> str:
    return format_money(minor, currency, "en", 0)


@pytest.fixture
def by(in_acme, alice):
    """Alice, inside acme, whose currency is the dollar."""
    return alice.actor


# --- what an amount is worth ------------------------------------------------------------------------------------------
def test_the_newest_rate_on_or_before_the_day_counts(acme, by):
    rate("EUR", "1.10", day(1), by=by)
    rate("EUR", "1.20", day(10), by=by)
    worth = {on: Rates(acme, day(on)).worth(100_00, "EUR") for on in (1, 9, 10, 31)}
    assert worth == {1: 110_00, 9: 110_00, 10: 120_00, 31: 120_00}
    assert Rates(acme, day(28, month=2)).worth(100_00, "EUR") is None


def test_currencies_have_different_decimals_and_a_half_is_rounded_up(acme, by):
    put_rates([RateLine("JPY", day(1), Decimal("0.0067")), RateLine("KWD", day(1), Decimal("3.25"))], by=by)
    rates = Rates(acme, TODAY)
    assert rates.worth(1_000_000, "JPY") == 6_700_00
    assert rates.worth(1_000, "KWD") == 3_25
    assert rates.worth(75, "JPY") == 50  # 50.25 cents
    assert rates.worth(2, "KWD") == 1  # 0.65 of a cent
    assert rates.worth(2**62, "JPY") == 3_089_829_632_346_349_896  # ...895.68: no digit is lost on the way


def test_python_and_the_database_give_the_same(acme, by):
    codes = ["EUR", "JPY", "KWD", "CLF"]
    put_rates([RateLine(code, day(1), Decimal("1.2345678901")) for code in codes], by=by)
    rates = Rates(acme, TODAY)
    with connection.cursor() as cursor:
        for code in [*codes, "USD", "GBP"]:
            for minor in (0, 1, 5, 12_345, 10**12 + 5):
                cursor.execute("SELECT workspaces_worth(%s, %s, %s, %s)", [acme.pk, minor, code, TODAY])
                if code != "GBP" or minor:
                    assert cursor.fetchone()[0] == rates.worth(minor, code), (minor, code)


def test_the_database_knows_the_decimals_of_all_currencies(acme):
    with connection.cursor() as cursor:
        for code in list_currencies():
            cursor.execute("SELECT workspaces_decimals(%s)", [code])
            assert cursor.fetchone()[0] == exponent(code), code


def test_rates_are_read_once_and_not_at_all_for_the_currency_of_the_workspace(acme, by, django_assert_num_queries):
    put_rates([RateLine(code, day(on), Decimal("1.1")) for code in ("EUR", "GBP", "CHF") for on in range(1, 20)], by=by)
    rates = Rates.of(acme, TODAY)
    with django_assert_num_queries(0):
        assert rates.words({"USD": 5_00}, written) == "$5"
    with django_assert_num_queries(1):
        assert Rates.of(acme, TODAY).words({"USD": 5_00, "EUR": 100_00}, written) == "€100 + $5 ≈\xa0$115"
        assert Rates.of(acme, TODAY).words({"CHF": 1_00, "GBP": 2_00}, written) == "£2 + CHF\xa01 ≈\xa0$3"
        alone = Rates.of(acme, TODAY).words({"EUR": 100_00}, written)
    assert (alone, alone.first, alone.second) == ("€100 ≈\xa0$110", "€100", "≈\xa0$110")
    assert Rates.of(acme, TODAY).words({"EUR": 0}, written) == "€0"


@pytest.mark.parametrize(
    ("amounts", "text", "lines"),
    [
        ({"USD": 5_00, "GBP": 9_00}, "£9 + $5 (no rate for GBP)", ["£9 + $5", "no rate for GBP"]),
        ({"GBP": 9_00}, "£9 (no rate for GBP)", ["£9", "no rate for GBP"]),
        (
            {"USD": 5_00, "EUR": 10_00, "GBP": 9_00},
            "€10 + £9 + $5 ≈ $16 + £9 (no rate for GBP)",
            ["≈ $16 + £9", "€10 + £9 + $5", "no rate for GBP"],
        ),
    ],
)
def test_what_has_no_rate_stands_beside_what_can_be_added_up(acme, by, amounts, text, lines):
    rate("EUR", "1.1", day(1), by=by)
    said = Rates(acme, TODAY).words(amounts, written)
    assert said.replace("\xa0", " ") == text
    assert [line.replace("\xa0", " ") for line in said.lines] == lines


def test_what_is_settled_counts_at_its_own_rates(acme, by):
    rate("EUR", "1.50", day(1), by=by)
    rates = Rates(acme, TODAY)
    settled = {"EUR": Settled(60_00, 66_00)}
    assert rates.words({"USD": 10_00, "EUR": 100_00}, written, settled) == "€100 + $10 ≈\xa0$136"
    in_part = rates.words({"USD": 10_00, "EUR": 100_00}, written, {"EUR": Settled(60_00, None)})
    assert in_part.lines == ["€100 + $10", "no rate for EUR"]


# --- writing them -----------------------------------------------------------------------------------------------------
def test_a_rate_of_the_same_day_is_replaced_and_undo_brings_it_back(acme, by):
    rate("EUR", "1.10", day(1), by=by)
    with change_set("", by=by, source="web"):
        put_rates([RateLine("EUR", day(1), Decimal("1.2")), RateLine("GBP", day(1), Decimal("1.3"))], by=by)
        changed = ChangeSet.current()
    assert changed.label == "2 rates saved"
    assert dict(Rate.objects.values_list("currency", "value")) == {"EUR": Decimal("1.2"), "GBP": Decimal("1.3")}
    changed.undo(by=by)
    assert dict(Rate.objects.values_list("currency", "value")) == {"EUR": Decimal("1.1")}


@pytest.mark.parametrize(
    "line",
    [
        RateLine("USD", TODAY, Decimal(1)),
        RateLine("XXZ", TODAY, Decimal(1)),
        RateLine("EUR", TODAY, Decimal(0)),
        RateLine("EUR", TODAY, Decimal(-1)),
        RateLine("EUR", TODAY, Decimal(10**10)),
    ],
)
def test_what_is_no_rate_is_refused(by, line):
    with pytest.raises(Refusal):
        put_rates([line], by=by)
    assert not Rate.objects.exists()


def test_owners_and_admins_alone_write_rates(in_acme, mara, bob, victor):
    for member in (mara, bob, victor):
        with pytest.raises(NotAllowed):
            rate("EUR", "1.1", day(1), by=member.actor)
        with pytest.raises(NotAllowed):
            settle_anew("EUR", by=member.actor)


def test_a_rate_of_a_former_currency_of_the_workspace_says_nothing(acme, by):
    rate("EUR", "1.10", day(1), by=by)
    acme.currency = "CZK"
    assert Rates(acme, TODAY).worth(1_00, "EUR") is None


# --- closing ----------------------------------------------------------------------------------------------------------
def settled(deal: Deal) -> int | None:
    deal.refresh_from_db()
    return deal.closed_value


def test_closing_settles_at_the_rate_of_the_day_and_later_rates_change_nothing(by):
    rate("EUR", "1.10", day(1), by=by)
    rate("EUR", "1.20", day(10), by=by)
    early, late = DealFactory.create_batch(2, value=100_00, currency="EUR")
    early.win(by=by, on=day(9))
    late.lose(by=by, on=day(10))
    assert (settled(early), settled(late)) == (110_00, 120_00)
    rate("EUR", "9.99", day(9), by=by)
    assert settled(early) == 110_00
    early.reopen(by=by)
    assert settled(early) is None


def test_it_is_settled_with_the_one_statement_that_closes_any_number(by, django_assert_max_num_queries):
    rate("EUR", "2", day(1), by=by)
    deals = [DealFactory(value=value, currency="EUR") for value in (1_00, 2_00, None)]
    Deal.objects.all().win(by=by, on=TODAY)
    assert [settled(deal) for deal in deals] == [2_00, 4_00, None]


def test_undo_of_a_closing_and_its_redo_keep_what_it_was_settled_at(by):
    rate("EUR", "1.10", day(1), by=by)
    deal = DealFactory(value=100_00, currency="EUR")
    with change_set("", by=by, source="web"):
        deal.win(by=by, on=TODAY)
        won = ChangeSet.current()
    rate("EUR", "2", day(1), by=by)
    with change_set("", by=by, source="web"):
        won.undo(by=by)
        undone = ChangeSet.current()
    assert settled(deal) is None
    undone.undo(by=by)
    assert settled(deal) == 110_00


def test_a_closing_without_a_rate_waits_for_one_and_can_still_be_undone(by):
    deal = DealFactory(value=100_00, currency="EUR")
    with change_set("", by=by, source="web"):
        deal.win(by=by, on=day(5))
        won = ChangeSet.current()
    assert settled(deal) is None
    rate("EUR", "1.20", day(6), by=by)
    assert settled(deal) is None, "a later rate says nothing of the day"
    with change_set("", by=by, source="web"):
        rate("EUR", "1.10", day(4), by=by)
        added = ChangeSet.current()
    assert settled(deal) == 110_00
    added.undo(by=by)
    assert settled(deal) is None
    rate("EUR", "1.15", day(4), by=by)
    won.undo(by=by)
    deal.refresh_from_db()
    assert (deal.status, deal.closed_value) == ("open", None)


def test_a_closed_deal_whose_value_is_corrected_is_settled_anew(by):
    rate("EUR", "1.10", day(1), by=by)
    deal = DealFactory(value=100_00, currency="EUR")
    deal.win(by=by, on=TODAY)
    deal.refresh_from_db()
    deal.edit(by=by, value=200_00)
    assert settled(deal) == 220_00
    deal.edit(by=by, currency="USD")
    assert settled(deal) == 200_00


def test_a_wrong_rate_is_put_right_by_valuing_anew(by):
    rate("EUR", "11", day(1), by=by)
    euros, dollars = DealFactory(value=100_00, currency="EUR"), DealFactory(value=100_00, currency="USD")
    Deal.objects.all().win(by=by, on=TODAY)
    rate("EUR", "1.1", day(1), by=by)
    with change_set("", by=by, source="web"):
        assert settle_anew("EUR", by=by).done == 1
        anew = ChangeSet.current()
    assert (settled(euros), settled(dollars)) == (110_00, 100_00)
    anew.undo(by=by)
    assert settled(euros) == 1100_00


def test_a_workspace_that_takes_another_currency_values_its_closed_deals_in_it(acme, alice):
    with workspace_scope(acme.pk):
        by, deal = alice.actor, DealFactory(value=100_00, currency="USD")
        deal.win(by=by, on=TODAY)
        assert settled(deal) == 100_00
        acme.change(by=by, currency="EUR")
        rate("USD", "0.5", day(1), by=by)
    settle_all(workspace_id=acme.pk)
    with workspace_scope(acme.pk):
        assert settled(deal) == 50_00


# --- reading ----------------------------------------------------------------------------------------------------------
BANK = """27.02.2026 #41
země|měna|množství|kód|kurz
Japonsko|jen|100|JPY|14,320
EMU|euro|1|EUR|25,105"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EUR 2026-03-01 25.105", [("EUR", day(1), "25.105")]),
        ("eur;1.3.2026;25,105\nchf;2.3.2026;1.234,5", [("EUR", day(1), "25.105"), ("CHF", day(2), "1234.5")]),
        ("EUR,2026-03-01,25.105", [("EUR", day(1), "25.105")]),
        ("EUR 25", [("EUR", TODAY, "25")]),
        ("code\tday\trate\nEUR\t03/25/2026\t25.105\n", [("EUR", day(25), "25.105")]),
        (BANK, [("JPY", day(27, 2), "0.1432"), ("EUR", day(27, 2), "25.105")]),
        ("27 Feb 2026 #41\nJPY|100|14.32", [("JPY", day(27, 2), "0.1432")]),
        ("27 Feb 2026 JPY 100 14.32", [("JPY", day(27, 2), "0.1432")]),
        ("EUR 1/2/2026 25\nEUR 2/25/2026 26", [("EUR", dt.date(2026, 1, 2), "25"), ("EUR", day(25, 2), "26")]),
        ("EUR 1.2.2026 25", [("EUR", day(1, 2), "25")]),
        ("EUR 3/3/2026 25", [("EUR", day(3), "25")]),
        ("EUR 2026-03-01 25\nGBP 28", [("EUR", day(1), "25"), ("GBP", TODAY, "28")]),
        ("2026-03-01\nEUR 25\nGBP 28", [("EUR", day(1), "25"), ("GBP", day(1), "28")]),
        ("", []),
    ],
)
def test_a_text_is_read_as_people_and_banks_write_it(acme, text, found):
    pasted = rates_in(text, TODAY, acme)
    assert pasted.lines == [(code, on, Decimal(value)) for code, on, value in found]
    assert pasted.faults == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("EUR 25\nEUR x", "Line 2: there is no rate in it."),
        ("code rate\nEUR 25\neuro", "Line 3: there is no rate in it."),
        ("code rate\neuro", "Line 2: there is no rate in it."),
        ("EUR 1 2 3", "Line 1: there is more than one rate in it."),
        ("\nXYZ 25", "Line 2: there is no currency in it."),
        ("2026-03-01 25", "Line 1: there is no currency in it."),
        ("EUR 2026-02-30 25", "Line 1: “2026-02-30” is not a date"),
        ("2026-02-30\nGBP 28", "Line 2: the date above it is wrong."),
        ("EUR 25\nGBP" + " " * 300 + "28", "Line 2: there is no rate in it."),
        ("JPY 0 25", "Line 1: there is no rate in it."),
        ("JPY 0", "Line 1: A rate is more than nothing."),
    ],
)
def test_what_can_not_be_read_is_said_with_its_line(acme, text, problem):
    assert rates_in(text, TODAY, acme).faults[-1].startswith(problem)


def test_dates_that_could_be_either_are_read_as_one_says(acme):
    with pytest.raises(EitherWay, match="“1/2/2026” can be read in two ways"):
        rates_in("EUR 1/2/2026 25", TODAY, acme)
    assert rates_in("EUR 1/2/2026 25", TODAY, acme, "DMY").lines[0].day == day(1, 2)
    assert rates_in("EUR 1/2/2026 25\nEUR 25/2/2026 25", TODAY, acme, "MDY").lines[0].day == day(1, 2)


def test_of_each_currency_the_rate_that_holds_today_is_shown_before_one_to_come(acme, by):
    today, soon = timezone.localdate(), timezone.localdate() + dt.timedelta(days=9)
    put_rates([RateLine("EUR", today, Decimal(2)), RateLine("EUR", soon, Decimal(3))], by=by)
    put_rates([RateLine("GBP", soon, Decimal(4))], by=by)
    assert [(rate.currency, rate.value) for rate in newest(acme)] == [("EUR", 2), ("GBP", 4)]
