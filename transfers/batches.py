"""Some thousands of rows on their way from the file into the tables."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from transfers.parsing import CellProblem, fit
from transfers.references import Reference
from transfers.targets import Field, ImportTarget

#: a row of the file and the line that it begins on
FileRow = tuple[int, list[str]]


@dataclass
class Batch:
    """Rows with what was read from them: `values[field][row]`, None for an empty cell; rows are counted from 0."""

    lines: list[int]
    cells: list[list[str]]
    values: dict[str, list[Any]] = field(default_factory=dict)
    #: what a target works out of the values, a list each
    derived: dict[str, list[Any]] = field(default_factory=dict)
    #: the names that stood in the place of ids
    names: dict[str, list[str | None]] = field(default_factory=dict)
    #: row -> field ("" for the row as a whole) -> why it is refused
    problems: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    #: the record that each row becomes or changes; None until it is known
    ids: list[Any] = field(default_factory=list)
    matched: set[int] = field(default_factory=set)
    skipped: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.lines)

    def refuse(self, row: int, reason: str, of: str = "") -> None:
        """A row may have several problems; beside one of the row as a whole those of its cells say nothing."""
        if "" not in self.problems[row]:
            self.problems[row].setdefault(of, reason)

    def left(self) -> list[int]:
        """The rows to be written: neither refused nor left as they are."""
        return [row for row in range(len(self)) if row not in self.problems and row not in self.skipped]

    def column(self, name: str) -> list[Any]:
        """The values of a field; None in each row when no column of the file fills it."""
        return self.values.get(name) or [None] * len(self)


class RowReader:
    """Turns rows of the file into a batch, as the mapping says: replaced values first, then each cell by its kind."""

    def __init__(self, target: ImportTarget, only: Collection[str] | None = None) -> None:
        run = target.run
        self.target, self.width = target, len(run.columns)
        self.places: dict[str, list[int]] = {}
        for place, name in enumerate(run.mapping):
            if name and (only is None or name in only):
                self.places.setdefault(name, []).append(place)
        self.fixes = {int(place): replaced for place, replaced in run.fixes.items()}

    def read(self, rows: Sequence[FileRow]) -> Batch:
        """Everything that takes no look into the database."""
        batch = Batch([line for line, _cells in rows], [cells for _line, cells in rows], ids=[None] * len(rows))
        cells = [self._fitted(batch, row, cells) for row, cells in enumerate(batch.cells)]
        for name, places in self.places.items():
            of = self.target.field(name)
            columns = [self._column(batch, of, place, [row[place] for row in cells]) for place in places]
            batch.values[name] = columns[0] if not of.repeats else _together(columns)
            if of.required:
                self._require(batch, of)
        return batch

    def resolve(self, batch: Batch) -> None:
        """Put ids in the place of names, with one query for each column of names."""
        for name, column in list(batch.values.items()):
            of = self.target.field(name)
            if isinstance(of.kind, Reference):
                names = dict.fromkeys(column[row] for row in batch.left() if column[row] is not None)
                found = self.target.find(of, list(names))
                batch.names[name] = column
                known = {value: found.get(value) for value in {*column, None}}
                batch.values[name] = self._sorted_out(batch, name, column, known)

    def _fitted(self, batch: Batch, row: int, cells: list[str]) -> list[str]:
        if len(cells) == self.width:
            return cells
        try:
            return fit(cells, self.width)
        except CellProblem as problem:
            batch.refuse(row, str(problem))
            return [""] * self.width

    def _column(self, batch: Batch, of: Field, place: int, cells: list[str]) -> list[Any]:
        """The typed values of one column. Each text is read once: columns repeat themselves."""
        fixes = self.fixes.get(place, {})
        known: dict[str, Any] = {}
        for cell in set(cells):
            try:
                known[cell] = of.kind.read(fixes.get(cell.strip(), cell), self.target.how)
            except CellProblem as problem:
                known[cell] = problem
        return self._sorted_out(batch, of.name, cells, known)

    @staticmethod
    def _sorted_out(batch: Batch, name: str, cells: Iterable[Any], known: dict[Any, Any]) -> list[Any]:
        """What is known of each cell, the problems moved to where they belong."""
        values = [known[cell] for cell in cells]
        if any(isinstance(value, CellProblem) for value in known.values()):
            for row, value in enumerate(values):
                if isinstance(value, CellProblem):
                    batch.refuse(row, str(value), name)
                    values[row] = None
        return values

    @staticmethod
    def _require(batch: Batch, of: Field) -> None:
        for row, value in enumerate(batch.values[of.name]):
            if value is None:
                batch.refuse(row, _("It is empty."), of.name)


def _together(columns: list[list[Any]]) -> list[Any]:
    """The tuples of several columns, joined row by row."""
    if len(columns) == 1:
        return columns[0]
    rows = zip(*columns, strict=True)
    return [tuple(dict.fromkeys(value for part in parts if part for value in part)) or None for parts in rows]
