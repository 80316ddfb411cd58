"""Deals as the cards of a board, written as HTML without a template each."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from core.money import format_money
from core.templatetags.ui import avatar, icon_use
from records.listing import Column as ListColumn
from records.listing import Look

from .card_orders import CardOrder
from .listing import DealStep

#: an icon beside those of the marks
MENU = "ellipsis-horizontal"
#: the columns of the list that have a place of their own on a card; others are lines with their labels
PLACED = frozenset({"name", "organization", "value", "next_step", "owner"})


class Card(NamedTuple):
    """What a card shows, in the order of PATHS; `column` is the key of where it stands, `idle_after` the stage's, in
    days, `further` the row with what else was read."""

    pk: int
    name: str
    value: int | None
    currency: str
    status: str
    stage_since: dt.datetime
    version: int
    owner_id: int | None
    stage_id: int
    rank: str
    created_at: dt.datetime
    expected_close: dt.date | None
    organization: str | None
    organization_gone: dt.datetime | None
    owner: str | None
    next_activity_at: dt.datetime | None
    last_activity_at: dt.datetime | None
    column: str
    idle_after: int | None
    further: Any = None


PATHS = (
    *("pk", "name", "value", "currency", "status", "stage_since", "version", "owner_id", "stage_id", "rank"),
    *("created_at", "expected_close", "organization__name", "organization__deleted_at", "owner__name"),
    *("pulse__next_activity_at", "pulse__last_activity_at"),
)


@dataclass
class Writer:
    """Writes cards as one reader sees them.

    `way` leads from the address of a deal to where its menu is; `drags` says whether the reader may drag a card; `note`
    what became of one; `stages` are their names, where the column does not say them. `further` are columns of the list,
    and `placed` those of PLACED that are shown.
    """

    look: Look
    order: CardOrder
    way: str = "stage/"
    drags: Callable[[Card], bool] = lambda card: True
    note: Callable[[int], str] | None = None
    stages: Mapping[int, str] = MappingProxyType({})
    further: Sequence[ListColumn] = ()
    placed: Collection[str] = PLACED

    def __post_init__(self) -> None:
        self.step, self.menu, self.owner = DealStep(), icon_use(MENU), _("Owner")
        self.move = escape(_("Move %(name)s")).replace("%(name)s", "{}")

    def html(self, card: Card) -> str:
        """The `<li>`; who may not change the deal can neither drag it nor open its menu."""
        name, url = escape(card.name), self.look.url("deals", card.pk)
        mark, words = self.step.mark(card, self.look)
        drag = menu = ""
        if self.look.lets_change(card):
            way = url + self.way
            drag = f' data-version="{card.version}"' + ' draggable="true"' * self.drags(card)
            menu = (
                f'<a class="more" id="more-{card.pk}" href="{way}" hx-get="{way}" hx-target="#dialog-slot"'
                f' draggable="false" aria-label="{self.move.format(name)}">{self.menu}</a>'
            )
        return (
            f'<li class="card{" rotting" if mark == "rot" else ""}" id="deal-{card.pk}"'
            f' data-id="{card.pk}" data-order="{self.order.key(card)}"{drag}>'
            f'<a class="t" id="name-{card.pk}" href="{url}" draggable="false">{name}</a>{menu}'
            f"{self.lines(card)}{self.foot(card, mark, words)}{self.became(card)}</li>"
        )

    def lines(self, card: Card) -> str:
        """With whom, how far where the column does not say it, and what further columns say."""
        whom = card.organization if "organization" in self.placed and not card.organization_gone else ""
        first = " · ".join(text for text in (whom, self.stages.get(card.stage_id)) if text)
        texts = ((column.label, column.text(card.further, self.look)) for column in self.further)
        lines = [first, *(f"{label}: {text}" for label, text in texts if text)]
        return "".join(f'<p class="o">{escape(line)}</p>' for line in lines)

    def foot(self, card: Card, mark: str, words: str) -> str:
        """How much, what is next, whose."""
        shows, has_value = self.placed, card.value is not None and "value" in self.placed
        value = format_money(card.value, card.currency, self.look.language, 0) if has_value else ""  # type: ignore[arg-type]
        step = f'<span class="st {mark}">{icon_use(DealStep.MARKS[mark])}{escape(words)}</span>'
        who = face(card.owner, card.owner_id, self.owner) if card.owner and card.owner_id and "owner" in shows else ""
        return f'<p class="f"><span class="num v">{value}</span>{step if "next_step" in shows else ""}{who}</p>'

    def became(self, card: Card) -> str:
        said = self.note(card.pk) if self.note else ""
        return f'<p class="became">{escape(said)}</p>' if said else ""


@lru_cache(maxsize=1000)
def face(name: str, id: int, label: str) -> str:
    """The same few members stand on all cards."""
    return avatar(name=name, id=id, size="xs", label=label)
