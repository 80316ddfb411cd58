"""The pages for what went wrong: inside the frame of the workspace where the reader is in one, else by themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from activities.today import Badges

from .navigation import Navigation


def server_error(request: HttpRequest) -> HttpResponse:
    """500. What failed may be the database, so nothing is asked of it: the frame goes without its numbers."""
    nav = Navigation(request)
    nav.badges = Badges()
    return render(request, "500.html", {"nav": nav}, status=500)
