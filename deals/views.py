"""What one does with a deal besides editing it: its stage, its closing, its people."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.models import Contact
from core.numbers import number
from core.redirects import SeeOther, back, came_from
from records.models import Refusal
from records.pages.views import UNPROCESSABLE
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .board_views import not_moved, on_board, or_who_deleted_it, what_happened
from .forms import ClosingForm, PersonForm
from .models import Deal, DealContact, Place, Stage, beside, between
from .pages import DealPage
from .ways import ask_why, look_ahead, open_musts

page = DealPage()


def find(request: WorkspaceRequest, pk: int) -> Deal:
    """A deal that the member may change; 404 and 403 as on its page."""
    return cast(Deal, page.find(request, pk, "change"))


@needs("deal", "change")
@or_who_deleted_it
def stage(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Where a deal could go (a dialog for htmx, else a page), and the move there."""
    deal = find(request, pk)
    if request.method != "POST":
        stages: list[Any] = list(deal.pipeline.stages.all())
        look_ahead(deal, stages, request.membership)
        wanted = next((stage.pk for stage in stages if stage.barred and str(stage.pk) == request.GET.get("stage")), 0)
        context = {"deal": deal, "stages": stages, "wanted": wanted, "back": came_from(request)}
        return render(request, "deals/stage.html#dialog" if request.htmx else "deals/stage.html", context)
    target = get_object_or_404(Stage, pk=number(request.POST.get("stage", "")))
    seen, at = seen_of(request), place_of(deal, request.POST)
    was = between(deal.stage_id, deal.rank) if at and target.pk == deal.stage_id else None
    try:
        deal.move_to(
            target, by=request.membership.actor, at=at, seen=seen, because=request.POST.get("because", "")[:200]
        )
    except Refusal as refusal:
        return not_moved(request, deal, refusal, target=target, seen=seen)
    if target.pk != deal.stage_id:
        undoable(request, _("“%(deal)s” moved to %(stage)s.") % {"deal": deal.name, "stage": target.name})
    elif was:  # places have no history: it goes back by another move
        text = _("“%(deal)s” moved within %(stage)s.") % {"deal": deal.name, "stage": target.name}
        messages.success(request, text, extra_tags=f"undo:{deal.url_of('place', was.after, was.before)}")
    return on_board(request, deal, left=deal.stage_id) or back(request, deal.get_absolute_url())


@require_POST
@needs("deal", "change")
def place(request: WorkspaceRequest, pk: int, after: int, before: int) -> HttpResponse:
    """Back to where in its column a deal was, between these two."""
    deal = find(request, pk)
    deal.move_to(deal.stage, by=request.membership.actor, at=Place(after=after, before=before))
    return on_board(request, deal) or back(request, deal.get_absolute_url())


def place_of(deal: Deal, data: QueryDict) -> Place | None:
    """Where in the column: beside the cards between which it was dropped, or by a word; None where nothing is said."""
    if not data.keys() & {"place", "after", "before"}:
        return None
    word = data.get("place", "")
    if word in ("up", "down"):
        return beside(deal.stage_id, deal.rank, up=word == "up")
    return Place("bottom" if word == "bottom" else "top", number(data.get("after", "")), number(data.get("before", "")))


@needs("deal", "change")
@or_who_deleted_it
def closing(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How a deal ended: the form (a dialog for htmx, else a page), and the close itself."""
    deal = find(request, pk)
    form = ClosingForm(posted(request), initial={"status": request.GET.get("status"), "version": deal.version})
    status = UNPROCESSABLE if form.is_bound else 200
    if "because" in request.POST:
        ask_why(form)
    try:
        if form.is_valid():
            form.close(deal, by=request.membership.actor)
            return closed(request, deal, form)
    except Refusal as refusal:
        not_closed(request, deal, form, refusal)
        status = refusal.status
    context = {"deal": deal, "form": form, "back": came_from(request)}
    return render(
        request, "deals/closing.html#dialog" if request.htmx else "deals/closing.html", context, status=status
    )


def not_closed(request: WorkspaceRequest, deal: Deal, form: ClosingForm, refusal: Refusal) -> None:
    """The form says why, leads to what must be done first, and asks who may pass the rules for a reason."""
    happened = what_happened(deal, form.cleaned_data["version"])
    form.refuse(f"{_('Not closed.')} {happened}" if happened else str(refusal), now=find(request, deal.pk).version)
    if form.cleaned_data["status"] == "won":
        form.musts = [] if happened else open_musts(deal)
        if request.membership.may("deal", "override"):
            ask_why(form)


def closed(request: WorkspaceRequest, deal: Deal, form: ClosingForm) -> HttpResponse:
    """To the page or the board where it was closed, with a word and the way back."""
    undoable(request, _("“%(deal)s”: %(status)s.") % {"deal": deal.name, "status": form.status_label})
    came = came_from(request) if request.POST.get("next") else ""
    return on_board(request, deal) or SeeOther(came or deal.get_absolute_url())


def seen_of(request: WorkspaceRequest) -> int | None:
    """The version that the reader saw, where the form carries it."""
    return number(request.POST["version"]) if "version" in request.POST else None


@require_POST
@needs("deal", "change")
def reopening(request: WorkspaceRequest, pk: int) -> HttpResponse:
    deal = find(request, pk)
    deal.reopen(by=request.membership.actor)
    undoable(request, _("“%(deal)s” is open again.") % {"deal": deal.name})
    return back(request, deal.get_absolute_url())


@require_POST
@needs("deal", "create")
def copy(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Another deal like this one."""
    deal = cast(Deal, page.find(request, pk))
    made = deal.duplicate(by=request.membership.actor)
    undoable(request, _("%(title)s created.") % {"title": made.title})
    return SeeOther(made.get_absolute_url())


def posted(request: WorkspaceRequest) -> QueryDict | None:
    """What a form is given: None until it is sent."""
    return request.POST if request.method == "POST" else None


# --- people -----------------------------------------------------------------------------------------------------------
@needs("deal", "change")
def people(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Put a person on a deal."""
    deal = find(request, pk)
    form = PersonForm(posted(request), deal=deal, membership=request.membership)
    return person_saved(request, form, _("%(contact)s added."))


@needs("deal", "change")
def person(request: WorkspaceRequest, pk: int, link: int) -> HttpResponse:
    """Change what a person is on a deal, or take it off (`remove`)."""
    deal = find(request, pk)
    links = DealContact.objects.filter(deal=deal, contact__in=Contact.objects.visible_to(request.membership))
    found = get_object_or_404(links.select_related("contact"), pk=link)
    if "remove" in request.POST:
        deal.remove_person(found.contact, by=request.membership.actor)
        undoable(request, _("%(contact)s is no longer on the deal.") % {"contact": found.contact.name})
        return SeeOther(deal.get_absolute_url())
    form = PersonForm(posted(request), deal=deal, membership=request.membership, link=found)
    return person_saved(request, form, _("%(contact)s saved."))


def person_saved(request: WorkspaceRequest, form: PersonForm, message: str) -> HttpResponse:
    if form.is_valid():
        person = form.save(by=request.membership.actor)
        undoable(request, message % {"contact": person.contact.name})
        return SeeOther(form.deal.get_absolute_url())
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "deals/person.html", {"deal": form.deal, "form": form}, status=status)
