"""The views of every list, made from its declaration."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, push_url

from core.redirects import SeeOther, back
from records.models import Outcome
from records.toasts import undoable
from records.trail import note_listed
from workspaces.accounts import set_choice
from workspaces.doors import needs, shows_past
from workspaces.refusals import NotAllowed
from workspaces.requests import WorkspaceRequest

from .bulk import ActionForm, BulkAction
from .listing import Listing
from .page import DENSITIES, ListPage
from .running import begin, is_large, perform
from .selection import Selection

View = Callable[..., HttpResponseBase]


def list_view(listing: type[Listing]) -> View:
    """The list itself; an htmx request gets the part of it that it asks for."""

    @shows_past
    @needs(listing.model.record_name, "view")
    @require_GET
    def show(request: WorkspaceRequest) -> HttpResponse:
        page = ListPage(listing, request)
        if {"up", "down"} & request.GET.keys():
            return redirect(page.moved_url)
        if request.htmx and not request.htmx.history_restore_request:
            return part_of(request, page)
        if page.leads_to:
            return redirect(page.leads_to)
        response = render(request, listing.template_name, {"list": page})
        note_listed(request, listing.model, page.shown_ids)
        return response

    return show


def part_of(request: WorkspaceRequest, page: ListPage) -> HttpResponse:
    """What htmx asks for: a panel that is opened, or the rows that match what somebody is typing."""
    if page.panel:
        return render(request, page.panel.template, {"list": page})
    response = render(request, "records/list.html#rows", {"list": page})
    note_listed(request, page.listing.model, page.shown_ids)
    return push_url(response, page.here)


def density_view(listing: type[Listing]) -> View:
    """How high the rows of all lists are, kept in a cookie."""

    @needs(listing.model.record_name, "view")
    @require_POST
    def choose(request: WorkspaceRequest) -> HttpResponse:
        response = back(request, reverse(f"{listing.model.namespace}:list"))
        if (chosen := request.POST.get("density", "")) in DENSITIES:
            set_choice(response, "density", chosen)
        return response

    return choose


def bulk_view(listing: type[Listing]) -> View:
    """An action on the chosen rows: first its form, where it has one, then the deed."""

    @needs(listing.model.record_name, "bulk")
    @require_POST
    def change(request: WorkspaceRequest) -> HttpResponse:
        action = listing.action(request.POST.get("action", ""))
        if action is None or action.hidden:
            raise Http404
        if not request.membership.may(listing.model.record_name, action.needs):
            raise NotAllowed(_("Your role does not allow this."))
        selection = Selection(listing, request.membership, request.POST)
        if not selection:
            messages.error(request, _("Choose some rows first."))
            return go_back(request, selection)
        if url := action.leads_to(selection):
            return SeeOther(url)
        wanted: dict[str, Any] = {}
        if action.form_class:
            data = request.POST if "confirmed" in request.POST else None
            form = action.form(data, record=listing.model.record_name, membership=request.membership)
            if not form.is_valid():
                return ask(request, action, selection, form)
            wanted = action.wanted(form)
        if is_large(selection):
            return go(request, begin(action, selection, request.POST).get_absolute_url())
        outcome = perform(action, selection.rows(), by=request.membership.actor, **wanted)
        report(request, action, outcome, wanted)
        return go_back(request, selection)

    return change


def go_back(request: WorkspaceRequest, selection: Selection) -> HttpResponse:
    """To the list as it was."""
    return go(request, selection.list_url)


def go(request: WorkspaceRequest, url: str) -> HttpResponse:
    """On to another page; see other, since the answer to the form lies there."""
    return HttpResponseClientRedirect(url) if request.htmx else SeeOther(url)


def ask(request: WorkspaceRequest, action: BulkAction, selection: Selection, form: ActionForm) -> HttpResponse:
    """The form of an action: a dialog over the list, or without JavaScript a page of its own."""
    template = "records/bulk.html#dialog" if request.htmx else "records/bulk.html"
    context = {"action": action, "selection": selection, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)


def report(request: WorkspaceRequest, action: BulkAction, outcome: Outcome, wanted: dict[str, Any]) -> None:
    """Say what was done, with Undo, and how many rows were left as they are, and why."""
    if outcome.done or not outcome.refused:
        words = action.says(outcome, **wanted)
        if outcome.way_back:
            messages.success(request, words, extra_tags=f"undo:{outcome.way_back}")
        else:
            undoable(request, words)
    for reason, count in outcome.reasons:
        messages.error(request, _("Not changed: %(count)s. %(reason)s") % {"count": count, "reason": reason})
