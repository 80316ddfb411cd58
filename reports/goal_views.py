"""The goals of a year: everybody sees those that concern it, managers and admins set them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.numbers import number
from core.redirects import SeeOther
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.models import Membership, Team
from workspaces.requests import WorkspaceRequest

from .goal_forms import YEARS, GoalsForm
from .goal_table import GoalTable
from .models import Whose

UNPROCESSABLE = 422


@needs("goal", "view")
@require_GET
def goals(request: WorkspaceRequest) -> HttpResponse:
    """The goals of all, month by month, of this year or of `?year=`."""
    table = GoalTable(request.membership, number(request.GET.get("year", "")))
    return render(request, "reports/goals.html", {"table": table})


@needs("goal", "change")
def goals_of_all(request: WorkspaceRequest, year: int) -> HttpResponse:
    return edit(request, year, Whose())


@needs("goal", "change")
def goals_of_team(request: WorkspaceRequest, year: int, pk: int) -> HttpResponse:
    return edit(request, year, Whose(team=get_object_or_404(Team, pk=pk)))


@needs("goal", "change")
def goals_of_member(request: WorkspaceRequest, year: int, pk: int) -> HttpResponse:
    return edit(request, year, Whose(member=get_object_or_404(Membership, pk=pk)))


def edit(request: WorkspaceRequest, year: int, whose: Whose) -> HttpResponse:
    if year not in YEARS:
        raise Http404
    currency = request.workspace.currency
    form = GoalsForm(request.POST if request.method == "POST" else None, whose=whose, year=year, currency=currency)
    if saved(form, lambda: form.save(by=request.membership.actor)) is not None:
        undoable(request, _("Goals of %(whose)s set.") % {"whose": whose})
        return SeeOther(f"{reverse('reports:goals')}?year={year}")
    context = {"form": form, "whose": whose, "year": year}
    return render(request, "reports/goals_of_one.html", context, status=UNPROCESSABLE if form.is_bound else 200)
