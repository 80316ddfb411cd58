import datetime as dt
import unicodedata
from zoneinfo import ZoneInfo

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from transfers import parsing
from transfers.formulas import escape_formula, unescape_formula
from transfers.parsing import CellProblem

PRAGUE = ZoneInfo("Europe/Prague")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Acme  Corp ", "Acme  Corp"),
        ("Acme\xa0Corp", "Acme Corp"),
        ("Acme\r\nCorp\tPrague", "Acme Corp Prague"),
        ("Ac\x00me\x07", "Acme"),
        ("Acme\u202efdp.exe", "Acmefdp.exe"),
        ("\ufeffAcme\u200b", "Acme"),
        (unicodedata.normalize("NFD", "Dvořák"), "Dvořák"),
        ("=1+1", "=1+1"),
        ("'=1+1", "=1+1"),
        ("'t Hooft", "'t Hooft"),
        ("👩‍💻", "👩‍💻"),
        ("   ", ""),
        ("", ""),
    ],
)
def test_text(value, text):
    assert parsing.text(value, 100) == text


def test_text_of_several_lines():
    assert parsing.text(" one\r\ntwo\rthree\x0b\x00four ", 100, multiline=True) == "one\ntwo\nthree\nfour"


def test_text_that_is_too_long():
    assert parsing.text("é" * 100, 100) == "é" * 100
    with pytest.raises(CellProblem, match="101 characters; at most 100"):
        parsing.text("é" * 101, 100)


@pytest.mark.parametrize(
    ("value", "number"), [("2822", 2822), ("2,822", 2822), ("1 234", 1234), ("-5", -5), ("12.00", 12), ("", None)]
)
def test_integer(value, number):
    assert parsing.integer(value) == number


@pytest.mark.parametrize("value", ["12.5", "abc", "5 kg", "$5", "1.234", "1e3", "9" * 20, "9" * 5000])
def test_integer_refuses(value):
    with pytest.raises(CellProblem):
        parsing.integer(value)


def test_money():
    assert parsing.money("1054", "USD") == 105400
    assert parsing.money("1.054,5", "EUR") == 105450
    assert parsing.money("1.054", "EUR", ",") == 105400
    assert parsing.money(" ", "USD") is None
    for value in ("1.054", "n/a", "€ 5", "1" * 5000):
        with pytest.raises(CellProblem):
            parsing.money(value, "USD")


@pytest.mark.parametrize(
    ("value", "order", "day"),
    [
        ("10/20/2016", "MDY", (2016, 10, 20)),
        ("3/1/2017", "MDY", (2017, 3, 1)),
        ("3/1/2017", "DMY", (2017, 1, 3)),
        ("3. 1. 2017", "DMY", (2017, 1, 3)),
        ("03-01-17", "DMY", (2017, 1, 3)),
        ("17/3/1", "YMD", (2017, 3, 1)),
        ("1/1/69", "DMY", (1969, 1, 1)),
        ("1/1/68", "DMY", (2068, 1, 1)),
        ("2016-10-20", "MDY", (2016, 10, 20)),
        ("2016/10/20", "DMY", (2016, 10, 20)),
        ("2016-10-20T23:30:00Z", "YMD", (2016, 10, 20)),
        ("10/20/2016 0:00", "MDY", (2016, 10, 20)),
        ("10/20/2016, 3:20 PM", "MDY", (2016, 10, 20)),
        ("20/10/2016", None, (2016, 10, 20)),
        ("10/20/2016", None, (2016, 10, 20)),
        ("20 Oct 2016", None, (2016, 10, 20)),
        ("20-Oct-16", "MDY", (2016, 10, 20)),
        ("Oct 20, 2016", None, (2016, 10, 20)),
        ("1st September 2016", None, (2016, 9, 1)),
        ("29/2/2016", "DMY", (2016, 2, 29)),
        ("", "MDY", None),
    ],
)
def test_date(value, order, day):
    assert parsing.date(value, order) == (dt.date(*day) if day else None)


