"""What one does with activities: write them down on the page of a record, say that they are done, put them off."""

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core import formats
from core.numbers import number
from core.redirects import SeeOther, back, came_from
from records.models import Record, Refusal
from records.pages import PAGES
from records.pages.views import UNPROCESSABLE, page_context
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .forms import COMPOSERS, FOLLOW_UPS, ComposerForm, later
from .models import Activity
from .pages import ActivityPage
from .panels import TIMELINES, composer, timeline

page = ActivityPage()

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


class ComposeRequest(WorkspaceRequest):
    """A request whose page shows the composer as it could not be saved."""

    composer: ComposerForm


def find(request: WorkspaceRequest, pk: int) -> Activity:
    """An activity that the member may change; 404 and 403 as on its page."""
    return cast(Activity, page.find(request, pk, "change"))


@require_POST
@needs("activity", "create")
def compose(request: ComposeRequest, kind: str, pk: int) -> HttpResponse:
    """Save what the composer on the page of a record holds; what can't be saved comes back as it was typed."""
    record = find_subject(request, kind, pk)
    form_class = COMPOSERS.get(request.POST.get("kind", ""))
    if form_class is None:
        raise Http404
    form = form_class(request.POST, membership=request.membership)
    if not (form.is_valid() and saved(form, record, request)):
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


def saved(form: ComposerForm, record: Record, request: WorkspaceRequest) -> bool:
    """Save it; a refusal of the domain stands in the form."""
    try:
        activity = form.save(record, by=request.membership.actor)
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


@require_POST
@needs("activity", "change")
def completion(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Say that an activity is done, or (`done=0`) that it is not."""
    activity = find(request, pk)
    if request.POST.get("done") == "0":
        activity.reopen(by=request.membership.actor)
        undoable(request, _("“%(activity)s” is open again.") % {"activity": activity.subject})
    else:
        activity.complete(by=request.membership.actor, outcome=request.POST.get("outcome", ""))
        undoable(request, _("“%(activity)s” done.") % {"activity": activity.subject})
    return answer(request, activity)


@require_POST
@needs("activity", "change")
def due(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Put an open activity off by a number of `days`."""
    activity = find(request, pk)
    days = request.POST.get("days", "")
    if days not in map(str, FOLLOW_UPS):
        raise Http404
    until = later(activity.occurred_at, int(days))
    activity.snooze(until, by=request.membership.actor)
    new = formats.when(until, timezone.now(), timezone.get_current_timezone())
    undoable(request, _("“%(activity)s” put off. New date: %(when)s") % {"activity": activity.subject, "when": new})
    return answer(request, activity)


def answer(request: WorkspaceRequest, activity: Activity) -> HttpResponse:
    """Back to the page; for htmx the timeline that the button stood on (`on=contact-7`), or the rows of the list."""
    if request.POST.get("on") == "list":
        return SeeOther(came_from(request) or reverse("activities:list"))
    kind, _dash, pk = request.POST.get("on", "").partition("-")
    if not (request.htmx and number(pk)):
        return back(request, activity.get_absolute_url())
    record = find_subject(request, kind, number(pk))
    return render(request, "activities/changed.html", changed(request, record))


def changed(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """What is new on the page of a record when something was done about it: the timeline, and when that was."""
    shown = PAGES[record.record_name]
    shown.read_asides(record, request.membership)
    return {"record": record, "facts": shown.shown_facts(request, record)} | timeline(request, record)
