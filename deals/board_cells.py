"""What a board is divided into: columns, lanes across them, and the cells where they meet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formats import percent
from workspaces.models import Membership

from .models import Stage
from .sums import Totals

#: the key of the column of what has no owner, or no date
NONE = "none"
#: between the key of a column and that of a lane
BETWEEN = "-"
#: cards of a column at first, more than are in sight; the least of each, and of all together where it is more than that
FIRST_CARDS, LEAST_CARDS, MOST_CARDS = 16, 2, 160
#: so many columns are in sight at first, where there are many
IN_SIGHT = 6


@dataclass
class Column(Totals):
    """A column with what is in it. Its `key` tells it in addresses and ids; `value` is what the grouping's field of a
    card becomes that is dropped there, None where there is no such value: nothing is made late."""

    key: str
    name: Any
    condition: Q
    value: str | None
    stage: Stage | None = None
    owner: Membership | None = None
    is_folded: bool = False
    cells: "list[Cell]" = field(default_factory=list)
    #: the board with it folded or unfolded; what a deal has that is begun in it, "" where none is
    fold_url: str = ""
    add_query: str = ""

    # Words with a name in them cost a template ten times what they cost here, and there may be forty columns.
    @property
    def fold_label(self) -> str:
        return (_("Unfold %(column)s") if self.is_folded else _("Fold %(column)s")) % {"column": self.name}

    @property
    def add_label(self) -> str:
        return _("New deal in %(stage)s") % {"stage": self.name}

    @property
    def weighted_label(self) -> str:
        return _("Weighted: %(weighted)s") % {"weighted": self.weighted_amount.first}

    @property
    def chance(self) -> str:
        """The win chance of its deals, where they all have the same."""
        return percent(self.stage.win_chance) if self.stage else ""

    @property
    def limit(self) -> int | None:
        """The most cards that it should hold."""
        return self.stage.card_limit if self.stage else None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.count > self.limit


@dataclass
class Cell(Totals):
    """The cards of a column, or those of one `lane` in it."""

    key: str
    condition: Q
    lane: "Lane | None" = None
    #: who is told of a card that is dropped in it, with 0 for its id
    drop_url: str = ""
    cards: str = ""


class Lane(NamedTuple):
    """The deals of an owner across all columns; `key` is the owner's id, or NONE."""

    key: str
    owner: Membership | None

    @property
    def name(self) -> Any:
        return self.owner.name if self.owner else gettext_lazy("Without owner")

    @property
    def value(self) -> str:
        """What the owner of a card becomes that is dropped there."""
        return str(self.owner.pk) if self.owner else ""

    @property
    def condition(self) -> Q:
        return Q(owner=self.owner and self.owner.pk)


def cell_key(column: str, lane: str) -> str:
    """The key of that part of a column which is one owner's."""
    return f"{column}{BETWEEN}{lane}"


def sizes_of(columns: Sequence[Column], current: Column | None) -> dict[str, int]:
    """How many cards of each cell (its key) stand there at first; those behind them come when they come into sight.

    Of many columns the first ones, and the `current` one of phones, have as many as of few; lanes share evenly.
    """
    cells = [cell.key for column in columns for cell in column.cells]
    even = min(FIRST_CARDS, max(LEAST_CARDS, MOST_CARDS // max(len(cells), 1)))
    if even == FIRST_CARDS or len(cells) > len(columns):
        return dict.fromkeys(cells, even)
    seen = {column.key for place, column in enumerate(columns) if place < IN_SIGHT or column is current}
    few = max(LEAST_CARDS, (MOST_CARDS - FIRST_CARDS * len(seen)) // (len(columns) - len(seen)))
    return {column.key: FIRST_CARDS if column.key in seen else few for column in columns}


def counted(found: Iterable[tuple[str, int]]) -> Counter[str]:
    """How many deals were found of each key."""
    counts: Counter[str] = Counter()
    for key, count in found:
        counts[key] += count
    return counts
