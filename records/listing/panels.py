"""The panels of a list, fetched when they are opened: filters, filter builder, and the view with order and columns."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from .builder import Builder

if TYPE_CHECKING:
    from .page import ListPage


class Group(NamedTuple):
    """The controls of one column's filters."""

    label: str
    fields: list[Any]
    is_open: bool


class Panel:
    """`hidden` are the parameters of the list that its form carries along."""

    name: ClassVar[str]
    template: ClassVar[str]

    def __init__(self, page: "ListPage"):
        self.page = page


class FilterPanel(Panel):
    name = "filters"
    template = "records/list_panel_filters.html"

    @cached_property
    def groups(self) -> list[Group]:
        filters = self.page.filters
        groups = []
        for column, names in filters.parameters.items():
            fields = [filters.form[name] for name in names]
            groups.append(Group(column.label, fields, self._is_open(names, fields)))
        return groups

    def _is_open(self, names: Iterable[str], fields: list[Any]) -> bool:
        """Wrong filters stand open, else those in use."""
        if self.page.filters.is_wrong:
            return any(field.errors for field in fields)
        return any(name in self.page.filters.active for name in names)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        filters = self.page.filters
        return self.page.address.hidden(filters.parameters_of(*filters.parameters))


class WherePanel(Panel):
    """The filter builder."""

    name = "where"
    template = "records/list_panel_where.html"

    @cached_property
    def builder(self) -> Builder:
        return Builder.opened(self.page.filters.where, self.page.builder_url, self.page.address.query(["where"]))

    @property
    def list_url(self) -> str:
        """The list without the builder."""
        return self.page.address.link()


class ViewPanel(Panel):
    name = "view"
    template = "records/list_panel_view.html"

    @cached_property
    def columns(self) -> list[tuple[str, str, bool]]:
        """(name, label, is it shown) of the columns behind the first one."""
        return [(c.name, c.label, c in self.page.columns) for c in self.page.listing.columns[1:]]

    @cached_property
    def orders(self) -> list[tuple[str, str, bool]]:
        """(value of `sort`, label, is it in force)."""
        current = self.page.sorted_by, self.page.descending
        return [
            ("-" * descending + column.name, column.sort_label(descending), (column, descending) == current)
            for column in self.page.listing.columns
            if column.sort
            for descending in (column.largest_first, not column.largest_first)
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return self.page.address.hidden(["columns", "sort"])


PANELS: dict[str, type[Panel]] = {panel.name: panel for panel in (FilterPanel, WherePanel, ViewPanel)}
