"""The panels of a list, fetched when they are opened: filters, filter builder, and the view with order and columns."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.utils.translation import gettext as _

from .builder import Builder
from .listing import MOST_KEYS

if TYPE_CHECKING:
    from .page import ListPage


class Group(NamedTuple):
    """The controls of one column's filters."""

    label: str
    fields: list[Any]
    is_open: bool


class SortKeyChoice(NamedTuple):
    """A select of the view panel; `options` are (value of `sort`, label, is it in force)."""

    id: str
    label: str
    options: list[tuple[str, str, bool]]


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
        """(name, label, is it shown) of the columns behind the first one: those shown in their order, then the rest."""
        shown = self.page.columns[1:]
        others = [column for column in self.page.listing.columns[1:] if column not in shown]
        return [(c.name, c.label, c in shown) for c in (*shown, *others)]

    @cached_property
    def keys(self) -> list[SortKeyChoice]:
        """A choice for each sort key in force and one for a further one; the first has to be one."""
        sorting = self.page.sorting[:MOST_KEYS]
        chosen = ["-" * descending + column.name for column, descending in sorting]
        labels = [_("Sort by"), *[_("Then by")] * (MOST_KEYS - 1)]
        wanted = [*chosen, ""][:MOST_KEYS]
        return [
            SortKeyChoice(f"list-sort{place or ''}", labels[place], self._options(word, may_be_none=place > 0))
            for place, word in enumerate(wanted)
        ]

    def _options(self, current: str, *, may_be_none: bool) -> list[tuple[str, str, bool]]:
        none = [("", _("Nothing else"), not current)] if may_be_none else []
        return none + [
            (word, column.sort_label(descending), word == current)
            for column in self.page.listing.columns
            if column.sort
            for descending in (column.largest_first, not column.largest_first)
            for word in ["-" * descending + column.name]
        ]

    @cached_property
    def groups(self) -> list[tuple[str, str, bool]]:
        """(value of `by`, label, is it in force)."""
        now = self.page.group
        return [(c.name, c.label, c is now) for c in self.page.listing.columns if c.groups_by]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return self.page.address.hidden(["columns", "sort", "by"])


PANELS: dict[str, type[Panel]] = {panel.name: panel for panel in (FilterPanel, WherePanel, ViewPanel)}
