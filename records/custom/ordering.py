"""The order of a list by a custom field."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q, QuerySet, Value

from records.listing.paging import Branch, Cursor, Order


def join_of(field_id: int) -> str:
    """The join of the values that a list is sorted by."""
    return f"sorted_by_{field_id}"


@dataclass(frozen=True)
class ValueOrder(Order):
    """By the values of a custom field: one walk down their index. The rows without a value are found by having none."""

    key_of_field: str = ""
    field_id: int = 0

    @property
    def word(self) -> str:
        return self.key_of_field

    # By the annotations and not by the path of the relation, which each filter would join anew.
    @property
    def ref(self) -> str:
        return self.attribute

    @property
    def tie_of_value(self) -> str:
        """The record that a joined value is of; NULL where there is none."""
        return f"sort_tie_{self.field_id}"

    @property
    def names(self) -> tuple[str, ...]:
        return self.attribute, self.tie_of_value

    @property
    def without(self) -> Branch:
        """What has no value stands in the order of ids, which the rows have by themselves."""
        return Branch(self.is_empty, ("pk",), is_empty=True)

    @property
    def is_empty(self) -> Q:
        return Q(**{f"{self.tie_of_value}__isnull": True})

    @property
    def is_filled(self) -> Q:
        return Q(**{f"{self.attribute}__isnull": False})

    def joined(self, rows: QuerySet) -> QuerySet:
        return self.with_value(rows)

    def valued(self, rows: QuerySet) -> QuerySet:
        values = FilteredRelation("custom_values", condition=Q(custom_values__field=self.field_id))
        joined = rows.annotate(**{join_of(self.field_id): values})
        return joined.annotate(**{self.attribute: F(self.column)}).alias(**{self.tie_of_value: F(self.tie)})


@dataclass(frozen=True)
class PlaceOrder(ValueOrder):
    """By the place of what a value refers to among a few: choices, members. `ids` are these in their order.

    No index knows the places, so none has to be kept when somebody moves a choice. The records of each id are a branch
    of their own, a walk down the index by (id, record). Where pages stay unfilled, since such values are rare, the next
    statement reads and sorts as many ids as were looked at before.
    """

    ids: tuple[int, ...] = ()

    @property
    def id_of_value(self) -> str:
        """What the value refers to: a condition on it finds the index."""
        return f"sort_id_{self.field_id}"

    def branches(self, cursor: Cursor | None = None, *, backwards: bool = False) -> Iterator[Branch]:
        is_behind = cursor is not None and self.is_none(cursor.value)
        if backwards and (cursor is None or is_behind):
            yield self.without
        if backwards or not is_behind:
            yield from self.groups(None if cursor is None or is_behind else cursor.value, backwards)
        if not backwards:
            yield self.without

    def groups(self, start: int | None, backwards: bool) -> Iterator[Branch]:
        """The branches of the ids, from the place `start` on."""
        ids = self.ids[::-1] if (down := self.descending != backwards) else self.ids
        if start is not None:
            ids = ids[len(ids) - start if down else start - 1 :]
        done, size = 0, 1
        while done < len(ids):
            some = ids[done : done + size]
            names = (self.tie_of_value,) if len(some) == 1 else self.names
            yield Branch(Q(**{f"{self.id_of_value}__in": some}), names)
            done, size = done + size, done + size

    def valued(self, rows: QuerySet) -> QuerySet:
        ids = Value(list(self.ids), output_field=ArrayField(models.BigIntegerField()))
        place = Func(ids, F(self.column), function="array_position", output_field=models.IntegerField())
        valued = super().valued(rows).alias(**{self.id_of_value: F(self.column)})
        return valued.annotate(**{self.attribute: place})
