"""What every column of a list has: how its cells are read and shown, what it is sorted and filtered by."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from html import escape
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from workspaces.models import Membership, Rates

from .filters import PRESENCE, ColumnFilter, PresenceFilter
from .look import Look
from .paging import Order
from .relations import Ready


class Column:
    """A column of a list; each kind of value has its own.

    `sort` names the stored column that the list can be sorted by; it needs an index `(workspace, column, id)`.
    `field` is the path of the value where it is not `name`. `keep` shows it on the phone's card, `wide` only where
    there is room, `optional` only when the reader asks for it. `width`: "w-s", "w-m", "w-l". `fact` is the one of the
    record's page that is edited in its cells, where that is not `name`.
    """

    kind: ClassVar[str]
    #: CSS class of the cells, and width of the column, that go with the kind
    css: ClassVar[str] = ""
    width: str = ""
    #: what the stored column holds where there is no value
    empty: ClassVar[Any] = None
    #: what comes first when sorted upwards and downwards, and whether a click sorts downwards first
    ends: ClassVar[tuple[Any, Any]] = ("A–Z", "Z–A")
    largest_first: ClassVar[bool] = False
    #: how the filter by presence calls rows without a value and rows with any
    presence_words: ClassVar[Mapping[str, Any]] = PRESENCE
    #: many rows have the same value
    few: ClassVar[bool] = False
    #: the last column of the index that serves the order
    tie: ClassVar[str] = "pk"

    def __init__(
        self,
        name: str,
        label: Any = None,
        *,
        field: str = "",
        sort: str = "",
        filter: bool = True,
        optional: bool = False,
        keep: bool = False,
        wide: bool = False,
        width: str | None = None,
        exportable: bool = True,
        fact: str = "",
    ):
        self.name, self.field, self.sort, self._label = name, field or name, sort, label
        self.filterable, self.optional, self.keep, self.wide = filter, optional, keep, wide
        self.exportable, self.fact = exportable, fact or name
        if width is not None:
            self.width = width
        self.read: Callable[[Any], Any] = attrgetter(self.field.replace("__", "."))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    def icons(self) -> tuple[str, ...]:
        """Icons that its cells `<use>`."""
        return ()

    def bind(self, model: type[models.Model]) -> None:
        """Say whose column it is; a listing does it once."""
        self.model = model

    @cached_property
    def extra(self) -> Mapping[str, Any]:
        """What the statement for the rows reads from other tables: attribute of the row -> path or expression."""
        return {}

    @cached_property
    def model_field(self) -> Any:
        """The field at the end of the path."""
        return field_at(self.model, self.field)

    @property
    def label(self) -> str:
        return capfirst(str(self._label or self.model_field.verbose_name))

    @property
    def lazy_label(self) -> Any:
        """The label, translated when it is shown; for what is built once and for all."""
        return lazy(lambda: self.label, str)()

    @cached_property
    def may_be_empty(self) -> bool:
        return self.model_field.null or (self.empty == "" and self.model_field.blank)

    @cached_property
    def classes(self) -> str:
        """CSS classes of its cells."""
        return " ".join(css for css in (self.css, "keep" * self.keep, "wide" * self.wide) if css)

    # --- values -------------------------------------------------------------------------------------------------------
    def value(self, row: Any) -> Any:
        """What the row has in this column."""
        return self.read(row)

    def text(self, row: Any, look: Look) -> str:
        """The value as people read it; "" for none."""
        raise NotImplementedError

    def html(self, row: Any, look: Look) -> str:
        """What stands in the cell, escaped."""
        return escape(self.text(row, look))

    def conceal(self, rows: Sequence[Any], membership: Membership) -> None:
        """Take from rows that were read what the cells must not say to the member: names of records that it does not
        see."""

    def sums(self, rows: models.QuerySet) -> list[tuple[int, str]]:
        """(minor units, currency) that its amounts in the rows add up to, largest first, where the count of the rows
        does not add them up along with it (see `count`)."""
        return []

    def total(
        self, sums: list[tuple[int, str]], parts: Mapping[str, Mapping[str, int]], rates: Rates, look: Look
    ) -> str:
        """What stands below its cells, in lines: the sums in words, of several currencies first together. `parts` are
        those of a column of money, by currency."""
        said = rates.words({currency: amount for amount, currency in sums}, look.money)
        return "\n".join(said.lines)

    def export(self, row: Any) -> str:
        """The value as a file holds it, in every language the same: ISO dates, amounts with a point."""
        value = self.value(row)
        return "" if value is None else str(value)

    # --- order and filters --------------------------------------------------------------------------------------------
    def order(self, descending: bool) -> Order:
        """The order of the list by this column."""
        target = field_at(self.model, self.sort)
        return Order(
            self.sort,
            descending,
            tie=self.tie,
            empty=self.empty if self.may_be_empty else Order.NEVER,
            field=target if isinstance(target, models.DateField) else None,
        )

    @property
    def groups_by(self) -> str:
        """The stored column by which rows stand in groups of equal values; "" where there are too many, or no index."""
        return self.sort if self.few else ""

    def group_order(self) -> Order:
        """The order that has the rows of each group together."""
        return self.order(descending=False)

    def sort_label(self, descending: bool) -> str:
        """The order in words, for menus."""
        first, last = self.ends
        return f"{self.label}: {last if descending else first}"

    def filters(self) -> dict[str, ColumnFilter]:
        """Its filters by parameter."""
        return self.own_filters() | self.presence() if self.filterable else {}

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {}

    def conditions(self) -> dict[str, ColumnFilter]:
        """All that the filter builder can ask of it: its filters, and what would make their panel too long."""
        return self.filters() | self.further_filters() if self.filterable else {}

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}

    def ready(self) -> list[Ready]:
        """Conditions that the builder offers ready made."""
        return []

    def presence(self) -> dict[str, ColumnFilter]:
        if not self.may_be_empty:
            return {}
        label = gettext_lazy("With or without a value")
        path, words = self.sort or self.field, self.presence_words
        return {f"{self.name}_is": PresenceFilter(path, empty=self.empty, names=words, label=label)}


def field_at(model: Any, path: str) -> Any:
    """The model field at the end of a path such as "pulse__next_activity_at"."""
    *relations, last = path.split("__")
    for name in relations:
        model = model._meta.get_field(name).related_model
    return model._meta.get_field(last)
