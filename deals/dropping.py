"""What becomes of a deal that is dropped in a column or a lane of the board, or is sent there by its menu."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.redirects import back, came_from
from records.listing import Look
from records.models import Refusal
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.models import Membership, Rates
from workspaces.requests import WorkspaceRequest
from workspaces.rights import Actor

from . import views
from .board_cells import Column
from .board_columns import GROUPINGS, ByOwner, ByStage, Grouping
from .board_views import not_moved, on_board, or_who_deleted_it
from .models import FORECASTS, Deal, Place, Stage
from .sums import Sums
from .ways import look_ahead


class DropForm(forms.Form):
    """The fields of a deal by which cards stand in columns and lanes; those that are sent are meant."""

    stage = forms.ModelChoiceField(Stage.objects.none(), required=False)
    owner = forms.ModelChoiceField(Membership.objects.none(), required=False)
    expected_close = forms.DateField(required=False)
    forecast = forms.ChoiceField(choices=FORECASTS, required=False)

    def __init__(self, data: Mapping[str, str]):
        super().__init__(data)
        for name, model in (("stage", Stage), ("owner", Membership)):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = model._default_manager.all()

    def wanted(self, deal: Deal) -> dict[str, Any]:
        """What the deal becomes that it is not yet. Raises Http404 for what it can't become."""
        if not self.is_valid():
            raise Http404
        sent = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        sent = {name: value for name, value in sent.items() if value or name in ("owner", "expected_close")}
        return {name: value for name, value in sent.items() if value != getattr(deal, name)}


@needs("deal", "change")
@or_who_deleted_it
def column(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Where on a board a deal could stand (a dialog for htmx, else a page), and the way there."""
    deal = views.find(request, pk)
    if request.method != "POST":
        context = {"deal": deal, "choices": choices(request, deal), "back": came_from(request)}
        return render(request, "deals/column.html#dialog" if request.htmx else "deals/column.html", context)
    wanted = DropForm({**request.GET.dict(), **request.POST.dict()}).wanted(deal)
    if "stage" in request.POST and wanted.keys() <= {"stage"}:
        return cast(HttpResponse, views.stage(request, pk))  # a move like any other
    seen, at = views.seen_of(request), views.place_of(deal, request.POST)
    try:
        drop(deal, wanted, by=request.membership.actor, at=at, seen=seen)
    except Refusal as refusal:
        return not_moved(request, deal, refusal, target=wanted.get("stage"), seen=seen)
    if wanted:
        names = " · ".join(name_of(field, value) for field, value in wanted.items())
        undoable(request, _("“%(deal)s” moved to %(stage)s.") % {"deal": deal.name, "stage": names})
    return on_board(request, deal) or back(request, deal.get_absolute_url())


@transaction.atomic
def drop(deal: Deal, wanted: Mapping[str, Any], *, by: Actor, at: Place | None, seen: int | None) -> None:
    """Make the deal what its new place says, all of it or nothing. Raises what `move_to` and `edit` raise."""
    values = dict(wanted)
    stage = values.pop("stage", None) or (deal.stage if at else None)
    if stage:
        deal.move_to(stage, by=by, at=at, seen=seen)
        seen = None  # it was looked at
    if values:
        deal.edit(by=by, seen=seen, **values)


def name_of(field: str, value: Any) -> str:
    """What the column or the lane of a value is called."""
    if field == "forecast":
        return str(FORECASTS[value])
    if field == "expected_close":
        return date_format(value, "YEAR_MONTH_FORMAT") if value else _("No date")
    return str(value or _("Without owner"))


# --- the menu ---------------------------------------------------------------------------------------------------------
class Choice(NamedTuple):
    """A column that a deal could stand in."""

    column: Column
    is_here: bool


class Choices(NamedTuple):
    """The columns of one grouping; of many those that the reader wants to `find`."""

    grouping: Grouping
    choices: list[Choice]
    find: str


def choices(request: WorkspaceRequest, deal: Deal) -> list[Choices]:
    """The columns of the board that `by` names, and its `lanes`, as far as the reader may send the deal there."""
    kinds = [GROUPINGS.get(request.GET.get("by", ""), ByStage)]
    if request.GET.get("lanes") == "owner":
        kinds.append(ByOwner)
    if not deal.allows("assign", request.membership):
        kinds = [kind for kind in kinds if kind is not ByOwner]
    return [offered(kind, request, deal) for kind in dict.fromkeys(kinds)]


def offered(kind: type[Grouping], request: WorkspaceRequest, deal: Deal) -> Choices:
    look = Look()
    sums = Sums(look, Rates.of(request.workspace, look.today))
    grouping = kind(list(deal.pipeline.stages.all()), request.membership, look, sums)
    [value] = Deal.objects.filter(pk=deal.pk).annotate(value_of=grouping.value).values_list("value_of", flat=True)
    here = grouping.key(value)
    if kind is ByStage:
        look_ahead(deal, grouping.stages, request.membership)
    find = request.GET.get("find", "").strip() if grouping.is_long else ""
    return Choices(grouping, [Choice(column, column.key == here) for column in grouping.ways(here, find)], find)
