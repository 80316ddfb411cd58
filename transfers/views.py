"""Importing a file: list, upload, mapping, progress and result."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from core.redirects import SeeOther
from records.duplicates import FINDERS, made_in
from records.listing import LISTINGS
from transfers.files import refused_rows
from transfers.forms import DialectForm, MappingForm, UploadForm
from transfers.models import Export, Import
from transfers.survey import Survey, preview, value_lists
from transfers.targets import TARGETS
from workspaces.doors import needs
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

RECENT = 100
SHOWN_REFUSALS = 20


@needs("transfer", "view")
@require_GET
def imports(request: WorkspaceRequest) -> HttpResponse:
    """What came in and went out lately."""
    context = {
        "imports": Import.objects.visible_to(request.membership)[:RECENT],
        "exports": Export.objects.readable_by(request.membership)[:RECENT],
        "may_import": request.membership.may("transfer", "create"),
    }
    return render(request, "transfers/list.html", context)


@needs("transfer", "create")
@require_http_methods(["GET", "POST"])
def upload(request: WorkspaceRequest) -> HttpResponse:
    """Choose a file and say what its rows are."""
    initial = {"record": request.GET.get("record", "")}
    form = UploadForm(request.POST or None, request.FILES or None, member=request.membership, initial=initial)
    importing = form.receive() if form.is_valid() else None
    if importing:
        return SeeOther(importing.get_absolute_url())
    return render(request, "transfers/upload.html", {"form": form}, status=422 if form.is_bound else 200)


@needs("transfer", "create")
@require_http_methods(["GET", "POST"])
def mapping(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Say what the columns are, see the first rows as they will be read, and start."""
    importing = to_be_mapped(request, pk)
    if importing.state != "draft":
        return SeeOther(importing.get_absolute_url())
    form = MappingForm(
        request.POST or None, importing=importing, member=request.membership, survey=Survey.of(importing)
    )
    if form.is_bound:
        valid, starting = form.is_valid(), request.POST.get("action") == "start"
        if starting and valid and not form.has_other_columns:
            importing.start()
            return SeeOther(importing.get_absolute_url())
        if not starting or form.has_other_columns:
            if starting:
                messages.info(
                    request, _("The columns have changed. Look over the rules and the first rows, then start.")
                )
            importing.save()
            return SeeOther(importing.get_absolute_url() + "#preview")
    return show_mapping(request, form, DialectForm(importing=importing))


@needs("transfer", "create")
@require_POST
def dialect(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Read the file in another way; the mapping begins anew."""
    importing = to_be_mapped(request, pk)
    if importing.state != "draft":
        return SeeOther(importing.get_absolute_url())
    form = DialectForm(request.POST, importing=importing)
    if form.is_valid() and form.read_again():
        return SeeOther(importing.get_absolute_url())
    survey = Survey.of(Import.objects.get(pk=pk))
    return show_mapping(request, MappingForm(importing=importing, member=request.membership, survey=survey), form)


def show_mapping(request: WorkspaceRequest, form: MappingForm, dialect_form: DialectForm) -> HttpResponse:
    importing = form.importing
    if not form.is_bound:
        importing.options = {name: value for name, value in form.initial.items() if name not in form.column_names}
    target = form.target
    context: dict[str, Any] = {
        "import": importing,
        "target": target,
        "form": form,
        "dialect_form": dialect_form,
        "mapped": [
            (target.field(name).label, column)
            for name, column in zip(importing.mapping, importing.columns, strict=True)
            if name
        ],
        "rows": preview(target, form.survey),
        "value_lists": value_lists(target, form.survey),
    }
    bad = form.is_bound or dialect_form.is_bound
    return render(request, "transfers/mapping.html", context, status=422 if bad else 200)


@needs("transfer", "view")
@require_GET
def progress(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How far the import is; once it is over, what became of it."""
    importing = get_object_or_404(Import.objects.visible_to(request.membership), pk=pk)
    if request.htmx and importing.state in ("draft", "done"):
        return HttpResponseClientRefresh()
    if importing.state == "draft":
        return SeeOther(importing.get_absolute_url())
    template = "transfers/result.html" if importing.is_over else "transfers/progress.html"
    context = {
        "import": importing,
        "target": TARGETS[importing.record],
        "list_url": place_of(importing.record),
        **(alike(importing, request.membership) if importing.is_over else {}),
        "refusals": importing.refusals.all()[:SHOWN_REFUSALS],
        "may_import": request.membership.may("transfer", "create"),
        "may_go_on": importing.created_by_id == request.membership.pk,
        "may_undo": importing.change_set and importing.change_set.within_reach_of(request.membership),
    }
    return render(request, f"{template}#job" if request.htmx else template, context)


def alike(importing: Import, membership: Membership) -> dict[str, Any]:
    """How many of the records that came in look like others that the member may merge them with, and where."""
    finder = FINDERS.get(importing.record)
    if not finder or not importing.change_set_id or not membership.may(importing.record, "change"):
        return {}
    path = reverse(f"{finder.model.namespace}:duplicates")
    count = finder.count(membership, among=made_in(finder.model, importing.change_set_id))
    return {"alike": count, "duplicates_url": f"{path}?change_set={importing.change_set_id}"}


@needs("transfer", "view")
@require_GET
def refused(request: WorkspaceRequest, pk: int) -> HttpResponseBase:
    """The rows that were not taken, as they were, with the reasons."""
    importing = get_object_or_404(Import.objects.visible_to(request.membership), pk=pk)
    name = _("Refused rows of %(file)s") % {"file": importing.name}
    return FileResponse(refused_rows(importing), as_attachment=True, filename=name, content_type="text/csv")


@needs("transfer", "create")
@require_POST
def resume(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Go on with an import that an error stopped."""
    importing = own(request, pk)
    if importing.is_stopped:
        importing.start()
    return SeeOther(importing.get_absolute_url())


@needs("transfer", "create")
@require_POST
def again(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The same file with the same mapping, as a new draft."""
    importing = get_object_or_404(Import.objects.visible_to(request.membership), pk=pk)
    return SeeOther(importing.again(by=request.membership).get_absolute_url())


@needs("transfer", "create")
@require_POST
def discard(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    importing = to_be_mapped(request, pk)
    if importing.state != "draft":
        return SeeOther(importing.get_absolute_url())
    importing.discard()
    messages.info(request, _("The file was thrown away."))
    return SeeOther(reverse("transfers:list"))


def place_of(record: str) -> str:
    """The list where what came in is seen."""
    listing = LISTINGS.get(record)
    return reverse(f"{listing.model.namespace}:list" if listing else TARGETS[record].seen_at)


def locked(request: WorkspaceRequest, pk: int) -> Import:
    """An import that is about to be changed: of two who start it at once the second sees that it has started."""
    rows = Import.objects.visible_to(request.membership)
    return get_object_or_404(rows.select_for_update(of=("self",)) if request.method == "POST" else rows, pk=pk)


def own(request: WorkspaceRequest, pk: int) -> Import:
    """An import that runs in one's own name. That of another is looked at, or done again as one's own."""
    importing = locked(request, pk)
    if importing.created_by_id != request.membership.pk:
        raise PermissionDenied
    return importing


def to_be_mapped(request: WorkspaceRequest, pk: int) -> Import:
    """One's own import of a kind that one may fill; one that has started already is shown and not changed."""
    importing = own(request, pk)
    if not request.membership.may(importing.record, "create"):
        raise PermissionDenied
    return importing
