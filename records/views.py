"""Undo: what it would do, doing it, and how far a large one is."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from core.redirects import SeeOther, back
from workspaces.doors import needs
from workspaces.refusals import Refusal
from workspaces.requests import WorkspaceRequest

from .history import conflicts
from .history.hiding import hide_labels
from .models import ChangeSet, Undoing
from .toasts import undoable
from .undo import Picks, TookTooLong, Undone, running
from .undo.preview import MOST, preview


@needs("history", "undo")
@require_http_methods(["GET", "POST"])
def undo(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """GET shows what an undo of the change set would do, with the conflicts to pick from; POST takes it back, which can
    be undone in turn. A large one is given to a job."""
    change_set = get_object_or_404(ChangeSet.objects.visible_to(request.membership, "undo"), pk=pk)
    if request.method != "POST":
        return render(request, "records/undo.html", looked_at(request, change_set))
    picks = Picks.read(request.POST.getlist("pick"))
    if running.is_large(change_set):
        return go(request, running.ask(change_set, by=request.membership, picks=picks))
    report(request, change_set, change_set.undo(by=request.membership.actor, picks=picks))
    return back(request, change_set.get_absolute_url())


def looked_at(request: WorkspaceRequest, change_set: ChangeSet) -> dict[str, Any]:
    """What the page of a coming undo shows; `refused` says why there is nothing to show."""
    hide_labels([change_set], request.membership)
    context: dict[str, Any] = {"change_set": change_set, "is_large": running.is_large(change_set)}
    try:
        found = preview(change_set, by=request.membership.actor, picks=Picks())
    except TookTooLong as refusal:  # a job has more patience
        return context | {"refused": str(refusal)}
    except Refusal as refusal:
        return context | {"refused": str(refusal), "is_large": False}
    return context | {
        "preview": found,
        "kinds": conflicts.kinds(found),
        "merged": conflicts.merged(change_set, request.membership),
        "conflicts": conflicts.in_words(found.conflicts, request.membership),
        "every": list(conflicts.of_columns(found)) if found.kept.total() > MOST else [],
        "stays": found.stays.most_common(),
    }


def go(request: WorkspaceRequest, undoing: Undoing) -> HttpResponse:
    """To the page that tells how far it is."""
    if request.htmx:
        return HttpResponseClientRedirect(undoing.get_absolute_url())
    return SeeOther(undoing.get_absolute_url())


def report(request: WorkspaceRequest, change_set: ChangeSet, result: Undone) -> None:
    """Say what went back and what could not."""
    hide_labels([change_set.origin], request.membership)
    if result.total:
        undoable(request, change_set.way_back, redo=not change_set.is_undo)
    else:
        messages.info(request, _("Nothing to undo: it was undone or changed since."))
    for reason, count in result.skipped.items():
        words = ngettext(
            "%(count)s row stayed as it is: %(reason)s", "%(count)s rows stayed as they are: %(reason)s", count
        )
        messages.warning(request, words % {"count": count, "reason": reason})
    if kept := result.kept.total():
        words = ngettext(
            "%(count)s value was changed again since and stayed.",
            "%(count)s values were changed again since and stayed.",
            kept,
        )
        messages.warning(request, words % {"count": kept})


@needs("history", "undo")
@require_GET
def undoing(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How far a large undo is; once it is over, what became of it."""
    rows = Undoing.objects.visible_to(request.membership).select_related("change_set", "result")
    found = get_object_or_404(rows, pk=pk)
    if request.htmx and found.is_over:
        return HttpResponseClientRefresh()
    hide_labels([found.change_set.origin], request.membership)
    context = {"undoing": found, "skipped": sorted(found.skipped.items())}
    return render(request, "records/undoing.html#job" if request.htmx else "records/undoing.html", context)
