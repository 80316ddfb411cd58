"""The composer of a record page: what is written down there, drafts of it, members who can be mentioned."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.redirects import SeeOther
from records.models import Record, Refusal
from records.pages import PAGES
from records.pages.views import UNPROCESSABLE, page_context
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
    if not (form.is_valid() and saved(form, request)):
        return try_again(request, record, form)
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


def saved(form: ComposerForm, request: WorkspaceRequest) -> bool:
    """Save it; a refusal of the domain stands in the form."""
    try:
        activity = form.save(by=request.membership.actor)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    undoable(request, str((SAVED if activity.done_at else PLANNED)[activity.kind]))
    return True


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
