"""The composer of a record page: what is written down there, drafts of it, members who can be mentioned."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.redirects import SeeOther
from records.models import Record
from records.pages import PAGES
from records.pages.views import UNPROCESSABLE, page_context
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .composers import COMPOSERS, ComposerForm
from .models import Draft
from .panels import TIMELINES, composer, timeline
from .people import callable_members

SAVED = {
    "note": gettext_lazy("Note saved."),
    "call": gettext_lazy("Call saved."),
    "meeting": gettext_lazy("Meeting saved."),
    "task": gettext_lazy("Task saved."),
}
PLANNED = {
    "call": gettext_lazy("Call planned."),
    "meeting": gettext_lazy("Meeting planned."),
    "task": gettext_lazy("Task planned."),
}
#: characters of a draft; a composer takes no more
LONGEST_DRAFT = 200_000
TOO_LARGE = 413


class ComposeRequest(WorkspaceRequest):
    """A request whose page shows the composer as it could not be saved."""

    composer: ComposerForm


@require_POST
@needs("activity", "create")
def compose(request: ComposeRequest, kind: str, pk: int) -> HttpResponse:
    """Save what the composer on the page of a record holds; what can't be saved comes back as it was typed."""
    record = find_subject(request, kind, pk)
    form_class = find_composer(request)
    form = form_class(request.POST, request.FILES, membership=request.membership, record=record)
    activity = saved(form, lambda: form.save(by=request.membership.actor))
    if activity is None:
        return try_again(request, record, form)
    undoable(request, str((SAVED if activity.done_at else PLANNED)[activity.kind]))
    if not request.htmx:
        return SeeOther(record.get_absolute_url())
    context = changed(request, record) | composer(request, record)
    context["composer"].take_focus()  # the next one may follow at once
    return render(request, "activities/saved.html", context)


def find_subject(request: WorkspaceRequest, kind: str, pk: int) -> Record:
    """The contact, organization or deal, through the door of its own page; 404 for anything else."""
    if kind not in TIMELINES:
        raise Http404
    return PAGES[kind].find(request, pk)


def find_composer(request: WorkspaceRequest) -> type[ComposerForm]:
    form_class = COMPOSERS.get(request.POST.get("kind", ""))
    if form_class is None:
        raise Http404
    return form_class


def try_again(request: ComposeRequest, record: Record, form: ComposerForm) -> HttpResponse:
    """The composer with its errors: by itself for htmx, else on the page of the record."""
    request.composer = form
    if request.htmx:
        context = {"record": record} | composer(request, record)
        return render(request, "activities/composer.html", context, status=UNPROCESSABLE)
    shown = PAGES[record.record_name]
    return render(request, shown.template, page_context(shown, request, record), status=UNPROCESSABLE)


def changed(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """What is new on the page of a record when something was done about it: the timeline, and when that was."""
    shown = PAGES[record.record_name]
    shown.read_asides(record, request.membership)
    return {"record": record, "facts": shown.shown_facts(request, record)} | timeline(request, record)


# --- drafts -----------------------------------------------------------------------------------------------------------
@require_POST
@needs("activity", "create")
def draft(request: WorkspaceRequest, kind: str, pk: int) -> HttpResponse:
    """Keep what is being typed; a composer that was emptied has no draft."""
    record = find_subject(request, kind, pk)
    form_class = find_composer(request)
    typed = request.POST.copy()
    begun = when_begun(typed.pop("begun", [""])[0])
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode() if form_class.holds_text(typed) else ""
    if len(text) > LONGEST_DRAFT:
        return HttpResponse(status=TOO_LARGE)
    if "%00" in text:  # no text that the database keeps
        raise BadRequest
    if text:
        Draft.keep(request.membership, record, form_class.kind, typed, begun=begun)
    else:
        Draft.objects.of(request.membership, record).present().filter(kind=form_class.kind).delete()
    return HttpResponse(status=204)


def when_begun(text: str) -> dt.datetime:
    """When the composer was opened, as its form says; now for nonsense."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment and timezone.is_aware(moment) else timezone.now()


def find_draft(request: WorkspaceRequest, pk: int) -> Draft:
    """One of the member's own; another's is not found."""
    return get_object_or_404(Draft.objects.filter(member=request.membership), pk=pk)


@require_POST
@needs("activity", "create")
def draft_discard(request: WorkspaceRequest, pk: int) -> HttpResponse:
    draft = find_draft(request, pk)
    draft.discard()
    undo = reverse("activities:draft_restore", args=[draft.pk])
    messages.success(request, _("Draft discarded."), extra_tags=f"undo:{undo}")
    return back_to(request, draft)


@require_POST
@needs("activity", "create")
def draft_restore(request: WorkspaceRequest, pk: int) -> HttpResponse:
    draft = find_draft(request, pk)
    draft.restore()
    return back_to(request, draft)


def back_to(request: WorkspaceRequest, draft: Draft) -> HttpResponse:
    """The page that the draft belongs to, with its composer open."""
    record = draft.record
    if not request.htmx:
        return SeeOther(f"{record.get_absolute_url()}?compose={draft.kind}")
    record = find_subject(request, record.record_name, record.pk)
    context = {"record": record} | composer(request, record, draft.kind)
    context["composer"].take_focus()
    return render(request, "activities/discarded.html", context)


# --- mentions ---------------------------------------------------------------------------------------------------------
@require_GET
@needs("activity", "create")
def mentions(request: WorkspaceRequest) -> HttpResponse:
    """Members whose name, or a word of it, begins like `?q=`."""
    members = callable_members(request.membership, request.GET.get("q", ""))
    return render(request, "activities/mentions.html", {"members": members})
