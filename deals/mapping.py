"""Moving deals to another pipeline: somebody says which stage there stands for which of those that they are in."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formats import number
from core.numbers import number as number_in
from core.redirects import SeeOther
from core.text import fold
from records.listing.bulk import ActionForm, BulkAction, add_action
from records.listing.running import begin, is_large, perform
from records.listing.selection import Selection
from records.listing.views import report
from records.models import NotAllowed, Outcome, RecordQuerySet
from records.panels import Action, register_action
from workspaces.doors import needs
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest
from workspaces.rights import Actor

from .listing import DealListing
from .models import Deal, Pipeline, Stage
from .ways import ask_why, may_pass_rules

UNPROCESSABLE = 422
#: before the id of a stage that deals come from
FROM = "from_"


class MappingForm(ActionForm):
    """For each stage that deals are in, the stage of another pipeline that they go to."""

    pipeline = forms.ModelChoiceField(Pipeline.objects.none(), widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        membership: Membership,
        pipeline: Pipeline | None = None,
        sources: Sequence[Stage] = (),
        **kwargs: Any,
    ):
        super().__init__(data, membership=membership, initial={"pipeline": pipeline}, **kwargs)
        field: Any = self.fields["pipeline"]
        field.queryset = Pipeline.objects.open_to(membership)
        if data is not None:
            pipeline = field.queryset.filter(pk=number_in(data.get("pipeline", ""))).first()
            ids = [pk for name in data if (pk := source_in(name))]
            sources = list(Stage.objects.in_order().filter(pk__in=ids))
        stages = list(pipeline.stages.all()) if pipeline else []
        several = len({source.pipeline_id for source in sources}) > 1
        for source in sources:
            label = f"{source.pipeline}: {source}" if several else source.name
            if count := getattr(source, "count", None):
                label = f"{label} ({number(count)})"
            self.fields[f"{FROM}{source.pk}"] = forms.ModelChoiceField(
                Stage.objects.filter(pipeline=pipeline).select_related("pipeline"), label=label, empty_label=None,
                initial=counterpart(source, stages),
            )  # fmt: skip
        if may_pass_rules(membership):
            ask_why(self)

    @property
    def places(self) -> dict[int, Stage]:
        """Stage -> the one that stands for it; of a form that is valid."""
        return {source_in(name): stage for name, stage in self.cleaned_data.items() if source_in(name)}


def source_in(name: str) -> int:
    """The id of the stage that a field is about; 0 for one that is about none."""
    found = re.fullmatch(rf"{FROM}(\d+)", name)
    return number_in(found[1]) if found else 0


def counterpart(source: Stage, stages: Sequence[Stage]) -> Stage | None:
    """The stage that most likely stands for another: of its name, else as likely to be won."""
    named = next((stage for stage in stages if fold(stage.name) == fold(source.name)), None)
    return named or min(stages, key=lambda stage: abs(stage.win_chance - source.win_chance), default=None)


class MoveToPipeline(BulkAction):
    """Goes on to the page where the stages are chosen."""

    name = "pipeline"
    label = gettext_lazy("Move to another pipeline")
    icon = "arrows-right-left"
    rare = True
    form_class = MappingForm

    @property
    def asks(self) -> bool:
        return False  # its page does

    def leads_to(self, selection: Selection) -> str:
        return f"{reverse('deals:pipeline')}?{urlencode(selection.hidden())}"

    def wanted(self, form: Any) -> dict[str, Any]:
        said = form.cleaned_data
        return {"places": form.places, "pipeline": said["pipeline"], "because": said.get("because", "")}

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        deals: Any = rows
        return deals.move_by(wanted["places"], by=by, because=wanted["because"])

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext("%(count)s deal moved to %(pipeline)s.", "%(count)s deals moved to %(pipeline)s.", outcome.done)
        return text % {"count": number(outcome.done), "pipeline": wanted["pipeline"]}


class MoveOne(MoveToPipeline):
    """The same from the page of a deal, which wants no right to change many."""

    gate = "change"


@needs("deal", "change")
def pipeline(request: WorkspaceRequest) -> HttpResponse:
    """Which pipeline the chosen deals go to, then which stages; and the move."""
    selection = Selection(DealListing, request.membership, request.POST if request.method == "POST" else request.GET)
    only = selection.ids[0] if len(selection.ids) == 1 and not selection.everything else 0
    action = MoveOne() if only else MoveToPipeline()
    if not request.membership.may("deal", action.gate):
        raise NotAllowed(_("Your role does not allow this."))
    back = reverse("deals:detail", args=[only]) if only else selection.list_url
    if not selection:
        messages.error(request, _("Choose some rows first."))
        return SeeOther(back)
    if request.method != "POST":
        return ask(request, action, selection, back)
    form = MappingForm(request.POST, membership=request.membership)
    if not form.is_valid():
        return ask(request, action, selection, back, form)
    if is_large(selection):
        return SeeOther(begin(action, selection, request.POST).get_absolute_url())
    wanted = action.wanted(form)
    outcome = perform(action, selection.rows(), by=request.membership.actor, **wanted)
    report(request, action, outcome, wanted)
    return SeeOther(back)


def ask(
    request: WorkspaceRequest, action: BulkAction, selection: Selection, back: str, form: MappingForm | None = None
) -> HttpResponse:
    """The page: the pipelines to choose from, and the stages of the one that is chosen."""
    sources = stages_of(selection)
    here = {source.pipeline_id for source in sources}
    found = Pipeline.objects.open_to(request.membership)
    pipelines = [one for one in found if here != {one.pk}]
    chosen = chosen_of(request, pipelines)
    if form is None and chosen and sources:
        others = [source for source in sources if source.pipeline_id != chosen.pk]
        form = MappingForm(None, membership=request.membership, pipeline=chosen, sources=others)
    context = {"action": action, "selection": selection, "form": form, "pipelines": pipelines, "chosen": chosen,
               "count": sum(source.count for source in sources), "back": back}  # fmt: skip
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return render(request, "deals/mapping.html", context, status=status)


def chosen_of(request: WorkspaceRequest, pipelines: Sequence[Pipeline]) -> Pipeline | None:
    """The pipeline that was named, or the only one that there is to choose."""
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    wanted = number_in(asked.get("pipeline", ""))
    if not wanted and len(pipelines) == 1:
        return pipelines[0]
    return next((one for one in pipelines if one.pk == wanted), None)


def stages_of(selection: Selection) -> list[Any]:
    """The stages that the chosen deals are in as far as they are open, each with its `count` of them."""
    rows: Any = selection.rows()
    open_ones = rows.filter(status="open").order_by()
    counts = dict(open_ones.values_list("stage").annotate(count=Count("pk")))
    found: list[Any] = list(Stage.objects.in_order().filter(pk__in=counts))
    for stage in found:
        stage.count = counts[stage.pk]
    return found


def move_page(request: WorkspaceRequest, deal: Deal) -> str:
    fits = deal.is_open and deal.allows("change", request.membership)
    return f"{reverse('deals:pipeline')}?ids={deal.pk}" if fits else ""


add_action(MoveToPipeline(), "deal")
register_action("deal", Action(MoveToPipeline.label, MoveToPipeline.icon, move_page, order=72, place="menu"))
