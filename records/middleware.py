from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import reswap
from psycopg.errors import QueryCanceled

from core import past
from workspaces.requests import WorkspaceRequest

from .models import Refusal


class RefusalMiddleware:
    """Turn a refusal of the domain into a message and a 4xx answer: an alert piece for htmx, else a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: WorkspaceRequest, exception: Exception) -> HttpResponse | None:
        if past.moment() and isinstance(exception.__cause__, QueryCanceled):
            exception = Refusal(_("That takes too long as of a past moment. Narrow it down or look at one record."))
        if not isinstance(exception, Refusal):
            return None
        context = {"message": str(exception), "way": exception.way, "back": came_from(request)}
        if not request.htmx:
            return render(request, "records/refused.html", context, status=exception.status)
        # The alert goes where alerts are; whatever the request wanted to replace stays as it is.
        return reswap(render(request, "records/refused.html#alert", context, status=exception.status), "none")


def came_from(request: HttpRequest) -> str:
    """The page of ours that the reader was on, else the start of the workspace."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if ours else get_script_prefix()
