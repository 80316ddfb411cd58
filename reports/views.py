from django.http import HttpResponse
from django.shortcuts import render

from deals.models import Pipeline
from workspaces.doors import needs, shows_past
from workspaces.requests import WorkspaceRequest

from .figures import PipelineFigures, busiest


@shows_past
@needs("deal", "view")
def overview(request: WorkspaceRequest) -> HttpResponse:
    """How a pipeline stands, the first page of a workspace: the busiest one, or that of `?pipeline=`."""
    pipelines = list(Pipeline.objects.all())
    wanted = [pipeline for pipeline in pipelines if str(pipeline.pk) == request.GET.get("pipeline")]
    pipeline = wanted[0] if wanted else busiest(pipelines, request.membership)
    figures = PipelineFigures.of(pipeline, request.membership) if pipeline else None
    return render(request, "reports/overview.html", {"pipelines": pipelines, "figures": figures})
