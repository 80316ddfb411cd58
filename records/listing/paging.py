"""Keyset paging: a page starts behind a row, not at a number, so that page 10,000 costs what the first one does.

Rows whose sort column is empty come last, in both directions. They are a branch of their own, read by a second
statement when a page reaches them, because `(column, id) > (…)` says nothing about NULL, and because both branches are
then plain walks down the index `(workspace_id, column, id)`.

Further keys sort within equal values of the first: the walk stays the same, and PostgreSQL sorts each group of equals
as it comes (incremental sort). Of a group no more is kept than the page needs, but all of it is read.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.db.models.functions import NullIf

PAGE_SIZE = 50
#: no row passes
NOTHING = Q(pk__in=[])

_signer = Signer(salt="records.listing")


class Branch(NamedTuple):
    """Rows of a list that one statement walks; `names` are what they are sorted by before further keys, and last what
    tells them apart. Behind it stand the rows of the next branch."""

    which: Q
    names: tuple[str, ...]
    is_empty: bool = False


@dataclass(frozen=True)
class Order:
    """By which stored, indexed column a list is sorted, with the id as the tie-break that the index has.

    `empty` is what a row without a value holds there: None, "" for texts, or NEVER. `then` are the orders of rows that
    are equal in this one, each exact, none with an index of its own.
    """

    column: str
    descending: bool = False
    tie: str = "pk"
    empty: Any = None
    field: models.Field | None = None
    then: "tuple[Order, ...]" = ()

    NEVER = object()

    @property
    def key(self) -> str:
        """The order as one word, as it stands in addresses."""
        return ",".join("-" * order.descending + order.word for order in self.all)

    @property
    def word(self) -> str:
        """What stands for it in addresses."""
        return self.column

    @property
    def ref(self) -> str:
        """What a query of the rows calls the value."""
        return self.column

    @property
    def names(self) -> tuple[str, ...]:
        return self.column, self.tie

    @property
    def all(self) -> "tuple[Order, ...]":
        """This order and those behind it."""
        return (self, *self.then)

    def by(self, branch: Branch, *, backwards: bool = False) -> tuple[models.OrderBy, ...]:
        """Expressions for `order_by` within a branch."""
        further = [order.among_equals(backwards) for order in self.then]
        *first, tie = (self._way(F(name), backwards) for name in branch.names)
        return (*first, *further, tie)

    def among_equals(self, backwards: bool) -> models.OrderBy:
        """The order within equal values of another: here the rows without a value are no branch of their own."""
        column: Any = NullIf(F(self.ref), Value("")) if self.empty == "" else F(self.ref)
        if self.empty is Order.NEVER:
            return self._way(column, backwards)
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        return self._way(column, backwards, **nulls)

    def _way(self, column: Any, backwards: bool, **nulls: bool) -> models.OrderBy:
        return column.desc(**nulls) if self.descending != backwards else column.asc(**nulls)

    def behind(self, value: Any, backwards: bool) -> Q:
        """The rows that come after those with the value (before them, `backwards`), whatever follows it."""
        if self.is_none(value):
            return self.is_filled if backwards else NOTHING
        smaller = self.descending != backwards
        beyond = Q(**{f"{self.ref}__{'lt' if smaller else 'gt'}": value})
        if self.empty is Order.NEVER:
            return beyond
        return beyond & self.is_filled if backwards else beyond | self.is_empty

    def equals(self, value: Any) -> Q:
        return Q(**{f"{self.ref}__isnull": True}) if value is None else Q(**{self.ref: value})

    @cached_property
    def is_empty(self) -> Q:
        # "<=" finds what "=" would. But then the column were constant to the planner, the id alone the order, and the
        # walk one down the primary key, past the rows of every workspace.
        lookup = ("isnull", True) if self.empty is None else ("lte", self.empty)
        return Q(**{f"{self.column}__{lookup[0]}": lookup[1]})

    @cached_property
    def is_filled(self) -> Q:
        lookup = ("isnull", False) if self.empty is None else ("gt", self.empty)
        return Q(**{f"{self.column}__{lookup[0]}": lookup[1]})

    def branches(self, cursor: "Cursor | None" = None, *, backwards: bool = False) -> Iterable[Branch]:
        """The branches from that of the cursor on, in the order of the list (against it, `backwards`)."""
        found = [self.filled]
        if self.empty is not Order.NEVER:
            found.append(self.without)
        if backwards:
            found.reverse()
        return found[1:] if cursor and found[0].is_empty != self.is_none(cursor.value) else found

    @property
    def filled(self) -> Branch:
        """The rows with a value."""
        return Branch(Q() if self.empty is Order.NEVER else self.is_filled, self.names)

    @property
    def without(self) -> Branch:
        """The rows without one."""
        return Branch(self.is_empty, self.names, is_empty=True)

    def is_none(self, value: Any) -> bool:
        """Is it what a row without a value has?"""
        return self.empty is not Order.NEVER and value == self.empty

    def joined(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows with the table that they are sorted by, where that is another one."""
        if self.attribute == self.column:
            return self.with_value(rows)
        # An inner join, which the planner may begin with: every record has its row in the other table.
        return self.with_value(rows.filter(**{f"{self.tie}__isnull": False}))

    def keys_of(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows as what a page of them is found by: `pk` and the sort values."""
        names = dict.fromkeys(order.attribute for order in self.all)
        return self.with_value(rows).values_list("pk", *names, named=True)

    def with_value(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows with the `attribute` of each key, wherever it comes from."""
        for order in self.all:
            if order.attribute != order.column and order.attribute not in rows.query.annotations:
                rows = order.valued(rows)
        return rows

    def valued(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows with this key's own."""
        return rows.annotate(**{self.attribute: F(self.column)})

    @property
    def attribute(self) -> str:
        """Where a row of a page has its value."""
        return f"sort_value_{self.column.replace('__', '_')}" if "__" in self.column else self.column

    def value_of(self, row: Any) -> Any:
        return getattr(row, self.attribute)


@dataclass(frozen=True)
class Cursor:
    """A place in a sorted list: behind the row with this value and id, at `position` (from 0) when it was seen; `then`
    are its values in the further keys."""

    value: Any
    pk: int
    position: int
    then: tuple[Any, ...] = ()

    @classmethod
    def at(cls, row: Any, order: Order, position: int) -> "Cursor":
        return cls(order.value_of(row), row.pk, position, tuple(further.value_of(row) for further in order.then))

    def dumps(self, order: Order) -> str:
        """The cursor as a parameter. Signed, so that what comes back needs no further checks."""
        values = [value.isoformat() if isinstance(value, dt.date) else value for value in (self.value, *self.then)]
        return _signer.sign_object([order.key, values, self.pk, self.position])

    @classmethod
    def loads(cls, text: str | None, order: Order) -> "Cursor | None":
        """The cursor of a parameter; None, which is the first page, when it is broken or of another order."""
        if not text:
            return None
        try:
            key, values, pk, position = _signer.unsign_object(text)
        except (BadSignature, ValueError):
            return None
        if key != order.key:
            return None
        value, *then = (
            one.field.to_python(value) if one.field else value for one, value in zip(order.all, values, strict=True)
        )
        return cls(value, pk, position, tuple(then))


@dataclass
class Page:
    """Some rows of a list and how to go on. `start` is the position of the first one, counting from 0."""

    rows: list[Any]
    start: int
    before: Cursor | None = None
    after: Cursor | None = None


def page_of(
    rows: models.QuerySet, order: Order, *, after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """The page behind or before a cursor, the first one without; one statement, two where empty values begin."""
    if cursor := Cursor.loads(before, order):
        found = walk(rows, order, cursor, size + 1, backwards=True)
        if len(found) > size:
            start = max(cursor.position - size, 1)
            return _page(found[:size][::-1], order, start, is_first=False, is_last=False)
        # Fewer than a page are left before it: that is the first page.
    cursor = None if before else Cursor.loads(after, order)
    found = walk(rows, order, cursor, size + 1)
    if cursor and not found:
        # What was there is gone.
        cursor, found = None, walk(rows, order, None, size + 1)
    start = cursor.position + 1 if cursor else 0
    return _page(found[:size], order, start, is_first=cursor is None, is_last=len(found) <= size)


def _page(rows: list[Any], order: Order, start: int, *, is_first: bool, is_last: bool) -> Page:
    before = None if is_first or not rows else Cursor.at(rows[0], order, start)
    after = None if is_last or not rows else Cursor.at(rows[-1], order, start + len(rows) - 1)
    return Page(rows, start, before, after)


def walk(
    rows: models.QuerySet, order: Order, cursor: Cursor | None, limit: int, *, backwards: bool = False
) -> list[Any]:
    """At most `limit` rows from the cursor on, branch by branch."""
    rows = order.joined(rows)
    found: list[Any] = []
    for place, branch in enumerate(order.branches(cursor, backwards=backwards)):
        part = rows.filter(branch.which)
        if cursor and not place:
            part = part.filter(_beyond(cursor, branch, order, backwards))
        found += part.order_by(*order.by(branch, backwards=backwards))[: limit - len(found)]
        if len(found) >= limit:
            break
    return found


def _beyond(cursor: Cursor, branch: Branch, order: Order, backwards: bool) -> Any:
    """What stands behind the cursor in its branch (before it, `backwards`)."""
    smaller = order.descending != backwards
    lookup = "lt" if smaller else "gt"
    *values, tie = branch.names
    if order.then:
        return _beyond_several(cursor, branch, order, backwards, lookup)
    if cursor.value is None or not values:
        return Q(**{f"{tie}__{lookup}": cursor.pk})
    # A comparison of rows, which the index answers by itself even among a thousand equal values.
    compare = TupleLessThan if smaller else TupleGreaterThan
    return compare(tuple(map(F, branch.names)), (cursor.value, cursor.pk))


def _beyond_several(cursor: Cursor, branch: Branch, order: Order, backwards: bool, lookup: str) -> Q:
    *values, tie = branch.names
    beyond = Q(**{f"{tie}__{lookup}": cursor.pk})
    for further, value in zip(order.then[::-1], cursor.then[::-1], strict=True):
        beyond = further.behind(value, backwards) | (further.equals(value) & beyond)
    if branch.is_empty or not values:
        return beyond  # all of the branch are equal in the first key
    # The range is for the index; what is equal to its end has to be looked at.
    behind = Q(**{f"{order.ref}__{lookup}": cursor.value}) | beyond
    return Q(**{f"{order.ref}__{lookup}e": cursor.value}) & behind
