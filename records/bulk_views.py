"""Bulk actions that a job does: all of them, one, stopping it; and taking back marks that history does not keep."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from core.redirects import SeeOther, back
from workspaces.doors import members_only
from workspaces.requests import WorkspaceRequest

from .history.log import undone_among
from .listing import LISTINGS
from .listing.following import Follow, Unfollow, remembered
from .listing.running import perform
from .listing.views import report
from .models import BulkRun

#: as many of the last ones are shown
RECENT = 100


@dataclass
class Line:
    """A bulk action in the list of them."""

    run: BulkRun
    is_undone: bool
    may_undo: bool

    @property
    def listing(self) -> Any:
        return LISTINGS[self.run.record]

    @property
    def action(self) -> Any:
        return self.listing.action(self.run.action)


@members_only
@require_GET
def bulk_runs(request: WorkspaceRequest) -> HttpResponse:
    """The last bulk actions that jobs do or did, one's own, all of them for admins."""
    member = request.membership
    runs = list(BulkRun.objects.visible_to(member).order_by("-pk")[:RECENT])
    undone = undone_among([run.change_set_id for run in runs if run.change_set_id])
    may = member.may("history", "undo")
    lines = [
        Line(
            run,
            run.change_set_id in undone,
            bool(may and run.is_over and run.change_set and run.change_set.within_reach_of(member)),
        )
        for run in runs
    ]
    return render(request, "records/bulk_runs.html", {"lines": lines})


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


@members_only
@require_POST
def unmark(request: WorkspaceRequest, token: str) -> HttpResponse:
    """Follow no longer what was just followed, or again what was not."""
    member, marks = request.membership, remembered(request.membership, token)
    if marks is None:
        messages.info(request, _("Nothing to undo: it was undone or changed since."))
        return back(request, reverse("records:bulk_runs"))
    listing = LISTINGS[marks.record]
    action = Unfollow() if marks.action == Follow.name else Follow()
    rows = listing.model.objects.visible_to(member).filter(pk__in=marks.ids)
    report(request, action, perform(action, rows, by=member.actor), {})
    return back(request, reverse(f"{listing.model.namespace}:list"))
