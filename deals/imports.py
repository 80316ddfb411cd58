"""What a file of deals can fill."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.text import sort_name
from deals.models import BOTTOM, FORECASTS, STATUSES, CloseReason, Deal, Stage, StageChange
from deals.models.rules import Given, Rules
from deals.steps import STAGE, ChoosesPipeline, Percent, Step, no_stage
from organizations.imports import ORGANIZATION
from records.models.owner_rules import team_in_turn
from transfers import custom
from transfers.batches import Batch
from transfers.kinds import Choice, Date, Money, Text
from transfers.record_target import EXTERNAL_ID, OWNER, SOURCE, TAGS
from transfers.staging import insert_rows
from transfers.targets import Field, register

CLOSED = {"won", "lost", "abandoned"}
DATES = ("started_on", "close_date")


@register
class DealImport(ChoosesPipeline):
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

    def refuse_fixed(self, batch: Batch) -> None:
        """Who may not weigh deals gives no chances, and what is the sum of lines is not written beside them."""
        chances, amounts = batch.column("probability"), batch.column("value")
        weighed = [row for row in batch.left() if chances[row] is not None]
        if weighed and not self.member.may("deal", "weigh"):
            for row in weighed:
                batch.refuse(row, _("Your role does not allow this."), "probability")
        rows = {batch.ids[row]: row for row in batch.left() if row in batch.matched}
        currencies = [None if amount is None else self.how.currency for amount in amounts]
        for name, given in (("probability", chances), ("value", amounts), ("currency", currencies)):
            said = {pk: given[row] for pk, row in rows.items() if given[row] is not None}
            now = Deal.objects.filter(pk__in=said).values_list("pk", name) if said else ()
            others = Deal.objects.filter(pk__in=[pk for pk, value in now if value != said[pk]])
            for pk, reason in others.fixed([name], by=self.member.actor).items():
                batch.refuse(rows[pk], reason, "value" if name == "currency" else name)

    # --- deals that exist: their verbs, and the gate of the verbs ---------------------------------------------------
    def gate(self, batch: Batch) -> None:
        super().gate(batch)
        self.gate_new(batch)
        self.refuse_fixed(batch)
        steps = self.steps(batch)
        reopened, given = steps.get("open", {}), self.given(batch)
        for step, rows in steps.items():
            is_move = isinstance(step, Stage)
            wanted = {"stage" if is_move else "status": step, "given": given}
            opened = rows.keys() & reopened.keys() if is_move else set()  # these are open when they move
            for ids, as_open in ((rows.keys() - opened, False), (opened, True)):
                deals = Deal.objects.filter(pk__in=ids)
                refused = deals.refusals("change", by=self.member.actor, as_open=as_open, **wanted) if ids else {}
                for pk, reason in refused.items():
                    batch.refuse(rows[pk], reason, "stage")
        days = batch.column("close_date")
        for row in [row for row in batch.left() if days[row] and batch.derived["status"][row] in CLOSED]:
            for reason in Deal.faults(closed_on=days[row]).values():
                batch.refuse(row, reason, "close_date")

    def gate_new(self, batch: Batch) -> None:
        """Refuse new open deals in a stage that a rule keeps them from; what comes in closed runs no more."""
        rules, known = Rules.of(Deal, self.member.actor), batch.matched
        cells, always = self.filling(batch), self.begun_with()
        new = [row for row in batch.left() if row not in known and batch.derived["status"][row] not in CLOSED]
        for row in new if any(rules.new(stage.pk) for stage in self.stages) else ():
            filled = always | {name for name, column in cells.items() if column[row] is not None}
            if reason := rules.against_new(batch.derived["stage"][row] or self.stages[0].pk, filled):
                batch.refuse(row, reason, "stage")

    def begun_with(self) -> set[str]:
        """The fields that new deals have whatever the file says: an owner by rule, custom fields by their defaults."""
        has_owner = self.options.get("owner") or team_in_turn(self.record, self.member.workspace)
        fields = custom.begun(self.member.workspace, self.record, without=self.mapped)
        return {of.key for of in fields} | ({"owner"} if has_owner else set())

    def given(self, batch: Batch) -> Given:
        """Which fields the rows fill, of which deals: the rules of stages count them as filled. `steps` was asked."""
        rows = [row for row in batch.left() if row in batch.matched]
        cells = self.filling(batch)
        return {name: [batch.ids[row] for row in rows if column[row] is not None] for name, column in cells.items()}

    def filling(self, batch: Batch) -> dict[str, list[Any]]:
        """The columns of the file by the fields of deals that they fill."""
        cells = {name: batch.column(name) for name in self.mapped}
        if "organization" in self.mapped and self.options.get("missing") == "create":
            cells["organization"] = batch.names["organization"]
        closed = [status in CLOSED for status in batch.derived["status"]]
        days = zip(batch.column("close_date"), closed, strict=True)
        cells["expected_close"] = [None if is_closed else day for day, is_closed in days]
        return cells

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
        """A row is taken whole or not at all: what it says is done again without the rows of which a part was refused
        when another was done."""
        changed, halves = set[int](), True
        while halves:
            with transaction.atomic():
                changed, refused = self.take_steps(batch)
                halves = bool(changed & refused)
                transaction.set_rollback(halves)
        return changed

    def take_steps(self, batch: Batch) -> tuple[set[int], set[int]]:
        """Call the verbs, refuse the rows that they refuse; returns the ids of the changed deals and of the refused."""
        changed, refused = set[int](), set[int]()
        by, steps, given = self.member.actor, self.steps(batch), self.given(batch)
        for step, rows in steps.items():
            deals = Deal.objects.filter(pk__in=[pk for pk, row in rows.items() if row not in batch.problems])
            if isinstance(step, Stage):
                outcome = deals.move_to(step, by=by, at=BOTTOM, given=given)
            elif step == "won":
                outcome = deals.win(by=by, given=given)
            else:
                outcome = {"lost": deals.lose, "abandoned": deals.abandon, "open": deals.reopen}[step](by=by)
            for pk, reason in outcome.refused.items():  # what came between the gate and the verb
                batch.refuse(rows[pk], reason, "stage")
            changed |= rows.keys() - outcome.refused.keys()
            refused |= outcome.refused.keys()
        return changed, refused

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
