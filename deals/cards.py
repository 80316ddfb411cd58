"""Deals as the cards of a board: read in one go for all columns, and written as HTML without a template each."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, QuerySet, When, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from core import past
from core.money import format_money
from core.templatetags.ui import avatar, icon_use
from organizations.models import Organization
from records.listing import Column, Look
from records.listing.paging import Cursor, Order, walk
from records.models import Seen
from workspaces.models import Membership

from .listing import DealListing, DealStep
from .models import Deal, DealQuerySet, Stage

#: cards of a column at first, and more with each look below them
CARDS = 25
#: an icon beside those of the marks
MENU = "ellipsis-horizontal"


class Card(NamedTuple):
    """What a card shows, in the order of PATHS; `idle_after` is the stage's, in days, `further` a row with what the
    columns that the workspace has added read."""

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
    organization: str | None
    organization_gone: dt.datetime | None
    owner: str | None
    next_activity_at: dt.datetime | None
    last_activity_at: dt.datetime | None
    idle_after: int | None
    further: Any = None


PATHS = (
    *("pk", "name", "value", "currency", "status", "stage_since", "version", "owner_id", "stage_id", "rank"),
    *("organization__name", "organization__deleted_at", "owner__name"),
    *("pulse__next_activity_at", "pulse__last_activity_at"),
)


STAGE = PATHS.index("stage_id")


def paths_for(membership: Membership) -> tuple[Any, ...]:
    """PATHS without the names of organizations that the member does not see."""
    sight, name = Organization.sight(membership), F("organization__name")
    shown = "organization__name" if sight.is_whole else Case(When(Seen(sight, of=name), then=name))
    return tuple(shown if path == "organization__name" else path for path in PATHS)


class CardOrder(NamedTuple):
    """In which order cards stand: as people put them (`rank`), or by when something is to be done."""

    order: Order
    by: tuple[Any, ...]
    #: the column of the stage in the index that has this order
    stage: str

    def key(self, card: Card) -> str:
        """What a card's place is told by in the page; compared as text."""
        if self.order is RANK.order:
            return card.rank
        return f"{card.next_activity_at:%Y%m%d%H%M%S%f}{card.pk:020}" if card.next_activity_at else f"~{card.pk:020}"

    def cursor(self, card: Card) -> str:
        """The place behind a card, as it stands in an address."""
        value = card.rank if self.order is RANK.order else card.next_activity_at
        return Cursor(value, card.pk, 0).dumps(self.order)


RANK = CardOrder(Order("rank", empty=Order.NEVER), ("rank", "pk"), "stage_id")
NEXT_STEP = CardOrder(
    DealListing.by_name[DealStep.kind].order(False),
    (F("pulse__next_activity_at").asc(nulls_last=True), F("pulse__record_id").asc()),
    "pulse__stage_id",
)


