"""The page where somebody's records are given to others, and how far that is."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from core.redirects import SeeOther
from records.history.telling import counted
from records.models import HandOver
from records.news.sources import record_types
from workspaces.doors import needs
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from . import handing
from .forms import HandOverForm


def path_for(leaver: Membership, by: Membership) -> str:
    """The address where a member's records are handed over, "" for who may not do that."""
    return reverse("hand_over:ask", args=[leaver.pk]) if handing.reaches(by, leaver) else ""


@needs("hand_over", "create")
@require_http_methods(["GET", "POST"])
def hand_over(request: WorkspaceRequest, pk: int) -> HttpResponse:
    leaver = get_object_or_404(Membership, pk=pk)
    if not handing.reaches(request.membership, leaver):
        raise Http404
    form = HandOverForm(request.POST if request.method == "POST" else None, leaver=leaver, by=request.membership)
    if form.is_valid():
        return SeeOther(form.ask(by=request.membership).get_absolute_url())
    context = {"form": form, "leaver": leaver, "unseen": handing.unseen(leaver, request.membership)}
    return render(request, "records/handover/form.html", context, status=422 if form.errors else 200)


@needs("hand_over", "create")
@require_GET
def progress(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How far it is; once it is over, what went where."""
    rows = HandOver.objects.visible_to(request.membership).select_related("leaver", "result")
    found = get_object_or_404(rows, pk=pk)
    if request.htmx and found.is_over:
        return HttpResponseClientRefresh()
    types = record_types()
    done = [counted(types[name], count) for name, count in found.done.items() if name in types]
    unseen = handing.unseen(found.leaver, request.membership) if found.is_over else 0
    template = "records/handover/progress.html#job" if request.htmx else "records/handover/progress.html"
    return render(request, template, {"hand_over": found, "done": done, "unseen": unseen})
