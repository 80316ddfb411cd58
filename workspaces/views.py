from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .doors import members_only, public


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same answer for what doesn't exist and for what is none of the reader's business."""
    return render(request, "404.html", status=404)


@public
def home(request):
    return redirect("account_login")


@members_only
def settings(request):
    return redirect("account_login")
