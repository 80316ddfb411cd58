"""The pages for what went wrong: inside the frame of the workspace where the reader is in one, else by themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .navigation import Navigation


def server_error(request: HttpRequest) -> HttpResponse:
    """500. What failed may be the database, so nothing is asked of it: the frame goes without its number."""
    nav = Navigation(request)
    nav.due = ""
    return render(request, "500.html", {"nav": nav}, status=500)
