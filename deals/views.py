"""What one does with a deal besides editing it: its stage, its closing, its people."""

from typing import cast

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.numbers import number
from core.redirects import SeeOther, back
from records.models import Refusal
from records.pages.views import UNPROCESSABLE
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .forms import ClosingForm, PersonForm
from .models import Deal, DealContact, Stage
from .pages import DealPage

page = DealPage()


def find(request: WorkspaceRequest, pk: int) -> Deal:
    """A deal that the member may change; 404 and 403 as on its page."""
    return cast(Deal, page.find(request, pk, "change"))


@needs("deal", "change")
def stage(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Where a deal could go (a dialog for htmx, else a page), and the move there."""
    deal = find(request, pk)
    if request.method != "POST":
        template = "deals/stage.html#dialog" if request.htmx else "deals/stage.html"
        return render(request, template, {"deal": deal, "stages": deal.pipeline.stages.all()})
    target = get_object_or_404(Stage, pk=number(request.POST.get("stage", "")))
    deal.move_to(target, by=request.membership.actor)
    undoable(request, _("“%(deal)s” moved to %(stage)s.") % {"deal": deal.name, "stage": target.name})
    return back(request, deal.get_absolute_url())


@needs("deal", "change")
def closing(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How a deal ended: the form, and the close itself."""
    deal = find(request, pk)
    form = ClosingForm(
        request.POST if request.method == "POST" else None, initial={"status": request.GET.get("status")}
    )
    if not (form.is_valid() and closed(form, deal, request)):
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "deals/closing.html", {"deal": deal, "form": form}, status=status)
    deal.refresh_from_db(fields=["status"])
    undoable(request, _("“%(deal)s”: %(status)s.") % {"deal": deal.name, "status": deal.get_status_display()})
    return SeeOther(deal.get_absolute_url())


def closed(form: ClosingForm, deal: Deal, request: WorkspaceRequest) -> bool:
    """Close the deal; a refusal of the domain stands in the form."""
    try:
        form.close(deal, by=request.membership.actor)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


@require_POST
@needs("deal", "change")
def reopening(request: WorkspaceRequest, pk: int) -> HttpResponse:
    deal = find(request, pk)
    deal.reopen(by=request.membership.actor)
    undoable(request, _("“%(deal)s” is open again.") % {"deal": deal.name})
    return back(request, deal.get_absolute_url())


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
    found = get_object_or_404(DealContact.objects.select_related("contact"), pk=link, deal=deal)
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
