"""What the mapping screen shows of a file: some of its rows as they will be read, and the values of its columns."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from records.duplicates import Lookalike
from transfers import reading
from transfers.batches import Batch, FileRow, RowReader
from transfers.kinds import Date, Integer, Moment, Money
from transfers.matching import Matching
from transfers.models import Import
from transfers.parsing import CellProblem
from transfers.targets import Field, ImportTarget

PREVIEW = 10
#: rows that are looked through for values, date order and decimal mark
SURVEYED = 100_000
#: distinct values of a column that are kept
KEPT = 20_000
#: a column with more values than that is no list of choices
MOST_VALUES = 1_000
SAMPLES = 3
#: values of one column that can be replaced on the screen, and of all of them: each is two fields of the form that is
#: sent, and settings.DATA_UPLOAD_MAX_NUMBER_FIELDS ends it
SHOWN, SHOWN_IN_ALL = 100, 2_000


@dataclass
class Survey:
    """One look through the file. Columns are counted from 0."""

    rows: list[FileRow] = field(default_factory=list)
    samples: list[list[str]] = field(default_factory=list)
    values: list[Counter[str]] = field(default_factory=list)

    @classmethod
    def of(cls, importing: Import) -> "Survey":
        """Read the file, at most `SURVEYED` rows of it. Raises FileProblem."""
        width = len(importing.columns)
        survey = cls(values=[Counter() for _place in range(width)])
        rows = islice(reading.rows(importing.path, importing.how_written), SURVEYED)
        survey.rows = list(islice(rows, PREVIEW))
        for _line, cells in [*survey.rows, *rows]:
            for place, cell in enumerate(cells[:width]):
                if len(survey.values[place]) < KEPT:
                    survey.values[place][cell.strip()] += 1
        for counter in survey.values:
            counter.pop("", None)
        survey.samples = [[value for value, _count in counter.most_common(SAMPLES)] for counter in survey.values]
        return survey

    def of_field(self, mapping: list[str], name: str) -> Counter[str]:
        """The values of all columns that are mapped to a field."""
        return sum((self.values[place] for place, mapped in enumerate(mapping) if mapped == name), Counter())

    def date_order(self, target: ImportTarget) -> reading.DateOrder | None:
        """The order of day, month and year that the columns of dates show; None when it may be either."""
        return reading.date_order(self._cells(target, Date | Moment))

    def decimal_mark(self, target: ImportTarget) -> reading.DecimalMark | None:
        """The mark of the decimals that the columns of numbers show; None when it may be either."""
        return reading.decimal_mark(self._cells(target, Money | Integer))

    def _cells(self, target: ImportTarget, kinds: Any) -> Iterator[str]:
        for place, name in enumerate(target.run.mapping):
            if name and isinstance(target.field(name).kind, kinds):
                yield from self.values[place]


# --- as it will be read -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PreviewCell:
    text: str
    problem: str = ""


@dataclass(frozen=True)
class PreviewRow:
    """A row as it will come in; `fate` is "new", "change", "same" or "refused", `alike` is what a new one may be."""

    line: int
    cells: list[PreviewCell]
    fate: str
    problem: str = ""
    alike: list[Lookalike] = field(default_factory=list)


def preview(target: ImportTarget, survey: Survey) -> list[PreviewRow]:
    """The first rows as they will be read, with what is wrong with them. Changes nothing: the target is dry."""
    reader = RowReader(target)
    batch = reader.read(survey.rows)
    reader.resolve(batch)
    target.complete(batch)
    Matching(target).match(batch)
    target.gate(batch)
    alike = target.alike(batch)
    return [_preview_row(target, batch, row, alike.get(row, [])) for row in range(len(batch))]


def _preview_row(target: ImportTarget, batch: Batch, row: int, alike: list[Lookalike]) -> PreviewRow:
    problems = dict(batch.problems.get(row, {}))
    cells = []
    for place, name in enumerate(target.run.mapping):
        if name:
            raw = batch.cells[row][place] if place < len(batch.cells[row]) else ""
            cells.append(PreviewCell(_shown(target, batch, row, name) or raw, problems.pop(name, "")))
    if row in batch.problems:
        fate = "refused"
    else:
        fate = "same" if row in batch.skipped else "change" if row in batch.matched else "new"
    return PreviewRow(batch.lines[row], cells, fate, " ".join(problems.values()), alike)


def _shown(target: ImportTarget, batch: Batch, row: int, name: str) -> str:
    if name in batch.names:
        return batch.names[name][row] or ""
    value = batch.column(name)[row]
    return "" if value is None else target.field(name).kind.show(value, target.how)


# --- values to be fixed -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Value:
    """A value of a column: how often it occurs, what stands for it, what is wrong with it, what else one may ask."""

    text: str
    count: int
    replaced: str
    read_as: str
    problem: str
    note: str


@dataclass(frozen=True)
class ValueList:
    """The values of a column that may be replaced for all rows; `choices` where only some may stand in their place."""

    place: int
    column: str
    field: Field
    values: list[Value]
    more: int
    choices: list[tuple[str, str]]

    @property
    def problems(self) -> int:
        return sum(bool(value.problem) for value in self.values)

    @property
    def notes(self) -> int:
        return sum(bool(value.note) for value in self.values)


def value_lists(target: ImportTarget, survey: Survey) -> list[ValueList]:
    """Of each mapped column that is one of choices: its values, those with problems first, then the frequent ones."""
    lists = []
    fixable = [
        (place, target.field(name), survey.values[place])
        for place, name in enumerate(target.run.mapping)
        if name and target.field(name).kind.fixable and 0 < len(survey.values[place]) <= MOST_VALUES
    ]
    most = min(SHOWN, SHOWN_IN_ALL // max(len(fixable), 1))
    for place, of, counter in fixable:
        values = _values(target, of, counter, target.run.fixes.get(str(place), {}))
        values.sort(key=lambda value: (not value.problem, not value.note, -value.count, value.text))
        lists.append(
            ValueList(
                place,
                target.run.columns[place],
                of,
                values[:most],
                max(len(values) - most, 0),
                target.replacements(of),
            )
        )
    return lists


def _values(target: ImportTarget, of: Field, counter: Counter[str], fixes: dict[str, str]) -> list[Value]:
    read = target.check_values(of, {fixes.get(text, text) for text in counter})
    notes = target.notes(of, [text for text in counter if text not in fixes])
    values = []
    for text, count in counter.items():
        value = read[fixes.get(text, text)]
        problem = str(value) if isinstance(value, CellProblem) else ""
        shown = "" if problem or value is None else of.kind.show(value, target.how)
        values.append(Value(text, count, fixes.get(text, ""), shown, problem, notes.get(text, "")))
    return values
