"""The star of a record: the own mark of whoever may see it. It changes nothing of the record itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.redirects import back
from records.models import Record
from workspaces.requests import WorkspaceRequest

from .page import RecordPage


def follow(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    record = page.find(request, pk)
    record.follow(by=request.membership.actor)
    return answer(request, record, _("You follow %(title)s.") % {"title": record.title}, undo="unfollow")


def unfollow(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    record = page.find(request, pk)
    record.unfollow(by=request.membership.actor)
    return answer(request, record, _("You follow %(title)s no longer.") % {"title": record.title}, undo="follow")


def answer(request: WorkspaceRequest, record: Record, text: str, *, undo: str) -> HttpResponse:
    """The star as it is now, for htmx; the one address takes back what the other does."""
    messages.success(request, text, extra_tags=f"undo:{record.url_of(undo)}")
    if not request.htmx:
        return back(request, record.get_absolute_url())
    return render(request, "records/star.html", {"record": record, "is_followed": undo == "unfollow", "swap": True})
