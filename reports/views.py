from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from deals.models import Pipeline
from records.listing.address import has_blanks
from workspaces.doors import needs, shows_past
from workspaces.requests import WorkspaceRequest

from .figures import PipelineFigures, busiest
from .forecast import Forecast


@shows_past
@needs("deal", "view")
def overview(request: WorkspaceRequest) -> HttpResponse:
    """How a pipeline stands, the first page of a workspace: the busiest one, or that of `?pipeline=`."""
    pipelines = list(Pipeline.objects.all())
    wanted = [pipeline for pipeline in pipelines if str(pipeline.pk) == request.GET.get("pipeline")]
    pipeline = wanted[0] if wanted else busiest(pipelines, request.membership)
    figures = PipelineFigures.of(pipeline, request.membership) if pipeline else None
    return render(request, "reports/overview.html", {"pipelines": pipelines, "figures": figures})


@shows_past
@needs("deal", "view")
@require_GET
def forecast(request: WorkspaceRequest) -> HttpResponse:
    """Months, how sure deals are, owners; an htmx request gets an opened panel, or what matches while one types."""
    page = Forecast(request)
    if request.htmx and not request.htmx.history_restore_request:
        if page.panel:
            return render(request, page.panel.template, {"list": page})
        return push_url(render(request, "reports/forecast.html#months", {"list": page}), page.here)
    return redirect(page.here) if has_blanks(request.GET) else render(request, "reports/forecast.html", {"list": page})
