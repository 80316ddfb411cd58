"""What organizations show on record pages: the group that one belongs to, and ways to reach it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.panels import Action, Panel, register, register_action, register_aside
from workspaces.requests import WorkspaceRequest

from .models import Organization
from .tree import Branch, tree_of

#: a larger tree is a click away
FIRST_BRANCHES = 15


def tree(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    """The tree that the organization stands in; of a large one what is above it and right below it, unless the address
    says `?all`."""
    found = tree_of(organization, request.membership)
    shown = found if "all" in request.GET or len(found) <= FIRST_BRANCHES else near(organization, found)
    count = len(found) - 1
    return {"branches": shown if count else (), "more": len(shown) < len(found), "count": count, "whole": len(found)}


def near(organization: Organization, found: list[Branch]) -> list[Branch]:
    """Those above the organization, itself and its first children."""
    place = next(place for place, branch in enumerate(found) if branch.organization.pk == organization.pk)
    above: list[Branch] = []
    for branch in reversed(found[:place]):
        if branch.depth < (above[-1].depth if above else found[place].depth):
            above.append(branch)
    children = [branch for branch in found if branch.organization.parent_id == organization.pk]
    return [*reversed(above), found[place], *children[:FIRST_BRANCHES]]


def add_child(request: WorkspaceRequest, organization: Organization) -> str:
    if not request.membership.may("organization", "create"):
        return ""
    return f"{reverse('organizations:create')}?parent={organization.pk}"


register_aside(
    "organization",
    "has_children",
    "SELECT EXISTS (SELECT FROM organizations_organization WHERE workspace_id = %(workspace)s"
    " AND parent_id = %(record)s AND deleted_at IS NULL)",
)
register(
    "organization",
    Panel(
        "children",
        _("Organization tree"),
        "organizations/tree.html",
        tree,
        order=60,
        add=add_child,
        add_label=_("Add subsidiary"),
    ),
)
register_action(
    "organization",
    Action(
        pgettext_lazy("button", "Call"),
        "phone",
        lambda request, record: f"tel:{record.phone}" if record.phone else "",
        order=10,
        also="#compose-call",
    ),
    Action(_("Website"), "globe-alt", lambda request, record: record.website, order=20, outside=True),
)
