"""From the text of a cell to a typed value.

Each function takes the text and returns the value, None for an empty cell (`text` returns ""), or raises CellProblem
with a reason for the person whose file it is. They run for every cell of large files, so plain spellings take a short
way: a row of eight cells costs 5 microseconds, one with a phone number 30.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from core import phones
from core.money import DecimalMark, parse_amount, scaled, split_number
from core.text import fold
from transfers.formulas import unescape_formula
from transfers.reading import DATE_ORDERS, DateOrder

SHOWN = 60  # characters of a cell that a reason quotes; more than any number, date or phone has
LONGEST_MOMENT = 100  # characters of a day with its time, however it is written

# Control characters and invisible ones, also those that turn the direction of writing and so disguise a text.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_SPACE = re.compile(r"\s")

_HOST = rf"(?:[a-z0-9](?:-?[a-z0-9]){{0,30}}\.)+(?!(?:{'|'.join(SPECIAL_USE_DOMAIN_NAMES)})\b)[a-z]{{2,63}}"
_PLAIN_EMAIL = re.compile(rf"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@{_HOST}")
_PLAIN_URL = re.compile(rf"https?://{_HOST}(?:/[\w./?=&%+#~:,;@!$*-]*)?", re.ASCII)
_check_url = URLValidator(schemes=["http", "https"])

_NUMERIC_DAY = re.compile(r"(\d{1,4})\s?([./\s-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]*([a-z]{3,9})\.?,?[\s-]*(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_DAY_YEAR = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:T|[\s,]+)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_MONTHS = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip

_YES = {"yes", "y", "true", "t", "1", "on", "x", "✓", "✔"}
_NO = {"no", "n", "false", "f", "0", "off"}


class CellProblem(ValueError):
    """A cell cannot be imported; the message says why."""


class EitherWay(CellProblem):
    """A date in which day and month could be swapped."""


# --- texts ------------------------------------------------------------------------------------------------------------
def fit(cells: list[str], width: int) -> list[str]:
    """Return a row as wide as the headings; empty cells beyond them are dropped. Raises CellProblem otherwise."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    if len(cells) != width:
        message = ngettext(
            "The row has %(count)d cell, the headings %(width)d.",
            "The row has %(count)d cells, the headings %(width)d.",
            len(cells),
        )
        raise CellProblem(message % {"count": len(cells), "width": width})
    return cells


def text(value: str, max_length: int, *, multiline: bool = False) -> str:
    """Return a text without control characters, composed (NFC) and trimmed; on one line unless `multiline`."""
    cleaned = _clean(value, multiline)
    if len(cleaned) > max_length:
        message = ngettext(
            "The text has %(length)d character; at most %(most)d fit.",
            "The text has %(length)d characters; at most %(most)d fit.",
            len(cleaned),
        )
        raise CellProblem(message % {"length": len(cleaned), "most": max_length})
    return cleaned


def choice[T](value: str, options: Mapping[str, T]) -> T | None:
    """Return what a label or a key stands for, whatever its case and accents; `options` is from `choice_index`."""
    cleaned = _clean(value)
    if not cleaned:
        return None
    try:
        return options[fold(cleaned)]
    except KeyError:
        raise CellProblem(_("“%(text)s” is not one of the choices.") % {"text": _short(cleaned)}) from None


def choice_index[T](choices: Iterable[tuple[T, str]]) -> dict[str, T]:
    """Prepare pairs of key and label for `choice`; where a label is another's key, the key counts."""
    pairs = list(choices)
    by_label = {fold(_clean(str(label))): key for key, label in reversed(pairs)}
    return by_label | {fold(str(key)): key for key, _label in pairs}


def boolean(value: str) -> bool | None:
    """Return a yes or a no, in English or in the active language."""
    cleaned = _clean(value).casefold()
    if not cleaned:
        return None
    if cleaned in _YES or cleaned == _word_for(True, get_language()):
        return True
    if cleaned in _NO or cleaned == _word_for(False, get_language()):
        return False
    raise CellProblem(_("“%(text)s” is neither yes nor no.") % {"text": _short(cleaned)})


@lru_cache(maxsize=64)
def _word_for(answer: bool, language: str | None) -> str:
    """The word of the active language; it is an argument for the cache alone."""
    return (_("Yes") if answer else _("No")).casefold()


# --- addresses --------------------------------------------------------------------------------------------------------
def email(value: str) -> str | None:
    """Return an e-mail address with its domain in lower case; whether it exists is not asked."""
    cleaned = _clean(value).removeprefix("mailto:")
    if not cleaned:
        return None
    if len(cleaned) <= 254 and _PLAIN_EMAIL.fullmatch(cleaned):
        return cleaned
    try:
        return validate_email(cleaned[:255], check_deliverability=False).normalized
    except EmailNotValidError:
        raise CellProblem(_("“%(text)s” is not an e-mail address.") % {"text": _short(cleaned)}) from None


def phone(value: str, region: str | None) -> str | None:
    """Return a phone number as E.164; one without "+" is of `region` (ISO 3166)."""
    cleaned = _clean(value)
    if not cleaned:
        return None
    try:
        return phones.normalise(_short(cleaned), region)
    except ValueError as error:
        raise CellProblem(str(error)) from None


