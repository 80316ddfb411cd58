"""Where in its column a deal goes, and the ranks that are free there."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Literal

from core.statements import fetch

End = Literal["top", "bottom"]
Gap = tuple[str | None, str | None]


@dataclass(frozen=True)
class Place:
    """Right below one deal (`after`), or else right above another (`before`), or else at an end of the column.

    Both neighbours may be named, as a hand that drops a card sees both; one that has left meanwhile does not count.
    """

    end: End = "top"
    after: int = 0
    before: int = 0


TOP, BOTTOM = Place("top"), Place("bottom")

#: the open deals of a stage, but for those that are being moved
COLUMN = """
    deals_deal WHERE stage_id = %(stage)s AND status = 'open' AND deleted_at IS NULL
                 AND id <> ALL (%(moving)s::bigint[])"""
#: the rank of a neighbour and that of the deal on its far side; no row when the neighbour is not there
BESIDE = Template(f"""
    SELECT here.rank, (SELECT rank FROM {COLUMN} AND (rank, id) $beyond (here.rank, here.id)
                        ORDER BY rank $order, id $order LIMIT 1)
      FROM (SELECT rank, id FROM {COLUMN} AND id = %(neighbour)s) AS here""")
BELOW, ABOVE = BESIDE.substitute(beyond=">", order="ASC"), BESIDE.substitute(beyond="<", order="DESC")
EDGE = Template(f"SELECT rank FROM {COLUMN} ORDER BY rank $order, id $order LIMIT 1")
STEP = Template(f"SELECT id FROM {COLUMN} AND rank $beyond %(rank)s ORDER BY rank $order, id $order LIMIT 1")
UP, DOWN = STEP.substitute(beyond="<", order="DESC"), STEP.substitute(beyond=">", order="ASC")
NEXT_TO = f"SELECT coalesce(({UP}), 0), coalesce(({DOWN}), 0)"
FIRST, LAST = EDGE.substitute(order="ASC"), EDGE.substitute(order="DESC")


def beside(stage: int, rank: str, *, up: bool) -> Place:
    """One deal further up, or down, than a rank of the stage; at the end already, the end."""
    found = fetch(UP if up else DOWN, {"stage": stage, "moving": [], "rank": rank})
    if not found:
        return TOP if up else BOTTOM
    return Place(before=found[0][0]) if up else Place(after=found[0][0])


def between(stage: int, rank: str) -> Place:
    """The place that a rank of the stage is: between the deals next to it."""
    [(above, below)] = fetch(NEXT_TO, {"stage": stage, "moving": [], "rank": rank})
    return Place(after=above, before=below)


def gap_at(stage: int, place: Place, moving: Sequence[int]) -> Gap:
    """The ranks above and below a place in a stage; None for an open end. One statement but for lost neighbours."""
    known = {"stage": stage, "moving": list(moving)}
    if place.after and (found := fetch(BELOW, known | {"neighbour": place.after})):
        return found[0]
    if place.before and (found := fetch(ABOVE, known | {"neighbour": place.before})):
        return found[0][::-1]
    edge = fetch(FIRST if place.end == "top" else LAST, known)
    rank = edge[0][0] if edge else None
    return (None, rank) if place.end == "top" else (rank, None)
