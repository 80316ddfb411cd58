"""The order of a list by a custom field."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet

from records.listing.paging import Order


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

    def names(self, empty: bool) -> tuple[str, ...]:
        """What has no value stands in the order of ids, which the rows have by themselves."""
        return ("pk",) if empty else (self.attribute, self.tie_of_value)

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
