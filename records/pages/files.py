"""Files of a record: a private store, read only through a view that knows the reader."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core.redirects import SeeOther
from records import panels
from records.models import Attachment, Record
from records.toasts import undoable
from records.trail import opens
from records.uploads import UploadForm, content_type
from workspaces.requests import WorkspaceRequest

from .page import RecordPage
from .views import UNPROCESSABLE, page_context


def upload(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Put a file on the record; a file that is refused is named beside the field."""
    record = page.find(request, pk, "change")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(page, request, record, form)
    file = form.cleaned_data["file"]
    attachment = record.files.model.add(record, file, by=request.membership.actor, content_type=content_type(file.name))
    undoable(request, _("%(file)s added.") % {"file": attachment.name})
    return answer(page, request, record)


def download(page: RecordPage, request: WorkspaceRequest, pk: int, file: int) -> FileResponse:
    """The file, always as a download: nothing that somebody uploaded is shown as a page of ours."""
    attachment = find_file(page.find(request, pk), file)
    try:
        stream = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    opens(request, page.model, pk)
    kind = attachment.content_type
    response = FileResponse(stream, as_attachment=True, filename=attachment.name, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def delete(page: RecordPage, request: WorkspaceRequest, pk: int, file: int) -> HttpResponse:
    record = page.find(request, pk)
    attachment = find_file(record, file)
    attachment.remove(by=request.membership.actor)
    undoable(request, _("%(file)s deleted.") % {"file": attachment.name})
    return answer(page, request, record)


def find_file(record: Record, file: int) -> Attachment:
    return get_object_or_404(record.files, pk=file)


def answer(page: RecordPage, request: WorkspaceRequest, record: Record, form: UploadForm | None = None) -> HttpResponse:
    """The panel for htmx, else the page: seen again after a change, at once where the file was refused."""
    refused = {"upload": form} if form else {}
    status = UNPROCESSABLE if form else 200
    if request.htmx:
        shown = panels.show(panels.FILES, request, record)
        shown.context |= refused
        return render(request, "records/panel.html", {"shown": shown, "record": record, "swap": True}, status=status)
    if form is None:
        return SeeOther(f"{record.get_absolute_url()}?pane=related")
    opens(request, page.model, record.pk)
    context = page_context(page, request, record) | {"pane": "related"}
    for shown in context["panels"]["related"]:
        if shown.panel is panels.FILES:
            shown.context |= refused
    return render(request, page.template, context, status=status)
