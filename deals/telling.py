"""How history tells of deals."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from core.formats import number
from core.money import short_money
from records.history import tell
from records.history.reading import Change
from records.history.story import NOTHING, Line, Story
from records.history.words import Teller

from .asides import plain
from .models import Deal, DealCompetitor, DealContact, DealLine, StageChange


def stayed(values: dict[str, Any]) -> str:
    """How long the deal had been where it left: "3 days in stage"."""
    days = values["stayed"].days
    return ngettext("%(count)s day in stage", "%(count)s days in stage", days) % {"count": number(days)}


def story_of_line(teller: Teller, change: Change) -> Story:
    """What became of a line, with its price in the currency of its deal."""
    sign = "+" if change.before is None else "-" if change.after is None else "~"
    whole, url = teller.place(change)
    lines = list(in_money(teller, change)) if sign != "-" else []
    return Story(change, sign, str(DealLine._meta.verbose_name).capitalize(), change.values["name"], whole, url, lines)


def in_money(teller: Teller, change: Change) -> Iterable[Line]:
    """The fields of a line that differ."""
    told = [one.values["deal_id"] for one in teller.changes if one.model is DealLine]
    deal = teller.read_once(Deal, told).get(change.values["deal_id"])
    for line in teller.lines(change):
        if line.name == "price" and deal:
            was, now = (
                short_money(state["price"], deal.currency) if state else NOTHING
                for state in (change.before, change.after)
            )
            yield Line(line.name, line.label, was, now)
        elif line.name in ("quantity", "discount"):
            yield Line(line.name, line.label, *(plain(text) or "0" for text in (line.was, line.now)))
        else:
            yield line


tell(
    Deal,
    counted=ngettext_lazy("%(count)s deal", "%(count)s deals", "number"),
    hidden=("stage_since", "adds_up"),
    money={"value": "currency"},
    at_home={"closed_value": "value"},
    labels={"closed_value": _("worth when closed")},
)
tell(DealContact, label=_("Person"), named=("contact",), labels={"contact": _("person")})
tell(DealCompetitor, named=("organization",), labels={"organization": _("organization")})
tell(DealLine, named=("name",), hidden=("position",), story=story_of_line)
tell(StageChange, aside=("stage", stayed))
