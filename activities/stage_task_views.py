"""One click on a task that a stage offers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.redirects import back
from deals.models import Deal, StageTask
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .models import Activity
from .stage_tasks import tasks_of


@require_POST
@needs("activity", "create")
def add(request: WorkspaceRequest, pk: int, task: int) -> HttpResponse:
    """Plan it for the deal."""
    deal = get_object_or_404(Deal.objects.visible_to(request.membership).open(), pk=pk)
    deal.demand("change", by=request.membership.actor)
    shown = StageTask.objects.filter(pk__in=[one.id for one in tasks_of(deal)])
    offered = get_object_or_404(shown, pk=task)
    Activity.objects.plan_offered(offered, deal, by=request.membership.actor)
    undoable(request, _("%(title)s created.") % {"title": offered.name})
    return back(request, deal.get_absolute_url())
