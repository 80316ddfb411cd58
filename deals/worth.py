"""What deals add up to: each currency, all together in the workspace's, and weighted by the chance to win them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, DecimalField, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from core.money import in_whole
from records.listing import Look, Money
from workspaces.models import Rates, Settled

OPEN = Q(status="open")
#: how likely a deal is won, in percent: by hand, else as its stage has it
CHANCE = Coalesce("probability", "stage__win_chance")
#: of one deal, in minor units of its currency; added up by currency they make `settled_of` and `weighted_of`. Numeric,
#: since a hundred of the largest values are more than a bigint holds
PARTS: Mapping[str, Any] = {
    "closed": Case(When(~OPEN, then="value")),
    "settled": F("closed_value"),
    "unsettled": Case(When(~OPEN & Q(value__isnull=False, closed_value=None), then=Value(1))),
    "hundredfold": Case(When(OPEN, then=Cast("value", DecimalField(max_digits=30, decimal_places=0)) * CHANCE)),
}


def settled_of(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Settled]:
    """By currency, what was closed of it and is worth."""
    return {
        currency: Settled(int(sums["closed"]), None if sums.get("unsettled") else int(sums.get("settled") or 0))
        for currency, sums in parts.items()
        if sums.get("closed")
    }


def weighted_of(parts: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """By currency, what is open by the chance to win it, in whole units."""
    found = {code: sums["hundredfold"] for code, sums in parts.items() if sums.get("hundredfold") is not None}
    return weighted_sums(found)


def weighted_sums(hundredfold: Mapping[str, int]) -> dict[str, int]:
    """Of amounts times their chance in percent by currency, the minor units, in whole units."""
    return {code: in_whole(int(amount) // 100, code) for code, amount in hundredfold.items()}


class Worth(Money):
    """The column of the value; what was closed is added up as it was settled."""

    parts = PARTS

    def total(
        self, sums: list[tuple[int, str]], parts: Mapping[str, Mapping[str, int]], rates: Rates, look: Look
    ) -> str:
        """With the same weighted on a line of its own, where deals are open."""
        said = rates.words({currency: amount for amount, currency in sums}, look.money, settled_of(parts))
        weighted = rates.words(weighted_of(parts), look.money).first
        lines = [*said.lines, weighted and _("Weighted: %(weighted)s") % {"weighted": weighted}]
        return "\n".join(filter(None, lines))
