"""The first run: what a new workspace is offered, and the sample that it can start with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.redirects import SeeOther
from records.pages.views import UNPROCESSABLE
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import members_only, needs
from workspaces.requests import WorkspaceRequest

from .samples import SampleForm
from .welcome import Welcome, close


@members_only
@require_GET
def welcome(request: WorkspaceRequest) -> HttpResponse:
    """The offers by themselves, for an empty list that asks for them; they live on Today."""
    if not request.htmx:
        return SeeOther(reverse("today"))
    return render(request, "activities/welcome.html", {"welcome": Welcome.of(request)})


@members_only
@require_POST
def closing(request: WorkspaceRequest) -> HttpResponse:
    """Show the offers no more."""
    response = SeeOther(reverse("today"))
    close(response)
    return response


@require_POST
@needs("pipeline", "create")
def sample(request: WorkspaceRequest) -> HttpResponse:
    """Add a sample pipeline, with a few deals if they are wanted; one undo takes all of it back."""
    form = SampleForm(request.POST)
    pipeline = saved(form, lambda: form.save(by=request.membership.actor, workspace=request.workspace))
    if pipeline is None:
        context = {"welcome": Welcome.of(request, form)}
        return render(request, "activities/welcome_page.html", context, status=UNPROCESSABLE)
    undoable(request, _("Pipeline “%(name)s” is ready.") % {"name": pipeline.name})
    return SeeOther(f"{reverse('deals:board')}?pipeline={pipeline.pk}")
