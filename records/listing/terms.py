"""What the conditions on a list can be made of, for one reader."""

from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workspaces.models import Membership

from .filters import ColumnFilter
from .relations import READY, RELATIONS, Ready, Relation

if TYPE_CHECKING:
    from .column import Column
    from .listing import Listing


class Terms:
    """The filters of a list's columns, its relations and its ready conditions, as far as the reader may use them."""

    def __init__(self, listing: "type[Listing]", membership: Membership):
        self.listing, self.membership = listing, membership
        self._filters: dict[str, ColumnFilter] = {}

    @property
    def record(self) -> str:
        return self.listing.model.record_name

    @property
    def columns(self) -> "list[Column]":
        """The columns that can be asked of."""
        return list(dict.fromkeys(column for column, _filter in self.listing.filters_class.conditions.values()))

    def names_of(self, column: "Column") -> list[str]:
        """The parameters of a column's conditions."""
        conditions = self.listing.filters_class.conditions
        return [name for name, (owner, _filter) in conditions.items() if owner is column]

    def column_of(self, name: str) -> "Column":
        """Whose condition it is. Raises KeyError for a parameter that the list does not know."""
        return self.listing.filters_class.conditions[name][0]

    def filter(self, name: str) -> ColumnFilter:
        """The filter behind a parameter, for this reader. Raises KeyError as above."""
        if name not in self._filters:
            found = deepcopy(self.listing.filters_class.conditions[name][1])
            found.parent = self
            self._filters[name] = found
        return self._filters[name]

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The relations to records that the reader may see."""
        return {name: one for name, one in RELATIONS[self.record].items() if one.is_for(self.membership)}

    @cached_property
    def ready(self) -> list[Ready]:
        """The conditions that are offered ready made."""
        of_columns = [ready for column in self.columns for ready in column.ready()]
        of_rooms = [ready for ready in READY[self.record] if ready.node.get("has", "") in {"", *self.relations}]
        return of_columns + of_rooms

    def of(self, relation: Relation) -> "Terms":
        """The terms of the records at the other end."""
        from .listing import LISTINGS

        return Terms(LISTINGS[relation.record].of(self.membership.workspace), self.membership)

    def visible(self) -> Any:
        """The rows that the reader may see."""
        return self.listing.model.objects.visible_to(self.membership)