@pytest.mark.parametrize(
    ("value", "order", "reason"),
    [
        ("3/1/2017", None, "two ways"),
        ("20/10/2016", "MDY", "order month, day, year"),
        ("10/20/2016", "DMY", "order day, month, year"),
        ("29/2/2017", "DMY", "order day, month, year"),
        ("2016-13-01", "MDY", "order year, month, day"),
        ("1/1/201", "DMY", "not a date"),
        ("1/2-2016", "DMY", "not a date"),
        ("31 Sept 2016", None, "not a date"),
        ("20 Octopus 2016", None, "not a date"),
        ("20 Mai 2016", None, "not a date"),
        ("42663", "DMY", "not a date"),
        ("soon", "DMY", "not a date"),
        ("1" * 1000, "DMY", "1…” is not a date"),
    ],
)
def test_date_refuses(value, order, reason):
    with pytest.raises(CellProblem, match=reason):
        parsing.date(value, order)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2016-10-20", "2016-10-20T00:00:00+02:00"),
        ("2016-10-20 15:20", "2016-10-20T15:20:00+02:00"),
        ("2016-12-20T15:20:30", "2016-12-20T15:20:30+01:00"),
        ("2016-10-20T15:20:30.123Z", "2016-10-20T15:20:30+00:00"),
        ("2016-10-20 15:20:30 UTC", "2016-10-20T15:20:30+00:00"),
        ("2016-10-20T15:20:30-0530", "2016-10-20T15:20:30-05:30"),
        ("10/20/2016 3:20 PM", "2016-10-20T15:20:00+02:00"),
        ("10/20/2016 12:05 a.m.", "2016-10-20T00:05:00+02:00"),
        ("Oct 20, 2016, 12:05 pm", "2016-10-20T12:05:00+02:00"),
    ],
)
def test_datetime(value, moment):
    assert parsing.datetime(value, "MDY", PRAGUE).isoformat() == moment


@pytest.mark.parametrize(
    "value", ["2016-10-20 25:00", "2016-10-20 13:00 PM", "2016-10-20 1:99", "15:20", "today 15:20"]
)
def test_datetime_refuses(value):
    with pytest.raises(CellProblem):
        parsing.datetime(value, "MDY", PRAGUE)


@pytest.mark.parametrize(
    ("value", "answer"),
    [("Yes", True), ("TRUE", True), ("1", True), ("x", True), ("no", False), ("F", False), ("0", False), ("", None)],
)
def test_boolean(value, answer):
    assert parsing.boolean(value) is answer


def test_boolean_refuses():
    with pytest.raises(CellProblem, match="neither"):
        parsing.boolean("maybe")


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("jane.doe+crm@acme-corp.com", "jane.doe+crm@acme-corp.com"),
        (" Jane@ACME.com ", "Jane@acme.com"),
        ("mailto:jane@acme.com", "jane@acme.com"),
        ("jiří@škoda.cz", "jiří@škoda.cz"),
        ("o'brien@acme.co.uk", "o'brien@acme.co.uk"),
        ("", None),
    ],
)
def test_email(value, address):
    assert parsing.email(value) == address


@pytest.mark.parametrize(
    "value",
    [
        "jane",
        "jane@",
        "@acme.com",
        "jane@acme",
        "jane@@acme.com",
        "jane@acme.com; joe@acme.com",
        "Jane <jane@acme.com>",
        "jane@localhost",
        "jane@acme.local",
        "ja ne@acme.com",
        ".jane@acme.com",
        "jane@-acme.com",
        "j@" + "a" * 300 + ".com",
    ],
)
def test_email_refuses(value):
    with pytest.raises(CellProblem, match="not an e-mail"):
        parsing.email(value)


labels = st.from_regex(r"[a-z0-9_+.-]{1,12}", fullmatch=True)


@given(labels, st.lists(st.from_regex(r"[a-z0-9-]{1,8}|test|local|xn--a", fullmatch=True), min_size=1, max_size=4))
def test_the_short_way_for_emails_agrees_with_the_library(local, domain):
    address = f"{local}@{'.'.join(domain)}"
    try:
        expected = validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        with pytest.raises(CellProblem):
            parsing.email(address)
    else:
        assert parsing.email(address) == expected


