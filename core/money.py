"""Amounts of money: whole minor units (cents) and an ISO 4217 code, never floats."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from babel.numbers import format_currency, format_decimal, get_currency_symbol, list_currencies
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formats import Separators, active_language, grouped, locale_of, separators

LARGEST = 2**63 - 1  # a bigint column

# ISO 4217's own list, not CLDR's: CLDR says how many decimals are in daily use (none for the Serbian dinar, nor for the
# Iraqi one of 1000 fils) and changes its mind, which would give the amounts already stored another meaning.
_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENT = {code: exponent for exponent, codes in _EXPONENTS.items() for code in codes.split()}

# Signs that people write besides the code and the sign of CLDR's English.
_SIGNS = {
    "$": "USD ARS AUD BBD BMD BSD BZD CAD CLP COP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD UYU XCD",
    "£": "GBP EGP FKP GIP LBP SHP SSP SYP",
    "¥": "JPY CNY",
    "kr": "SEK NOK DKK ISK",
    "fr": "CHF",
    "sfr": "CHF",
    "us$": "USD",
    "kč": "CZK",
    "zł": "PLN",
    "ft": "HUF",
    "lei": "RON",
    "rs": "INR PKR LKR NPR MUR",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "лв": "BGN",
}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency; adding two currencies raises ValueError."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return self + -other if isinstance(other, Money) else NotImplemented

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def format(self, language: str | None = None, decimals: int | None = None) -> str:
        return format_money(self.minor, self.currency, language, decimals)


@lru_cache(maxsize=512)
def is_currency(code: str) -> bool:
    """Tell whether it is a code of ISO 4217 such as "EUR"."""
    return code in list_currencies()


@lru_cache(maxsize=512)
def exponent(currency: str) -> int:
    """Return how many decimals of `currency` its minor unit is. Raises ValueError for an unknown code."""
    if not is_currency(currency):
        raise ValueError(f"{currency!r} is not a currency of ISO 4217")
    return _EXPONENT.get(currency, 2)


def in_whole(minor: int, currency: str) -> int:
    """Minor units rounded to whole units of the currency, for what is about so much."""
    unit = 10 ** exponent(currency)
    return (minor + unit // 2) // unit * unit


# --- writing --------------------------------------------------------------------------------------------------------


def short_money(minor: int, currency: str, language: str | None = None) -> str:
    """Like `format_money`, its decimals only where it has some: "$1,234", "$0.50"."""
    decimals = 0 if minor % 10 ** exponent(currency) == 0 else None
    return format_money(minor, currency, language, decimals)


def format_rate(value: Decimal, language: str | None = None) -> str:
    """Return an exchange rate with as many decimals as it has: "25,105", "0.0067"."""
    return format_decimal(value.normalize(), locale=locale_of(active_language(language)), decimal_quantization=False)


class _Style(NamedTuple):
    positive: list[str]
    negative: list[str]
    by: Separators
    exponent: int
    places: int


def format_money(minor: int, currency: str, language: str | None = None, decimals: int | None = None) -> str:
    """Return minor units as the language writes them: "$1,234.50", "1.234,50 €".

    `decimals` is how many to show; all of the currency's by default. Fewer are rounded, a half to the even neighbour.
    """
    style = _style(currency, active_language(language), decimals)
    shown = round(abs(minor), style.places - style.exponent) if style.places < style.exponent else abs(minor)
    whole, part = divmod(shown, 10**style.exponent)
    text = grouped(whole, style.by)
    if style.places:
        text += style.by.decimal + f"{part:0{style.exponent}}"[: style.places].ljust(style.places, "0")
    before, after = style.negative if minor < 0 and shown else style.positive
    return before + text + after


@lru_cache(maxsize=512)
def _style(currency: str, language: str, decimals: int | None) -> _Style:
    locale = locale_of(language)
    places = exponent(currency) if decimals is None else decimals
    positive, negative = (_affixes(format_currency(sample, currency, locale=locale)) for sample in (7, -7))
    by = separators(language)._replace(sizes=locale.currency_formats["standard"].grouping)
    return _Style(positive, negative, by, exponent(currency), places)


def _affixes(sample: str) -> list[str]:
    """Return what stands before and after the number 7, with a space between letters and digits as CLDR asks for."""
    before, after = re.split(r"7(?:\D0+)?", sample)
    return [before + "\xa0" if before[-1:].isalpha() else before, "\xa0" + after if after[:1].isalpha() else after]


# --- reading --------------------------------------------------------------------------------------------------------

DecimalMark = Literal[".", ","]

_AROUND_A_NUMBER = re.compile(r"(\D*)(\d(?:[\d.,'’\s]*\d)?)(\D*)")
_NO_CENTS = re.compile(r"[.,][-–—−]*")  # as in "1 200,-" and "5."
_MINUS = re.compile(r"[-–−]")
_SIGNS_AND_SPACES = re.compile(r"[-–−+\s]+")
_WHOLE = re.compile(r"\d+|\d{1,3}(?P<by>[.,'’\s])\d{3}(?:(?P=by)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
_NOT_A_DIGIT = re.compile(r"\D")


def parse_amount(text: str, currency: str, decimal: DecimalMark | None = None) -> int:
    """Return the minor units of an amount written by a person or a program.

    Understands "1,234.56", "1.234,56", "1 234,56", "$ 1,234", "(12.00)", "1 200,-". `decimal` is the mark of the
    decimals where it is known, as from a whole column of values; else it is worked out from this text alone.

    Raises ValueError, with a message for people, when the text is no amount, can be read in two ways, has more decimals
    than the currency, or names another currency.
    """
    places = exponent(currency)
    before, number, after = split_number(text)
    for sign in (before, after):
        if sign and not _is_sign_of(sign, currency):
            raise ValueError(_("“%(sign)s” does not stand for %(currency)s.") % {"sign": sign, "currency": currency})
    return scaled(number, places, decimal)


def split_number(text: str) -> tuple[str, str, str]:
    """Split "- $ 1,234 " into the words before ("$"), the number with its sign ("-1,234") and the words after ("").

    Raises ValueError, with a message for people, when there is not exactly one number.
    """
    cleaned = text if text.isascii() else unicodedata.normalize("NFKC", text)  # no-break spaces, full-width digits
    match = _AROUND_A_NUMBER.fullmatch(cleaned.strip())
    if not match:
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text})
    before, number, after = match.groups()
    if not before and not after:
        return before, number, after
    if no_cents := _NO_CENTS.match(after):
        number += after[0]
        after = after[no_cents.end() :]
    minuses = len(_MINUS.findall(before + after))
    if before[:1] == "(" and after[-1:] == ")":  # how accountants write a loss
        before, after, minuses = before[1:], after[:-1], minuses + 1
    if minuses > 1:
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text})
    before, after = _SIGNS_AND_SPACES.sub("", before), _SIGNS_AND_SPACES.sub("", after)
    if before in (".", ","):
        before, number = "", f"0{before}{number}"
    return before.rstrip("."), "-" * minuses + number, after.rstrip(".")


def scaled(number: str, places: int, decimal: DecimalMark | None = None) -> int:
    """Return `number` times ten to the power of `places` as a whole number: "1,234.5" with two places is 123450.

    Raises ValueError, with a message for people, when it can be read in two ways, has more decimals or is too large.
    """
    digits = number.removeprefix("-")
    mark = decimal or decimal_mark_of(digits) or _mark_by_habit(digits, places)
    whole, _mark, part = digits.partition(mark)
    if not _WHOLE.fullmatch(whole) or mark in part or _NOT_A_DIGIT.search(part):
        raise ValueError(_("“%(text)s” is not a number.") % {"text": number})
    if part[places:].strip("0"):
        message = ngettext(
            "“%(text)s” has more than %(places)d decimal.", "“%(text)s” has more than %(places)d decimals.", places
        )
        raise ValueError(message % {"text": number, "places": places})
    # Cut, because Python does not read thousands of digits; what is cut is far too large anyway.
    value = int(_NOT_A_DIGIT.sub("", whole)[:40] + part[:places].ljust(places, "0"))
    if value > LARGEST:
        raise ValueError(_("“%(text)s” is too large.") % {"text": number})
    return -value if number[0] == "-" else value


def decimal_mark_of(number: str) -> DecimalMark | None:
    """Return the mark of the decimals if a number such as "1.234,5" shows it; None for "1234" and for "1,234"."""
    marks = [char for char in number if char in ".,"]
    if not marks:
        return None
    last: DecimalMark = "," if marks[-1] == "," else "."
    if marks.count(last) > 1:  # it can only be a separator of groups
        return "." if last == "," else ","
    head, _mark, tail = number.partition(last)
    undecided = len(marks) == 1 and len(tail) == 3 and len(head) <= 3 and head != "0"
    return None if undecided else last


def _mark_by_habit(number: str, places: int) -> DecimalMark:
    """Read "1,234" as people do where no thousandths are meant. "1.234" may come from a program: not guessed."""
    if "." in number or ("," in number and places == 3):
        message = _("“%(text)s” can be read in two ways. Say whether a comma or a point marks the decimals.")
        raise ValueError(message % {"text": number})
    return "."


@lru_cache(maxsize=1024)
def _is_sign_of(sign: str, currency: str) -> bool:
    return (
        sign.upper() == currency
        or sign == get_currency_symbol(currency, "en")
        or currency in _SIGNS.get(sign.casefold(), "").split()
    )
