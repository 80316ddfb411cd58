"""What a deal is about: its lines, and what they add up to while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.money import Money
from core.redirects import SeeOther
from records.pages.views import UNPROCESSABLE
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .line_forms import LinesForm
from .models import Deal
from .views import page, posted


@needs("deal", "change")
def lines(request: WorkspaceRequest, pk: int) -> HttpResponse:
    deal, form = form_of(request, pk)
    typed = None if deal.adds_up else deal.money
    if saved(form, lambda: form.save(by=request.membership.actor)) is None:
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "deals/lines.html", {"deal": deal, "form": form}, status=status)
    undoable(request, what_follows(deal, typed, form.lines.total))
    return SeeOther(deal.get_absolute_url())


def what_follows(deal: Deal, typed: Money | None, now: Money | None) -> str:
    """That it was saved, and where the first line took the place of what somebody had `typed`, that it did."""
    if typed is None or typed == now:
        return _("%(title)s saved.") % {"title": deal.title}
    words = {"now": now.format() if now else "", "typed": typed.format()}
    return _("The value now follows the lines: %(now)s instead of %(typed)s.") % words


@require_POST
@needs("deal", "change")
def sums(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What the lines would add up to as they are typed; nothing is saved."""
    deal, form = form_of(request, pk)
    form.lines.is_valid()
    return render(request, "deals/lines.html#sums", {"deal": deal, "rows": form.lines, "swap": True})


def form_of(request: WorkspaceRequest, pk: int) -> tuple[Deal, LinesForm]:
    deal = page.find_sent(request, pk)
    return deal, LinesForm(posted(request), membership=request.membership, instance=deal, only=["lines"])
