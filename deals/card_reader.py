"""Reads the cards of a board: all columns in one go, and one column from a place on."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber

from core import past
from organizations.models import Organization
from records.listing import Column as ListColumn
from records.listing.paging import Cursor, walk
from records.models import Seen
from workspaces.models import Membership

from .board_cells import cell_key
from .board_columns import ByStage, Grouping, key_of
from .card_orders import CardOrder
from .cards import PATHS, Card
from .models import Deal, DealQuerySet

#: what the SQL calls the value by which a deal stands in its column
VALUE = "column_value"
STAGE = PATHS.index("stage_id")


def paths_for(membership: Membership) -> tuple[Any, ...]:
    """PATHS without the names of organizations that the member does not see."""
    sight, name = Organization.sight(membership), F("organization__name")
    shown = "organization__name" if sight.is_whole else Case(When(Seen(sight, of=name), then=name))
    return tuple(shown if path == "organization__name" else path for path in PATHS)


def read_by(column: ListColumn) -> dict[str, Any]:
    """What the text of a column of the list reads: attribute of the row -> path or expression."""
    try:
        field = Deal._meta.get_field(column.field)
    except FieldDoesNotExist:
        return dict(column.extra)
    own = {field.attname: field.attname} if field.concrete and not field.many_to_many else {}
    return {**own, **column.extra}


class Reader:
    """Reads the cards that `rows` has in the columns of a grouping, in an order; `further` are columns of the list that
    cards show besides, `sizes` say how many of each cell (its key) stand there at first, none of others."""

    def __init__(
        self,
        rows: DealQuerySet,
        grouping: Grouping,
        order: CardOrder,
        membership: Membership,
        *,
        further: Sequence[ListColumn] = (),
        has_lanes: bool = False,
        sizes: Mapping[str, int],
    ):
        self.rows, self.grouping, self.order, self.sizes = rows.order_by(), grouping, order, sizes
        self.most = max(sizes.values(), default=0) + 1
        self.paths, self.membership, self.further = paths_for(membership), membership, further
        self.has_lanes = has_lanes
        self.stages = [stage.pk for stage in grouping.stages]
        self.idle = {stage.pk: stage.idle_days for stage in grouping.stages}
        read = {name: value for column in further for name, value in read_by(column).items() if name not in PATHS}
        self.extra = {
            name: F(value) if isinstance(value, str) else value for name, value in read.items() if value != name
        }
        self.names = (VALUE, *read)

    @property
    def here(self) -> QuerySet:
        """The deals in the stages of the board."""
        return self.rows.filter(stage__in=self.stages)

    def shown(self, rows: QuerySet) -> QuerySet:
        """The rows with what cards show of them."""
        return rows.annotate(**{VALUE: self.grouping.value}, **self.extra).values_list(*self.paths, *self.names)

    def made(self, rows: Iterable[Sequence[Any]]) -> list[Card]:
        read, end, key = list(rows), len(PATHS), self.grouping.key
        further = self.further_of(read) if self.further else [None] * len(read)
        return [
            Card._make((*row[:end], key(row[end]), self.idle[row[STAGE]], more))
            for row, more in zip(read, further, strict=True)
        ]

    def further_of(self, read: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows as the columns of the list read them, without what the member does not see."""
        rows = [SimpleNamespace(**dict(zip((*PATHS, *self.names), row, strict=False))) for row in read]
        for column in self.further:
            column.conceal(rows, self.membership)
        return rows

    def first(self) -> list[Card]:
        """The first cards of each cell and one more."""
        if isinstance(self.grouping, ByStage) and self.order.has_walk and not self.has_lanes and not past.moment():
            return self._down_the_index([pk for pk in self.stages if str(pk) in self.sizes])
        return self._by_rows()

    def _down_the_index(self, stages: list[int]) -> list[Card]:
        """By one walk down the index of each stage.

        Which cards is settled before anything is joined to them, else all of a column were joined to be sorted.
        """
        in_stage = {self.order.stage: RawSQL("board.stage_id", ())}
        inner = self.rows.filter(**in_stage).order_by(*self.order.by).values("pk")
        outer = self.shown(Deal.objects.filter(pk=RawSQL("place.id", ()))).query.get_compiler(connection=connection)
        try:
            places, inside = inner[: self.most].query.sql_with_params()
            cards, around = outer.as_sql()
        except EmptyResultSet:  # Django sees without asking that there are none
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT card.* FROM unnest(%s::bigint[]) WITH ORDINALITY AS board (stage_id, number)"
                " CROSS JOIN LATERAL (SELECT id, row_number() OVER () AS number"
                f" FROM ({places}) AS found (id)) AS place"
                f" CROSS JOIN LATERAL ({cards}) AS card ORDER BY board.number, place.number",
                [stages, *inside, *around],
            )
            return self.made(outer.apply_converters(cursor.fetchall(), self._converters(outer)))

    @staticmethod
    def _converters(compiler: Any) -> dict[int, Any]:
        """What makes Python's values of the database's, as a query that runs by itself would."""
        return compiler.get_converters([column for column, _sql, _alias in compiler.select[: compiler.col_count]])

    def _by_rows(self) -> list[Card]:
        """By one look at all cards: no index leads down such a column, nor down any of the past."""
        cell = [self.grouping.value, F("owner_id")] if self.has_lanes else [self.grouping.value]
        place = Window(RowNumber(), partition_by=cell, order_by=list(self.order.by))
        # Of a pulse its own stage is asked for as well, else those of closed deals were looked at, or of the past none.
        in_stages = {} if past.moment() else {f"{self.order.stage}__in": self.stages}
        ranked = self.here.filter(**in_stages).annotate(**{VALUE: self.grouping.value}, place=place)
        first = ranked.filter(place__lte=self.most).order_by("place").values_list("pk", VALUE, "owner_id", "place")
        ids = [pk for pk, value, owner, place in first if place <= self.sizes.get(self.cell(value, owner), -1) + 1]
        cards = {card.pk: card for card in self.made(self.shown(Deal.objects.filter(pk__in=ids)))}
        return [cards[pk] for pk in ids]

    def cell(self, value: Any, owner: int | None) -> str:
        """The key of the cell in which such a deal stands."""
        column = self.grouping.key(value)
        return cell_key(column, key_of(owner)) if self.has_lanes else column

    def behind(self, condition: Q, cursor: str, size: int) -> list[Card]:
        """Some cards of one cell, and one more, from a place on."""
        order = self.order.order
        rows = self.shown(self.here.filter(condition))
        return self.made(walk(rows, order, Cursor.loads(cursor, order), size + 1))

    def these(self, ids: Sequence[int]) -> list[Card]:
        """Those of the deals that stand on the board, in no order."""
        return self.made(self.shown(self.here.filter(pk__in=ids)))
