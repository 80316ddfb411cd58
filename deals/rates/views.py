"""The settings of exchange rates. Everybody sees them, owners and admins change them."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from core.money import is_currency
from core.redirects import SeeOther
from deals.models.settling import keep_rate, put_rates, settle_anew
from records.models import BulkRun
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.models import Rate, Rates
from workspaces.requests import WorkspaceRequest

from .forms import PasteForm, RateForm, today
from .page import PAGE, lacking, newest
from .settling import valued

UNPROCESSABLE = 422


@needs("rate", "view")
@require_GET
def rates(request: WorkspaceRequest) -> HttpResponse:
    """The newest rate of each currency, and for which one is missing."""
    now = Rates.of(request.workspace, today())
    context = {"rates": newest(request.workspace), "lacking": lacking(request.membership, now), "today": now.day}
    return render(request, "deals/rates/rates.html", context)


@needs("rate", "view")
@require_GET
def currency(request: WorkspaceRequest, code: str) -> HttpResponse:
    """All rates of a currency, the newest first."""
    code_or_404(code)
    rows = Rate.objects.filter(base=request.workspace.currency, currency=code).order_by("-day")
    if before := day_of(request.GET.get("before", "")):
        rows = rows.filter(day__lt=before)
    found = list(rows[: PAGE + 1])
    context = {"code": code, "rates": found[:PAGE], "has_more": len(found) > PAGE, "is_first": before is None}
    return render(request, "deals/rates/currency.html", context)


@needs("rate", "create")
def create(request: WorkspaceRequest) -> HttpResponseBase:
    initial = {"day": day_of(request.GET.get("day", "")) or today(), "currency": request.GET.get("currency")}
    form = RateForm(request.POST or None, workspace=request.workspace, initial=initial)
    if put := saved(form, lambda: put_rates([form.line], by=request.membership.actor)):
        return done(request, _("Rate of %(currency)s saved.") % {"currency": form.line.currency}, put.run)
    return answer(request, form, "deals/rates/rate.html", rate=None)


@needs("rate", "create")
def paste(request: WorkspaceRequest) -> HttpResponseBase:
    form = PasteForm(request.POST or None, request.FILES or None, workspace=request.workspace)
    if put := saved(form, lambda: put_rates(form.lines, by=request.membership.actor)):
        words = ngettext("%(count)s rate saved", "%(count)s rates saved", put.done)
        if not form.faults:
            return done(request, words % {"count": put.done}, put.run)
        undoable(request, words % {"count": put.done})
        form.add_error("text", form.faults)
    return answer(request, form, "deals/rates/paste.html")


@needs("rate", "change")
def rate(request: WorkspaceRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Rate, pk=pk)
    form = RateForm.of(found, request.POST or None, workspace=request.workspace)
    if kept := saved(form, lambda: keep_rate(form.changed, by=request.membership.actor)):
        return done(request, _("Rate of %(currency)s saved.") % {"currency": found.currency}, kept.run)
    return answer(request, form, "deals/rates/rate.html", rate=found)


@require_POST
@needs("rate", "delete")
def removal(request: WorkspaceRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Rate, pk=pk)
    found.remove(by=request.membership.actor)
    return done(request, _("Rate of %(currency)s deleted.") % {"currency": found.currency})


@require_POST
@needs("rate", "change")
def settling(request: WorkspaceRequest, code: str) -> HttpResponse:
    """Value the closed deals of a currency by the rates as they are now; many of them by a job."""
    code_or_404(code)
    anew = settle_anew(code, by=request.membership.actor)
    if anew.run:
        return SeeOther(anew.run.get_absolute_url())
    undoable(request, valued(anew.done))
    return SeeOther(reverse("rates:currency", args=[code]))


# --- shared -----------------------------------------------------------------------------------------------------------
def done(request: WorkspaceRequest, words: str, run: BulkRun | None = None) -> HttpResponse:
    """What was done, and the job that it began, if it did."""
    undoable(request, words)
    return SeeOther(run.get_absolute_url() if run else reverse("rates:rates"))


def answer(request: WorkspaceRequest, form: object, template: str, **context: object) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200  # type: ignore[attr-defined]
    return render(request, template, {"form": form, **context}, status=status)


def code_or_404(code: str) -> None:
    if not is_currency(code):
        raise Http404


def day_of(text: str) -> dt.date | None:
    """The day of an address; None for none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
