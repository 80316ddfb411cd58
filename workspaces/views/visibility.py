"""Who sees whose records, by role and kind."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.redirects import SeeOther
from workspaces.doors import needs
from workspaces.forms import SightForm
from workspaces.requests import WorkspaceRequest
from workspaces.toasts import done


@needs("workspace", "view")
def visibility(request: WorkspaceRequest) -> HttpResponse:
    """What each role sees of each kind of record; who may change the workspace changes it, others read it."""
    may_change = request.membership.may("workspace", "change")
    posted = request.POST if may_change and request.method == "POST" else None
    form = SightForm(posted, workspace=request.workspace)
    if form.is_valid():
        request.workspace.show(form.visibility, by=request.membership.actor)
        done(request, _("Who sees what is saved."))
        return SeeOther(reverse("workspaces:visibility"))
    context = {"form": form, "may_change": may_change}
    return render(request, "workspaces/visibility.html", context, status=422 if form.errors else 200)
