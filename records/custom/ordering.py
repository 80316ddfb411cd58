"""The order of a list by a custom field."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, FilteredRelation, Q, QuerySet

from records.listing.paging import Order

#: the join of the values that a list is sorted by
JOIN = "sorted_by"
#: the record that a joined value is of; NULL where there is none
TIE = "sort_tie"


@dataclass(frozen=True)
class ValueOrder(Order):
    """By the values of a custom field: one walk down their index. The rows without a value are found by having none."""

    key_of_field: str = ""
    field_id: int = 0

    @property
    def key(self) -> str:
        return f"-{self.key_of_field}" if self.descending else self.key_of_field

    # By the annotations and not by the path of the relation, which each filter would join anew.
    @property
    def is_empty(self) -> Q:  # type: ignore[override]
        return Q(**{f"{TIE}__isnull": True})

    @property
    def is_filled(self) -> Q:  # type: ignore[override]
        return Q(**{f"{self.attribute}__isnull": False})

    @property
    def compared(self) -> tuple[F, F]:
        return F(self.attribute), F(TIE)

    def by(self, *, backwards: bool = False, empty: bool = False) -> tuple[models.OrderBy, ...]:
        """What has no value stands in the order of ids, which the rows have by themselves."""
        descending = self.descending != backwards
        names = ("pk",) if empty else (self.attribute, TIE)
        return tuple(F(name).desc() if descending else F(name).asc() for name in names)

    def tie_of(self, *, empty: bool) -> str:
        return "pk" if empty else self.tie

    def joined(self, rows: QuerySet) -> QuerySet:
        return self.with_value(rows)

    def with_value(self, rows: QuerySet) -> QuerySet:
        if self.attribute in rows.query.annotations:
            return rows
        values = FilteredRelation("custom_values", condition=Q(custom_values__field=self.field_id))
        joined = rows.annotate(**{JOIN: values})
        return joined.annotate(**{self.attribute: F(self.column)}).alias(**{TIE: F(self.tie)})
