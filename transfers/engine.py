"""Runs an import: the file in batches, each of them one transaction that also notes how far it is.

A worker that is killed in the middle loses the batch at hand and doubles nothing: the next one goes on at `last_row`.
The search follows one batch behind, by a connection of its own (records/search_entries.py).
"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from records.jobs import tell_later
from records.models import ChangeSet, change_set, describe_change
from records.search_entries import catch_up, entries_later
from transfers import reading
from transfers.batches import Batch, FileRow, RowReader
from transfers.kinds import Conventions
from transfers.matching import Matching
from transfers.models import Import, ImportRefusal
from transfers.reading import FileProblem
from transfers.targets import TARGETS, Counts
from workspaces.jobs import Job, speaking_to
from workspaces.refusals import NotAllowed, Refusal

#: rows of one transaction: large enough that its fixed costs vanish, small enough that progress is seen
BATCH = 2_500

logger = logging.getLogger(__name__)


class Unready(Refusal):
    """What the rows need could not be made: the mapping is to be looked at again."""


class Overtaken(RuntimeError):
    """Another worker does this import: it wrote rows since this one looked."""


def run(job: Job, import_id: int) -> None:
    """Do what is left of an import. What stops it is told on the progress page; Raises what another try may mend."""
    with job.transaction():
        importing = Import.objects.select_related("workspace", "created_by__user").get(pk=import_id)
    with speaking_to(importing.created_by, importing.workspace):
        try:
            Engine(importing).work(job)
        except Overtaken:
            logger.warning("Import %s is done by another worker", import_id)
        except JobAborted:
            raise
        except Unready as unready:
            stop(job, import_id, str(unready), state="draft")
        except (Refusal, FileProblem) as refusal:  # another try would end the same way
            stop(job, import_id, str(refusal))
        except Exception:
            stop(job, import_id, _("An error stopped it."))
            raise


def stop(job: Job, import_id: int, told: str, *, state: str = "failed") -> None:
    """Say on its page why it does not go on."""
    with job.transaction():
        Import.objects.filter(pk=import_id).exclude(state="done").update(state=state, error=told)
    with job.transaction():
        catch_up()


class Engine:
    """One run of an import, from the row that it stands at to the end of the file."""

    def __init__(self, importing: Import) -> None:
        self.importing = importing

    def work(self, job: Job) -> None:
        """Raises NotAllowed, FileProblem, Overtaken, and JobAborted when the worker stops."""
        with job.transaction():
            if not self.start():
                return
        rows = reading.rows(self.importing.path, self.importing.how_written)
        with job.transaction():
            self.remember(islice(rows, self.importing.last_row))
        for batch in self.batches(rows, job):
            with job.transaction(), entries_later():
                self.take(batch)
            job.stop_if_asked()
        with job.transaction():
            self.finish()

    def batches(self, rows: Iterator[FileRow], job: Job) -> Iterator[Batch]:
        """The rest of the file. While the database takes a batch, a thread makes those before it findable and reads
        the next one."""

        def read_next() -> Batch:
            try:
                with job.transaction():
                    catch_up()
            finally:
                connection.close()  # the thread's own
            return self.reader.read(list(islice(rows, BATCH)))

        with ThreadPoolExecutor(max_workers=1) as pool:
            coming = pool.submit(copy_context().run, read_next)
            while batch := coming.result():
                coming = pool.submit(copy_context().run, read_next)
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
        self.target = TARGETS[importing.record].of(importing.workspace)(importing, self.member, conventions(importing))
        self.reader, self.matching = RowReader(self.target), Matching(self.target)
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
                self.begin()
            self.reader.resolve(batch)
            self.target.complete(batch)
            self.matching.match(batch)
            self.target.gate(batch)
            counts = self.target.write(batch)
            self.importing.change_set_id = ChangeSet.current_id()
        self.note(batch, counts)

    def begin(self) -> None:
        try:
            self.target.begin()
        except Refusal as refusal:
            raise Unready(str(refusal)) from refusal

    def change_set(self):
        return change_set(self.label, by=self.target.member.actor, source="import", resume=self.importing.change_set_id)

    @property
    def label(self) -> str:
        return _("Import of %(file)s") % {"file": self.importing.name}

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
        reader = RowReader(self.target, only=self.target.fields_of(self.matching.telling))
        refused = set(self.importing.refusals.filter(taken=False).values_list("line", flat=True))
        while chunk := list(islice(rows, BATCH)):
            batch = reader.read(chunk)
            self.matching.remember(batch, [row for row in batch.left() if batch.lines[row] not in refused])

    def finish(self) -> None:
        """The last transaction: what needs all rows, and the end."""
        with self.change_set():
            self.target.finish()
            catch_up()
            change_set_id = ChangeSet.current_id()
        if change_set_id:
            tell_later(ChangeSet.objects.get(pk=change_set_id))
        Import.objects.filter(pk=self.importing.pk).update(
            state="done", finished_at=timezone.now(), change_set_id=change_set_id, rows=self.importing.last_row
        )


def conventions(importing: Import) -> Conventions:
    """How the file writes dates, numbers and phone numbers, as chosen on the mapping screen."""
    options, workspace = importing.options, importing.workspace
    return Conventions(
        date_order=options.get("date_order") or None,
        decimal=mark if (mark := options.get("decimal")) in (".", ",") else None,
        currency=options.get("currency") or workspace.currency,
        region=workspace.country,
    )
