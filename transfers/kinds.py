"""What the cells of a column can be: how one is read, what shows it, where its values may be replaced for all rows."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from core import formats, money, phones, text
from core.money import DecimalMark
from records.models import Source, seen_ids
from transfers import parsing
from transfers.parsing import CellProblem
from transfers.reading import DateOrder
from transfers.staging import array
from workspaces.models import Membership


@dataclass(frozen=True)
class Conventions:
    """How the file writes what can be written in several ways. `region` is that of phone numbers without a prefix."""

    date_order: DateOrder | None = None
    decimal: DecimalMark | None = None
    currency: str = "EUR"
    region: str = "US"
    tz: dt.tzinfo = field(default_factory=timezone.get_current_timezone)


class Missing(CellProblem):
    """Nothing is called so; the target may make it."""


class Kind:
    """How a cell is read. `read` returns None for an empty one and raises CellProblem."""

    #: may the mapping screen offer to replace a value of it for all rows?
    fixable = False

    def read(self, cell: str, how: Conventions) -> Any:
        raise NotImplementedError

    def show(self, value: Any, how: Conventions) -> str:
        """The value as the preview shows it."""
        return str(value)


class Reference(Kind):
    """A cell that names another record; `find` looks up all names of a batch at once."""

    fixable = True
    max_length = 200
    #: the type of the records that are named, where they are records
    model: Any = None

    def read(self, cell: str, how: Conventions) -> str | None:
        return parsing.text(cell, self.max_length) or None

    def find(self, names: Iterable[str], member: Membership) -> dict[str, int | CellProblem]:
        """The ids of the records that are called so; a name that stands for none, or for several, has its problem. What
        the member does not see is not there."""
        wanted = list(names)
        found: dict[str, set[int]] = {name: set() for name in wanted}
        for name, pk in shown(self.model, self.pairs(wanted), member) if self.model else self.pairs(wanted):
            found[name].add(pk)
        return {name: self._only(name, ids) for name, ids in found.items()}

    def pairs(self, names: list[str]) -> Iterable[tuple[str, int]]:
        """Pairs of a wanted name and the id of a record that it fits."""
        raise NotImplementedError

    def choices(self) -> list[str]:
        """The names to choose from where a value is replaced; empty when they are too many."""
        return []

    def _only(self, name: str, ids: set[int]) -> int | CellProblem:
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            return CellProblem(self.ambiguous() % {"name": name})
        return Missing(self.missing() % {"name": name})

    def missing(self) -> str:
        return _("“%(name)s” was not found.")

    def ambiguous(self) -> str:
        return _("Several are called “%(name)s”.")


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


class MemberReference(Reference):
    """A member, by name or e-mail."""

    def pairs(self, names):
        known: dict[str, set[int]] = {}
        for pk, name, email in Membership.objects.values_list("pk", "name", "email"):
            for key in {text.sort_name(name), email.lower()} - {""}:
                known.setdefault(key, set()).add(pk)
        for name in names:
            for key in {text.sort_name(name), name.lower()}:
                yield from ((name, pk) for pk in known.get(key, ()))

    def choices(self):
        return list(Membership.objects.order_by("name").values_list("name", flat=True)[:200])

    def missing(self):
        return _("There is no member called “%(name)s”.")

    def ambiguous(self):
        return _("Several members are called “%(name)s”.")


class SourceReference(Reference):
    """Where a record comes from, by name."""

    def pairs(self, names):
        known = {text.sort_name(source.name): source.pk for source in Source.objects.all()}
        yield from ((name, known[key]) for name in names if (key := text.sort_name(name)) in known)

    def choices(self):
        return list(Source.objects.values_list("name", flat=True))

    def missing(self):
        return _("There is no source called “%(name)s”.")


@dataclass(frozen=True)
class RecordReference(Reference):
    """A record by the name that lists sort by; capitals and accents do not count."""

    model: Any

    def pairs(self, names):
        return ids_by_name(self.model, names)


def shown(model: Any, pairs: Iterable[tuple[Any, int]], member: Membership) -> list[tuple[Any, int]]:
    """Of pairs of a value and the id of a record those whose records the member sees."""
    pairs = list(pairs)
    ids = seen_ids(model, {pk for _value, pk in pairs}, member)
    return [pair for pair in pairs if pair[1] in ids]


def ids_by_name(model: Any, names: Collection[str]) -> list[tuple[str, int]]:
    """Pairs of a wanted name and the id of a record, not in the trash, that is called so."""
    keys = sort_keys(names)
    found = model.objects.present().filter(sort_name__in=list(keys)).values_list("sort_name", "pk")
    return [(name, pk) for key, pk in found for name in keys[key]]


def sort_keys(texts: Collection[str]) -> dict[str, list[str]]:
    """The keys that the database itself gives these texts, and the texts of each, so that none is folded differently.

    In a query of its own: compared with plain values a stored key is found through its index; compared with a function
    of another row, row-level security would have every row of the table read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, public.records_sort_key(text) FROM unnest(%s::text[]) AS text", [array(texts)])
        keys: dict[str, list[str]] = {}
        for text_, key in cursor.fetchall():
            keys.setdefault(key, []).append(text_)
        return keys
