"""Export: the rows of a list become a file, made by a job and handed out to whoever asked for it."""

from typing import cast

from django.contrib import messages
from django.core.files import File
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh
from procrastinate.exceptions import JobAborted

from core.redirects import SeeOther
from records.listing import LISTINGS
from records.listing.paging import Cursor, walk
from records.listing.selection import Selection
from records.listing.views import go_back
from records.models import Reading, RecordQuerySet
from records.models.reading import Note
from transfers.files import CsvFile
from transfers.models import Export
from workspaces.doors import needs
from workspaces.jobs import Job, speaking_to
from workspaces.models import Membership
from workspaces.refusals import NotAllowed, Refusal
from workspaces.requests import WorkspaceRequest

#: rows of one transaction
BATCH = 2_000


# --- pages ------------------------------------------------------------------------------------------------------------


@needs("transfer", "create")
@require_POST
def export(request: WorkspaceRequest) -> HttpResponse:
    """Queue a file with the rows that are chosen in a list."""
    listing = LISTINGS.get(request.POST.get("record", ""))
    if listing is None:
        raise Http404
    selection = Selection(listing, request.membership, request.POST)
    if not selection:
        messages.error(request, _("Choose some rows first."))
        return go_back(request, selection)
    ids = [] if selection.everything else selection.ids
    name = f"{slugify(listing.title()) or listing.model.record_name}-{timezone.localdate():%Y-%m-%d}.csv"
    asked = Export.ask(listing.model.record_name, by=request.membership, query=selection.query, ids=ids, name=name)
    if request.htmx:
        return HttpResponseClientRedirect(asked.get_absolute_url())
    return SeeOther(asked.get_absolute_url())


@needs("transfer", "create")
@require_GET
def progress(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How far the file is; once it is there, the way to it."""
    asked = get_object_or_404(Export.objects.readable_by(request.membership), pk=pk)
    if request.htmx and asked.is_over:
        return HttpResponseClientRefresh()
    listing = LISTINGS[asked.record]
    context = {"export": asked, "title": listing.title(), "list_url": reverse(f"{listing.model.namespace}:list")}
    return render(request, f"transfers/export.html{'#job' * bool(request.htmx)}", context)


@needs("transfer", "create")
@require_GET
def download(request: WorkspaceRequest, pk: int) -> HttpResponseBase:
    """The file itself, for whoever asked for it and for admins, as long as the role may export."""
    asked = get_object_or_404(Export.objects.readable_by(request.membership), pk=pk, state="done")
    if not request.membership.may(asked.record, "export"):
        raise Http404
    return FileResponse(asked.file.open(), as_attachment=True, filename=asked.name, content_type="text/csv")


# --- the job ----------------------------------------------------------------------------------------------------------


def run(job: Job, export_id: int) -> None:
    """Write the file from the first row to the last; begun anew when a worker was killed."""
    with job.transaction():
        asked = Export.objects.select_related("workspace", "created_by__user").get(pk=export_id)
    if asked.is_over:
        return
    with speaking_to(asked.created_by, asked.workspace):
        try:
            Exporter(asked).work(job)
        except JobAborted:
            raise
        except Exception as error:
            told = str(error) if isinstance(error, Refusal) else _("An error stopped it.")
            with job.transaction():
                Export.objects.filter(pk=export_id).update(state="failed", error=told)
            raise


class Exporter:
    """One run of an export. A batch is a walk down the list's index from where the one before ended."""

    def __init__(self, asked: Export) -> None:
        self.asked = asked
        self.listing = LISTINGS[asked.record].of(asked.workspace)
        params = QueryDict(asked.query)
        self.params, self.order = params, self.listing.order(params)
        self.columns = [column for column in self.listing.shown_columns(params) if column.exportable]
        self.out = CsvFile()
        self.ids: list[int] = []

    def work(self, job: Job) -> None:
        """Raises NotAllowed, and JobAborted when the worker stops."""
        with job.transaction():
            self.start()
        self.out.write([[column.label for column in self.columns]])
        after: Cursor | None = None
        while True:
            with job.transaction():
                batch = walk(self.rows(), self.order, after, limit=BATCH)
                for column in self.columns:
                    column.conceal(batch, cast(Membership, self.asked.created_by))
                self.out.write([column.export(row) for column in self.columns] for row in batch)
                self.ids += [row.pk for row in batch]
                done = len(self.ids)
                after = Cursor.at(batch[-1], self.order, done) if len(batch) == BATCH else None
                Export.objects.filter(pk=self.asked.pk).update(done=done)
            if not after:
                break
            job.stop_if_asked()
        with job.transaction():
            self.finish()

    def start(self) -> None:
        member = self.asked.created_by
        if member is None or not member.may(self.asked.record, "export"):
            raise NotAllowed(_("Your role does not allow this."))
        started = {"state": "running", "error": "", "started_at": timezone.now(), "rows": self.chosen().count()}
        Export.objects.filter(pk=self.asked.pk).update(**started)

    def chosen(self) -> RecordQuerySet:
        """The rows that the member saw in the list when it asked, as they are now."""
        member = cast(Membership, self.asked.created_by)
        if self.asked.ids:
            return self.listing.model.objects.visible_to(member).filter(pk__in=self.asked.ids)
        return self.listing.matching(member, self.params)

    def rows(self) -> QuerySet:
        return self.listing.joined(self.chosen(), self.columns)

    def finish(self) -> None:
        """The file is there, and with it the trail says what it holds."""
        self.asked.file.save("", File(self.out.finished()), save=False)
        over = {"state": "done", "rows": len(self.ids), "file": self.asked.file.name, "finished_at": timezone.now()}
        Export.objects.filter(pk=self.asked.pk).update(**over)
        if self.ids and self.asked.workspace.trail_days:
            table, member = self.listing.model._meta.db_table, cast(Membership, self.asked.created_by)
            Reading.add([Note(member.pk, "exported", table, self.ids, timezone.now())])
