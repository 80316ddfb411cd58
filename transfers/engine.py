"""Runs an import: the file in batches, each of them one transaction that also notes how far it is.

A worker that is killed in the middle loses the batch at hand and doubles nothing: the next one goes on at `last_row`.
"""

import logging
import zoneinfo
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from records.models import ChangeSet, change_set, describe_change
from transfers import reading
from transfers.batches import Batch, FileRow, RowReader
from transfers.kinds import Conventions
from transfers.models import Import, ImportRefusal
from transfers.reading import FileProblem
from transfers.targets import TARGETS, Counts
from workspaces.jobs import Job
from workspaces.models import Membership, Workspace
from workspaces.refusals import NotAllowed, Refusal

#: rows of one transaction: large enough that its fixed costs vanish, small enough that progress is seen
BATCH = 5_000

logger = logging.getLogger(__name__)


class Overtaken(RuntimeError):
    """Another worker does this import: it wrote rows since this one looked."""


def run(job: Job, import_id: int) -> None:
    """Do what is left of an import. Raises whatever stopped it, after a word about it on the progress page."""
    with job.transaction():
        importing = Import.objects.select_related("workspace", "created_by__user").get(pk=import_id)
    with speaking_to(importing.created_by, importing.workspace):
        try:
            Engine(importing).work(job)
        except Overtaken:
            logger.warning("Import %s is done by another worker", import_id)
        except JobAborted:
            raise
        except Exception as error:
            told = str(error) if isinstance(error, Refusal | FileProblem) else _("An error stopped it.")
            with job.transaction():
                Import.objects.filter(pk=import_id).exclude(state="done").update(state="failed", error=told)
            raise


