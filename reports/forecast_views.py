from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from workspaces.doors import needs, shows_past
from workspaces.requests import WorkspaceRequest

from .forecast import Forecast


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
    return redirect(page.leads_to) if page.leads_to else render(request, "reports/forecast.html", {"list": page})
