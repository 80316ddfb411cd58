"""Pipelines and stages as the pages of the settings show them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formats import number
from deals.models import Deal, Pipeline, Stage
from workspaces.models import Membership
from workspaces.rights import ROLES

from . import choices


class ShownStage(NamedTuple):
    """A stage, how many open deals the reader sees in it, and its rules in words."""

    stage: Stage
    deals: int
    rules: list[str]


class ShownPipeline(NamedTuple):
    """A pipeline, how many open deals the reader sees in it, and the teams that may use it."""

    pipeline: Pipeline
    stages: int
    deals: int
    teams: str


def open_deals(membership: Membership) -> dict[int, int]:
    """Stage -> how many open deals the member sees in it."""
    rows: Any = Deal.objects.visible_to(membership).filter(status="open")
    return dict(rows.order_by().values_list("stage").annotate(count=Count("pk")))


def pipelines(membership: Membership) -> list[ShownPipeline]:
    counts = open_deals(membership)
    shown = []
    for pipeline in Pipeline.objects.prefetch_related("stages", "teams"):
        stages = pipeline.stages.all()
        teams = ", ".join(team.name for team in pipeline.teams.all())
        shown.append(ShownPipeline(pipeline, len(stages), sum(counts.get(one.pk, 0) for one in stages), teams))
    return shown


def stages(pipeline: Pipeline, membership: Membership) -> list[ShownStage]:
    counts, labels = open_deals(membership), dict(choices.requirable(membership.workspace))
    found = pipeline.stages.prefetch_related("tasks", "next_stages__pipeline")
    return [ShownStage(stage, counts.get(stage.pk, 0), list(rules(stage, labels))) for stage in found]


def rules(stage: Stage, labels: dict[str, Any]) -> Iterator[str]:
    """What holds in a stage, a sentence for each rule."""
    if needed := [str(labels[name]) for name in stage.required if name in labels]:
        yield _("Needed to go on: %(fields)s") % {"fields": ", ".join(needed)}
    if ways := [name_of(other, stage) for other in stage.next_stages.all()]:
        yield _("Goes on to: %(stages)s") % {"stages": ", ".join(ways)}
    if roles := [str(ROLES[role]) for role in ROLES if role in stage.entry_roles]:
        yield _("May move in: %(roles)s") % {"roles": ", ".join(roles)}
    for task in stage.tasks.all():
        yield (_("Must be done to win: %(task)s") if task.is_must else _("Task: %(task)s")) % {"task": task.name}
    if stage.card_limit is not None:
        words = ngettext("At most %(count)s card", "At most %(count)s cards", stage.card_limit)
        yield words % {"count": number(stage.card_limit)}


def name_of(other: Stage, stage: Stage) -> str:
    """What a stage is called beside those of the pipeline of another."""
    return other.name if other.pipeline_id == stage.pipeline_id else f"{other.pipeline}: {other.name}"


def cards_of(pipeline: Pipeline, membership: Membership) -> str:
    """What its cards show, in words; "" where they show what all do."""
    labels = dict(choices.on_cards(membership.workspace))
    return ", ".join(str(labels[name]) for name in pipeline.card_fields if name in labels)
