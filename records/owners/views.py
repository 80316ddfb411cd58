from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.redirects import SeeOther
from records.pages.page import RecordPage
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest
from workspaces.toasts import done

from .forms import OwnersForm


@needs("workspace", "change")
@require_http_methods(["GET", "POST"])
def rules(request: WorkspaceRequest) -> HttpResponse:
    form = OwnersForm(request.POST if request.method == "POST" else None, workspace=request.workspace)
    if form.is_valid():
        form.save(by=request.membership.actor)
        done(request, _("Rules saved. They hold for new records."))
        return SeeOther(request.path)
    return render(request, "records/owners.html", {"form": form}, status=422 if form.errors else 200)


def claim(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take a record that belongs to nobody. Who comes second is told who was first."""
    record = page.find(request, pk, "change")
    record.claim(by=request.membership.actor)
    undoable(request, _("%(title)s is yours now.") % {"title": record.title})
    return SeeOther(record.get_absolute_url())
