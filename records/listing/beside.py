"""What stands beside the rows on the page of a list."""

from typing import NamedTuple

from .bulk import BulkAction


class Chip(NamedTuple):
    """An active filter; `url` is the list without it."""

    label: str
    words: str
    url: str


class ViewLink(NamedTuple):
    """A quick view of the list; `current` is what stands in aria-current."""

    label: str
    url: str
    current: str


class Bulk(NamedTuple):
    """What can be done with chosen rows: the form that stands by."""

    record: str
    actions: tuple[BulkAction, ...]
    bulk_url: str
    export_url: str

    @property
    def first(self) -> list[BulkAction]:
        """Those that have a button of their own."""
        return [action for action in self.actions if not action.rare]

    @property
    def more(self) -> list[BulkAction]:
        """Those that stand in a menu beside them."""
        return [action for action in self.actions if action.rare]

    @property
    def kept_by(self) -> tuple[str, ...]:
        return self.record, self.bulk_url, self.export_url, *(action.name for action in self.actions)
