"""What a file of deals can fill."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.text import sort_name
from deals.import_gate import GoesThroughVerbs
from deals.models import BOTTOM, FORECASTS, STATUSES, CloseReason, Deal, StageChange
from deals.models.rules import Rules
from deals.steps import CLOSED, STAGE, Percent, Step, no_stage
from organizations.imports import ORGANIZATION
from transfers.batches import Batch
from transfers.kinds import Choice, Date, Money, Text
from transfers.record_target import EXTERNAL_ID, OWNER, SOURCE, TAGS
from transfers.staging import insert_rows
from transfers.targets import Field, register

DATES = ("started_on", "close_date")


@register
class DealImport(GoesThroughVerbs):
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
        Field("words", gettext_lazy("Reason in words"), Text(200)),
        Field("forecast", gettext_lazy("Forecast category"), Choice(FORECASTS), "forecast", "forecast"),
        Field(
            "probability",
            gettext_lazy("Win chance by hand"),
            Percent(0, 100),
            "probability",
            "win chance, probability, win probability, chance",
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
        names = list(batch.column("name"))
        organizations = batch.names.get("organization") or batch.column("organization")
        parts = zip(batch.column("tags"), organizations, batch.column("external_id"), strict=True)
        for row, (tags, organization, external_id) in enumerate(parts):
            if names[row] is None:
                words = [*(tags or ()), organization] if tags or organization else [external_id]
                names[row] = ", ".join(word for word in words if word)[:200] or None
            if names[row] is None:
                batch.refuse(row, _("It is empty."), "name")
        batch.derived["name"] = names

    # --- what the workspace's own sets say --------------------------------------------------------------------------
    def why(self, batch: Batch) -> tuple[list[int | None], list[str | None]]:
        """Of what closed: the reason of the list, where the file names one of that end; and what it says besides."""
        known = {(one.status, sort_name(one.name)): one.pk for one in CloseReason.objects.all()}
        listed: list[int | None] = [None] * len(batch)
        words: list[str | None] = [None] * len(batch)
        said = zip(batch.derived["status"], batch.column("close_reason"), batch.column("words"), strict=True)
        for row, (status, reason, further) in enumerate(said):
            if status not in CLOSED or not (reason or further):
                continue
            listed[row] = known.get((status, sort_name(reason or "")))
            words[row] = ", ".join(filter(None, (None if listed[row] else reason, further)))[:200]
        return listed, words

    # --- what is staged ---------------------------------------------------------------------------------------------
    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        """Besides the plain columns: where the deal stands, and which of its dates the close date is."""
        self.place(batch)
        closed = [status in CLOSED for status in batch.derived["status"]]
        days, amounts = map(batch.column, ("close_date", "value"))
        listed, words = self.why(batch)
        names = zip(batch.derived["name"], batch.column("name"), strict=True)
        return super().columns(batch) | {
            # What a name was made of tells nothing about a deal that has one.
            "name": [said if row in batch.matched else made for row, (made, said) in enumerate(names)],
            "pipeline": [int(self.options["pipeline"])] * len(batch),
            "stage": batch.derived["stages"],
            "status": batch.derived["status"],
            "rank": self.ranks(batch),
            "stage_since": batch.derived["since"],
            "closed_on": batch.derived["closed_on"],
            "expected_close": [None if is_closed else day for day, is_closed in zip(days, closed, strict=True)],
            "reason": listed,
            "close_reason": words,
            "currency": [
                self.how.currency if row not in batch.matched or amount is not None else None
                for row, amount in enumerate(amounts)
            ],
        }

    def place(self, batch: Batch) -> None:
        """Work out stage, day of closing and since when it is there; one that comes in closed lay in the last."""
        first, last = self.stages[0].pk, self.stages[-1].pk
        now, today, tz = timezone.now(), timezone.localdate(), timezone.get_current_timezone()
        stages, closed_on, since = [], [], []
        said = zip(batch.derived["status"], batch.derived["stage"], *map(batch.column, DATES), strict=True)
        for row, (status, stage, start, end) in enumerate(said):
            closed = status in CLOSED
            stages.append(stage or (last if closed else first))
            closed_on.append((end or (None if row in batch.matched else today)) if closed else None)
            day = closed_on[-1] or start
            since.append(min(now, dt.datetime.combine(day, dt.time(), tz)) if day else now)
        batch.derived |= {"stages": stages, "closed_on": closed_on, "since": since}

    def plain_columns(self) -> list[str]:
        dates = ["closed_on", "expected_close"] if "close_date" in self.mapped else []
        reason = ["reason", "close_reason"] if self.mapped & {"close_reason", "words"} else []
        money = ["currency"] if "value" in self.mapped else []
        return [*super().plain_columns(), *dates, *reason, *money]

    def ranks(self, batch: Batch) -> list[str | None]:
        """New open deals go below those of their stage, in the order of the file."""
        places: dict[int, list[int]] = defaultdict(list)
        for row in batch.left():
            if row not in batch.matched and batch.derived["status"][row] not in CLOSED:
                places[batch.derived["stages"][row]].append(row)
        ranks: list[str | None] = [None] * len(batch)
        for stage in self.stages:
            rows = places.get(stage.pk, [])
            for row, rank in zip(rows, stage.ranks(len(rows), BOTTOM) if rows else [], strict=True):
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
                    "to_status": [batch.derived["status"][row] for row in closed],
                    "changed_at": since,
                    "stayed": [
                        max(end - (start or end), dt.timedelta()) for start, end in zip(starts, ends, strict=True)
                    ],
                },
                from_status="open",
                changed_by=self.member.pk,
            )
        self.came_in(batch, new)
        return super().write_parts(batch, rows, new)

    def came_in(self, batch: Batch, new: list[int]) -> None:
        """Plan what must be done in the stages of new open deals."""
        came: dict[int, list[int]] = defaultdict(list)
        for row in new:
            if batch.derived["status"][row] not in CLOSED:
                came[batch.derived["stages"][row]].append(batch.ids[row])
        rules = Rules.of(Deal, self.member.actor)
        for stage, deals in came.items():
            rules.came_into(stage, deals)
