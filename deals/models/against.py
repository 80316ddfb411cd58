"""A rule that stands against deals, and how a refusal says all that they lack."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Func, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from core.formats import listed


class Rule(NamedTuple):
    """Which deals it stands against, and in which words; of one that asks for something, what that is.

    `asks` is what it is called within a sentence: the `field` of this name, or a task. `before` is the stage that deals
    come into with it, "" for the win. One that asks for several tasks finds what they are called, by the ids of deals,
    once it stands against some (`named`).
    """

    rows: Q
    words: str = ""
    asks: str = ""
    field: str = ""
    before: str = ""
    names_of: Callable[[Collection[int]], Mapping[int, Sequence[str]]] | None = None


def places(rules: Sequence[Rule]) -> Func:
    """The places of the rules that stand against a row, in an array; NULL for none."""
    return Func(
        *(Case(When(rule.rows, then=Value(place))) for place, rule in enumerate(rules)),
        template="NULLIF(array_remove(ARRAY[%(expressions)s]::int[], NULL), '{}')",
        output_field=ArrayField(IntegerField()),
    )


def named(broken: Mapping[int, Sequence[Rule]]) -> dict[int, list[Rule]]:
    """The rules that stand against deals (their ids), with one for each task in place of one for all of them. A deal
    whose tasks were done between the two questions is not among them any more."""
    lacking: dict[Any, list[int]] = defaultdict(list)
    for pk, rules in broken.items():
        for rule in rules:
            if rule.names_of:
                lacking[rule.names_of].append(pk)
    names = {names_of: names_of(deals) for names_of, deals in lacking.items()}

    def each(rule: Rule, pk: int) -> list[Rule]:
        return [Rule(rule.rows, asks=name) for name in names[rule.names_of].get(pk, ())] if rule.names_of else [rule]

    found = {pk: [one for rule in rules for one in each(rule, pk)] for pk, rules in broken.items()}
    return {pk: rules for pk, rules in found.items() if rules}


def say(broken: Sequence[Rule]) -> str:
    """Why a deal is refused that these rules stand against, the gravest first; "" without any. What it lacks is named
    at once, so that nobody adds one thing to be asked for the next."""
    if not broken or not broken[0].asks:
        return broken[0].words if broken else ""
    fields = [rule.asks for rule in broken if rule.field]
    tasks = [rule.asks for rule in broken if not rule.field]
    said = [add(fields, broken[0].before)] if fields else []
    return " ".join([*said, do(tasks)] if tasks else said)


def add(fields: Sequence[str], before: str) -> str:
    words = _("Add %(field)s before %(stage)s.") if before else _("Add %(field)s before the deal is won.")
    return words % {"field": listed(fields), "stage": before}


def do(tasks: Sequence[str]) -> str:
    """What must be done, by the names of the tasks."""
    return _("Do before the deal is won: %(tasks)s.") % {"tasks": listed(tasks)}
