"""Where a deal can go from its stage and why not: what the gate would say, before anybody asks it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from records.panels import register_aside
from workspaces.models import Membership

from .models import Deal, Stage
from .models.rules import RULES, Rules

register_aside("deal", "stage_rules", RULES)


def look_ahead(deal: Any, stages: Iterable[Stage], membership: Membership) -> None:
    """Give each stage its `barred`: why the gate would refuse the deal there, "" where it would not. And the deal its
    `barred`: the first of these reasons ahead of it, `lacks`: the field that this one is about, and `may_override`:
    could the member pass them with a reason?

    One statement where rules stand in the way, none where none do; the page of the deal has read the rules along.
    """
    read = getattr(deal, "stage_rules", None)
    rules = Rules.of(Deal, membership.actor) if read is None else Rules(Deal, membership.actor, read)
    asked = {stage.pk: [*firm, *soft] for stage in stages for firm, soft in [rules.into(stage.pk)] if firm or soft}
    tests = {f"into_{pk}": Deal.objects.first_broken(against) for pk, against in asked.items()}
    [broken] = deal.rows().values(**tests) if tests else [{}]
    deal.barred, deal.may_override = "", rules.may_override
    for stage in stages:
        place: Any = broken.get(f"into_{stage.pk}")
        stage.barred = "" if place is None else asked[stage.pk][place][1]  # type: ignore[attr-defined]
        is_ahead = (stage.position, stage.pk) > (deal.stage.position, deal.stage_id)
        deal.barred = deal.barred or (stage.barred if is_ahead else "")  # type: ignore[attr-defined]
    deal.lacks = rules.lacking.get(deal.barred, "")


def ask_why(form: forms.Form) -> None:
    """Have a form ask with which reason the deal shall pass the rules."""
    form.fields["because"] = forms.CharField(label=_("Reason to pass the rules"), max_length=200, required=False)
