"""How far a deal of a file is: a stage of the pipeline that was chosen for the file, or an end."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formats import percent
from core.one_line import one_line
from core.text import sort_name
from deals.models import STATUSES, Pipeline, Stage, starting
from organizations.imports import NamesOrganizations
from transfers.kinds import Conventions, Integer, Kind, Text
from transfers.parsing import CellProblem
from transfers.targets import PREVIEW_AT_ONCE, Field
from workspaces.models import Membership

#: what systems call the ends of a deal
WORDS = {
    "won": "won, closed won, closed - won, win, success, successful, signed",
    "lost": "lost, closed lost, closed - lost, lose, dead",
    "abandoned": "abandoned, cancelled, canceled, disqualified, on ice",
    "open": "open, in progress, active",
}
_STATUS_OF = {sort_name(word): status for status, words in WORDS.items() for word in words.split(",")}
#: the ends
CLOSED = {"won", "lost", "abandoned"}
#: before the name of a stage, where the mapping screen says that a value is one and no status
STAGE = "stage:"
NEW = "new"
#: colours of the stages of a new pipeline, one after the other
HUES = (7, 2, 6, 5, 3, 4)


class Step(Kind):
    """How far a deal is: a stage of the pipeline by its name, or an end. Read as a status or as "stage:" and a name."""

    fixable = True

    def read(self, cell: str, how: Conventions) -> str | None:
        name = Text(90).read(cell, how)
        if name is None or name.startswith(STAGE):
            return name
        return _STATUS_OF.get(sort_name(name), STAGE + name)

    def show(self, value: str, how: Conventions) -> str:
        return value.removeprefix(STAGE) if value.startswith(STAGE) else str(STATUSES[value])


class Percent(Integer):
    """A whole number of percent, with its sign or without."""

    def read(self, cell: str, how: Conventions) -> int | None:
        return super().read(cell.strip().removesuffix("%"), how)

    def show(self, value: int, how: Conventions) -> str:
        return percent(value)


class ChoosesPipeline(NamesOrganizations):
    """A target whose rows stand in a pipeline: one of the workspace's, or a new one with the stages of the file."""

    @classmethod
    def option_fields(cls, member: Membership) -> dict[str, forms.Field]:
        pipelines = [(str(pk), name) for pk, name in Pipeline.objects.open_to(member).values_list("pk", "name")]
        if member.may("pipeline", "create"):
            pipelines.append((NEW, _("A new pipeline")))
        return {
            "pipeline": forms.ChoiceField(
                label=gettext_lazy("Pipeline"), choices=pipelines, widget=forms.Select(attrs=PREVIEW_AT_ONCE)
            ),
            "pipeline_name": forms.CharField(
                label=gettext_lazy("Name of the new pipeline"), max_length=80, required=False
            ),
            "stages": forms.CharField(
                label=gettext_lazy("Stages of the new pipeline"),
                help_text=gettext_lazy("One a line, in their order."),
                widget=forms.Textarea(attrs={"rows": 4}),
                required=False,
            ),
        } | super().option_fields(member)

    def suggested_options(self, values: Mapping[str, Collection[str]]) -> dict[str, Any]:
        """The pipeline that knows the stages of the file, else a new one with them."""
        suggested = super().suggested_options(values)
        steps = [self.field("stage").kind.read(value, self.how) for value in values.get("stage", ())]
        names = [step.removeprefix(STAGE) for step in steps if step and step.startswith(STAGE)]
        wanted = {sort_name(name) for name in names}
        for pipeline in Pipeline.objects.open_to(self.member).prefetch_related("stages"):
            if wanted <= {sort_name(stage.name) for stage in pipeline.stages.all()}:
                return suggested | {"pipeline": str(pipeline.pk)}
        new = {"pipeline": NEW} if self.member.may("pipeline", "create") else {}
        return suggested | new | {"pipeline_name": _free_name(self.run.name), "stages": "\n".join(names)}

    def option_problems(self) -> dict[str, str]:
        if self.options.get("pipeline") != NEW:
            return {} if self.stages else {"pipeline": _("A pipeline needs at least one stage.")}
        problems = {}
        name = one_line(self.options.get("pipeline_name") or "")
        if not name:
            problems["pipeline_name"] = _("A pipeline needs a name.")
        elif Pipeline.objects.filter(name=name).exists():
            problems["pipeline_name"] = _("A pipeline of this name exists.")
        if not self.new_stages():
            problems["stages"] = _("A pipeline needs at least one stage.")
        return problems

    def new_stages(self) -> list[str]:
        lines = (line.strip()[:80] for line in (self.options.get("stages") or "").splitlines())
        return list({sort_name(line): line for line in lines if line}.values())

    def replacements(self, field: Field) -> list[tuple[str, str]]:
        if field.name != "stage":
            return super().replacements(field)
        stages = [(STAGE + name, name) for name in self.stage_names()]
        return [*stages, *((status, str(STATUSES[status])) for status in ("won", "lost", "abandoned"))]

    def check_values(self, of: Field, texts: Collection[str]) -> dict[str, Any]:
        read = super().check_values(of, texts)
        if of.name != "stage":
            return read
        known = {sort_name(name) for name in self.stage_names()}
        stages = {text: step.removeprefix(STAGE) for text, step in read.items() if str(step).startswith(STAGE)}
        return read | {
            text: CellProblem(no_stage(name)) for text, name in stages.items() if sort_name(name) not in known
        }

    def stage_names(self) -> list[str]:
        if self.options.get("pipeline") in (NEW, None, ""):
            return self.new_stages()
        return [stage.name for stage in self.stages]

    def begin(self) -> None:
        """Make the new pipeline; from here on it is the one that was chosen. Raises what `Pipeline.open` raises."""
        if self.options.get("pipeline") != NEW:
            return
        names = self.new_stages()
        steps = [
            starting.Step(name, round(100 * (place + 1) / (len(names) + 1)), HUES[place % len(HUES)], idle_days=None)
            for place, name in enumerate(names)
        ]
        pipeline = Pipeline(name=self.options["pipeline_name"], currency=self.how.currency)
        pipeline.open(steps=steps, by=self.member.actor)
        self.options["pipeline"] = str(pipeline.pk)

    @cached_property
    def stages(self) -> list[Stage]:
        """The stages of the pipeline, in order. Not those of a new one before it is made."""
        if self.options.get("pipeline") in (NEW, None, ""):
            return []
        return list(Stage.objects.filter(pipeline_id=self.options["pipeline"]).order_by("position", "pk"))


def no_stage(name: str) -> str:
    """Why a row with this stage is refused."""
    return _("The pipeline has no stage called “%(name)s”.") % {"name": name}


def _free_name(filename: str) -> str:
    """A name for a pipeline after the name of the file."""
    stem = filename.rpartition(".")[0] or filename
    return stem.replace("_", " ").replace("-", " ").strip().capitalize()[:80]
