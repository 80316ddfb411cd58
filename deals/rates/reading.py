"""Rates out of a text: typed, pasted from a table, or the file of a bank.

EUR  2026-03-01  25,105
Japan|yen|100|JPY|15.3         a bank's own: for so many units, on the day that the line above has
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import DecimalMark, decimal_mark_of, is_currency, scaled, split_number
from transfers.parsing import CellProblem, EitherWay, date
from transfers.reading import DateOrder, date_order
from workspaces.models import Rate, RateLine, Workspace
from workspaces.models.rate import EXACT, PLACES, SMALLEST

MOST_LINES = 5000
#: characters of a line; a sheet of a bank has a few dozen
LONGEST_LINE = 300
_COLUMNS = re.compile(r"[\t;|]")
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
    """The cells of a line by what they are; words that are none of it are somebody's comments."""

    currency: str = ""
    day: str = ""
    numbers: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Line":
        is_table = _COLUMNS.search(text)
        spoken = None if is_table else _SPOKEN_DAY.match(text)
        line = cls(day=spoken[0] if spoken else "")
        cells = (_COLUMNS if is_table else _WORDS).split(text[len(line.day) :])
        for cell in filter(None, map(str.strip, cells)):
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


@dataclass
class Pasted:
    """The rates of a text, and why other lines of it are none."""

    #: the day of lines without one: what stood last above them by itself, None where that can't be read
    day: dt.date | None
    lines: list[RateLine] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    may_be_heading: bool = True

    def rate(self, line: Line, order: DateOrder | None) -> RateLine | None:
        """What a line says; None for a day alone, and for the heading: the first of the other lines, where it is words.

        Raises ValueError, with a message for people.
        """
        is_day_alone = bool(line.day) and not line.currency and not line.numbers
        if is_day_alone:
            self.day = None
        day = day_of(line.day, order) if line.day else self.day
        if is_day_alone:
            self.day = day
            return None
        is_heading, self.may_be_heading = self.may_be_heading and not line.numbers, False
        if line.currency:
            value = line.value()
            if day is None:
                raise ValueError(_("the date above it is wrong."))
            return RateLine(line.currency, day, value)
        if is_heading:
            return None
        raise ValueError(_("there is no currency in it.") if line.numbers else _("there is no rate in it."))


def rates_in(text: str, today: dt.date, workspace: Workspace, order: DateOrder | None = None) -> Pasted:
    """The rates of a text, one a line, but for the workspace's own currency, which a bank's list may hold. A line
    without a day is of the day that stood last above it by itself, or of today; `order` counts where no date shows one.

    Raises ValueError, with a message for people, for a text that is too long; EitherWay where it takes an `order`.
    """
    written = [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(written) > MOST_LINES:
        raise ValueError(_("These are more than %(most)d lines.") % {"most": MOST_LINES})
    given = [(place, Line.of(line) if len(line) <= LONGEST_LINE else Line()) for place, line in written]
    order, pasted = date_order(line.day for _place, line in given) or order, Pasted(today)
    for place, line in given:
        try:
            rate = pasted.rate(line, order)
            if rate and rate.currency != workspace.currency:
                if fault := Rate.fault(rate, workspace):
                    raise ValueError(fault)
                pasted.lines.append(rate)
        except EitherWay:
            raise
        except ValueError as error:
            pasted.faults.append(_("Line %(number)d: %(problem)s") % {"number": place, "problem": error})
    return pasted


def day_of(text: str, order: DateOrder | None) -> dt.date:
    """Raises CellProblem for what is no day, or may be two."""
    found = date(text, order)
    if found is None:
        raise CellProblem(_("“%(text)s” is not a date.") % {"text": text})
    return found
