"""Saved views, segments and groups: the menu of a list, the forms, and the page where all are kept."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from core.redirects import SeeOther, asked_on, back
from records.listing import LISTINGS, Listing
from records.models import DefaultView, Group, Record, SavedView, Shared
from records.models.saved_view import LIST
from records.pages.page import PAGES
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .counts import address_of
from .forms import SharedForm, ViewForm
from .opened import opened, query_of
from .shelf import Shelf, side_of

UNPROCESSABLE = 422


def listing_of(request: WorkspaceRequest, kind: str) -> type[Listing]:
    """The list of a kind that the reader may see. Raises Http404."""
    if kind not in LISTINGS or not request.membership.may(kind, "view"):
        raise Http404
    return LISTINGS[kind].of(request.workspace)


def find(request: WorkspaceRequest, model: type[Shared], pk: int) -> Any:
    """What the reader sees; whether it may be changed the verbs say."""
    return get_object_or_404(model.objects.visible_to(request.membership), pk=pk)


def go(request: WorkspaceRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else SeeOther(url)


def asked(request: WorkspaceRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The form: a dialog for htmx, else a page of its own."""
    part = f"{template}#dialog" if request.htmx else template
    return render(request, part, {"form": form} | context, status=UNPROCESSABLE if form.is_bound else 200)


# --- all of them ------------------------------------------------------------------------------------------------------
@needs("saved_view", "view")
@require_GET
def shelf(request: WorkspaceRequest) -> HttpResponse:
    """All views, segments and groups that the reader sees."""
    return render(request, "records/saved/shelf.html", {"shelf": Shelf(request.membership)})


@needs("saved_view", "view")
@require_GET
def side(request: WorkspaceRequest) -> HttpResponse:
    """Segments and groups with their counts, for the side bar; without htmx the page of all."""
    if not request.htmx:
        return SeeOther(reverse("saved:shelf"))
    here = asked_on(request)
    return render(request, "records/saved/side.html", {"lines": side_of(request.membership, here)})


# --- views ------------------------------------------------------------------------------------------------------------
def layout_at(request: WorkspaceRequest, kind: str) -> str:
    """Which page one came from: the list, or another layout of it."""
    wanted = (request.POST or request.GET).get("at", "")
    return wanted if wanted in {one.name for one in LISTINGS[kind].layouts} else LIST


def shown_query(request: WorkspaceRequest, kind: str) -> str:
    """The query string of the list at hand, as a view keeps it."""
    query = (request.POST or request.GET).get("query", "")
    return query_of(opened(kind, request.membership, QueryDict(query)).params)


