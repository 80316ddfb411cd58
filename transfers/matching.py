"""Which record a row of the file is about: one that exists, a new one, or none for sure."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from transfers.batches import Batch
from transfers.targets import ImportTarget


class Matching:
    """Goes with one run through the file, since no two rows of it may be about the same record."""

    def __init__(self, target: ImportTarget) -> None:
        self.target = target
        key = target.options.get("key")
        self.key: str = key if key in target.usable_keys() else ""
        self.update: bool = target.options.get("existing") != "skip"
        #: The keys by which no two rows may be the same: the chosen one, and always the external id.
        self.telling = sorted({self.key, "external_id"} & set(target.usable_keys()))
        #: key -> value -> the line that had it first
        self.seen: dict[str, dict[Any, int]] = {name: {} for name in self.telling}

    def match(self, batch: Batch) -> None:
        """Give the rows that are about existing records their ids; refuse those that can't be told apart."""
        self.remember(batch)
        if self.key:
            self._find(batch)
        if "external_id" in self.telling:
            self._refuse_taken(batch)

    def remember(self, batch: Batch, rows: Iterable[int] | None = None) -> None:
        """Note the keys of the rows, and refuse a row that has the same one as an earlier line."""
        for name in self.telling:
            seen, values = self.seen[name], self.target.key_values(batch, name)
            for row in batch.left() if rows is None else rows:
                if values[row] is None:
                    continue
                first = seen.setdefault(self.target.key_of(name, values[row]), batch.lines[row])
                if first != batch.lines[row]:
                    batch.refuse(row, _("It is the same as on line %(line)d.") % {"line": first}, name)

    def _find(self, batch: Batch) -> None:
        found = self.target.match(batch, self.key)
        values = self.target.key_values(batch, self.key)
        rows_of: dict[int, int] = {}
        for row in batch.left():
            ids = found.get(values[row], [])
            if len(ids) > 1:
                batch.refuse(row, _("Several records have it: it is not clear which one is meant."), self.key)
            elif ids and not self.update:
                batch.skipped.add(row)
            elif ids and (first := rows_of.setdefault(ids[0], row)) != row:
                batch.refuse(row, _("Line %(line)d is about the same.") % {"line": batch.lines[first]}, self.key)
            elif ids:
                batch.ids[row] = ids[0]
                batch.matched.add(row)

    def _refuse_taken(self, batch: Batch) -> None:
        taken = self.target.taken(batch)
        values = batch.column("external_id")
        for row in batch.left():
            if taken.get(values[row], batch.ids[row]) != batch.ids[row]:
                batch.refuse(row, _("Another record has it."), "external_id")