class Engine:
    """One run of an import, from the row that it stands at to the end of the file."""

    def __init__(self, importing: Import) -> None:
        self.importing = importing
        #: key -> value -> the line that had it first
        self.seen: dict[str, dict[Any, int]] = {}

    def work(self, job: Job) -> None:
        """Raises NotAllowed, FileProblem, Overtaken, and JobAborted when the worker stops."""
        with job.transaction():
            if not self.start():
                return
        rows = reading.rows(Path(self.importing.file.path), reading.Dialect(**self.importing.dialect))
        with job.transaction():
            self.remember(islice(rows, self.importing.last_row))
        for batch in self.batches(rows):
            with job.transaction():
                self.take(batch)
            job.stop_if_asked()
        with job.transaction():
            self.finish()

    def batches(self, rows: Iterator[FileRow]) -> Iterator[Batch]:
        """The rest of the file. The next batch is read in a thread of its own while the database takes this one."""
        with ThreadPoolExecutor(max_workers=1) as pool:

            def read_next() -> Future[Batch]:
                in_this_language = copy_context()
                return pool.submit(in_this_language.run, lambda: self.reader.read(list(islice(rows, BATCH))))

            coming = read_next()
            while batch := coming.result():
                coming = read_next()
                yield batch

    def start(self) -> bool:
        """Mark the import as running; False when it is over."""
        importing = self.importing
        importing.refresh_from_db(from_queryset=Import.objects.select_for_update(of=("self",)))
        if importing.state in ("done", "draft"):
            return False
        self.member = importing.created_by
        if not self.member or not (
            self.member.may("transfer", "create") and self.member.may(importing.record, "create")
        ):
            raise NotAllowed(_("Your role does not allow this."))
        self.target = TARGETS[importing.record](importing, self.member, conventions(importing))
        self.reader = RowReader(self.target)
        importing.state, importing.error = "running", ""
        importing.started_at = importing.started_at or timezone.now()
        importing.save(update_fields=["state", "error", "started_at"])
        return True

    # --- one batch --------------------------------------------------------------------------------------------------
    def take(self, batch: Batch) -> None:
        """Everything that happens to a batch, in the transaction at hand."""
        current = Import.objects.select_for_update().get(pk=self.importing.pk)
        if current.last_row != self.importing.last_row:
            raise Overtaken
        with self.change_set():
            describe_change(self.label)
            if not self.importing.last_row:
                self.target.begin()
            self.reader.resolve(batch)
            self.target.complete(batch)
            self.match(batch)
            self.target.gate(batch)
            counts = self.target.write(batch)
            self.importing.change_set_id = ChangeSet.current_id()
        self.note(batch, counts)

    def change_set(self):
        return change_set(self.label, by=self.member.actor, source="import", resume=self.importing.change_set_id)

    @property
    def label(self) -> str:
        return _("Import of %(file)s") % {"file": self.importing.name}

    def match(self, batch: Batch) -> None:
        """Find the records that rows are about, by the chosen key; rows that can't be told apart are refused."""
        key = self.importing.options.get("key") or ""
        for name in self.telling_keys():
            self._refuse_twins(batch, name)
        if key:
            self._find(batch, key)
        if key != "external_id" and "external_id" in self.target.mapped:
            self._refuse_taken(batch)

    def telling_keys(self) -> list[str]:
        """The keys by which no two rows of the file may be the same: the chosen one, and always the external id."""
        return sorted({self.importing.options.get("key"), "external_id"} & set(self.target.usable_keys()))

    def _refuse_twins(self, batch: Batch, name: str) -> None:
        seen = self.seen.setdefault(name, {})
        label, values = self.target.field(name).label, self.target.key_values(batch, name)
        for row in batch.left():
            if values[row] is None:
                continue
            first = seen.setdefault(self.target.key_of(name, values[row]), batch.lines[row])
            if first != batch.lines[row]:
                batch.refuse(row, _("Line %(line)d has the same: %(field)s.") % {"line": first, "field": label}, name)

    def _find(self, batch: Batch, key: str) -> None:
        found = self.target.match(batch, key)
        values = self.target.key_values(batch, key)
        rows_of: dict[int, int] = {}
        for row in batch.left():
            ids = found.get(values[row], [])
            if len(ids) > 1:
                batch.refuse(row, _("Several records have this: it is not clear which one is meant."), key)
            elif ids and self.importing.options.get("existing") == "skip":
                batch.skipped.add(row)
            elif ids and rows_of.setdefault(ids[0], row) != row:
                batch.refuse(row, _("Line %(line)d is about the same.") % {"line": batch.lines[rows_of[ids[0]]]}, key)
            elif ids:
                batch.ids[row] = ids[0]
                batch.matched.add(row)

    def _refuse_taken(self, batch: Batch) -> None:
        taken = self.target.match(batch, "external_id")
        values = batch.column("external_id")
        for row in batch.left():
            if set(taken.get(values[row], ())) - {batch.ids[row]}:
                batch.refuse(row, _("Another record has this external id."), "external_id")

    def note(self, batch: Batch, counts: Counts) -> None:
        """Write how far the import is, and the refused rows with their reasons."""
        ImportRefusal.objects.bulk_create(
            ImportRefusal(
                run=self.importing, line=batch.lines[row], reason=self.reason(problems), cells=batch.cells[row]
            )
            for row, problems in sorted(batch.problems.items())
        )
        self.importing.last_row += len(batch)
        Import.objects.filter(pk=self.importing.pk).update(
            last_row=self.importing.last_row,
            created=F("created") + counts.created,
            updated=F("updated") + counts.updated,
            skipped=F("skipped") + counts.skipped,
            refused=F("refused") + len(batch.problems),
            change_set_id=self.importing.change_set_id,
            options=self.importing.options,
        )

    def reason(self, problems: dict[str, str]) -> str:
        """All that is wrong with a row, each thing with the name of its field."""
        named = (f"{self.target.field(name).label}: {why}" if name else why for name, why in problems.items())
        return " ".join(named)

    # --- before and after -------------------------------------------------------------------------------------------
    def remember(self, rows: Iterator[FileRow]) -> None:
        """Of the rows that an earlier worker took: their keys, so that a later row with the same one is noticed."""
        keys = self.telling_keys()
        reader = RowReader(self.target, only=self.target.fields_of(keys))
        refused = set(self.importing.refusals.filter(taken=False).values_list("line", flat=True))
        while chunk := list(islice(rows, BATCH)):
            batch = reader.read(chunk)
            batch.skipped = {row for row, line in enumerate(batch.lines) if line in refused}
            for name in keys:
                self._refuse_twins(batch, name)

    def finish(self) -> None:
        """The last transaction: what needs all rows, and the end."""
        with self.change_set():
            self.target.finish()
            change_set_id = ChangeSet.current_id()
        Import.objects.filter(pk=self.importing.pk).update(
            state="done", finished_at=timezone.now(), change_set_id=change_set_id, rows=self.importing.last_row
        )


def conventions(importing: Import) -> Conventions:
    """How the file writes dates, numbers and phone numbers, as chosen on the mapping screen."""
    options, workspace = importing.options, importing.workspace
    return Conventions(
        date_order=options.get("date_order") or None,
        decimal=options.get("decimal") or None,
        currency=options.get("currency") or workspace.currency,
        region=workspace.country,
    )


@contextmanager
def speaking_to(member: Membership | None, workspace: Workspace) -> Iterator[None]:
    """The language and the time zone of a member, for what a job says to it."""
    user = member.user if member else None
    language = getattr(user, "language", "") or workspace.language
    zone = getattr(user, "time_zone", "") or workspace.time_zone or settings.TIME_ZONE
    with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
        yield
