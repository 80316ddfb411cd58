"""The heads of a list's columns: by what it is sorted, and the links that sort it otherwise."""

from collections.abc import Sequence
from typing import NamedTuple

from .address import Address
from .column import Column
from .listing import MOST_KEYS


class Heading(NamedTuple):
    """The head of a column. `sort` is its direction, `rank` which of several sort keys it is; `then_url` sorts by it
    among what is equal in the other keys."""

    label: str
    classes: str
    url: str = ""
    then_url: str = ""
    sort: str = ""
    rank: int = 0

    @property
    def aria_sort(self) -> str:
        """Only one head at a time says so."""
        return self.sort if self.rank < 2 else ""


def heading_of(column: Column, sorting: Sequence[tuple[Column, bool]], address: Address) -> Heading:
    """The head of a column in a list that is sorted by some (column, does the largest come first)."""
    classes = f"{column.classes} {column.width}".replace("keep", "").strip()
    if not column.sort:
        return Heading(column.label, classes)
    rank = next((place for place, (key, _descending) in enumerate(sorting, 1) if key is column), 0)
    descending = dict(sorting).get(column)
    word = "-" * (column.largest_first if descending is None else not descending) + column.name
    others = ["-" * down + key.name for key, down in sorting if key is not column]
    # The keys before it stay; one that is a key already turns round in its place.
    place = rank - 1 if rank else MOST_KEYS - 1
    then = [*others[:place], word, *(others[place:] if rank else [])]
    return Heading(
        column.label,
        classes,
        url=address.link(sort=word),
        then_url=address.link(sort=",".join(then)),
        sort="" if descending is None else "descending" if descending else "ascending",
        rank=rank if len(sorting) > 1 else 0,
    )