def test_phone():
    assert parsing.phone("602 123 456", "CZ") == "+420602123456"
    assert parsing.phone("'+420 602 123 456", None) == "+420602123456"
    assert parsing.phone(" ", "CZ") is None
    with pytest.raises(CellProblem, match="not a phone"):
        parsing.phone("ask Jana", "CZ")
    with pytest.raises(CellProblem, match="code of its country"):
        parsing.phone("602 123 456", None)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("acme.com", "https://acme.com"),
        ("www.acme.com/about?x=1", "https://www.acme.com/about?x=1"),
        ("http://acme.com", "http://acme.com"),
        ("HTTPS://Acme.com/A", "HTTPS://Acme.com/A"),
        ("https://škoda.cz/vozy", "https://škoda.cz/vozy"),
        ("https://acme.com:8443/x", "https://acme.com:8443/x"),
        ("", None),
    ],
)
def test_url(value, address):
    assert parsing.url(value) == address


@pytest.mark.parametrize(
    "value",
    ["javascript:alert(1)", "ftp://acme.com", "none", "acme", "https://", "a b.com", "//x", "a.com/" + "x" * 3000],
)
def test_url_refuses(value):
    with pytest.raises(CellProblem, match="not a web address"):
        parsing.url(value)


def test_choice():
    index = parsing.choice_index([("won", "Gewonnen"), ("lost", "Verlören"), (7, "Won")])
    assert parsing.choice(" WON ", index) == "won"
    assert parsing.choice("gewonnen", index) == "won"
    assert parsing.choice("verloren", index) == "lost"
    assert parsing.choice("7", index) == 7
    assert parsing.choice("", index) is None
    with pytest.raises(CellProblem, match="“maybe” is not one of"):
        parsing.choice("maybe", index)


def test_fit():
    assert parsing.fit(["a", "b"], 2) == ["a", "b"]
    assert parsing.fit(["a", "b", "", ""], 2) == ["a", "b"]
    with pytest.raises(CellProblem, match="3 cells, the headings 2"):
        parsing.fit(["a", "b", "c"], 2)
    with pytest.raises(CellProblem, match="1 cell, the headings 2"):
        parsing.fit(["a"], 2)


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("x;=HYPERLINK(1)", "x;'=HYPERLINK(1)"),
        ("x| @SUM(A1);-2+3", "x| '@SUM(A1);'-2+3"),
        ("x\n=1", "x\n'=1"),
        ("home; +420 602 123 456;-5", "home; +420 602 123 456;-5"),
        ("x; '=1", "x; ''=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("+420 602 123 456", "+420 602 123 456"),
        ("+1 (202) 555-0147", "+1 (202) 555-0147"),
        ("-1,234.50", "-1,234.50"),
        ("Acme = good", "Acme = good"),
        ("'t Hooft", "'t Hooft"),
        ("", ""),
    ],
)
def test_escape_formula(value, escaped):
    assert escape_formula(value) == escaped


@given(st.text("'=+-@a1 \t\r\n;|", max_size=8))
def test_what_is_escaped_comes_back(value):
    escaped = escape_formula(value)
    assert unescape_formula(escaped) == value
    if escaped == value and value[:1] in tuple("=+-@\t\r"):
        assert not set(value) & set("=@a"), "a plain number, whatever blanks stand in it"


@pytest.mark.parametrize(
    "read", [lambda cell: parsing.date(cell, "DMY"), lambda cell: parsing.datetime(cell, "DMY", PRAGUE)]
)
def test_a_cell_far_too_long_for_a_moment_is_not_searched_for_one(read):
    with pytest.raises(CellProblem, match="not a date"):
        read("1/2/2016" + " " * 1_000_000 + "10:00")
    assert str(read("1/2/2016" + " " * 80 + "10:00")).startswith("2016-02-01")
