from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from core.money import LARGEST, Money, decimal_mark_of, exponent, format_money, parse_amount, scaled


@pytest.mark.parametrize(("currency", "places"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("RSD", 2), ("IQD", 3)])
def test_exponent(currency, places):
    assert exponent(currency) == places


@pytest.mark.parametrize("code", ["", "usd", "XYZ", "$"])
def test_an_unknown_currency_is_refused(code):
    with pytest.raises(ValueError, match="not a currency"):
        Money(1, code)


def test_money_adds_up_exactly():
    assert Money(10, "EUR") + Money(20, "EUR") - Money(5, "EUR") == Money(25, "EUR")
    assert -Money(10, "EUR") == Money(-10, "EUR")
    assert Money(123456, "USD").amount == Decimal("1234.56")
    assert Money(1234, "KWD").amount == Decimal("1.234")
    assert Money(1234, "JPY").amount == 1234
    assert not Money(0, "USD")
    assert hash(Money(1, "USD")) == hash(Money(1, "USD"))


def test_two_currencies_do_not_add_up():
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(1, "USD") - Money(1, "EUR")
    with pytest.raises(TypeError):
        Money(1, "USD") + 1


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1,234.56", "USD", 123456),
        ("1.234,56", "EUR", 123456),
        ("1 234,56", "CZK", 123456),
        ("1\xa0234,56\xa0Kč", "CZK", 123456),
        ("1\u202f234,56 €", "EUR", 123456),
        ("1’234.50", "CHF", 123450),
        ("1'234'567.50", "CHF", 123456750),
        ("12,34,567.89", "INR", 123456789),
        ("$ 1,234", "USD", 123400),
        ("$1,234,567", "USD", 123456700),
        ("1100.04", "USD", 110004),
        ("1234,567", "KWD", 1234567),
        ("0.500", "KWD", 500),
        ("1054", "USD", 105400),
        ("1054.000", "USD", 105400),
        ("1,234", "JPY", 1234),
        ("￥１２３", "JPY", 123),
        ("US$ 5", "USD", 500),
        ("usd 5", "USD", 500),
        ("5 USD", "USD", 500),
        ("Fr. 500", "CHF", 50000),
        ("Rs.500", "INR", 50000),
        ("500 kr.", "SEK", 50000),
        ("1 200,-", "CZK", 120000),
        ("1.200,-- €", "EUR", 120000),
        ("-5", "USD", -500),
        ("−5,5", "EUR", -550),
        ("5-", "USD", -500),
        ("-$5.25", "USD", -525),
        ("$ -5.25", "USD", -525),
        ("($5.25)", "USD", -525),
        ("+5", "USD", 500),
        (".5", "USD", 50),
        ("5.", "USD", 500),
        ("0.00", "USD", 0),
        ("92233720368547758.07", "USD", LARGEST),
    ],
)
def test_parse_amount(text, currency, minor):
    assert parse_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "decimal", "minor"), [("1.234", ",", 123400), ("1,234", ".", 123400), ("12,5", ",", 1250), ("7", ",", 700)]
)
def test_parse_amount_with_a_known_mark(text, decimal, minor):
    assert parse_amount(text, "EUR", decimal) == minor


@pytest.mark.parametrize(
    ("text", "currency", "decimal", "reason"),
    [
        ("1.234", "USD", None, "two ways"),
        ("1,234", "KWD", None, "two ways"),
        ("1,234", "USD", ",", "more than 2 decimals"),
        ("1.005", "USD", ".", "more than 2 decimals"),
        ("1.5", "JPY", None, "more than 0 decimals"),
        ("5 €", "USD", None, "does not stand for USD"),
        ("5 EUR", "USD", None, "does not stand for USD"),
        ("10%", "USD", None, "does not stand for USD"),
        ("(5", "USD", None, "does not stand for USD"),
        ("", "USD", None, "not a number"),
        ("abc", "USD", None, "not a number"),
        ("1,23,4", "USD", None, "not a number"),
        ("1.234.5", "USD", None, "not a number"),
        ("1,234.5.6", "USD", None, "not a number"),
        ("12 34", "USD", None, "not a number"),
        ("1-2", "USD", None, "not a number"),
        ("--5", "USD", None, "not a number"),
        ("(-5)", "USD", None, "not a number"),
        ("1e5", "USD", None, "not a number"),
        ("=1+1", "USD", None, "not a number"),
        ("92233720368547758.08", "USD", None, "too large"),
    ],
)
def test_parse_amount_refuses(text, currency, decimal, reason):
    with pytest.raises(ValueError, match=reason):
        parse_amount(text, currency, decimal)


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(["USD", "CZK", "JPY", "KWD", "CHF", "EUR", "BRL"]))
def test_what_english_writes_is_read_back(minor, currency):
    decimal = "."
    assert parse_amount(format_money(minor, currency, "en"), currency, decimal) == minor


@given(
    st.integers(-(10**15), 10**15),
    st.sampled_from(["USD", "EUR", "JPY", "KWD", "INR"]),
    st.sampled_from(["en", "cs", "es", "it", "pl", "pt-br", "de", "fr", "hi", "sv", "he"]),
)
def test_format_money_writes_what_babel_writes(minor, currency, language):
    locale = language.replace("pt-br", "pt_BR")
    ours = format_money(minor, currency, language)
    theirs = format_currency(Money(minor, currency).amount, currency, locale=locale)
    # babel leaves out the space that CLDR asks for between a code and a digit ("KWD1" in English).
    assert ours.replace("KWD\xa0", "KWD") == theirs.replace("KWD\xa0", "KWD")


@pytest.mark.parametrize(
    ("minor", "currency", "language", "decimals", "text"),
    [
        (123456, "USD", "en", None, "$1,234.56"),
        (123456, "EUR", "de", None, "1.234,56\xa0€"),
        (123456, "CZK", "en", None, "CZK\xa01,234.56"),
        (1000553400, "USD", "en", 0, "$10,005,534"),
        (123450, "USD", "en", 0, "$1,234"),
        (123550, "USD", "en", 0, "$1,236"),
        (99999, "USD", "en", 0, "$1,000"),
        (-40, "USD", "en", 0, "$0"),
        (-123456, "USD", "en", 1, "-$1,234.6"),
        (5, "USD", "en", None, "$0.05"),
        (12, "JPY", "en", 2, "¥12.00"),
        (123456750, "RSD", "en", None, "RSD\xa01,234,567.50"),
        (123456789, "INR", "hi", None, "₹12,34,567.89"),
        (100, "USD", "tlh", None, "$1.00"),
    ],
)
def test_format_money(minor, currency, language, decimals, text):
    assert format_money(minor, currency, language, decimals) == text
    assert Money(minor, currency).format(language, decimals) == text


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        ("1234", None),
        ("1,234", None),
        ("1.234", None),
        ("1,23", ","),
        ("1234.567", "."),
        ("0.123", "."),
        ("1,234.5", "."),
        ("1.234,5", ","),
        ("1,234,567", "."),
        ("1.234.567", ","),
        ("1 234,567", ","),
    ],
)
def test_decimal_mark_of(number, mark):
    assert decimal_mark_of(number) == mark


def test_scaled():
    assert scaled("-1,234.5", 2) == -123450
    assert scaled("2,822", 0) == 2822