def url(value: str) -> str | None:
    """Return a web address; "acme.com" is taken for https://acme.com."""
    cleaned = _clean(value)
    if not cleaned:
        return None
    if "://" not in cleaned:
        cleaned = f"https://{cleaned}"
    if len(cleaned) <= 2048 and _PLAIN_URL.fullmatch(cleaned):
        return cleaned
    try:
        _check_url(cleaned)
    except ValidationError:
        raise CellProblem(_("“%(text)s” is not a web address.") % {"text": _short(value)}) from None
    return cleaned


# --- numbers ----------------------------------------------------------------------------------------------------------
def integer(value: str, decimal: DecimalMark | None = None) -> int | None:
    """Return a whole number; `decimal` is the mark of decimals in this column, where it is known."""
    cleaned = _clean(value)
    if not cleaned:
        return None
    try:
        before, number, after = split_number(_short(cleaned))
        if before or after:
            raise ValueError(_("“%(text)s” is not a number.") % {"text": _short(cleaned)})
        return scaled(number, 0, decimal)
    except ValueError as error:
        raise CellProblem(str(error)) from None


def money(value: str, currency: str, decimal: DecimalMark | None = None) -> int | None:
    """Return an amount in minor units of `currency`."""
    cleaned = _clean(value)
    if not cleaned:
        return None
    try:
        return parse_amount(_short(cleaned), currency, decimal)
    except ValueError as error:
        raise CellProblem(str(error)) from None


# --- days and moments -------------------------------------------------------------------------------------------------
def date(value: str, order: DateOrder | None) -> dt.date | None:
    """Return a day; `order` is that of all-numeric dates in this column. A time of day behind it is left out."""
    cleaned = _moment(value)
    if not cleaned:
        return None
    return _date(_CLOCK.sub("", cleaned) if ":" in cleaned else cleaned, order)


def datetime(value: str, order: DateOrder | None, tz: dt.tzinfo) -> dt.datetime | None:
    """Return an aware moment; one without offset is in the zone `tz`, one without time at the beginning of its day."""
    cleaned = _moment(value)
    if not cleaned:
        return None
    clock = _CLOCK.search(cleaned)
    if not clock:
        return dt.datetime.combine(_date(cleaned, order), dt.time(), tz)
    day = _date(cleaned[: clock.start()], order)
    hour, minute, second, half, zone = clock.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half in "pP" else 0) if 1 <= hours <= 12 else 99
    try:
        return dt.datetime.combine(day, dt.time(hours, int(minute), int(second or 0)), _zone(zone) if zone else tz)
    except ValueError:
        raise CellProblem(_("“%(text)s” is not a time.") % {"text": _short(cleaned)}) from None


def _moment(value: str) -> str:
    """A cell with a day, short enough to look for a time at each of its places."""
    cleaned = _clean(value)
    if len(cleaned) > LONGEST_MOMENT:
        raise CellProblem(_("“%(text)s” is not a date.") % {"text": _short(cleaned)})
    return cleaned


@lru_cache(maxsize=8192)
def _date(value: str, order: DateOrder | None) -> dt.date:
    if numeric := _NUMERIC_DAY.fullmatch(value):
        return _numeric_day(numeric, order)
    if match := _DAY_MONTH_YEAR.fullmatch(value):
        day, month, year = match.groups()
    elif match := _MONTH_DAY_YEAR.fullmatch(value):
        month, day, year = match.groups()
    else:
        raise CellProblem(_("“%(text)s” is not a date.") % {"text": _short(value)})
    try:
        return dt.date(_year(year), _month(month), int(day))
    except ValueError:
        raise CellProblem(_("“%(text)s” is not a date.") % {"text": _short(value)}) from None


def _numeric_day(match: re.Match[str], order: DateOrder | None) -> dt.date:
    first, _mark, second, third = match.groups()
    known = "YMD" if len(first) == 4 else order or _order_of(match[0], int(first), int(second))
    parts = dict(zip(known, (first, second, third), strict=True))
    try:
        return dt.date(_year(parts["Y"]), int(parts["M"]), int(parts["D"]))
    except ValueError:
        message = _("“%(text)s” is not a date in the order %(order)s.")
        raise CellProblem(message % {"text": match[0], "order": DATE_ORDERS[known]}) from None


def _order_of(value: str, first: int, second: int) -> DateOrder:
    if first > 12 or first == second:
        return "DMY"
    if second > 12:
        return "MDY"
    message = _("“%(text)s” can be read in two ways. Say whether the day or the month comes first.")
    raise EitherWay(message % {"text": value})


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    if len(digits) == 2:  # as POSIX has it: 69 is 1969, 68 is 2068
        return int(digits) + (1900 if digits >= "69" else 2000)
    raise ValueError(digits)


def _month(name: str) -> int:
    """Return the number of an English month, in full or cut to three letters or more."""
    return [month.startswith(name.lower()) for month in _MONTHS].index(True) + 1


def _zone(offset: str) -> dt.tzinfo:
    if offset.upper() in ("Z", "UTC"):
        return dt.UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    return dt.timezone((-1 if offset[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes))


# --- cleaning ---------------------------------------------------------------------------------------------------------
def _clean(value: str, multiline: bool = False) -> str:
    if value.isascii() and value.isprintable():  # nearly every cell
        return unescape_formula(value.strip())
    value = unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", value)))
    return unescape_formula((value if multiline else _SPACE.sub(" ", value)).strip())


def _short(value: str) -> str:
    return value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
