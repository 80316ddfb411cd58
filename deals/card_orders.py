"""In which order the cards of a column stand, in the database and in the page."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.money import LARGEST
from records.listing.paging import Cursor, Order

from .listing import DealListing, DealStep

if TYPE_CHECKING:
    from .cards import Card

#: larger than any id: what comes first by a large id has a small rest
MOST = 10**20 - 1


class CardOrder(NamedTuple):
    """An order of cards; `sort` is its name in addresses, where the list knows it too as far as it has it.

    `stage` is the column of the stage beside what it sorts by; with `has_walk` an index has this order in each stage.
    """

    sort: str
    label: Any
    icon: str
    order: Order
    value_of: Callable[["Card"], Any]
    stage: str = "stage_id"
    has_walk: bool = False

    @property
    def by(self) -> tuple[Any, ...]:
        """Expressions for `order_by`; cards without a value come last."""
        value, tie = F(self.order.column), F(self.order.tie)
        if self.order.descending:
            return value.desc(nulls_last=True), tie.desc()
        return value.asc(nulls_last=True), tie.asc()

    def key(self, card: "Card") -> str:
        """What a card's place is told by in the page; compared as text."""
        value, tie = self.value_of(card), MOST - card.pk if self.order.descending else card.pk
        if isinstance(value, str):
            return value
        return f"{'~' if value is None else text_of(value, self.order.descending)}{tie:020}"

    def cursor(self, card: "Card") -> str:
        """The place behind a card, as it stands in an address."""
        return Cursor(self.value_of(card), card.pk, 0).dumps(self.order)


def text_of(value: Any, descending: bool) -> str:
    """A value as text of one length that sorts as the value does."""
    if isinstance(value, dt.datetime):
        return f"{value:%Y%m%d%H%M%S%f}"
    if isinstance(value, dt.date):
        return f"{value:%Y%m%d}"
    return f"{LARGEST - value if descending else value:020}"


def idle_since(card: "Card") -> dt.datetime:
    """As the pulse has it."""
    return max(card.stage_since, card.last_activity_at or card.stage_since)


IDLE = Order("pulse__idle_since", tie="pulse__record_id", empty=Order.NEVER, field=models.DateTimeField())
of_list = DealListing.by_name
BY_HAND = CardOrder(
    "", _("Own order"), "bars-3", Order("rank", empty=Order.NEVER), lambda card: card.rank, has_walk=True
)
BY_VALUE = CardOrder("-value", _("Value"), "banknotes", of_list["value"].order(True), lambda card: card.value)
BY_AGE = CardOrder("created_at", _("Age"), "cake", of_list["created_at"].order(False), lambda card: card.created_at)
BY_CLOSE = CardOrder(
    "expected_close",
    of_list["expected_close"].lazy_label,
    "flag",
    of_list["expected_close"].order(False),
    lambda card: card.expected_close,
)
BY_STEP = CardOrder(
    DealStep.kind,
    _("Next step"),
    "calendar",
    of_list[DealStep.kind].order(False),
    lambda card: card.next_activity_at,
    "pulse__stage_id",
    has_walk=True,
)
BY_IDLE = CardOrder("idle", _("Longest idle"), "fire", IDLE, idle_since, "pulse__stage_id")
ORDERS = (BY_HAND, BY_VALUE, BY_AGE, BY_CLOSE, BY_STEP, BY_IDLE)
