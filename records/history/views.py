"""The change log, and what one change set changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from core.numbers import number
from records.models import ChangeSet
from records.undo.schema import touched_rows
from workspaces.doors import needs
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .hiding import hide_labels
from .log import MOST, Log, entries
from .reading import Change, changes_of
from .story import Story
from .telling import telling, whole_key
from .words import Teller

#: rows of each kind on the first page of a change set, and on the pages of one kind
FIRST, PAGE = 20, 50


@dataclass
class Section:
    """Rows of one kind that a change set changed."""

    name: str
    label: str
    total: int
    stories: list[Story]
    #: behind which row the next ones stand; 0 for none
    after: int = 0

    @property
    def is_capped(self) -> bool:
        return self.total >= MOST


@needs("history", "view")
@require_GET
def log(request: WorkspaceRequest) -> HttpResponse:
    """Who changed what, when: the change sets that the reader may see, newest first."""
    return render(request, "records/log.html", {"log": Log(request.membership, request.GET)})


@needs("history", "view")
@require_GET
def change(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What one change set changed, row by row and field by field; `?kind=` pages through one kind."""
    change_set = get_object_or_404(ChangeSet.objects.visible_to(request.membership), pk=pk)
    kind, after = request.GET.get("kind", ""), number(request.GET.get("after", "")) or 0
    found = list(sections(change_set, request.membership, kind, after))
    if kind and not found:
        raise Http404
    [entry] = entries([change_set])
    hide_labels([change_set], request.membership)
    context = {"entry": entry, "sections": found, "kind": kind, "later": after}
    return render(request, "records/change.html", context | ways_back(change_set, request.membership))


def ways_back(change_set: ChangeSet, membership: Membership) -> dict[str, Any]:
    """What can be undone of it: itself, or, once it is undone, its undo; and the undo with who did it."""
    undone_by = standing_undo(change_set)
    target = undone_by or change_set
    may = not target.final and membership.may("history", "undo") and target.within_reach_of(membership)
    return {"undone_by": undone_by, "target": target if may else None, "is_redo": target.is_undo}


def standing_undo(change_set: ChangeSet) -> ChangeSet | None:
    """The latest undo of it that is not undone itself."""
    undos = list(change_set.undone_by.order_by("-pk")[:20])
    undone = {entry.change_set.pk for entry in entries(undos) if entry.is_undone} if undos else set()
    return next((undo for undo in undos if undo.pk not in undone), None)


def sections(change_set: ChangeSet, membership: Membership, kind: str, after: int) -> Iterator[Section]:
    """By kind: what became of its first rows, or of one kind's rows behind the id `after`."""
    totals = touched_rows(change_set.pk, most=MOST)
    wanted = {model: total for model, total in totals.items() if not telling(model).aside}
    wanted = {model: total for model, total in wanted.items() if kind in ("", model._meta.label_lower)}
    most = PAGE if kind else FIRST
    found: dict[Any, list[Change]] = {
        model: changes_of(change_set.pk, model, after=after if kind else 0, most=most + 1) for model in wanted
    }
    teller = Teller([change for changes in found.values() for change in changes[:most]], membership)
    stories = list(teller.stories())
    for model, changes in found.items():
        own = [story for story in stories if story.change.model is model]
        behind = changes[most - 1].pk if len(changes) > most else 0
        if own or behind:
            yield Section(model._meta.label_lower, section_label(model), wanted[model], own, behind)


def section_label(model: Any) -> str:
    """What the rows of a kind are called together."""
    named = "verbose_name" in model._meta.original_attrs or not whole_key(model)
    return capfirst(str(model._meta.verbose_name_plural if named else telling(model).label))
