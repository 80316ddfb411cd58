"""The links of a board: to other pipelines, columns, orders and moments, and to what is behind the last card."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core import past
from records.saved.opened import PLAIN_QUERY

from .board_cells import BETWEEN, Column, Lane
from .board_columns import GROUPINGS, ByOwner, ByStage
from .board_setting import BoardSetting
from .faces import Face, faces_of
from .models import Pipeline

#: says how a board is divided, which another division knows nothing of
DIVIDED = ("sort", "folded", "column", "stage")


class Way(NamedTuple):
    """A choice in a menu of the board."""

    label: Any
    icon: str
    url: str
    is_on: bool


class BoardWays(BoardSetting):
    """A board with its links."""

    @cached_property
    def pipeline_links(self) -> list[tuple[Pipeline, str]]:
        links = [self.address.link(["stage", "folded"], pipeline=str(pipeline.pk)) for pipeline in self.pipelines]
        return list(zip(self.pipelines, links, strict=True))

    @cached_property
    def faces(self) -> list[Face]:
        return faces_of(self)  # type: ignore[arg-type]

    @property
    def opens_with(self) -> str:
        """The address of the view that its pipeline opens with; "" where the address says more than which pipeline, or
        a view of the reader's own is in force."""
        is_said = self.saved.view or any(value for name, value in self.address.pairs if name != "pipeline")
        wanted = "" if is_said or not self.pipeline else self.pipeline.opens_with.lstrip("?")
        of_pipeline = urlencode({"pipeline": self.pipeline.pk}) if self.pipeline else ""
        return f"{self.path}?{of_pipeline}&{wanted}" if wanted else ""

    @property
    def leads_to(self) -> str:
        return super().leads_to or self.opens_with

    def _without(self, parameters: Iterable[str]) -> str:
        return self.linked(parameters)

    # --- the menus ----------------------------------------------------------------------------------------------------
    @property
    def groupings(self) -> list[Way]:
        """What its columns can be."""
        return [
            Way(kind.label, kind.icon, self.grouped_by(kind.name), isinstance(self.grouping, kind))
            for kind in GROUPINGS.values()
        ]

    def grouped_by(self, name: str) -> str:
        without = [*DIVIDED, "by"] + ["lanes"] * (name == ByOwner.name)
        return self.linked(without) if name == ByStage.name else self.linked(without, by=name)

    @property
    def order_ways(self) -> list[Way]:
        """In which orders its cards can stand."""
        return [
            Way(
                order.label,
                order.icon,
                self.linked(["sort"], **({"sort": order.sort} if order is not self.grouping.first_order else {})),
                order is self.cards_order,
            )
            for order in self.orders
        ]

    @property
    def lanes_way(self) -> Way | None:
        """With lanes of owners, or without; None where the columns are owners."""
        if isinstance(self.grouping, ByOwner):
            return None
        url = self.linked(["lanes"]) if self.has_lanes else self.linked([], lanes="owner")
        return Way(_("Lanes of owners"), "bars-4", url, self.has_lanes)

    def linked(self, without: Iterable[str], **wanted: str) -> str:
        """The board with other choices; without any it is the plain one, whatever else would open first."""
        query = self.address.query(without, **wanted)
        is_plain = not wanted and not self.address.query([*without, "pipeline"])
        return f"?{'&'.join(part for part in (query, PLAIN_QUERY * is_plain) if part)}"

    # --- of a column --------------------------------------------------------------------------------------------------
    def fold_url(self, column: Column) -> str:
        """The board with the column folded, or unfolded again."""
        keys = [key for key in self.folded if key != column.key] + [column.key] * (not column.is_folded)
        return self.linked([], folded=",".join(keys)) if keys else self.linked(["folded"])

    def column_url(self, column: Column) -> str:
        """What a phone shows of the board."""
        return self.address.link(**{self.grouping.current: column.key})

    @cached_property
    def quick_url(self) -> str:
        """Where a deal is begun in a column."""
        return reverse("deals:quick")

    @property
    def is_archived(self) -> bool:
        return bool(self.pipeline and self.pipeline.archived_at)

    def add_query(self, column: Column) -> str:
        """What a deal that is begun in the column has already; "" where none is begun."""
        if not self.create_url or column.value is None or not self.stages or self.is_archived:
            return ""
        return urlencode({"stage": self.stages[0].pk, self.grouping.field: column.value})

    def drop_url(self, lane: Lane | None = None) -> str:
        """Who is told of a card that is dropped in a column, or in a lane of it, with 0 for its id."""
        if self.is_by_stage and lane is None:
            return reverse("deals:stage", args=[0])
        of_lane = f"?{urlencode({'owner': lane.value})}" if lane else ""
        return reverse("deals:column", args=[0]) + of_lane

    @property
    def menu_way(self) -> str:
        """The menu of a card, seen from the address of its deal: where on this board it could stand."""
        if self.is_by_stage and not self.has_lanes:
            return "stage/"
        return f"column/?by={self.grouping.name}" + "&amp;lanes=owner" * self.has_lanes

    def rest(self, key: str, place: str, cursor: str) -> str:
        """The link to the cards of a cell behind a place; a column follows it when it comes into sight."""
        link = self.address.link(**{self.grouping.current: key, "after": cursor})
        url = f"{self.path}{link}".replace("&", "&amp;")
        when = "" if BETWEEN in key else ' hx-trigger="intersect once"'
        return (
            f'<li class="rest" data-order="{place} "><a class="btn" href="{url}"'
            f' hx-get="{url}"{when} hx-target="closest li" hx-swap="outerHTML">'
            f"{_('Show more')}</a></li>"
        )

    # --- then and now -------------------------------------------------------------------------------------------------
    @property
    def compare_url(self) -> str:
        """The board of a moment with what became of its deals, or without; "" on that of now."""
        if not past.moment() or not self.pipeline:
            return ""
        is_compared = self.params.get("compare")
        return self.address.link(["compare"]) if is_compared else self.address.link(compare="now")

    def live_url_since(self, word: str) -> str:
        return f"{self.path}{self.address.link(v=word)}"
