from django.http import HttpResponse
from django.shortcuts import render

from core.redirects import asked_on
from core.text import words_of
from records.saved.shelf import called
from records.search import LONGEST, is_short, recent, search, searched_models
from records.trail import note_listed
from workspaces.doors import members_only
from workspaces.requests import WorkspaceRequest

from .navigation import Navigation
from .offers import offers_here

#: people are what is looked for most
FIRST = "contact"
#: of each kind: on the page, in the palette; of what was opened last
ON_PAGE, IN_PALETTE, RECENT = 20, 5, 8


@members_only
def everywhere(request: WorkspaceRequest) -> HttpResponse:
    """What `?q=` finds among all that the member may see and do: a page, or the palette's list while one types."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    in_palette = request.htmx and not request.htmx.history_restore_request
    kinds = sorted(searched_models(), key=lambda kind: kind != FIRST)
    most = IN_PALETTE if in_palette else ON_PAGE
    nav = Navigation(request)
    found = [] if is_short(text) else search(text, request.membership, kinds, most)
    context = {
        "search_query": text,
        "words": words_of(text),
        "is_short": is_short(text),
        "found": found,
        "recent": [] if text else recent(request.membership, RECENT, without=asked_on(request)),
        "places": nav.called(text) + (called(request.membership, text) if text else []),
        "offers": offers_here(request, text),
        "creating": nav.creating(text),
    }
    if in_palette:
        return render(request, "core/search.html#palette", context)
    for each in found:
        note_listed(request, each.model, [record.pk for record in each.records])
    return render(request, "core/search.html", context)
