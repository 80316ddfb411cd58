"""The verbs of deals, set-based: one gate, one write, one line of history for one deal or for ten thousand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Self

from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.models import Outcome, RecordQuerySet, Refusal, describe_change, record_event
from workspaces.rights import Actor

from .against import Rule, named, places, say
from .customers import make_customers
from .moving import MovingVerbs
from .pipeline import Stage, write_ranks
from .place import TOP, Place
from .reason import CloseReason, in_words
from .rules import NOTHING, Given, Rules, past_the_rules
from .stage_change import StageChange


class DealQuerySet(MovingVerbs, RecordQuerySet):
    def open(self) -> Self:
        """In the run: neither won, lost nor abandoned, and not in the trash."""
        return self.filter(status="open", deleted_at__isnull=True)

    def with_steps(self) -> Self:
        """With `stage_place` of `stage_count`: how far through its pipeline each deal is."""
        stages = Stage.objects.filter(pipeline=OuterRef("pipeline")).order_by().values("pipeline")
        count = stages.annotate(count=Count("pk")).values("count")
        here = Q(position__lt=OuterRef("stage__position")) | Q(
            position=OuterRef("stage__position"), pk__lte=OuterRef("stage")
        )
        return self.annotate(stage_count=Subquery(count), stage_place=Subquery(count.filter(here)))

    # --- the gate ---------------------------------------------------------------------------------------------------
    def refusals(self, action: str, *, by: Actor, **wanted: Any) -> dict[int, str]:
        """Besides the rights: what stands against moving to the `stage`, or to the `status`, that is wanted; `given`
        are fields that the same change fills (see `Given`), and one that opens them again asks for them `as_open`."""
        refused = super().refusals(action, by=by)
        firm, soft = self._rules(self._rules_for(by, **wanted), **wanted)
        return self.stopped_by([*firm, *soft]) | refused if firm else refused

    def stopped_by(self, rules: Sequence[Rule]) -> dict[int, str]:
        """The rows that rules stand against, each with what the refusal says; one query."""
        return {pk: say(broken) for pk, broken in self.broken_by(rules).items()}

    def broken_by(self, rules: Sequence[Rule]) -> dict[int, list[Rule]]:
        """The rows that rules stand against, each with all of them, where `refused_by` has the first; one query, and
        one that names the tasks of those that lack some."""
        rows = self.annotate(broken=places(rules)).filter(broken__isnull=False).order_by()
        return named({pk: [rules[place] for place in found] for pk, found in rows.values_list("pk", "broken")})

    def _rules_for(self, by: Actor, stage: Stage | None = None, status: str | None = None, **_others: Any) -> Rules:
        """Those of the workspace; none where no rule of a stage is in question, without asking for them."""
        return Rules.of(self.model, by) if stage or status in ("won", "open") else Rules(self.model, by)

    @staticmethod
    def _rules(
        rules: Rules,
        *,
        stage: Stage | None = None,
        status: str | None = None,
        given: Given = NOTHING,
        as_open: bool = False,
        **_others: Any,
    ) -> tuple[list[Rule], list[Rule]]:
        """Conditions of the rows that must not change so, the gravest first; and of those that may with a reason."""
        in_trash = Rule(Q(deleted_at__isnull=False), _("The deal is in the trash."))
        is_open, is_closed = Q(status="open"), ~Q(status="open")
        if stage:
            elsewhere = Rule(~Q(workspace_id=stage.workspace_id), _("The stage belongs to another workspace."))
            stays = [elsewhere, in_trash]
            if not as_open:
                stays.append(Rule(is_closed, _("Only open deals move. Open it again first.")))
            firm, soft = rules.into(stage.pk, given)
            return [*stays, *firm], soft
        if status == "open":
            return [in_trash, Rule(is_open, _("The deal is open.")), *rules.again(given)], []
        closed = [in_trash, Rule(is_closed, _("The deal is closed already."))] if status else []
        return closed[: 1 if as_open else 2], rules.won(given) if status == "won" else []

    # --- verbs ------------------------------------------------------------------------------------------------------
    def refuse_values(self, values: Mapping[str, Any]) -> None:
        for reason in self.model.faults(**values).values():
            raise Refusal(reason)

    def edit_all(self, values: Mapping[str, Any], *, by: Actor) -> Outcome:
        """As of every record; into a stage they are moved, past its rules `because` of a reason."""
        if "stage" in values:
            return self.move_to(values["stage"], by=by, because=values.get("because", ""))
        refused = self.fixed(values, by=by)
        outcome = super(DealQuerySet, self.exclude(pk__in=refused) if refused else self).edit_all(values, by=by)
        outcome.refused |= refused
        return outcome

    def fixed(self, values: Collection[str], *, by: Actor) -> dict[int, str]:
        """The rows in which the actor can't write one of these fields, each with the reason."""
        refused = self.refusals("weigh", by=by) if "probability" in values else {}
        if "value" in values:
            rows = self.filter(adds_up=True).order_by().values_list("pk", flat=True)
            refused |= dict.fromkeys(rows, _("Its value is the sum of its lines. Change the lines."))
        elif "currency" in values:
            rows = self.filter(adds_up=True).order_by().values_list("pk", flat=True)
            refused |= dict.fromkeys(rows, _("Its lines have prices in this currency. Take them out first."))
        return refused

    def move_to(
        self,
        stage: Stage,
        *,
        by: Actor,
        at: Place | None = None,
        seen: int | None = None,
        because: str = "",
        given: Given = NOTHING,
    ) -> Outcome:
        """Put open deals into a stage, of any pipeline, at a place among its other deals, in the order they have.

        Without a place they go on top, and those that are in the stage stay where they are. Who may override rules
        passes them with a reason (`because`). Raises Stale when a deal is no longer the version that was `seen`.
        """
        stage.lock()  # the column first, then its cards
        rules = self._rules_for(by, stage=stage)
        deals, outcome = self._seen_through_gate(rules, seen, because, stage=stage, given=given)
        describe_change(past_the_rules(_("Moved to %(stage)s") % {"stage": stage.name}, why(deals)))
        now = timezone.now()
        deals.sort(key=lambda deal: (deal.stage.position, deal.rank, deal.pk))
        leaving = [deal for deal in deals if deal.stage_id != stage.pk]
        if leaving:
            StageChange.note([deal.pk for deal in leaving], by=by, at=now, stage=stage.pk)
        moving = leaving if at is None else deals
        outcome.done = self._place([deal.pk for deal in moving], stage, at or TOP, now)
        said = [(deal, {"from": deal.stage.name, "to": stage.name, **deal.passed}) for deal in leaving]
        record_event("stage_changed", said, by=by, at=now)
        rules.came_into(stage.pk, [deal.pk for deal in leaving])
        return outcome

    def _seen_through_gate(
        self, rules: Rules, seen: int | None, because: str, **wanted: Any
    ) -> tuple[list[Any], Outcome]:
        """The deals that the gate lets through, locked and with their stages, and the outcome with the others.

        What `locked().pass_gate()` does in three statements: the rules are asked of the rows as they are locked. A deal
        that went past a rule has `passed`: the reason, for its event.
        """
        rows = self.order_by("pk").select_related("stage").select_for_update(no_key=True, of=("self",))
        firm, soft = self._rules(rules, **wanted)
        asked, overrides = [*firm, *soft], rules.may_override and bool(because.strip())
        outcome = Outcome()
        deals = list(rows.annotate(broken=places(asked)))
        for deal in deals if seen is not None else ():
            deal.check_version(seen)
        broken = {deal.pk: [asked[place] for place in deal.broken] for deal in deals if deal.broken}
        against = named(broken) if broken else {}
        for deal in deals:
            is_soft = deal.pk in against and deal.broken[0] >= len(firm)
            deal.passed = {"because": because.strip()} if is_soft and overrides else {}
            if deal.pk in against and not deal.passed:
                outcome.refused[deal.pk] = words = say(against[deal.pk])
                if is_soft:
                    outcome.passable[words] = against[deal.pk][0].field or "stage"
        mine = self.model.objects.filter(pk__in=[deal.pk for deal in deals])
        outcome.refused |= super(DealQuerySet, mine).refusals("change", by=rules.by)
        return [deal for deal in deals if deal.pk not in outcome.refused], outcome

    @staticmethod
    def _place(ids: list[int], stage: Stage, at: Place, now: dt.datetime) -> int:
        """Give the deals, in this order, their new place. The stage is locked."""
        if not ids:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE deals_deal AS deal SET rank = new.rank, stage_id = %s, pipeline_id = %s,"
                " stage_since = CASE WHEN deal.stage_id = %s THEN deal.stage_since ELSE %s END"
                " FROM unnest(%s::bigint[], %s::text[]) AS new (id, rank) WHERE deal.id = new.id",
                [stage.pk, stage.pipeline_id, stage.pk, now, ids, stage.free_ranks(len(ids), at, ids)],
            )
            return cursor.rowcount

    def win(self, words: str = "", *, by: Actor, **how: Any) -> Outcome:
        """Close the deals as won. What somebody knows of why: the `reason` of the list and `words`. `on` is the day,
        today unless given, `seen` the version that was looked at; `because` and `given` as for `move_to`.

        Raises Refusal for a day to come and for a reason of another end, as all three do.
        """
        return self._close("won", pgettext("deal", "Won"), words, by=by, **how)

    def lose(self, words: str = "", *, by: Actor, **how: Any) -> Outcome:
        """Close the deals as lost."""
        return self._close("lost", pgettext("deal", "Lost"), words, by=by, **how)

    def abandon(self, words: str = "", *, by: Actor, **how: Any) -> Outcome:
        """Close deals that came to nothing without a decision."""
        return self._close("abandoned", pgettext("deal", "Abandoned"), words, by=by, **how)

    def _close(
        self,
        status: str,
        label: str,
        words: str,
        *,
        by: Actor,
        reason: CloseReason | None = None,
        on: dt.date | None = None,
        **how: Any,
    ) -> Outcome:
        values = {"closed_on": on or timezone.localdate(), "close_reason": words, "reason": reason}
        for fault in self.model.faults(**values).values():
            raise Refusal(fault)
        if reason:
            reason.check_for(status)
        return self._set_status(status, label, values, status, by=by, **how)

    def reopen(self, *, by: Actor, given: Given = NOTHING) -> Outcome:
        """Take closed deals back into the run, on top of the stage that they were closed in; `given` as for
        `move_to`."""
        self._lock_stages()
        values = {"closed_on": None, "close_reason": "", "reason": None}
        return self._set_status("open", _("Opened again"), values, "reopened", by=by, given=given)

    def restore(self, *, by: Actor) -> Outcome:
        """Take the rows back out of the trash, open deals on top of their stage."""
        self._lock_stages()
        rows = self.locked()
        rules = Rules.of(self.model, by).archived_pipelines()
        archived = rows.filter(status="open").stopped_by(rules) if rules else {}
        rows = rows.exclude(pk__in=archived)
        outcome = super(DealQuerySet, rows).restore(by=by)
        outcome.refused |= archived
        rows.exclude(pk__in=outcome.refused)._rise()
        return outcome

    def _lock_stages(self) -> None:
        """The columns first, then their cards, like `move_to`."""
        stages = Stage.objects.filter(pk__in=self.order_by().values("stage")).order_by("pk")
        list(stages.select_for_update(no_key=True).values_list("pk"))

    def _rise(self) -> None:
        """Put the open ones on top of their stages, in the order that they had: others took their places meanwhile."""
        risen: dict[Stage, list[int]] = defaultdict(list)
        for deal in self.open().select_related("stage").only("stage").order_by("stage", "rank", "pk"):
            risen[deal.stage].append(deal.pk)
        for stage, ids in risen.items():
            write_ranks(ids, stage.ranks(len(ids)))

    def _set_status(
        self,
        status: str,
        label: str,
        values: dict[str, Any],
        event: str,
        *,
        by: Actor,
        seen: int | None = None,
        because: str = "",
        given: Given = NOTHING,
    ) -> Outcome:
        rules = self._rules_for(by, status=status)
        deals, outcome = self._seen_through_gate(rules, seen, because, status=status, given=given)
        ids = [deal.pk for deal in deals]
        rows = self.model.objects.filter(pk__in=ids)
        describe_change(past_the_rules(label, why(deals)))
        now = timezone.now()
        StageChange.note(ids, by=by, at=now, status=status)
        outcome.done = rows.update(status=status, stage_since=now, **values)
        if status == "open":
            rows._rise()
            rules.came_back(deals)
        if status == "won":
            make_customers(deals, by=by, at=now)
        words = in_words(values["reason"], values["close_reason"])
        record_event(event, [(deal, {"reason": words, **deal.passed}) for deal in deals], by=by, at=now)
        return outcome


def why(deals: Iterable[Any]) -> str:
    """With which reason some of the deals went past a rule; "" where none did."""
    return next((deal.passed["because"] for deal in deals if deal.passed), "")
