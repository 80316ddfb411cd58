"""Where a deal can go from its stage and why not: what the gate would say, before anybody asks it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.panels import register_aside
from workspaces.models import Membership

from .models import Deal, Stage
from .models.against import say
from .models.rules import KEEPERS, RULES, Rules

register_aside("deal", "stage_rules", RULES)


def look_ahead(deal: Any, stages: Iterable[Stage], membership: Membership) -> None:
    """Give each stage its `barred`: why the gate would refuse the deal there, "" where it would not. And the deal its
    `barred`: the first of these reasons ahead of it, `lacks`: the field that this asks for first, `is_barred_else`:
    does something else stand against another stage? And `may_override`: could the member pass them with a reason?

    One statement where rules stand in the way, none where none do; the page of the deal has read the rules along.
    """
    read = getattr(deal, "stage_rules", None)
    rules = Rules.of(Deal, membership.actor) if read is None else Rules(Deal, membership.actor, read)
    found = {stage: rules.into(stage.pk, leaving=deal.stage_id) for stage in stages}
    # The same condition stands against several stages, in other words.
    asked = {id(rule.rows): rule for firm, soft in found.values() for rule in (*firm, *soft)}
    broken = deal.rows().broken_by([*asked.values()]).get(deal.pk, []) if asked else []
    stands = {id(rule.rows) for rule in broken}
    deal.barred, deal.lacks, deal.may_override, told = "", "", False, set[int]()
    for stage, (firm, soft) in found.items():
        against = [rule for rule in (*firm, *soft) if id(rule.rows) in stands]
        stage.barred = say(against)  # type: ignore[attr-defined]
        is_firm = any(id(rule.rows) in stands for rule in firm)
        deal.may_override |= rules.may_override and bool(against) and not is_firm
        is_ahead = (stage.position, stage.pk) > (deal.stage.position, deal.stage_id)
        if against and is_ahead and not deal.barred:
            deal.barred, deal.lacks = stage.barred, against[0].field  # type: ignore[attr-defined]
            told = {id(rule.rows) for rule in against}
    deal.is_barred_else = bool(stands - told)


def open_musts(deal: Any) -> list[tuple[str, str]]:
    """What must be done before the deal is won: each task with the address where that is done."""
    return [must for keeper in KEEPERS for must in keeper.open_of(deal)]


def may_pass_rules(membership: Membership) -> bool:
    """May the member let deals past rules, and are there any? One statement, for who may."""
    may = membership.may("deal", "override")
    return may and any(stage.stands_in_the_way for stage in Rules.of(Deal, membership.actor).stages.values())


def ask_why(form: forms.BaseForm) -> None:
    """Have a form ask with which reason the deal shall pass the rules."""
    form.fields["because"] = forms.CharField(label=_("Reason to pass the rules"), max_length=200, required=False)
