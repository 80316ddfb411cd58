"""What the filter builder offers beside the columns of a list: related records, and conditions that are ready made.

A room says from its `apps.py` what its records are to those of the rooms below, which don't know of them:

    relate("organization", Relation("deals", "deal", {"organization": "pk"}, _("has a deal"), _("has no deal")))
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from workspaces.models import Membership


class Ready(NamedTuple):
    """A condition that many want, as the address writes it; its blanks are left to be filled in."""

    label: Any
    node: dict[str, Any]


@dataclass(frozen=True)
class Relation:
    """Records of the type `record` that a row may have: those where each path of `tie` leads to that field of the row.

    One organization: `{"pk": "organization_id"}`. Many deals: `{"organization": "pk"}`.
    """

    name: str
    record: str
    tie: Mapping[str, str]
    #: "has a deal", "has no deal"
    has: Any
    lacks: Any

    def condition(self, related: QuerySet, wanted: Q) -> Q:
        """Rows that have one of the `related` records of which `wanted` is true."""
        tied = related.filter(**{path: OuterRef(field) for path, field in self.tie.items()})
        return Q(Exists(tied.filter(wanted)))

    def is_for(self, membership: Membership) -> bool:
        return membership.may(self.record, "view")


#: record name -> its relations by name, and its ready conditions
RELATIONS: dict[str, dict[str, Relation]] = defaultdict(dict)
READY: dict[str, list[Ready]] = defaultdict(list)


def relate(record_name: str, *relations: Relation, ready: tuple[Ready, ...] = ()) -> None:
    """Offer relations and ready conditions to the lists of a record type. Raises ValueError where a name is taken."""
    for relation in relations:
        if relation.name in RELATIONS[record_name]:
            raise ValueError(f"{record_name} has a relation called {relation.name!r} already")
        RELATIONS[record_name][relation.name] = relation
    READY[record_name] += ready
