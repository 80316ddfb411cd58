"""The settings of pipelines and their stages. Everybody sees them, owners and admins change them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from core.formats import number
from core.redirects import SeeOther
from deals.models import Pipeline, Stage
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest
from workspaces.verb_views import VerbViews

from . import choices, shown
from .forms import PipelineForm, RemovalForm, StageForm

UNPROCESSABLE = 422


# --- pipelines --------------------------------------------------------------------------------------------------------
@needs("pipeline", "view")
@require_GET
def pipelines(request: WorkspaceRequest) -> HttpResponse:
    """Those in use in their order, and those that were archived."""
    found = shown.pipelines(request.membership)
    context = {
        "used": [one for one in found if one.pipeline.archived_at is None],
        "archived": [one for one in found if one.pipeline.archived_at],
    }
    return render(request, "deals/setting/pipelines.html", context)


@needs("pipeline", "view")
@require_GET
def pipeline(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """One pipeline with its stages and their rules."""
    found = get_object_or_404(Pipeline, pk=pk)
    stages = shown.stages(found, request.membership)
    context = {
        "pipeline": found,
        "stages": stages,
        "teams": list(found.teams.all()),
        "cards": shown.cards_of(found, request.membership),
        "opens": choices.view_named(found.opens_with),
        "count": sum(one.deals for one in stages),
        "holds": found.deals.exists(),
    }
    return render(request, "deals/setting/pipeline.html", context)


@needs("pipeline", "create")
def pipeline_create(request: WorkspaceRequest) -> HttpResponse:
    return edit(request, Pipeline())


@needs("pipeline", "change")
def pipeline_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return edit(request, get_object_or_404(Pipeline, pk=pk))


def edit(request: WorkspaceRequest, pipeline: Pipeline) -> HttpResponse:
    title = pipeline.name
    form = PipelineForm(request.POST or None, instance=pipeline, membership=request.membership)
    if saved(form, lambda: form.save(by=request.membership.actor)):
        undoable(request, _("Pipeline “%(name)s” saved.") % {"name": pipeline})
        return SeeOther(reverse("pipelines:pipeline", args=[pipeline.pk]))
    context = {"form": form, "pipeline": pipeline, "title": title or _("New pipeline")}
    return render(request, "deals/setting/pipeline_form.html", context, status=UNPROCESSABLE if form.is_bound else 200)


OF_PIPELINES = VerbViews(Pipeline, lambda _pipeline: reverse("pipelines:pipelines"))
pipeline_place = OF_PIPELINES.place()
pipeline_archiving = OF_PIPELINES.view(
    "change", Pipeline.archive, gettext_lazy("Pipeline “%(name)s” archived. Its deals can still be read.")
)
pipeline_revival = OF_PIPELINES.view("change", Pipeline.revive, gettext_lazy("Pipeline “%(name)s” takes deals again."))
pipeline_removal = OF_PIPELINES.view("delete", Pipeline.remove, gettext_lazy("Pipeline “%(name)s” deleted."))


# --- stages -----------------------------------------------------------------------------------------------------------
def find_stage(pk: int) -> Stage:
    return get_object_or_404(Stage.objects.select_related("pipeline"), pk=pk)


def home_of(stage: Stage) -> str:
    return reverse("pipelines:pipeline", args=[stage.pipeline_id])


@needs("stage", "create")
def stage_create(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return edit_stage(request, Stage(pipeline=get_object_or_404(Pipeline, pk=pk)))


@needs("stage", "change")
def stage(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return edit_stage(request, find_stage(pk))


def edit_stage(request: WorkspaceRequest, stage: Stage) -> HttpResponse:
    title, address = stage.name, home_of(stage)
    form = StageForm(request.POST or None, instance=stage, membership=request.membership)
    if saved(form, lambda: form.save(by=request.membership.actor)):
        undoable(request, _("Stage “%(name)s” saved.") % {"name": stage})
        return SeeOther(address)
    context = {"form": form, "stage": stage, "title": title or _("New stage"), "pipeline_url": address}
    return render(request, "deals/setting/stage.html", context, status=UNPROCESSABLE if form.is_bound else 200)


stage_place = VerbViews(Stage, home_of).place()


@needs("stage", "delete")
def stage_removal(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Delete a stage; where it holds deals it asks first where they go."""
    found, by = find_stage(pk), request.membership.actor
    address, holds = home_of(found), found.deals.count()
    if request.method == "POST" and not holds:
        found.remove(by=by)
        undoable(request, _("Stage “%(name)s” deleted.") % {"name": found})
        return SeeOther(address)
    form = RemovalForm(request.POST if "to" in request.POST else None, stage=found)
    gone = saved(form, lambda: found.give_way(form.cleaned_data["to"], by=by))
    if gone is not None:
        words = ngettext(
            "Stage “%(name)s” deleted. %(count)s deal went to %(target)s.",
            "Stage “%(name)s” deleted. %(count)s deals went to %(target)s.",
            gone,
        )
        undoable(request, words % {"name": found, "count": number(gone), "target": form.cleaned_data["to"]})
        return SeeOther(address)
    context = {"form": form, "stage": found, "holds": holds, "pipeline_url": address}
    return render(request, "deals/setting/stage_removal.html", context, status=UNPROCESSABLE if form.is_bound else 200)
