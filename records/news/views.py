"""Notifications: the page, the window behind the bell, and marking them as read."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.redirects import SeeOther, back
from core.tenancy import workspace_scope
from records.models import Attention, Notice
from workspaces.doors import members_only, public
from workspaces.jobs import speaking_to
from workspaces.requests import WorkspaceRequest

from .counting import unread
from .forms import AttentionForm
from .links import Link
from .making import readers
from .page import LATEST, PAGE, NewsPage
from .words import told


@members_only
@require_GET
def notices(request: WorkspaceRequest) -> HttpResponse:
    in_dialog = request.htmx and request.htmx.target == "dialog-slot"
    page = NewsPage(request.membership, request.GET, most=LATEST if in_dialog else PAGE)
    template = "records/news/list.html#dialog" if in_dialog else "records/news/list.html"
    return render(request, template, {"page": page, "in_dialog": in_dialog})


@members_only
@require_GET
def notice(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """To what it tells of; it is read then."""
    notices = Notice.objects.of(request.membership).filter(pk=pk)
    found = told(notices.select_related("change_set__undoes"), request.membership)
    if not found:
        raise Http404
    notices.mark(read=True)
    return SeeOther(found[0].path)


@members_only
@require_POST
def reading(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Read, or not yet: as the button says."""
    notices = Notice.objects.of(request.membership).filter(pk=pk)
    get_object_or_404(notices)
    notices.mark(read=request.POST.get("read") == "1")
    if not request.htmx:
        return back(request)
    found = told(notices.select_related("change_set__undoes"), request.membership)
    context = {"news": found[0] if found else None, "unread": unread(request.membership), "swap": True}
    return render(request, "records/news/row.html", context)


@members_only
@require_POST
def all_read(request: WorkspaceRequest) -> HttpResponse:
    Notice.objects.of(request.membership).mark(read=True)
    messages.success(request, _("All notifications are marked as read."))
    return back(request)


@members_only
@require_http_methods(["GET", "POST"])
def attention(request: WorkspaceRequest) -> HttpResponse:
    """What the member wants to be told, how, and what it follows without a click."""
    form = AttentionForm(request.POST or None, attention=Attention.of(request.membership))
    if form.is_valid():
        form.save()
        messages.success(request, _("Notifications saved."))
        return SeeOther(request.path)
    return render(request, "records/news/attention.html", {"form": form}, status=422 if form.errors else 200)


@public
@csrf_exempt  # a mail program that presses the button (RFC 8058) has no cookie of ours; the signature is enough
@never_cache
@rate_limit(action="letters", limit_get=True)
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter, without sign-in. Looking does nothing: programs look at all links of a letter."""
    if (link := Link.read(token)) is None:
        raise Http404
    with workspace_scope(link.workspace_id):
        member = readers().filter(pk=link.member_id).first()
        if member is None:
            raise Http404
        if request.method == "POST":
            link.act(member)
        with speaking_to(member, member.workspace):
            context = {"link": link, "record": link.shown_to(member), "workspace": member.workspace}
            return render(request, "records/news/unfollow.html", context | {"is_done": request.method == "POST"})
