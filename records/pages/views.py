"""The views of every record type: find through the page's door, call one verb, answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core import past
from core.redirects import SeeOther
from records import panels
from records.forms import RecordForm
from records.models import Recent, Record
from records.saving import saved
from records.toasts import undoable
from records.trail import note_opened, opens
from workspaces.requests import WorkspaceRequest

from .folds import cookie_name
from .page import RecordPage
from .walk import Walk, came_by

PANES = ("timeline", "details", "related")
#: the answer to a form that can't be saved; browsers show it like any page
UNPROCESSABLE = 422


def page_context(page: RecordPage, request: WorkspaceRequest, record: Record, *, opened: str = "") -> dict[str, Any]:
    """What the page of a record shows; the panel called `opened` is not left for later."""
    page.read_asides(record, request.membership)
    facts, shown = page.shown_facts(request, record), panels.shown_panels(request, record, opened=opened)
    for panel in shown["related"]:
        panel.folded = panel.panel.name in facts.folds and panel.panel.name != opened
    pane = request.GET.get("pane", "")
    return head_context(page, request, record) | {
        "facts": facts,
        "fold_cookie": cookie_name(request),
        "panels": shown,
        "related_count": sum(panel.count or 0 for panel in shown["related"]),
        "pane": pane if pane in PANES else "related" if opened else PANES[0],
        "walk": Walk.of(page, request, record),
    }


def head_context(page: RecordPage, request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """What the head of the page shows: `read_asides` has been called."""
    return {
        "page": page,
        "record": record,
        "crumbs": page.crumbs(record),
        "actions": panels.actions(request, record, "head"),
        "menu": panels.actions(request, record, "menu"),
        "may_change": record.allows("change", request.membership),
        "may_claim": record.owner_id is None and record.allows("assign", request.membership),
        "may_delete": record.allows("delete", request.membership),
        "may_follow": type(record).follower() is not None and not past.moment(),
        **page.head(record),
    }


@note_opened
def detail(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    record = page.find(request, pk)
    if not past.moment():
        Recent.note(record, request.membership)
    return render(request, page.template, page_context(page, request, record))


def panel(page: RecordPage, request: WorkspaceRequest, pk: int, panel: str) -> HttpResponse:
    """One panel: by itself for htmx, else on the page of its record."""
    record = page.find(request, pk)
    page.read_asides(record, request.membership)
    declared = panels.PANELS[record.record_name].get(panel)
    if declared is None or not declared.stands_on(request, record):
        raise Http404
    if not request.htmx:
        opens(request, page.model, pk)
        return render(request, page.template, page_context(page, request, record, opened=panel))
    shown = panels.show(declared, request, record)
    return render(request, "records/panel.html", {"shown": shown, "record": record})


# --- forms ------------------------------------------------------------------------------------------------------------
def create(page: RecordPage, request: WorkspaceRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = page.form_class(posted, membership=request.membership, initial=page.initial(request))
    record = saved(form, lambda: form.save(by=request.membership.actor))
    if record is None:
        return form_page(page, request, form)
    undoable(request, _("%(title)s created.") % {"title": record.title})
    return SeeOther(record.get_absolute_url())


@note_opened
def edit(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    record = page.find_sent(request, pk)
    form = page.form_class(posted, membership=request.membership, instance=record)
    if saved(form, lambda: form.save(by=request.membership.actor)) is None:
        return form_page(page, request, form, record)
    undoable(request, _("%(title)s saved.") % {"title": record.title})
    return SeeOther(record.get_absolute_url() + came_by(request))


def form_page(
    page: RecordPage, request: WorkspaceRequest, form: RecordForm, record: Record | None = None
) -> HttpResponse:
    is_there = record and not record.deleted_at
    context = {
        "page": page,
        "form": form,
        "record": record,
        "crumbs": page.crumbs(record),
        "cancel_url": record.get_absolute_url() + came_by(request) if record and is_there else page.list_url,
    }
    return render(request, page.form_template, context, status=UNPROCESSABLE if form.is_bound else 200)


# --- trash ------------------------------------------------------------------------------------------------------------
def trash(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    record = page.find(request, pk, "delete")
    record.trash(by=request.membership.actor)
    undoable(request, _("%(title)s deleted.") % {"title": record.title})
    return SeeOther(page.list_url)


def restore(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Out of the trash. No page leads here: what was just deleted comes back by Undo, this address takes the rest."""
    lying = page.model.objects.filter(deleted_at__isnull=False).in_reach_of(request.membership)
    record = get_object_or_404(lying, pk=pk)
    record.restore(by=request.membership.actor)
    undoable(request, _("%(title)s restored.") % {"title": record.title})
    return SeeOther(record.get_absolute_url())


# --- choosing ---------------------------------------------------------------------------------------------------------
def pick(page: RecordPage, request: WorkspaceRequest) -> HttpResponse:
    """Suggestions for a picker: `<li role="option" data-value="7">` for each record that `?q=` may mean."""
    text = request.GET.get("q", "").strip()
    found = page.suggestions(request.membership, text) if text else ()
    return render(request, "records/options.html", {"records": found})
