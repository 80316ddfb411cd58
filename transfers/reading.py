"""Reading an uploaded CSV file: how it is written, its columns, its rows.

Files come from spreadsheets and from other systems, so what is found out about one is shown to the person and may be
changed. A file is never held in memory whole.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal, TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.money import DecimalMark, decimal_mark_of, split_number
from transfers import encodings

MAX_BYTES = 50 * 1024 * 1024
MAX_COLUMNS = 200
SAMPLE_CHARACTERS = 128 * 1024
SAMPLE_RECORDS = 100

#: what a person can choose from
DELIMITERS = {
    ",": gettext_lazy("Comma"),
    ";": gettext_lazy("Semicolon"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Bar"),
}

DateOrder = Literal["MDY", "DMY", "YMD"]
DATE_ORDERS = {
    "DMY": gettext_lazy("day, month, year"),
    "MDY": gettext_lazy("month, day, year"),
    "YMD": gettext_lazy("year, month, day"),
}

_SPREADSHEETS_AND_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_DECLARED_DELIMITER = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)  # the first line of some spreadsheets' files
# No part can take what the next one begins with: a cell of whatever characters is read once. A year can be a heading.
_A_VALUE = re.compile(r"(?!(?:19|20)\d\d$)[-+(]?[^\w\s]?\s?\d[\d\s.,:/()-]*%?|[^\s@]+@[^\s@.]+\.[^\s@]+")
_LONGEST_VALUE = 320  # of an e-mail address
_NUMERIC_DATE = re.compile(r"\s*(\d{1,4})\s?([./\s-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")


class FileProblem(Exception):
    """The file as a whole cannot be imported; the message says why, and what to do."""


class EmptyFile(FileProblem):
    """Nothing in it, or nothing below the headings."""


class NotText(FileProblem):
    """A spreadsheet, an archive, a picture: anything but a text file."""


class TooBig(FileProblem):
    """More than MAX_BYTES."""


class TooManyColumns(FileProblem):
    """More than MAX_COLUMNS."""


class WrongEncoding(FileProblem):
    """Bytes that the chosen encoding does not have."""


class BrokenQuotes(FileProblem):
    """A quotation mark that is opened and not closed."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; plain values, so that it can be kept as JSON and made again by `Dialect(**values)`.

    `skip` counts the lines above the headings that are no data, such as the "sep=;" of a spreadsheet.
    """

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    skip: int = 0


def sniff(path: Path) -> Dialect:
    """Find out how the file at `path` is written.

    Raises FileProblem when it cannot be imported. Single broken bytes do not matter yet: the person may know a better
    encoding than the one found.
    """
    _check_bytes(path)
    encoding = encodings.detect(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE_CHARACTERS)
        complete = not file.read(1)
    declared = _DECLARED_DELIMITER.match(sample)
    if declared:
        sample = sample[declared.end() :]
    delimiter = declared[1] if declared else max(DELIMITERS, key=lambda mark: _agreement(sample, mark))
    quote = _quote(sample, delimiter)
    records = _sample_records(sample, delimiter, quote, complete)
    if not records:
        raise EmptyFile(_("The file is empty."))
    _check_width(records[0])
    header = _has_headings(records)
    if header and complete and len(records) == 1:
        raise EmptyFile(_("The file has headings and no rows below them."))
    return Dialect(encoding, delimiter, quote, header, skip=1 if declared else 0)


def columns(path: Path, dialect: Dialect) -> list[str]:
    """Return a name for each column: its heading, made unique, or "Column 3" where there is none.

    Raises FileProblem.
    """
    _line, first = next(_records(path, dialect), (0, None))
    if first is None:
        raise EmptyFile(_("The file is empty."))
    _check_width(first)
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(first, start=1):
        name = " ".join(cell.split()) if dialect.header else ""
        name = _unique(name or _("Column %(number)d") % {"number": position}, taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def rows(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield each row below the headings with the number of the line it begins on; blank rows are left out.

    Raises FileProblem, perhaps after some rows: `count` reads the file through beforehand.
    """
    return islice(_records(path, dialect), 1 if dialect.header else 0, None)


def count(path: Path, dialect: Dialect) -> int:
    """Read the file through and return how many rows it has. Raises FileProblem when it cannot be read to its end."""
    return sum(1 for _row in rows(path, dialect))


def _records(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    with _opened(path, dialect.encoding) as file:
        for _skipped in range(dialect.skip):
            file.readline()
        # The database takes no NUL, not even in what is kept of a refused row.
        lines = (line.replace("\0", "") for line in file)
        reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote)
        line = dialect.skip + 1
        try:
            for cells in reader:
                if any(map(str.strip, cells)):
                    yield line, cells
                line = dialect.skip + reader.line_num + 1
        except csv.Error as error:
            raise _broken_quotes(line) from error


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[TextIO]:
    try:
        with path.open(encoding=encoding, newline="") as file:
            yield file
    except UnicodeError as error:
        line = encodings.line_of_bad_byte(path, encoding) or 1
        name = encodings.ENCODINGS.get(encoding, encoding)
        message = _("Line %(line)d is not written in %(encoding)s. Choose another encoding, or correct it.")
        raise WrongEncoding(message % {"line": line, "encoding": name}) from error


