"""The board: the open deals of a pipeline in columns, filtered like their list."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple
from zlib import crc32

from django.db.models import BigIntegerField, Count, F, Q, Sum, Value
from django.http import Http404
from django.utils.safestring import SafeString, mark_safe

from core import past
from core.numbers import number
from core.templatetags.ui import icon_symbols
from records.custom.columns import OfField
from records.listing import Column as ListColumn

from .board_cells import BETWEEN, NONE, Cell, Column, Lane, cell_key, counted, sizes_of
from .board_columns import ByOwner, key_of, lanes
from .board_ways import BoardWays
from .card_reader import Reader
from .cards import MENU, PLACED, Card, Writer
from .comparison import Comparison, compare
from .listing import DealListing, DealStep
from .models import DealPulse, Stir
from .numbers import Numbers
from .sums import Totals

#: cards with each look below those of a column
CARDS = 25


class Figure(NamedTuple):
    """What some alike deals come to: those of one column, owner (unless nobody asks for lanes), stage, chance by hand
    and currency."""

    column: Any
    owner: int | None
    stage: int
    chance: int | None
    currency: str
    deals: int
    minor: Any
    late: int


class Board(BoardWays):
    """What one reader sees of a board: `{{ list.columns_shown }}`, worked out when the template asks for it."""

    @cached_property
    def written_ids(self) -> list[int]:
        """Ids of the cards that were written."""
        return []

    # --- columns ------------------------------------------------------------------------------------------------------
    @cached_property
    def figures(self) -> list[Figure]:
        """What all columns come to, in one statement."""
        if not self.stages:
            return []
        rows: Any = self.open_rows.filter(stage__in=[stage.pk for stage in self.stages]).order_by()
        lane = F("owner_id") if self.has_lanes else Value(None, output_field=BigIntegerField())
        rows = rows.annotate(in_column=self.grouping.value, in_lane=lane)
        alike = rows.values_list("in_column", "in_lane", "stage_id", "probability", "currency")
        return [Figure(*row) for row in alike.annotate(n=Count("pk"), sum=Sum("value"), late=self._late)]

    @property
    def _late(self) -> Any:
        """How many are late, which nobody asks of the past: there it would have to be worked out deal by deal."""
        if past.moment():
            return Value(0)
        return Count(
            "pk", filter=Q(pk__in=DealPulse.objects.filter(next_activity_at__lt=self.look.now).values("record"))
        )

    @cached_property
    def lanes(self) -> list[Lane]:
        return lanes(counted((key_of(one.owner), one.deals) for one in self.figures)) if self.has_lanes else []

    @property
    def columns_shown(self) -> list[Column]:
        return self.divided[0]

    @property
    def everything(self) -> Totals:
        """What all of it comes to."""
        return self.divided[1]

    @cached_property
    def divided(self) -> tuple[list[Column], Totals]:
        """The columns with their figures and the cells that their cards go into; and all of them together."""
        key, everything = self.grouping.key, Totals(sums=self.amounts)
        columns = self.grouping.columns(counted((key(one.column), one.deals) for one in self.figures))
        for column in columns:
            column.is_folded = column.key in self.folded
            column.cells = self.cells_of(column)
            column.fold_url, column.add_query = self.fold_url(column), self.add_query(column)
        # A column that is its only cell has the figures of both.
        by_key: dict[str, Totals] = {cell.key: cell for column in columns for cell in column.cells}
        by_key |= {column.key: column for column in columns}
        chances = {stage.pk: stage.win_chance for stage in self.stages}
        for one in self.figures:
            chance = chances[one.stage] if one.chance is None else one.chance
            in_column = key(one.column)
            parts: list[Any] = [everything, by_key.get(in_column)]
            if self.has_lanes:
                parts.append(by_key.get(cell_key(in_column, key_of(one.owner))))
            for part in parts:
                if part:
                    part.add(one.currency, chance, one.deals, one.minor, one.late)
        return columns, everything

    def cells_of(self, column: Column) -> list[Cell]:
        if not self.has_lanes:
            return [Cell(sums=self.amounts, key=column.key, condition=column.condition, drop_url=self.drop_url())]
        return [
            Cell(
                sums=self.amounts,
                key=cell_key(column.key, lane.key),
                condition=column.condition & lane.condition,
                lane=lane,
                drop_url=self.drop_url(lane),
            )
            for lane in self.lanes
        ]

    @cached_property
    def current(self) -> Column | None:
        """The column that a phone shows."""
        wanted = {value.partition(BETWEEN)[0] for value in self.params.getlist(self.grouping.current)}
        asked = [column for column in self.columns_shown if column.key in wanted]
        return next(iter([*asked, *(column for column in self.columns_shown if column.value is not None)]), None)

    @cached_property
    def tabs(self) -> list[tuple[Column, str, bool]]:
        """(column, its address, is it shown) for the phone."""
        return [(column, self.column_url(column), column is self.current) for column in self.columns_shown]

    # --- cards --------------------------------------------------------------------------------------------------------
    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many cards of each cell stand there at first."""
        shown = [column for column in self.columns_shown if not column.is_folded]
        return sizes_of(shown, self.current)

    @property
    def left_out(self) -> int:
        """How many owners have no room, as columns or as lanes."""
        if isinstance(self.grouping, ByOwner):
            return len({key_of(one.column) for one in self.figures} - {one.key for one in self.columns_shown})
        return len({one.owner for one in self.figures}) - len(self.lanes) if self.has_lanes else 0

    @property
    def shape(self) -> str:
        """Which columns and lanes it has, in a word, where they come and go with the deals; "" where they never do."""
        if not self.has_lanes and not isinstance(self.grouping, ByOwner):
            return ""
        keys = ",".join(cell.key for column in self.columns_shown for cell in column.cells)
        return f"{crc32(keys.encode()):x}"

    @cached_property
    def reader(self) -> Reader:
        return Reader(
            *(self.open_rows, self.grouping, self.cards_order, self.membership),
            further=self.further,
            has_lanes=self.has_lanes,
            sizes=self.sizes,
        )

    @cached_property
    def further(self) -> list[ListColumn]:
        """The columns of the list that cards show besides: those of the pipeline, else what admins have marked."""
        chosen = self.pipeline.card_fields if self.pipeline else []
        known = DealListing.of(self.request.workspace).by_name
        if chosen:
            return [known[name] for name in chosen if name in known and name not in PLACED]
        return [column for column in known.values() if isinstance(column, OfField) and column.of.on_card]

    @cached_property
    def writer(self) -> Writer:
        return Writer(
            look=self.look,
            order=self.cards_order,
            way=self.menu_way,
            drags=self.drags,
            note=self.comparison.note if self.comparison else None,
            stages={} if self.is_by_stage else {stage.pk: stage.name for stage in self.stages},
            further=self.further,
            placed=(self.pipeline.card_fields if self.pipeline else ()) or PLACED,
        )

    def drags(self, card: Card) -> bool:
        """May the reader drag a card? From owner to owner only what one may give away."""
        return not isinstance(self.grouping, ByOwner) or card.owner_id is None or self._gives(card.owner_id)

    def _gives(self, owner: int) -> bool:
        return self.given is None or owner in self.given

    @cached_property
    def given(self) -> list[int] | None:
        """Whose deals the reader may give to others; None for everybody's."""
        return self.membership.reachable_owner_ids(self.membership.scope("deal", "assign"))

    @cached_property
    def lists(self) -> list[Column]:
        """The columns with their cards."""
        by_cell = self.by_cell(self.reader.first() if self.stages else ())
        after = self.params.get("after", "")
        for column in self.columns_shown:
            for cell in column.cells:
                is_left = after and column is self.current and cell.key == (self.asked_key or cell.key)
                cards = self.reader.behind(cell.condition, after, CARDS) if is_left else by_cell.get(cell.key, [])
                cell.cards = self.written(cell.key, cards, CARDS if is_left else self.sizes.get(cell.key, 0))
        return self.columns_shown

    def by_cell(self, cards: Iterable[Card]) -> dict[str, list[Card]]:
        found: dict[str, list[Card]] = {}
        for card in cards:
            key = cell_key(card.column, key_of(card.owner_id)) if self.has_lanes else card.column
            found.setdefault(key, []).append(card)
        return found

    @property
    def asked_key(self) -> str:
        """The key of the cell that the address names."""
        return self.params.get(self.grouping.current, "")

    def more(self) -> SafeString:
        """The cards of the cell that is asked for, behind a place."""
        key, _cell, lane = self.asked_key.partition(BETWEEN)
        column = next((one for one in self.grouping.columns({key: 1}) if one.key == key), None)
        if column is None or (lane and not (number(lane) or lane == NONE)):
            raise Http404
        condition = column.condition & Q(owner=number(lane) or None) if lane else column.condition
        return self.written(self.asked_key, self.reader.behind(condition, self.params.get("after", ""), CARDS), CARDS)

    def written(self, key: str, cards: list[Card], size: int) -> SafeString:
        """Some cards of a cell, and the link to those behind them. It has a place as well, right behind the last card:
        a blank comes before all that the key of another can go on with."""
        html = "".join(map(self.writer.html, cards[:size]))
        self.written_ids += [card.pk for card in cards[:size]]
        if len(cards) > size:
            last = cards[size - 1]
            html += self.rest(key, self.cards_order.key(last), self.cards_order.cursor(last))
        return mark_safe(html)

    def changed(self, ids: list[int]) -> list[str]:
        """Fill the cells with what became of some deals; the ids of the cards that stand nowhere any more."""
        by_cell = self.by_cell(self.reader.these(ids)) if self.stages else {}
        gone = set(ids)
        for column in self.columns_shown:
            for cell in column.cells if not column.is_folded else ():
                cards = by_cell.get(cell.key, [])
                cell.cards = mark_safe("".join(map(self.writer.html, cards)))
                gone -= {card.pk for card in cards}
        return [f"deal-{pk}" for pk in sorted(gone)]

    def touched(self, left: int | None) -> list[Column]:
        """The columns that a move touched: the one of the stage that was `left`, and where cards came. All of them
        where nothing was left, no card came, or columns are not stages."""
        came = {one.key for one in self.columns_shown if any(cell.cards for cell in one.cells)}
        if left is None or not came or not self.is_by_stage:
            return self.columns_shown
        return [one for one in self.columns_shown if one.key in {*came, str(left)}]

    @property
    def symbols(self) -> SafeString:
        return icon_symbols(MENU, *DealStep.MARKS.values())

    @property
    def shown_ids(self) -> list[int]:
        """Ids of the cards that were written so far, but for those that came only to be up to date; and of the deals
        that a comparison named, where it was worked out."""
        compared: Comparison | None = vars(self).get("comparison")
        return list(dict.fromkeys([*self.written_ids, *(compared.named_ids if compared else ())]))

    # --- then and now -------------------------------------------------------------------------------------------------
    @property
    def is_compared(self) -> bool:
        return bool(past.moment() and self.params.get("compare"))

    @cached_property
    def comparison(self) -> Comparison | None:
        if not self.is_compared or not self.pipeline:
            return None
        rows = self.open_rows.filter(pipeline=self.pipeline)
        return compare(rows, lambda: Board(self.request).open_rows.filter(pipeline=self.pipeline), self.pipeline)

    @cached_property
    def numbers(self) -> Numbers | None:
        """How its deals have gone, where somebody asks for it."""
        return Numbers.asked(self)

    @property
    def live_url(self) -> str:
        """Where the page asks what has happened since its columns were read; "" for nothing to follow."""
        return self.live_url_since(Stir.word(self.stages[0].seen)) if self.stages and not past.moment() else ""
