from typing import Any

from records.models import PartyQuerySet
from workspaces.rights import Actor

from .parents import line_of, loop_message


class OrganizationQuerySet(PartyQuerySet):
    def refusals(self, action: str, *, by: Actor, **wanted: Any) -> dict[int, str]:
        """Besides the rights: none gets a `parent` that is itself or stands below it."""
        refused = super().refusals(action, by=by, **wanted)
        if parent := wanted.get("parent"):
            above = self.filter(pk__in=line_of(parent)).order_by().only("name", "workspace")
            refused = {one.pk: loop_message(one, parent) for one in above} | refused
        return refused