@needs("saved_view", "view")
@require_GET
def menu(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """The views of a list, and what can be done with the one at hand."""
    listing = listing_of(request, kind)
    query = request.GET.get("query", "")
    state = opened(kind, request.membership, QueryDict(query))
    context = {
        "kind": kind,
        "title": listing.title(),
        "path": listing.path(layout_at(request, kind)),
        "at": layout_at(request, kind),
        "query": query,
        "state": state,
        "may_change": state.view is not None and state.view.takes_contents_of(request.membership),
        "shelf": Shelf(request.membership, kind),
    }
    return render(request, "records/saved/menu.html#menu" if request.htmx else "records/saved/menu.html", context)


@needs("saved_view", "create")
@require_http_methods(["GET", "POST"])
def create(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """Save the list at hand under a name."""
    listing = listing_of(request, kind)
    by = request.membership.actor
    form = ViewForm(request.POST if request.method == "POST" else None, membership=request.membership)
    query, layout = shown_query(request, kind), layout_at(request, kind)
    view = saved(form, lambda: SavedView.make(kind, by=by, query=query, layout=layout, **form.values))
    if view is None:
        context = {"query": query, "at": layout, "url": request.path, "cancel_url": listing.path(layout)}
        return asked(request, "records/saved/form.html", form, title=_("Save view"), **context)
    if form.cleaned_data.get("opens_first"):
        DefaultView.put(view, by=by)
    undoable(request, _("View “%(name)s” saved.") % {"name": view.name})
    return go(request, address_of(view))


@needs("saved_view", "change")
@require_http_methods(["GET", "POST"])
def change(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Rename a view, share it, make it a segment, open it first."""
    view = find(request, SavedView, pk)
    view.demand("change", by=request.membership.actor)
    posted = request.POST if request.method == "POST" else None
    form = ViewForm(posted, membership=request.membership, instance=view)
    return changed(request, view, form)


def changed(request: WorkspaceRequest, shared: Shared, form: SharedForm) -> HttpResponse:
    def save() -> bool:
        shared.change(by=request.membership.actor, **form.values)
        return True

    if saved(form, save) is None:
        context = {"url": request.path, "item": shared, "cancel_url": reverse("saved:shelf")}
        return asked(request, "records/saved/form.html", form, title=shared.name, **context)
    undoable(request, _("“%(name)s” saved.") % {"name": shared.name})
    return go(request, reverse("saved:shelf"))


@needs("saved_view", "change")
@require_POST
def save_over(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Keep in the view what the list at hand shows, and on which page."""
    view = find(request, SavedView, pk)
    query, layout = shown_query(request, view.kind), layout_at(request, view.kind)
    view.change(by=request.membership.actor, query=query, layout=layout)
    undoable(request, _("View “%(name)s” saved.") % {"name": view.name})
    return go(request, address_of(view))


@needs("saved_view", "default")
@require_POST
def default(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Open the view first, or (`off`) the plain list; for the reader, or for everybody."""
    view = find(request, SavedView, pk)
    by, for_all = request.membership.actor, request.POST.get("whose") == "all"
    if "off" in request.POST:
        DefaultView.clear(view.kind, by=by, for_all=for_all)
        undoable(request, _("The plain list opens first."))
    else:
        DefaultView.put(view, by=by, for_all=for_all)
        undoable(request, _("“%(name)s” opens first.") % {"name": view.name})
    return back(request, reverse("saved:shelf"))


# --- what views and groups share --------------------------------------------------------------------------------------
@needs("saved_view", "change")
@require_POST
def place(request: WorkspaceRequest, pk: int, model: type[Shared]) -> HttpResponse:
    """One place up or down."""
    shared = find(request, model, pk)
    shared.move(request.POST.get("to") == "up", by=request.membership.actor)
    undoable(request, _("“%(name)s” moved.") % {"name": shared.name})
    return back(request, reverse("saved:shelf"))


@needs("saved_view", "delete")
@require_POST
def delete(request: WorkspaceRequest, pk: int, model: type[Shared]) -> HttpResponse:
    shared = find(request, model, pk)
    shared.remove(by=request.membership.actor)
    undoable(request, _("“%(name)s” deleted.") % {"name": shared.name})
    return SeeOther(reverse("saved:shelf"))


# --- groups -----------------------------------------------------------------------------------------------------------
@needs("group", "create")
@require_http_methods(["GET", "POST"])
def create_group(request: WorkspaceRequest, kind: str) -> HttpResponse:
    listing_of(request, kind)
    posted = request.POST if request.method == "POST" else None
    form = SharedForm(posted, membership=request.membership)
    group = saved(form, lambda: Group.make(kind, by=request.membership.actor, **form.values))
    if group is None:
        context = {"url": request.path, "cancel_url": reverse("saved:shelf")}
        return asked(request, "records/saved/form.html", form, title=_("New group"), **context)
    undoable(request, _("Group “%(name)s” made.") % {"name": group.name})
    return go(request, address_of(group))


@needs("group", "change")
@require_http_methods(["GET", "POST"])
def change_group(request: WorkspaceRequest, pk: int) -> HttpResponse:
    group = find(request, Group, pk)
    group.demand("change", by=request.membership.actor)
    posted = request.POST if request.method == "POST" else None
    return changed(request, group, SharedForm(posted, membership=request.membership, instance=group))


@needs("group", "change")
@require_POST
def groups_of(request: WorkspaceRequest, kind: str, pk: int) -> HttpResponse:
    """Put a record into a group (`add`), or take it out (`remove`)."""
    listing_of(request, kind)
    record: Record = PAGES[kind].find(request, pk, "change")
    remove = request.POST.get("remove", "")
    wanted = remove or request.POST.get("add", "")
    groups = Group.objects.visible_to(request.membership).filter(kind=kind)
    group = get_object_or_404(groups, pk=wanted if wanted.isdecimal() else 0)
    if remove:
        group.take_out(record.rows(), by=request.membership.actor).or_refuse()
        undoable(request, _("Taken out of the group %(group)s") % {"group": group.name})
    else:
        group.take_in(record.rows(), by=request.membership.actor).or_refuse()
        undoable(request, _("Added to the group %(group)s") % {"group": group.name})
    return back(request, record.get_absolute_url())