def _broken_quotes(line: int) -> BrokenQuotes:
    return BrokenQuotes(_("A quotation mark is opened on line %(line)d and never closed.") % {"line": line})


def _check_bytes(path: Path) -> None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        message = _("The file has %(size)d MB; at most %(most)d MB can be imported. Split it.")
        raise TooBig(message % {"size": -(-size // 1024**2), "most": MAX_BYTES // 1024**2})
    with path.open("rb") as file:
        head = file.read(encodings.HEAD)
    if head.startswith(_SPREADSHEETS_AND_ARCHIVES):
        raise NotText(_("This is a spreadsheet or an archive. Save it as CSV and choose that file."))
    declared = encodings.of_head(head)
    if _MARKUP.match(head) or (not declared and len(_CONTROL.findall(head)) > len(head) // 500):
        raise NotText(_("This is not a text file. Save the table as CSV and choose that file."))


def _check_width(record: list[str]) -> None:
    if len(record) > MAX_COLUMNS:
        message = ngettext(
            "The file has %(count)d column; at most %(most)d can be imported.",
            "The file has %(count)d columns; at most %(most)d can be imported.",
            len(record),
        )
        raise TooManyColumns(message % {"count": len(record), "most": MAX_COLUMNS})


def _agreement(sample: str, delimiter: str) -> float:
    """Score a delimiter: how many columns it makes of the headings, and how many rows have as many."""
    widths = [len(record) for record in _sample_records(sample, delimiter, '"', complete=True)]
    if not widths:
        return 0.0
    same = sum(width == widths[0] for width in widths) / len(widths)
    return (widths[0] - 1) * (same + 0.1)


def _quote(sample: str, delimiter: str) -> str:
    """Return the single quote if it surrounds values and the usual one does not occur."""
    mark = re.escape(delimiter)
    surrounded = re.search(rf"(?:^|{mark})'[^'\n]*'(?={mark}|\r?$)", sample, re.MULTILINE)
    return "'" if surrounded and '"' not in sample else '"'


def _sample_records(sample: str, delimiter: str, quote: str, complete: bool) -> list[list[str]]:
    """Return the first records of a sample that are not blank, without the last one if it is cut off."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote)
    try:
        records = list(islice((cells for cells in reader if any(map(str.strip, cells))), SAMPLE_RECORDS))
    except csv.Error as error:
        raise _broken_quotes(reader.line_num) from error
    return records if complete or len(records) in (1, SAMPLE_RECORDS) else records[:-1]


def _has_headings(records: list[list[str]]) -> bool:
    """Tell whether the first record looks like headings: no numbers, dates or addresses, nothing that comes again."""
    first = [cell.strip() for cell in records[0]]
    if any(len(cell) <= _LONGEST_VALUE and _A_VALUE.fullmatch(cell) for cell in first):
        return False
    others = [record for record in records[1:] if record != records[0]]  # a file glued together repeats its headings
    below = zip(*([cell.strip() for cell in record] for record in others if len(record) == len(first)), strict=True)
    return not any(cell and cell in column for cell, column in zip(first, below, strict=False))


def _unique(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} {number}"
    return candidate


def date_order(values: Iterable[str]) -> DateOrder | None:
    """Return the order of day, month and year that a column of dates shows; None when it may be either or is mixed.

    Dates with points, such as "3. 4. 2016", are taken to begin with the day when nothing speaks against it.
    """
    shown: set[DateOrder] = set()
    undecided: set[str] = set()
    for value in values:
        if not (match := _NUMERIC_DATE.match(value)):
            continue
        first, mark, second, _last = match.groups()
        if len(first) == 4 or int(first) > 31:
            shown.add("YMD")
        elif int(first) > 12:
            shown.add("DMY")
        elif int(second) > 12:
            shown.add("MDY")
        else:
            undecided.add(mark)
    orders = shown - {"YMD"}  # a date that begins with its year is understood in any column
    if len(orders) == 1:
        return orders.pop()
    if orders or undecided:
        return "DMY" if undecided == {"."} and not orders else None
    return "YMD" if shown else None


def decimal_mark(values: Iterable[str]) -> DecimalMark | None:
    """Return the mark of the decimals that a column of numbers shows; None when it may be either or is mixed."""
    marks = set()
    for value in values:
        try:
            _before, number, _after = split_number(value)
        except ValueError:
            continue
        marks.add(decimal_mark_of(number.removeprefix("-")))
    marks.discard(None)
    return marks.pop() if len(marks) == 1 else None
