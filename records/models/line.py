"""Rows of a record that its form shows as lines: e-mails, phones, addresses, dates. History and undo know each row."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.one_line import on_one_line
from workspaces.tenancy import WorkspaceModel

#: what a form or an import gives: {"kind": "work", "address": …, "is_primary": True}, with the "id" of a row that stays
Line = Mapping[str, Any]


def primary_place(lines: Sequence[Line]) -> int:
    """Which of the lines is the primary one: the marked one, else the first."""
    return next((place for place, line in enumerate(lines) if line.get("is_primary")), 0)


def primary_of(lines: Sequence[Line], value: str) -> str:
    """The `value` of the primary line, "" without lines."""
    return lines[primary_place(lines)][value] if lines else ""


class LineQuerySet(models.QuerySet[Any]):
    """The lines of one record, as `contact.emails` gives them."""

    def add(self, record: models.Model, lines: Sequence[Line]) -> None:
        """Give a new record these lines."""
        rows = [self.model.of(record).fill(line) for line in lines]
        self.model.mark(rows, lines)
        self.bulk_create(rows)

    def become(self, record: models.Model, lines: Sequence[Line]) -> bool:
        """Make the record's lines these: change, add and remove; returns whether anything differs from before.

        New lines come in without the mark and one statement moves
        it, so that the rule of one primary holds and the copy on the person is written once.
        """
        rows_now = self.filter(**{self.model.part_of: record}).select_for_update(no_key=True)
        before = {row.pk: row for row in rows_now}
        known = {pk: row.content for pk, row in before.items()}
        rows = [(before.get(line.get("id")) or self.model.of(record)).fill(line) for line in lines]
        new = [row for row in rows if row.pk is None]
        self.bulk_create(new)
        known |= {row.pk: row.content for row in new}
        self.model.mark(rows, lines)
        gone = {pk: row for pk, row in before.items() if row not in rows}
        self.model.unmark(gone.values())
        changed = [row for row in [*rows, *gone.values()] if row.content != known[row.pk]]
        self.bulk_update(changed, self.model.CONTENT)
        if gone:
            self.filter(pk__in=gone).delete()
        return bool(new or changed or gone)


class RecordLine(WorkspaceModel):
    """A line of a record; `part_of` names the key to it."""

    #: the fields that a form shows
    CONTENT: ClassVar[tuple[str, ...]]
    #: the fields that make two lines one when their records are merged
    same_when: ClassVar[tuple[str, ...]]
    edited_with_it = True

    objects: ClassVar = LineQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def of(cls, record: models.Model) -> Self:
        return cls(**{cls.part_of: record})

    @property
    def content(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.CONTENT)

    def fill(self, line: Line) -> Self:
        """Take what a line says; the mark of the primary one is the set's business."""
        line = on_one_line(type(self), line)
        for name in self.CONTENT:
            if name != "is_primary":
                setattr(self, name, line.get(name, getattr(self, name)))
        return self

    @classmethod
    def mark(cls, rows: Sequence[Any], lines: Sequence[Line]) -> None:
        """Put the mark of the primary one where the lines want it."""

    @classmethod
    def unmark(cls, rows: Any) -> None:
        """Take the mark off rows that go."""


class PrimaryLine(RecordLine):
    """A line of which one is the primary one: of all of a record's, or of each group of them."""

    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        abstract = True

    def group(self) -> Any:
        """Within what there is one primary line."""
        return None

    @classmethod
    def mark(cls, rows: Sequence[Any], lines: Sequence[Line]) -> None:
        places: dict[Any, list[int]] = {}
        for place, row in enumerate(rows):
            places.setdefault(row.group(), []).append(place)
        for within in places.values():
            first = within[primary_place([lines[place] for place in within])]
            for place in within:
                rows[place].is_primary = place == first

    @classmethod
    def unmark(cls, rows: Any) -> None:
        for row in rows:
            row.is_primary = False
