"""What the cells of a column can be: how one is read, what shows it, where its values may be replaced for all rows."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import formats, money, phones, text
from core.money import DecimalMark
from transfers import parsing
from transfers.parsing import CellProblem
from transfers.reading import DateOrder


@dataclass(frozen=True)
class Conventions:
    """How the file writes what can be written in several ways. `region` is that of phone numbers without a prefix."""

    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None
    currency: str = "EUR"
    region: str = "US"
    tz: dt.tzinfo = field(default_factory=timezone.get_current_timezone)


class Kind:
    """How a cell is read. `read` returns None for an empty one and raises CellProblem."""

    #: may the mapping screen offer to replace a value of it for all rows?
    fixable = False

    def read(self, cell: str, how: Conventions) -> Any:
        raise NotImplementedError

    def show(self, value: Any, how: Conventions) -> str:
        """The value as the preview shows it."""
        return str(value)


@dataclass(frozen=True)
class Text(Kind):
    """One line, or several with `multiline`; longer than `max_length` is refused, not cut."""

    max_length: int
    multiline: bool = False
    fixable: bool = False

    def read(self, cell, how):
        return parsing.text(cell, self.max_length, multiline=self.multiline) or None


@dataclass(frozen=True)
class Integer(Kind):
    """A whole number between two bounds, both included."""

    least: int = 0
    most: int = 2**31 - 1

    def read(self, cell, how):
        value = parsing.integer(cell, how.decimal)
        if value is not None and not self.least <= value <= self.most:
            raise CellProblem(_("“%(text)s” is out of range.") % {"text": cell.strip()[: parsing.SHOWN]})
        return value

    def show(self, value, how):
        return str(value) if value < 10_000 else formats.number(value)


@dataclass(frozen=True)
class Money(Kind):
    """An amount of the file's currency in minor units. The cell holds it in units of ten to the power of `scale`."""

    scale: int = 0

    def read(self, cell, how):
        value = parsing.money(cell, how.currency, how.decimal) if not self.scale else self._scaled(cell, how)
        if value is not None and value < 0:
            raise CellProblem(_("An amount can't be negative."))
        return value

    def _scaled(self, cell: str, how: Conventions) -> int | None:
        # Read with so many more decimals than the currency has: 1100.04 millions are 110004 and four zeros.
        try:
            _before, number, _after = money.split_number(cell) if cell.strip() else ("", "", "")
            return money.scaled(number, money.exponent(how.currency) + self.scale, how.decimal) if number else None
        except ValueError as error:
            raise CellProblem(str(error)) from None

    def show(self, value, how):
        return money.format_money(value, how.currency)


class Date(Kind):
    """A day."""

    def read(self, cell, how):
        return parsing.date(cell, how.date_order)

    def show(self, value, how):
        return formats.short_date(value, timezone.localdate())


class Moment(Kind):
    """A day, perhaps with a time of day."""

    def read(self, cell, how):
        return parsing.datetime(cell, how.date_order, how.tz)

    def show(self, value, how):
        return formats.when(value, timezone.now(), how.tz)


class Email(Kind):
    """An e-mail address."""

    def read(self, cell, how):
        return parsing.email(cell)


class Phone(Kind):
    """A phone number, in E.164."""

    def read(self, cell, how):
        return parsing.phone(cell, how.region)

    def show(self, value, how):
        return phones.local(value, how.region)


@dataclass(frozen=True)
class Url(Kind):
    """A web address; with `secure` one of https, which old files write without the s."""

    secure: bool = False

    def read(self, cell, how):
        value = parsing.url(cell)
        if value and self.secure:
            value = f"https://{value.partition('://')[2]}"
        if value and len(value) > 200:
            raise CellProblem(_("The address is too long; at most 200 characters fit."))
        return value


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words, by its key or its label in the reader's language; `others` are further words for the keys."""

    options: Mapping[str, Any]
    others: Mapping[str, str] = field(default_factory=dict)
    fixable: bool = True

    def read(self, cell, how):
        further = {text.fold(word): key for word, key in self.others.items()}
        return parsing.choice(cell, further | parsing.choice_index(self.options.items()))

    def show(self, value, how):
        return str(self.options[value])


class YesNo(Kind):
    """Yes or no, in English or in the reader's language."""

    def read(self, cell, how):
        return parsing.boolean(cell)

    def show(self, value, how):
        return _("Yes") if value else _("No")


class Tags(Kind):
    """Words with commas, semicolons or bars between them; a tuple."""

    fixable = True
    _between = re.compile(r"[,;|]")

    def read(self, cell, how):
        words = (parsing.text(word, 60) for word in self._between.split(cell))
        return tuple(dict.fromkeys(filter(None, words))) or None

    def show(self, value, how):
        return ", ".join(value)
