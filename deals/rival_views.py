"""The competitors on a deal."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from core.redirects import SeeOther
from organizations.models import Organization
from records.pages.views import UNPROCESSABLE
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .forms import RivalForm
from .models import DealCompetitor
from .views import find, posted


@needs("deal", "change")
def rivals(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Name a competitor on a deal."""
    form = RivalForm(posted(request), deal=find(request, pk), membership=request.membership)
    return rival_saved(request, form, _("%(organization)s added."))


@needs("deal", "change")
def rival(request: WorkspaceRequest, pk: int, link: int) -> HttpResponse:
    """Change what is said about a competitor, or take it off the deal (`remove`)."""
    deal = find(request, pk)
    links = DealCompetitor.objects.filter(
        deal=deal, organization__in=Organization.objects.visible_to(request.membership)
    )
    found = get_object_or_404(links.select_related("organization"), pk=link)
    if "remove" in request.POST:
        deal.remove_rival(found.organization, by=request.membership.actor)
        words = _("%(organization)s is no longer a competitor on the deal.")
        undoable(request, words % {"organization": found.organization.name})
        return SeeOther(deal.get_absolute_url())
    form = RivalForm(posted(request), deal=deal, membership=request.membership, link=found)
    return rival_saved(request, form, _("%(organization)s saved."))


def rival_saved(request: WorkspaceRequest, form: RivalForm, message: str) -> HttpResponse:
    rival = saved(form, lambda: form.save(by=request.membership.actor))
    if rival:
        undoable(request, message % {"organization": rival.organization.name})
        return SeeOther(form.deal.get_absolute_url())
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "deals/rival.html", {"deal": form.deal, "form": form}, status=status)
