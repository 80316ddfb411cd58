"""What one does with an entry of a timeline: say that it is done, put it off, edit it in place, pin it, delete it."""

import datetime as dt
from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import formats
from core.numbers import number
from core.redirects import SeeOther, back, came_from
from records.models import Record, Refusal
from records.pages.views import UNPROCESSABLE
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .composers import COMPOSERS
from .models import Activity, Pin
from .pages import ActivityPage
from .today_forms import SnoozeForm
from .views import changed, find_subject

page = ActivityPage()


def find(request: WorkspaceRequest, pk: int, action: str = "change") -> Activity:
    """An activity that the member may change; 404 and 403 as on its page."""
    return cast(Activity, page.find(request, pk, action))


def timeline_of(request: WorkspaceRequest) -> Record | None:
    """The record on whose timeline the entry stands (`on=contact-7`)."""
    said = request.POST.get("on") or request.GET.get("on", "")
    kind, _dash, pk = said.partition("-")
    return find_subject(request, kind, number(pk)) if number(pk) else None


def answer(request: WorkspaceRequest, activity: Activity) -> HttpResponse:
    """Back to the page; for htmx the timeline that the button stood on, or the rows of the list (`on=list`)."""
    if request.POST.get("on") == "list":
        return SeeOther(came_from(request) or reverse("activities:list"))
    record = timeline_of(request)
    if not (request.htmx and record):
        return back(request, record.get_absolute_url() if record else activity.get_absolute_url())
    return render(request, "activities/changed.html", changed(request, record))


@require_POST
@needs("activity", "change")
def completion(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Say that an activity is done, or (`done=0`) that it is not."""
    activity = find(request, pk)
    if request.POST.get("done") == "0":
        activity.reopen(by=request.membership.actor)
        undoable(request, _("“%(activity)s” is open again.") % {"activity": activity.subject})
    else:
        finish(request, activity)
    return answer(request, activity)


def finish(request: WorkspaceRequest, activity: Activity) -> None:
    """Say that it is done, a call with the outcome that was sent."""
    activity.complete(by=request.membership.actor, outcome=request.POST.get("outcome", ""))
    undoable(request, _("“%(activity)s” done.") % {"activity": activity.subject})


@require_POST
@needs("activity", "change")
def due(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Put an open activity off by a number of `days`."""
    activity = find(request, pk)
    form = SnoozeForm({"days": request.POST.get("days")}, activity=activity)
    if form.has_error("days") or not form.data["days"]:
        raise Http404
    if not form.is_valid():
        raise Refusal(form.errors["day"][0])
    put_off(request, form)
    return answer(request, activity)


def put_off(request: WorkspaceRequest, form: SnoozeForm) -> dt.datetime:
    """Put an activity off as a valid form says; until when."""
    until = form.save(by=request.membership.actor)
    words = {"activity": form.activity.subject}
    words["when"] = formats.when(until, timezone.now(), timezone.get_current_timezone())
    undoable(request, _("“%(activity)s” put off. New date: %(when)s") % words)
    return until


@require_http_methods(["GET", "HEAD", "POST"])
@needs("activity", "change")
def entry(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The form of an entry in its place on a timeline; without htmx that of the activity's page."""
    activity, record = find(request, pk), timeline_of(request)
    if record is None or not (request.htmx or request.method == "POST"):
        return SeeOther(activity.url_of("edit"))
    posted = request.POST if request.method == "POST" else None
    form = COMPOSERS[activity.kind](posted, membership=request.membership, record=record, activity=activity)
    if not saved(form, lambda: form.save_entry(by=request.membership.actor)):
        status = 200 if posted is None else UNPROCESSABLE
        context = {"form": form, "activity": activity, "record": record}
        return render(request, "activities/entry.html", context, status=status)
    undoable(request, _("Entry saved."))
    return answer(request, activity)


@require_POST
@needs("activity", "change")
def pin(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Keep a note on top of the timeline (`on=contact-7`), or (`pinned=0`) no longer."""
    note, record = find(request, pk), timeline_of(request)
    if record is None or not Pin.stands_on(note, record):
        raise Http404
    if request.POST.get("pinned") == "0":
        Pin.take_off(note, record, by=request.membership.actor)
        undoable(request, _("Note unpinned."))
    else:
        Pin.put(note, record, by=request.membership.actor)
        undoable(request, _("Note pinned."))
    return answer(request, note)


@require_POST
@needs("activity", "delete")
def removal(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Delete an entry from the timeline that it stands on."""
    activity = find(request, pk, "delete")
    activity.trash(by=request.membership.actor)
    undoable(request, _("%(title)s deleted.") % {"title": activity.title})
    return answer(request, activity)
