from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core.numbers import number
from core.redirects import SeeOther
from records.choosing import SUGGESTIONS
from records.models import Record, Tag
from records.toasts import undoable
from workspaces.requests import WorkspaceRequest

from .page import RecordPage


def tags(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Tags of a record. GET suggests some by their first letters (`q`), else it is a page of its own; POST adds the one
    called `name`, or takes away the one with the id `remove`."""
    record = page.find(request, pk, "change")
    if request.method != "POST" and "q" not in request.GET:
        page.read_asides(record, request.membership)
        return render(request, "records/tags_page.html", {"record": record, "crumbs": page.crumbs(record)})
    if request.method != "POST":
        return render(request, "records/options.html", {"records": suggested(request.GET.get("q", ""))})
    if "remove" in request.POST:
        tag = get_object_or_404(Tag, pk=number(request.POST["remove"]))
        record.rows().untag(tag, by=request.membership.actor).or_refuse()
        undoable(request, _("Tag %(tag)s removed.") % {"tag": tag.name})
    else:
        tag = Tag.named(request.POST.get("name", ""), by=request.membership.actor)
        record.rows().tag(tag, by=request.membership.actor).or_refuse()
        undoable(request, _("Tag %(tag)s added.") % {"tag": tag.name})
    if not request.htmx:
        return SeeOther(record.get_absolute_url())
    return answer(page, request, record)


def answer(page: RecordPage, request: WorkspaceRequest, record: Record) -> HttpResponse:
    page.read_asides(record, request.membership)
    return render(request, "records/tags.html#changed", {"record": record, "may_change": True})


def suggested(text: str) -> QuerySet[Tag]:
    text = text.strip()
    return Tag.objects.filter(name__istartswith=text)[:SUGGESTIONS] if text else Tag.objects.none()
