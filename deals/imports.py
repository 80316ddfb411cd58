"""What a file of deals can fill."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.text import sort_name
from deals.models import STATUSES, Deal, Pipeline, Stage, StageChange
from organizations.imports import ORGANIZATION, NamesOrganizations
from transfers.batches import Batch
from transfers.kinds import Conventions, Date, Kind, Money, Text
from transfers.parsing import CellProblem
from transfers.record_target import EXTERNAL_ID, OWNER, SOURCE, TAGS
from transfers.staging import insert_rows
from transfers.targets import PREVIEW_AT_ONCE, Field, register
from workspaces.models import Membership
from workspaces.refusals import NotAllowed

CLOSED = {"won", "lost", "abandoned"}
#: what systems call the ends of a deal
WORDS = {
    "won": "won, closed won, closed - won, win, success, successful, signed",
    "lost": "lost, closed lost, closed - lost, lose, dead",
    "abandoned": "abandoned, cancelled, canceled, disqualified, on ice",
    "open": "open, in progress, active",
}
_STATUS_OF = {sort_name(word): status for status, words in WORDS.items() for word in words.split(",")}
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


@register
class DealImport(NamesOrganizations):
    """A row is a deal; a column may hold its stage, its end, or both."""

    record = "deal"
    model = Deal
    label = gettext_lazy("Deals")
    keys = ("external_id", "name")
    fields = (
        Field(
            "name", gettext_lazy("Name"), Text(200), "name", "deal, deal name, opportunity, opportunity name, subject"
        ),
        replace(ORGANIZATION, column="organization"),
        Field(
            "stage", gettext_lazy("Stage or status"), Step(), aliases="stage, deal stage, status, sales stage, phase"
        ),
        Field("value", gettext_lazy("Value"), Money(), "value", "amount, close value, deal value, revenue, price"),
        Field(
            "started_on",
            gettext_lazy("Started"),
            Date(),
            "started_on",
            "engage date, start date, created, created date, date created, open date, opened",
        ),
        Field(
            "close_date",
            gettext_lazy("Close date"),
            Date(),
            aliases="closed, closed on, close, expected close, expected close date, closing date, won date",
        ),
        Field(
            "close_reason",
            pgettext_lazy("of a closed deal", "Reason"),
            Text(200),
            aliases="lost reason, reason lost, close reason, loss reason",
        ),
        OWNER,
        SOURCE,
        TAGS,
        Field(
            "external_id",
            EXTERNAL_ID.label,
            EXTERNAL_ID.kind,
            "external_id",
            f"{EXTERNAL_ID.aliases}, opportunity id, deal id",
        ),
    )

    # --- the mapping screen -----------------------------------------------------------------------------------------
    @classmethod
    def option_fields(cls, member: Membership) -> dict[str, forms.Field]:
        pipelines = [(str(pk), name) for pk, name in Pipeline.objects.values_list("pk", "name")]
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
        for pipeline in Pipeline.objects.prefetch_related("stages"):
            if wanted <= {sort_name(stage.name) for stage in pipeline.stages.all()}:
                return suggested | {"pipeline": str(pipeline.pk)}
        new = {"pipeline": NEW} if self.member.may("pipeline", "create") else {}
        return suggested | new | {"pipeline_name": _free_name(self.run.name), "stages": "\n".join(names)}

    def option_problems(self) -> dict[str, str]:
        if self.options.get("pipeline") != NEW:
            return {}
        problems = {}
        name = self.options.get("pipeline_name")
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

    # --- the run ----------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Make the new pipeline; from here on it is the one that was chosen."""
        if self.options.get("pipeline") != NEW:
            return
        if not self.member.may("pipeline", "create"):
            raise NotAllowed(_("Your role does not allow this."))
        names = self.new_stages()
        pipeline = Pipeline.objects.create(
            name=self.options["pipeline_name"], currency=self.how.currency, position=Pipeline.objects.count()
        )
        Stage.objects.bulk_create(
            Stage(
                pipeline=pipeline,
                name=name,
                position=place,
                win_chance=round(100 * (place + 1) / (len(names) + 1)),
                hue=HUES[place % len(HUES)],
            )
            for place, name in enumerate(names)
        )
        self.options["pipeline"] = str(pipeline.pk)

    @cached_property
    def stages(self) -> list[Stage]:
        """The stages of the pipeline, in order. Not those of a new one before it is made."""
        if self.options.get("pipeline") in (NEW, None, ""):
            return []
        return list(Stage.objects.filter(pipeline_id=self.options["pipeline"]).order_by("position", "pk"))

    def complete(self, batch: Batch) -> None:
        self.name_nameless(batch)
        known = {sort_name(name): name for name in self.stage_names()}
        ids = {sort_name(stage.name): stage.pk for stage in self.stages}
        status: list[str | None] = [None] * len(batch)
        stage: list[int | None] = [None] * len(batch)
        for row, step in enumerate(batch.column("stage")):
            if step is None or step in STATUSES:
                status[row] = step
            elif (key := sort_name(step.removeprefix(STAGE))) in known:
                status[row], stage[row] = "open", ids.get(key)
            else:
                name = step.removeprefix(STAGE)
                batch.refuse(row, no_stage(name), "stage")
        batch.derived |= {"status": status, "stage": stage}

    def name_nameless(self, batch: Batch) -> None:
        """A deal without a name is called after what it is about and for whom, else by its external id."""
        names = batch.column("name")
        organizations = batch.names.get("organization") or batch.column("organization")
        parts = zip(batch.column("tags"), organizations, batch.column("external_id"), strict=True)
        for row, (tags, organization, external_id) in enumerate(parts):
            if names[row] is None:
                words = [*(tags or ()), organization] if tags or organization else [external_id]
                names[row] = ", ".join(word for word in words if word)[:200] or None
            if names[row] is None:
                batch.refuse(row, _("It is empty."), "name")
        batch.values["name"] = names

    # --- deals that exist: their verbs, and the gate of the verbs ---------------------------------------------------
    def gate(self, batch: Batch) -> None:
        super().gate(batch)
        steps = self.steps(batch)
        reopened = steps.get("open", {})
        for step, rows in steps.items():
            if isinstance(step, Stage):
                ids = rows.keys() - reopened.keys()
                refused = Deal.objects.filter(pk__in=ids).refusals("change", by=self.member.actor, stage=step)
            else:
                refused = Deal.objects.filter(pk__in=rows).refusals("change", by=self.member.actor, status=step)
            for pk, reason in refused.items():
                batch.refuse(rows[pk], reason, "stage")

    def steps(self, batch: Batch) -> dict[str | Stage, dict[int, int]]:
        """What existing deals have to go through, in this order: new status or stage -> deal id -> row."""
        rows = {batch.ids[row]: row for row in batch.left() if row in batch.matched}
        stages = {stage.pk: stage for stage in self.stages}
        ends: dict[str | Stage, dict[int, int]] = defaultdict(dict)
        moves: dict[str | Stage, dict[int, int]] = defaultdict(dict)
        for pk, stage, status in Deal.objects.filter(pk__in=rows).values_list("pk", "stage_id", "status"):
            row = rows[pk]
            to_status, to_stage = batch.derived["status"][row], batch.derived["stage"][row]
            if to_status and to_status != status:
                ends[to_status][pk] = row
            if to_stage and to_stage != stage:
                moves[stages[to_stage]][pk] = row
            if not to_status:  # the file does not say: it stays as it is, and its close date is one of that status
                batch.derived["status"][row] = status
        return ends | moves

    def change(self, batch: Batch) -> set[int]:
        changed: set[int] = set()
        by = self.member.actor
        for step, rows in self.steps(batch).items():
            deals = Deal.objects.filter(pk__in=rows)
            if isinstance(step, Stage):
                deals.move_to(step, by=by, at="bottom")
            else:
                {"won": deals.win, "lost": deals.lose, "abandoned": deals.abandon, "open": deals.reopen}[step](by=by)
            changed |= rows.keys()
        return changed

    # --- what is staged ---------------------------------------------------------------------------------------------
    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        """Besides the plain columns: where the deal stands, since when, and which of its dates the close date is."""
        status, stage = batch.derived["status"], batch.derived["stage"]
        closing = batch.column("close_date")
        closed = [value in CLOSED for value in status]
        now, today, tz = timezone.now(), timezone.localdate(), timezone.get_current_timezone()
        new = [row not in batch.matched for row in range(len(batch))]
        closed_on = [
            day or (today if is_new else None) if is_closed else None
            for day, is_closed, is_new in zip(closing, closed, new, strict=True)
        ]
        since = [
            min(now, dt.datetime.combine(day, dt.time(), tz)) if day else now
            for day in map(lambda end, start: end or start, closed_on, batch.column("started_on"))
        ]
        first, last = self.stages[0].pk, self.stages[-1].pk
        stages = [pk or (last if is_closed else first) for pk, is_closed in zip(stage, closed, strict=True)]
        batch.derived |= {"closed_on": closed_on, "since": since, "stages": stages}
        amounts = batch.column("value")
        return super().columns(batch) | {
            "name": batch.column("name"),
            "pipeline": [int(self.options["pipeline"])] * len(batch),
            "stage": stages,
            "status": status,
            "rank": self.ranks(batch, stages),
            "closed_on": closed_on,
            "expected_close": [None if is_closed else day for day, is_closed in zip(closing, closed, strict=True)],
            "close_reason": [
                why if is_closed else None for why, is_closed in zip(batch.column("close_reason"), closed, strict=True)
            ],
            "stage_since": since,
            "currency": [
                self.how.currency if is_new or amount is not None else None
                for is_new, amount in zip(new, amounts, strict=True)
            ],
        }

    def plain_columns(self) -> list[str]:
        dates = ["closed_on", "expected_close"] if "close_date" in self.mapped else []
        reason = ["close_reason"] if "close_reason" in self.mapped else []
        money = ["currency"] if "value" in self.mapped else []
        return [*super().plain_columns(), *dates, *reason, *money]

    def ranks(self, batch: Batch, stages: list[int]) -> list[str | None]:
        """New open deals go below those of their stage, in the order of the file."""
        places: dict[int, list[int]] = defaultdict(list)
        for row in batch.left():
            if row not in batch.matched and batch.derived["status"][row] not in CLOSED:
                places[stages[row]].append(row)
        ranks: list[str | None] = [None] * len(batch)
        for stage in self.stages:
            rows = places.get(stage.pk, [])
            for row, rank in zip(rows, stage.ranks(len(rows), at="bottom") if rows else [], strict=True):
                ranks[row] = rank
        return ranks

    def write_parts(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        """A deal that comes in closed went from open to its end on the day that the file says."""
        closed = [row for row in new if batch.derived["status"][row] in CLOSED]
        if closed:
            since = [batch.derived["since"][row] for row in closed]
            stages = [batch.derived["stages"][row] for row in closed]
            starts = list(map(batch.column("started_on").__getitem__, closed))
            ends = [batch.derived["closed_on"][row] for row in closed]
            insert_rows(
                StageChange,
                {
                    "deal": [batch.ids[row] for row in closed],
                    "from_stage": stages,
                    "to_stage": stages,
                    "from_status": ["open"] * len(closed),
                    "to_status": [batch.derived["status"][row] for row in closed],
                    "changed_at": since,
                    "changed_by": [self.member.pk] * len(closed),
                    "stayed": [
                        max(end - (start or end), dt.timedelta()) for start, end in zip(starts, ends, strict=True)
                    ],
                },
            )
        return super().write_parts(batch, rows, new)


def no_stage(name: str) -> str:
    """Why a row with this stage is refused."""
    return _("The pipeline has no stage called “%(name)s”.") % {"name": name}


def _free_name(filename: str) -> str:
    """A name for a pipeline after the name of the file."""
    stem = filename.rpartition(".")[0] or filename
    return stem.replace("_", " ").replace("-", " ").strip().capitalize()[:80]
