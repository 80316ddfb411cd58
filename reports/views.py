from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workspaces.doors import needs

from .overview import Overview


@needs("deal", "view")
def overview(request: HttpRequest) -> HttpResponse:
    """Where the team's deals stand: the first page of a workspace."""
    membership = request.membership
    context = {"overview": Overview(membership), "may_create": membership.may("deal", "create")}
    return render(request, "reports/overview.html", context)
