"""What organizations show on record pages: the companies that belong to one, and ways to reach it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.statements import Statement
from records.models import RecordQuerySet
from records.panels import Action, Panel, register, register_action
from workspaces.requests import WorkspaceRequest

from .models import Organization

FIRST_CHILDREN = 10


def ordered(rows: RecordQuerySet) -> RecordQuerySet:
    return rows.order_by("sort_name", "pk")


FIRST = Statement(
    lambda parent: ordered(Organization.objects.present().filter(parent=parent))[: FIRST_CHILDREN + 1], parent=int
)


def children(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    """The organizations below this one; all of them where the address says `?all`."""
    rows = Organization.objects.visible_to(request.membership).filter(parent=organization)
    if "all" in request.GET:
        shown = list(ordered(rows))
    elif Organization.sight(request.membership).is_whole:
        shown = FIRST(parent=organization.pk)
    else:
        shown = list(ordered(rows)[: FIRST_CHILDREN + 1])
    more = len(shown) > FIRST_CHILDREN and "all" not in request.GET
    return {
        "children": shown[:FIRST_CHILDREN] if more else shown,
        "more": more,
        "count": rows.count() if more else len(shown),
    }


def add_child(request: WorkspaceRequest, organization: Organization) -> str:
    if not request.membership.may("organization", "create"):
        return ""
    return f"{reverse('organizations:create')}?parent={organization.pk}"


register(
    "organization",
    Panel(
        "children",
        _("Subsidiaries"),
        "organizations/children.html",
        children,
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
