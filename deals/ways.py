"""Where a deal can go from its stage and why not: what the gate would say, before anybody asks it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.panels import register_aside
from workspaces.models import Membership

from .models import Deal, Stage
from .models.rules import RULES, Rule, Rules

register_aside("deal", "stage_rules", RULES)


def look_ahead(deal: Any, stages: Iterable[Stage], membership: Membership) -> None:
    """Give each stage its `barred`: why the gate would refuse the deal there, "" where it would not. And the deal its
    `barred`: the first of these reasons ahead of it, `lacks`: the field that this one is about, `is_barred_else`: does
    something else stand against another stage? And `may_override`: could the member pass them with a reason?

    One statement where rules stand in the way, none where none do; the page of the deal has read the rules along.
    """
    read = getattr(deal, "stage_rules", None)
    rules = Rules.of(Deal, membership.actor) if read is None else Rules(Deal, membership.actor, read)
    found = {stage: rules.into(stage.pk, leaving=deal.stage_id) for stage in stages}
    against = {stage: [*firm, *soft] for stage, (firm, soft) in found.items()}
    # The same condition stands against several stages, in other words.
    asked = {
        f"rule_{id(rule[0])}": Deal.objects.first_broken([rule]) for rules_of in against.values() for rule in rules_of
    }
    [broken] = deal.rows().values(**asked) if asked else [{}]
    deal.barred, deal.may_override = "", False
    here, told, conditions = (deal.stage.position, deal.stage_id), None, set()

    def first(some: Iterable[Rule]) -> Rule | tuple[None, str]:
        return next((rule for rule in some if broken[f"rule_{id(rule[0])}"] is not None), (None, ""))

    for stage in stages:
        firm, soft = found[stage]
        condition, stage.barred = first([*firm, *soft])  # type: ignore[attr-defined]
        conditions.add(condition)
        deal.may_override |= rules.may_override and bool(stage.barred) and not first(firm)[1]  # type: ignore[attr-defined]
        if not deal.barred and (stage.position, stage.pk) > here:
            told, deal.barred = condition, stage.barred  # type: ignore[attr-defined]
    deal.is_barred_else = bool(conditions - {None, told})
    deal.lacks = rules.lacking.get(deal.barred, "")


def may_pass_rules(membership: Membership) -> bool:
    """May the member let deals past rules, and are there any? One statement, for who may."""
    may = membership.may("deal", "override")
    return may and any(stage.stands_in_the_way for stage in Rules.of(Deal, membership.actor).stages.values())


def ask_why(form: forms.BaseForm) -> None:
    """Have a form ask with which reason the deal shall pass the rules."""
    form.fields["because"] = forms.CharField(label=_("Reason to pass the rules"), max_length=200, required=False)
