"""`/w/<slug>/@2026-11-12T14:05:00Z/deals/7/` is the deal as it stood at that moment, and so is each page it links to.

The moment is a part of the script prefix, so that all addresses of the page keep it. `?as_of=` leads there from any
address, with a moment in the reader's zone or in ISO 8601, or with days to look back: `?as_of=7d`.
"""

import datetime as dt
import re
from threading import BoundedSemaphore
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core import past

MARK = "@"
READ = ("GET", "HEAD")
DAYS_BACK = re.compile(r"([0-9]{1,4})d")
FIRST_YEAR = 1970
#: as many pages of the past are worked out at once in a process, whose threads serve the present as well; one more
#: waits so many seconds for its turn
SEATS, PATIENCE = BoundedSemaphore(4), 3


class PastMiddleware:
    """Reads the moment of the address, and keeps all else than reading out of the past."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.workspace is None:
            return self.get_response(request)
        if "as_of" in request.GET:
            return look_back(request)
        first, _slash, rest = request.path_info[1:].partition("/")
        if not first.startswith(MARK):
            return self.get_response(request)
        return self.answer(request, first, f"/{rest}")

    def answer(self, request, first: str, path: str):
        """What the path holds at the moment that its first part names."""
        at = moment_of(first.removeprefix(MARK))
        if at is None or at > timezone.now():
            raise Http404
        if request.method not in READ:
            return HttpResponseNotAllowed(READ)
        if not SEATS.acquire(timeout=PATIENCE):
            messages.error(request, _("Many look back just now. Try again in a moment."))
            return HttpResponseRedirect(now_path(request.path))
        try:
            return self.answer_as_of(request, at, first, path)
        finally:
            SEATS.release()

    def answer_as_of(self, request, at: dt.datetime, first: str, path: str):
        request.path_info, prefix = path, get_script_prefix()
        set_script_prefix(f"{prefix}{first}/")
        try:
            with past.as_of(at):
                response = self.get_response(request)
                if hasattr(response, "render") and not response.is_rendered:
                    response.render()
        except past.PastIsAway:
            messages.error(request, _("The past can't be shown while the system is being renewed. Try again later."))
            response = HttpResponseRedirect(now_path(request.path))
        finally:
            set_script_prefix(prefix)
        return response

    def process_view(self, request, view, args, kwargs):
        """What has no past is shown as it is now."""
        if past.moment() and not getattr(view, "shows_past", False):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(now_path(request.path) + (f"?{query}" if query else ""))
        return None


def look_back(request) -> HttpResponse:
    """To the page as of the moment that somebody chose, or as it is now where they chose none."""
    chosen = [value.strip() for value in request.GET.getlist("as_of") if value.strip()]
    path, query = page_of(request)
    if not chosen:
        return HttpResponseRedirect(path + query)
    at = days_back(chosen[-1]) or moment_of(chosen[-1])
    if at is None:
        messages.error(request, _("That is no moment. Choose a date and a time."))
    elif at > timezone.now():
        messages.error(request, _("That moment has not come yet. Choose one in the past."))
    elif not has_past(path):
        messages.error(request, _("This page can only be shown as it is now."))
    else:
        path = path_as_of(path, at)
    return HttpResponseRedirect(path + query)


def page_of(request) -> tuple[str, str]:
    """Path, as it is now, and query string of the page that is meant: the form says on which one it stood (`here`)."""
    try:
        here = urlsplit(request.GET.get("here", ""))
    except ValueError:  # no address at all
        here = urlsplit("")
    if here.path.startswith(get_script_prefix()):
        path, params = here.path, QueryDict(here.query)
    else:
        path, params = request.path, request.GET
    pairs = [(name, v) for name, values in params.lists() for v in values if name not in ("as_of", "here")]
    return now_path(path), f"?{urlencode(pairs)}" if pairs else ""


def moment_of(text: str) -> dt.datetime | None:
    """The moment that a text names; None for none, or one that no workspace has seen. Without a zone it is in the
    reader's."""
    if not text.isprintable():
        return None
    try:
        at = parse_datetime(text.replace(" ", "+") if "+" not in text else text)
        if at is None:
            return None
        at = (at if timezone.is_aware(at) else timezone.make_aware(at)).astimezone(dt.UTC)
    except (ValueError, OverflowError):  # days that no calendar has, or before the first year
        return None
    return at if at.year >= FIRST_YEAR else None


def days_back(text: str) -> dt.datetime | None:
    """The moment so many days ago: "7d"; None for another text."""
    days = DAYS_BACK.fullmatch(text)
    return timezone.now().astimezone(dt.UTC) - dt.timedelta(days=int(days[1])) if days else None


def path_as_of(path: str, at: dt.datetime) -> str:
    """The address of a page of this workspace as of a moment."""
    prefix = now_prefix()
    word = at.isoformat().replace("+00:00", "Z")
    return f"{prefix}{MARK}{word}/{path.removeprefix(prefix)}"


def now_path(path: str) -> str:
    """The address of the same page as it is now."""
    prefix = now_prefix()
    first, _slash, rest = path.removeprefix(prefix).partition("/")
    return f"{prefix}{rest}" if first.startswith(MARK) else path


def now_prefix() -> str:
    """Where the workspace's pages lie: "/w/harbour-co/"."""
    return get_script_prefix().partition(MARK)[0]


def has_past(path: str) -> bool:
    """Is there a page at this address that can be shown as of a moment?"""
    try:
        match = resolve(f"/{path.removeprefix(now_prefix())}", settings.WORKSPACE_URLCONF)
    except Resolver404:
        return False
    return getattr(match.func, "shows_past", False)
