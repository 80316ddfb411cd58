"""The parents of an organization, all the way up: who stands there can't come to stand below it."""

from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Organization

#: UNION and not UNION ALL: it ends in a loop as well, which two edits at once could make
UP = """
    WITH RECURSIVE up (id, parent_id) AS (
        SELECT id, parent_id FROM organizations_organization WHERE workspace_id = %s AND id = %s
        UNION
        SELECT above.id, above.parent_id FROM organizations_organization AS above
          JOIN up ON above.id = up.parent_id WHERE above.workspace_id = %s)
    SELECT id FROM up"""


def line_of(organization: "Organization") -> RawSQL:
    """The ids of the organization and of all above it, for `pk__in=line_of(organization)`."""
    workspace = organization.workspace_id
    return RawSQL(UP, [workspace, organization.pk, workspace])  # noqa: S611


def loop_message(organization: "Organization", parent: "Organization") -> str:
    """Why `parent` can't be above `organization`."""
    if parent.pk == organization.pk:
        return _("An organization can't be its own parent.")
    return _("%(parent)s belongs to %(name)s, so it can't be its parent.") % {
        "parent": parent.name,
        "name": organization.name,
    }
