from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from records.models import RecordQuerySet
from workspaces.rights import Actor

#: an organization and all above it. UNION and not UNION ALL: it ends in a loop as well
LINE = """
WITH RECURSIVE line (id, parent_id) AS (
    SELECT id, parent_id FROM organizations_organization WHERE workspace_id = %(workspace)s AND id = %(id)s
    UNION
    SELECT above.id, above.parent_id FROM organizations_organization AS above
    JOIN line ON above.id = line.parent_id WHERE above.workspace_id = %(workspace)s
)
SELECT id FROM line
"""


class OrganizationQuerySet(RecordQuerySet):
    def refusals(self, action: str, *, by: Actor, **wanted: Any) -> dict[int, str]:
        """Besides the rights: none gets a `parent` that is itself or stands below it."""
        refused = super().refusals(action, by=by, **wanted)
        if parent := wanted.get("parent"):
            with connection.cursor() as cursor:
                cursor.execute(LINE, {"id": parent.pk, "workspace": parent.workspace_id})
                line = [pk for (pk,) in cursor.fetchall()]
            reason = _("%(parent)s can't be its parent: it is the same organization or stands below it.")
            above = self.filter(pk__in=line).order_by().values_list("pk", flat=True)
            refused = dict.fromkeys(above, reason % {"parent": parent}) | refused
        return refused
