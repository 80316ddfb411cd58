"""The menu of a row: what one can do with a record without leaving its list."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.redirects import SeeOther
from records import panels
from workspaces.requests import WorkspaceRequest

from .page import RecordPage


def menu(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The items for htmx; the record's own page, where all of it stands, without."""
    record = page.find(request, pk)
    if not request.htmx:
        return SeeOther(record.get_absolute_url())
    follower, member = page.model.follower(), request.membership
    is_followed = follower is not None and follower.objects.filter(record=record, member=member).exists()
    context = {
        "page": page,
        "record": record,
        "actions": panels.row_actions(request, record),
        "may_change": record.allows("change", member),
        "may_delete": record.allows("delete", member) and record.allows("bulk", member),
        "may_follow": follower is not None,
        "is_followed": is_followed,
        "follow_url": record.url_of("unfollow" if is_followed else "follow") if follower else "",
        "edit_url": record.url_of("edit"),
        "bulk_url": reverse(f"{record.namespace}:bulk"),
        "query": urlsplit(request.headers.get("Referer", "")).query,
    }
    return render(request, "records/row_menu.html", context)
