"""The board, the parts of it that htmx asks for, and how the views of deals answer to one who stands before it."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh, push_url, reswap, retarget, trigger_client_event

from records.history.meanwhile import Deed, told, who_took
from records.models import Refusal
from records.trail import note_listed
from workspaces.doors import needs, shows_past
from workspaces.requests import WorkspaceRequest

from .board import Board
from .models import STATUSES, Deal, Stage, Stir
from .models.stir import MOST_STIRRED

NO_CONTENT = 204
#: the events that close a deal
CLOSED = frozenset(STATUSES) - {"open"}


@shows_past
@needs("deal", "view")
@require_GET
def board(request: WorkspaceRequest) -> HttpResponse:
    """The open deals of a pipeline in columns; an htmx request gets the part that it asks for."""
    page = Board(request)
    if request.htmx and not request.htmx.history_restore_request:
        return part_of(request, page)
    if page.leads_to:
        return redirect(page.leads_to)
    response = render(request, "deals/board.html", {"list": page})
    note_listed(request, Deal, page.shown_ids)
    return response


def part_of(request: WorkspaceRequest, page: Board) -> HttpResponse:
    """What happened since (`v`), an opened panel, more cards, or the board that matches what somebody is typing."""
    if "v" in request.GET:
        return live(request, page, request.GET["v"])
    if page.panel:
        return render(request, page.panel.template, {"list": page})
    is_more = "after" in request.GET
    response = HttpResponse(page.more()) if is_more else push_url(columns(request, page), page.here)
    note_listed(request, Deal, page.shown_ids)
    return response


def columns(request: WorkspaceRequest, page: Board) -> HttpResponse:
    """All columns, with what stands above them."""
    return render(request, "deals/board.html#columns", {"list": page, "is_part": True})


def anew(request: WorkspaceRequest, page: Board, *, status: int = 200, **told: str) -> HttpResponse:
    """The same for who asked for less: the board that is there is replaced, and no dialog stands before it."""
    context = {"list": page, "is_part": True, "is_anew": True, **told}
    response = render(request, "deals/board.html#columns", context, status=status)
    note_listed(request, Deal, page.shown_ids)
    return reswap(retarget(response, "#board"), "outerHTML")


def live(request: WorkspaceRequest, page: Board, word: str) -> HttpResponse:
    """The deals written since the page followed last: nothing to say, their cards, or all anew where they are many."""
    found = Stir.since(word)
    if found is None:
        return HttpResponseClientRefresh()
    ids, word = found
    if not ids:
        return HttpResponse(status=NO_CONTENT)
    if len(ids) > MOST_STIRRED:
        return anew(request, page)
    return changes(request, page, ids, live_url=page.live_url_since(word))


def changes(
    request: WorkspaceRequest,
    page: Board,
    ids: list[int],
    *,
    left: int | None = None,
    live_url: str = "",
    status: int = 200,
    **told: str,
) -> HttpResponse:
    """What became of some deals, for the board that is there: cards, heads and figures; the ids of cards that go. All
    of it where a column or a lane came or went. Where they `left` a stage (its id) for another by a move, no other
    head is told anew. An `alert` is `told` along, with the `way` past it, or to the deal where it can be `mended`."""
    if page.shape and page.shape != request.headers.get("X-Board"):
        return anew(request, page, status=status, **told)
    gone = page.changed(ids)
    context = {"list": page, "columns": page.touched(left), "live_url": live_url, **told}
    response = render(request, "deals/board.html#changes", context, status=status)
    # After the swap: what htmx looks for it looks for in the document of the card that was moved.
    return trigger_client_event(response, "items:removed", {"ids": gone}, after="swap") if gone else response


# --- answers of other views to who stands before a board --------------------------------------------------------------
def on_board(
    request: WorkspaceRequest,
    deal: Deal,
    *,
    left: int | None = None,
    status: int = 200,
    **told: str,
) -> HttpResponse | None:
    """What became of the deal, which `left` a stage, where htmx asks from a board; None from elsewhere."""
    try:
        here = urlsplit(request.htmx.current_url or "") if request.htmx else None
    except ValueError:  # no address at all
        return None
    if here is None or here.path != reverse("deals:board"):
        return None
    page = Board(request, QueryDict(here.query))
    return changes(request, page, [deal.pk], left=left, status=status, **told)


def not_done(
    request: WorkspaceRequest,
    deal: Deal,
    words: str,
    kind: type[Refusal] = Refusal,
    *,
    way: str = "",
    mended: str = "",
) -> HttpResponse:
    """A card that somebody else changed meanwhile goes to where it is now, with words that say what happened.

    Raises a refusal of the kind, in these words and with the `way` past it, where no board is there.
    """
    if answer := on_board(request, deal, status=kind.status, alert=words, way=way, mended=mended):
        return answer
    raise kind(words, way=way)


def not_moved(
    request: WorkspaceRequest, deal: Deal, refusal: Refusal, *, target: Stage | None, seen: int | None
) -> HttpResponse:
    """The same of a move: who may pass the rule that stands against it is led to where the reason is asked for, others
    to the deal that lacks something."""
    if happened := what_happened(deal, seen):
        return not_done(request, deal, f"{_('Not moved.')} {happened}", type(refusal))
    may_pass = refusal.passable and target and request.membership.may("deal", "override")
    way = f"{deal.url_of('stage')}?stage={target.pk}" if may_pass and target else ""
    mended = deal.get_absolute_url() if refusal.passable and refusal.about != "stage" and not way else ""
    return not_done(request, deal, str(refusal), type(refusal), way=way, mended=mended)


View = Callable[[WorkspaceRequest, int], HttpResponse]


def or_who_deleted_it(view: View) -> View:
    """For a deal that is in the trash by now: who put it there, and its card goes."""

    @wraps(view)
    def answer(request: WorkspaceRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except Http404:
            deal = Deal.objects.filter(pk=pk, deleted_at__isnull=False).select_related("deleted_by").first()
            if deal is None or not deal.allows("view", request.membership):
                raise
            return not_done(request, deal, who_took(deal, request.membership))

    return answer


def what_happened(deal: Deal, seen: int | None) -> str:
    """Who changed the deal since that version, and how; where no version says what was seen, who closed it. "" where
    nobody is known."""
    if seen is not None:
        return told(deal, seen)
    links = deal.event_links.filter(event__kind__in=CLOSED).select_related("event").order_by("-event")
    link = None if Deal.objects.filter(pk=deal.pk, status="open").exists() else links.first()
    if link is None:
        return ""
    return Deed(link.event.actor, link.event.occurred_at, link.event.kind, link.event.data).sentence(Deal)
