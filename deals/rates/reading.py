"""Rates out of a text: typed, pasted from a table, or the file of a bank.

EUR  2026-03-01  25,105
Japan|yen|100|JPY|15.3         a bank's own: for so many units, on the day that the line above has
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import DecimalMark, decimal_mark_of, is_currency, scaled, split_number
from transfers.parsing import CellProblem, date
from transfers.reading import DateOrder, date_order
from workspaces.models import RateLine
from workspaces.models.rate import EXACT, PLACES, SMALLEST

MOST_LINES = 5000
_COLUMNS = re.compile(r"\s*[\t;|]\s*")
_WORDS = re.compile(r"\s+|,(?=\s|[A-Za-z]|\d{4}-)|(?<=[A-Za-z]),|(?<=\d{4}-\d\d-\d\d),")
_DAY = re.compile(r"\d{1,4}([./-]) ?\d{1,2}\1 ?\d{2,4}\.?")
_SPOKEN_DAY = re.compile(r"\d{1,2} [A-Za-z]{3,9} \d{4}")


def rate_of(text: str) -> Decimal:
    """The number of a rate; its only mark is that of the decimals, whoever writes it. Raises ValueError, with a message
    for people, when it is no number."""
    before, number, after = split_number(text)
    if before or after:
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text})
    mark: DecimalMark | None = decimal_mark_of(number) or ("," if number.count(",") == 1 else None)
    return Decimal(scaled(number, PLACES, mark or ".")).scaleb(-PLACES)


@dataclass
class Line:
    """The cells of a line by what they are; words that are neither are somebody's comments."""

    currency: str = ""
    day: str = ""
    numbers: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Line":
        if not _COLUMNS.search(text) and (spoken := _SPOKEN_DAY.match(text)):
            return cls(day=spoken[0])
        cells = _COLUMNS.split(text) if _COLUMNS.search(text) else _WORDS.split(text)
        line = cls()
        for cell in filter(None, cells):
            if len(cell) == 3 and cell.isalpha() and is_currency(cell.upper()):
                line.currency = cell.upper()
            elif _DAY.fullmatch(cell):
                line.day = cell
            elif cell[0].isdigit() or cell[0] in "-–−+":
                line.numbers += (cell,)
        return line

    def value(self) -> Decimal:
        """What one unit is worth; of two numbers the first says of how many units the second is told."""
        if len(self.numbers) > 2:
            raise ValueError(_("there is more than one rate in it."))
        numbers = list(map(rate_of, self.numbers))
        if not numbers or (len(numbers) == 2 and not numbers[0]):
            raise ValueError(_("there is no rate in it."))
        *units, value = numbers
        return EXACT.divide(value, units[0]).quantize(SMALLEST, context=EXACT) if units else value


def rates_in(text: str, today: dt.date) -> Iterator[RateLine]:
    """The rates of a text, one a line. A line without a day is of the day that stood last above it, or of today.

    Raises ValueError, with a message for people, at the first line that can't be read.
    """
    given = [(place, Line.of(line.strip())) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(given) > MOST_LINES:
        raise ValueError(_("These are more than %(most)d lines.") % {"most": MOST_LINES})
    order, day = date_order(line.day for _place, line in given), today
    for place, line in given:
        try:
            day = day_of(line.day, order) if line.day else day
            if line.currency:
                yield RateLine(line.currency, day, line.value())
            elif line.numbers and not line.day:
                raise ValueError(_("there is no currency in it."))
        except ValueError as error:
            raise ValueError(_("Line %(number)d: %(problem)s") % {"number": place, "problem": error}) from error


def day_of(text: str, order: DateOrder | None) -> dt.date:
    """Raises CellProblem for what is no day, or may be two."""
    found = date(text, order)
    if found is None:
        raise CellProblem(_("“%(text)s” is not a date.") % {"text": text})
    return found
