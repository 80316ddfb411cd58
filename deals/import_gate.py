"""What rows of a file may do to deals: the rules of stages, and the verbs that they go through."""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from deals.models import BOTTOM, Deal, Stage
from deals.models.rules import Given, Rules
from deals.steps import CLOSED, ChoosesPipeline
from records.models.owner_rules import team_in_turn
from transfers import custom
from transfers.batches import Batch
from workspaces.models import Membership


class GoesThroughVerbs(ChoosesPipeline):
    """A target whose rows ask the gate of deals, and go through their verbs where a deal exists."""

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

    def refuse_fixed(self, batch: Batch) -> None:
        """Who may not weigh deals gives no chances, and what is the sum of lines is not written beside them."""
        chances, amounts = batch.column("probability"), batch.column("value")
        self.refuse_weighed(batch, [row for row in batch.left() if chances[row] is not None])
        rows = {batch.ids[row]: row for row in batch.left() if row in batch.matched}
        currencies = [None if amount is None else self.how.currency for amount in amounts]
        for name, given in (("probability", chances), ("value", amounts), ("currency", currencies)):
            said = {pk: given[row] for pk, row in rows.items() if given[row] is not None}
            now = Deal.objects.filter(pk__in=said).values_list("pk", name) if said else ()
            others = Deal.objects.filter(pk__in=[pk for pk, value in now if value != said[pk]])
            for pk, reason in others.fixed([name], by=self.member.actor).items():
                batch.refuse(rows[pk], reason, "value" if name == "currency" else name)

    def refuse_weighed(self, batch: Batch, weighed: list[int]) -> None:
        """Of new deals a chance is given by who may weigh those of their owner; of the others `fixed` says it."""
        reach = self.member.reachable_owner_ids(self.member.scope("deal", "weigh"))
        if not weighed or reach is None:
            return
        words = _("You may do this only to records of your own.") if reach else _("Your role does not allow this.")
        owners, usual = batch.column("owner"), self.options.get("owner")
        for row in weighed:
            owner = usual if owners[row] is None else owners[row]
            if not reach or (row not in batch.matched and owner not in reach):
                batch.refuse(row, words, "probability")

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
        team = team_in_turn(self.record, self.member.workspace)
        has_owner = self.options.get("owner") or (team and Membership.objects.active().filter(team=team).exists())
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

    # --- deals that exist: their verbs --------------------------------------------------------------------------------
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
            ids = {pk for pk, row in rows.items() if row not in batch.problems}
            deals = Deal.objects.filter(pk__in=ids)
            if isinstance(step, Stage):
                outcome = deals.move_to(step, by=by, at=BOTTOM, given=given)
            else:
                ways = {"won": deals.win, "lost": deals.lose, "abandoned": deals.abandon, "open": deals.reopen}
                outcome = ways[step](by=by, given=given)
            for pk, reason in outcome.refused.items():  # what came between the gate and the verb
                batch.refuse(rows[pk], reason, "stage")
            changed |= ids - outcome.refused.keys()
            refused |= outcome.refused.keys()
        return changed, refused
