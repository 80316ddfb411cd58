"""A list that one condition over another table narrows down by itself: the value of a custom field.

Of a million people ten thousand were found by looking each of them up, for the page and again for the count, 30 ms. The
values alone say how many there are, 1 ms; and while their ids lie in a hash, the walk down the list's order meets fifty
of them before long, 1 to 3 ms. Fewer are looked up and sorted sooner, more are met soon without a hash.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet
from django.db.models.lookups import In

from .count import CAP, Count
from .paging import Order

if TYPE_CHECKING:
    from .filterset import ListFilters

#: so many are worth a hash of their ids
FEW, MANY = 1_000, 25_000


class Sole:
    """The rows of a list that `values` alone narrow down: one row for each record that passes, its `record`."""

    def __init__(self, filters: "ListFilters", values: QuerySet):
        self.filters, self.values = filters, values

    @cached_property
    def number(self) -> int:
        """How many there are, at most one more than `MANY`."""
        gone = self.filters.listing.model._default_manager.filter(pk=OuterRef("record"), deleted_at__isnull=False)
        return self.values.filter(~Exists(gone))[: MANY + 1].count()

    def count(self, *, exact: bool = False) -> Count | None:
        """The count of the list, as `count_of` has it; None where somebody wants to know exactly what are too many."""
        if exact and self.number > MANY:
            return None
        return Count(CAP, capped=True) if not exact and self.number > CAP else Count(self.number)

    def rows(self, order: Order) -> QuerySet:
        """The rows as a walk down the order finds them soonest."""
        # What lies in another table is not walked by an index of the rows alone, and each would be looked up.
        if order.attribute == order.column and FEW < self.number <= MANY:
            return self.filters.queryset.filter(_in_hash(self.values.values("record")))
        return self.filters.qs


def _in_hash(ids: QuerySet) -> Func:
    """That the row is one of these, as a filter of the walk: IS TRUE keeps the planner from making a join of it, which
    would have to be sorted."""
    return Func(In(F("pk"), ids), template="(%(expressions)s) IS TRUE", output_field=BooleanField())
