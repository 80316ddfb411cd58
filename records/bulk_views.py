"""How far a bulk action is that a job does, and stopping it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from core.redirects import SeeOther
from workspaces.doors import members_only
from workspaces.requests import WorkspaceRequest

from .listing import LISTINGS
from .models import BulkRun


@members_only
@require_GET
def bulk_run(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How far it is; once it is over, what became of it, with the way back."""
    run = get_object_or_404(BulkRun.objects.visible_to(request.membership), pk=pk)
    if request.htmx and run.is_over:
        return HttpResponseClientRefresh()
    listing = LISTINGS[run.record]
    list_url = reverse(f"{listing.model.namespace}:list")
    context = {
        "run": run,
        "action": listing.action(run.action),
        "listing": listing,
        "list_url": f"{list_url}?{run.query}" if run.query else list_url,
        "not_reached": run.total - run.place,
        "may_undo": run.change_set and run.change_set.within_reach_of(request.membership),
    }
    return render(request, "records/bulk_run.html#job" if request.htmx else "records/bulk_run.html", context)


@members_only
@require_POST
def bulk_stop(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """No further batch; what is done stays until somebody undoes it."""
    run = get_object_or_404(BulkRun.objects.visible_to(request.membership), pk=pk)
    run.stop()
    return SeeOther(run.get_absolute_url())
