"""All filters of a list as one django-filter FilterSet, generated from its columns."""

from typing import TYPE_CHECKING, ClassVar

import django_filters
from django.core.validators import EMPTY_VALUES
from django.db import models
from django.http import QueryDict

from core import past
from workspaces.models import Membership

from .filters import ColumnFilter
from .sole import Sole
from .terms import Terms
from .where import Where

if TYPE_CHECKING:
    from .column import Column
    from .listing import Listing


class ListFilters(django_filters.FilterSet):
    """The filters of a list, built only as far as they are used: those named in the parameters, or `everything`."""

    #: column -> the names of its parameters
    parameters: ClassVar["dict[Column, tuple[str, ...]]"]
    #: parameter -> its column and filter, with those that only the filter builder offers
    conditions: ClassVar["dict[str, tuple[Column, ColumnFilter]]"]
    listing: ClassVar["type[Listing]"]
    #: the parameter with the tree of conditions that the builder makes
    WHERE: ClassVar[str] = "where"

    @classmethod
    def generated(cls, listing: "type[Listing]") -> "type[ListFilters]":
        """The FilterSet of the columns of a listing."""
        by_column = {column: column.filters() for column in listing.columns}
        members = {name: one for filters in by_column.values() for name, one in filters.items()}
        members["parameters"] = {column: tuple(filters) for column, filters in by_column.items() if filters}
        members["listing"] = listing
        members["conditions"] = {
            name: (column, one)
            for column in dict.fromkeys([*listing.columns, *listing.asked])
            for name, one in column.conditions().items()
        }
        return type(f"{listing.__name__}Filters", (cls,), members)

    def __init__(self, params: QueryDict, rows: models.QuerySet, *, membership: Membership, everything: bool = False):
        self.membership = membership
        declared = type(self).base_filters
        given = {name for name, values in params.lists() if any(map(str.strip, values))}
        self.active = {name for name, one in declared.items() if given & {name, *(name + s for s in one.suffixes)}}
        self.where = Where(params.get(self.WHERE, "").strip(), Terms(self.listing, membership))
        if not everything:
            self.base_filters = {name: one for name, one in declared.items() if name in self.active}
        super().__init__(params, rows)

    @classmethod
    def parameters_of(cls, *columns: "Column") -> set[str]:
        """Every parameter that the filters of these columns read."""
        names = (name for column in columns for name in cls.parameters[column])
        return {name + suffix for name in names for suffix in ("", *cls.base_filters[name].suffixes)}

    @classmethod
    def all_parameters(cls) -> set[str]:
        return {cls.WHERE, *cls.parameters_of(*cls.parameters)}

    @property
    def is_used(self) -> bool:
        """Is anything filtered by?"""
        return bool(self.active or self.where)

    @property
    def qs(self) -> models.QuerySet:
        """The rows that pass; none while a value is wrong: a mistyped filter must not widen what a bulk action does."""
        if not self.is_used:
            return self.queryset
        if self.is_wrong or self.where.is_wrong:
            return self.queryset.none()
        rows = self.filter_queryset(self.queryset) if self.active else self.queryset
        return rows.filter(self.where.condition()) if self.where else rows

    @property
    def sole(self) -> Sole | None:
        """What to find the rows by where one condition over another table says which pass, and nothing else does."""
        if past.moment() or not self.is_used or self.is_wrong or self.where.is_wrong:
            return None
        used = [(self.filters[name], self.form.cleaned_data[name]) for name in self.active]
        if self.where:
            leaf = self.where.single
            used.append((leaf.filter, leaf.value) if leaf else (None, None))
        [(one, value), *others] = used
        if others or one is None or value in EMPTY_VALUES or not self.listing.model.sight(self.membership).is_whole:
            return None
        values = one.alone(value)
        return None if values is None else Sole(self, values)

    @property
    def is_wrong(self) -> bool:
        """Does a filter have a value that it can't take?"""
        return bool(self.active) and not self.form.is_valid()

    def words_of(self, column: "Column") -> str:
        """What the column is filtered by, in words; "" when it is not. A wrong value stands as it came."""
        given = [name for name in self.parameters[column] if name in self.active]
        return " ".join(self._words(name) for name in given)

    def _words(self, name: str) -> str:
        if self.is_wrong and name in self.form.errors:
            return ", ".join(self.data.getlist(name))
        value = self.form.cleaned_data[name]
        return "" if value in EMPTY_VALUES else self.filters[name].words(value)
