"""What a new workspace starts to sell with, in the words of its language: a pipeline, and reasons of closing."""

from collections.abc import Iterable
from copy import copy
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from workspaces.models import Workspace

from .pipeline import Pipeline, Stage, StageTask, StageWay
from .reason import CloseReason

IDLE_DAYS = 14


class Step(NamedTuple):
    """A stage that a new pipeline starts with; the win chance in percent."""

    name: Promise | str
    win_chance: int
    hue: int
    idle_days: int | None = IDLE_DAYS


FIRST_STEPS = (
    Step(_("Lead in"), 10, 7),
    Step(_("Qualified"), 25, 2),
    Step(_("Demo booked"), 40, 6),
    Step(_("Proposal"), 60, 5),
    Step(_("Negotiation"), 80, 3),
    Step(_("Verbal yes"), 95, 4),
)

FIRST_REASONS = {
    "won": (
        _("Best fit for the need"),
        _("Price and terms"),
        _("Trust in us"),
        _("Known from earlier work"),
    ),
    "lost": (
        _("Too expensive"),
        _("A competitor was chosen"),
        _("Something was missing in the offer"),
        _("No budget"),
        _("Bad timing"),
    ),
    "abandoned": (
        _("No answer any more"),
        _("Not a fit"),
        _("Opened by mistake"),
    ),
}


def start(workspace: Workspace) -> None:
    """Give a new workspace, whose scope is open, its first pipeline and reasons."""
    with override(workspace.language):
        add_steps(Pipeline.objects.create(name=str(_("Sales")), currency=workspace.currency))
        CloseReason.objects.bulk_create(
            CloseReason(status=status, name=str(name), position=place)
            for status, names in FIRST_REASONS.items()
            for place, name in enumerate(names)
        )


def add_steps(pipeline: Pipeline, steps: Iterable[Step] = FIRST_STEPS) -> None:
    """Give a new pipeline its stages, those that the first one of a workspace has unless others are given."""
    Stage.objects.bulk_create(
        Stage(pipeline=pipeline, position=place, **step._asdict() | {"name": str(step.name)})
        for place, step in enumerate(steps)
    )


def copy_steps(of: Pipeline, to: Pipeline) -> None:
    """Give a new pipeline the stages of another with all their rules; their ways lead to the copies."""
    stages = {stage.pk: as_new(stage, pipeline=to) for stage in of.stages.all()}
    Stage.objects.bulk_create(stages.values())
    new = {pk: stage.pk for pk, stage in stages.items()}
    StageWay.objects.bulk_create(
        as_new(way, stage_id=new[way.stage_id], to_id=new.get(way.to_id, way.to_id))
        for way in StageWay.objects.filter(stage__in=new)
    )
    StageTask.objects.bulk_create(
        as_new(task, stage_id=new[task.stage_id]) for task in StageTask.objects.filter(stage__in=new)
    )


def as_new(row: Any, **values: Any) -> Any:
    """A copy of a row that is not saved yet."""
    made = copy(row)
    made.pk, made._state.adding = None, True
    for name, value in values.items():
        setattr(made, name, value)
    return made