class Reader:
    """Reads the cards of some stages, in an order."""

    def __init__(
        self,
        rows: DealQuerySet,
        stages: Sequence[Stage],
        order: CardOrder,
        membership: Membership,
        further: Sequence[Column] = (),
    ):
        self.rows, self.stages, self.order = rows.order_by(), stages, order
        self.paths, self.membership, self.further = paths_for(membership), membership, further
        self.extra = {name: value for column in further for name, value in column.extra.items()}
        self.idle = {stage.pk: stage.idle_days for stage in stages}

    def _made(self, rows: Iterable[Sequence[Any]]) -> list[Card]:
        end, read = len(PATHS), list(rows)
        further = [SimpleNamespace(**dict(zip(self.extra, row[end:], strict=False))) for row in read]
        for column in self.further:
            column.conceal(further, self.membership)
        return [Card._make((*row[:end], self.idle[row[STAGE]], more)) for row, more in zip(read, further, strict=True)]

    def _shown(self, rows: QuerySet) -> QuerySet:
        """The rows with what cards show of them."""
        return rows.annotate(**self.extra).values_list(*self.paths, *self.extra)

    def first(self) -> list[Card]:
        """The first cards of each stage and one more, by one walk down the index of each.

        Which ones is settled before anything is joined to them, else all of a column were joined to be sorted.
        """
        if past.moment():
            return self._first_then()
        in_stage = {self.order.stage: RawSQL("board.stage_id", ())}
        inner = self.rows.filter(**in_stage).order_by(*self.order.by).values("pk")
        outer = self._shown(Deal.objects.filter(pk=RawSQL("place.id", ())))
        try:
            (places, inside), (cards, around) = (rows.query.sql_with_params() for rows in (inner[: CARDS + 1], outer))
        except EmptyResultSet:  # Django sees without asking that there are none
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT card.* FROM unnest(%s::bigint[]) WITH ORDINALITY AS board (stage_id, number)"
                " CROSS JOIN LATERAL (SELECT id, row_number() OVER () AS number"
                f" FROM ({places}) AS found (id)) AS place"
                f" CROSS JOIN LATERAL ({cards}) AS card ORDER BY board.number, place.number",
                [[stage.pk for stage in self.stages], *inside, *around],
            )
            return self._made(cursor.fetchall())

    def _first_then(self) -> list[Card]:
        """The same as of a moment, by one look at all cards: no index leads down a column of the past."""
        place = Window(RowNumber(), partition_by=F("stage_id"), order_by=list(self.order.by))
        first = self.rows.filter(stage__in=self.stages).annotate(place=place).filter(place__lte=CARDS + 1)
        ids = list(first.order_by("place").values_list("pk", flat=True))
        cards = {card.pk: card for card in self._made(self._shown(Deal.objects.filter(pk__in=ids)))}
        return [cards[pk] for pk in ids]

    def behind(self, stage: Stage, cursor: str) -> list[Card]:
        """The same of one stage, from a place on."""
        order = self.order.order
        rows = self._shown(self.rows.filter(stage_id=stage.pk))
        return self._made(walk(rows, order, Cursor.loads(cursor, order), CARDS + 1))

    def these(self, ids: Sequence[int]) -> list[Card]:
        """Those of the deals that stand on the board, in no order."""
        stages = self.rows.filter(pk__in=ids, stage__in=[stage.pk for stage in self.stages])
        return self._made(self._shown(stages))


class Writer:
    """Writes cards as one reader sees them; `note` says of one what became of it."""

    def __init__(
        self,
        look: Look,
        order: CardOrder,
        note: Callable[[int], str] | None = None,
        further: Sequence[Column] = (),
    ):
        self.further = further
        self.look, self.order, self.step, self.note = look, order, DealStep(), note
        self.menu, self.owner = icon_use(MENU), _("Owner")
        self.move = escape(_("Move %(name)s")).replace("%(name)s", "{}")

    def html(self, card: Card) -> str:
        """The `<li>`; who may not change the deal can neither drag it nor open its menu."""
        name, url = escape(card.name), self.look.url("deals", card.pk)
        mark, words = self.step.mark(card, self.look)
        drag = menu = ""
        if self.look.lets_change(card):
            drag = f' data-version="{card.version}" draggable="true"'
            menu = (
                f'<a class="more" id="more-{card.pk}" href="{url}stage/" hx-get="{url}stage/" hx-target="#dialog-slot"'
                f' draggable="false" aria-label="{self.move.format(name)}">{self.menu}</a>'
            )
        value = "" if card.value is None else format_money(card.value, card.currency, self.look.language, 0)
        organization = "" if card.organization_gone else escape(card.organization or "")
        said = self.note(card.pk) if self.note else ""
        note = f'<p class="became">{escape(said)}</p>' if said else ""
        who = face(card.owner, card.owner_id, self.owner) if card.owner else ""
        return (
            f'<li class="card{" rotting" if mark == "rot" else ""}" id="deal-{card.pk}"'
            f' data-id="{card.pk}" data-order="{self.order.key(card)}"{drag}>'
            f'<a class="t" id="name-{card.pk}" href="{url}" draggable="false">{name}</a>{menu}'
            f'<p class="o">{organization}</p>{self.more(card)}<p class="f"><span class="num v">{value}</span>'
            f'<span class="st {mark}">{icon_use(DealStep.MARKS[mark])}{escape(words)}</span>{who}</p>{note}</li>'
        )

    def more(self, card: Card) -> str:
        """A line for each further column that has something to say."""
        texts = ((column.label, column.text(card.further, self.look)) for column in self.further)
        return "".join(f'<p class="o">{escape(label)}: {escape(text)}</p>' for label, text in texts if text)


@lru_cache(maxsize=1000)
def face(name: str, id: int, label: str) -> str:
    """The same few members stand on all cards."""
    return avatar(name=name, id=id, size="xs", label=label)
