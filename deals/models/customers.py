"""What a won deal makes of those who bought: customers, by rules that the workspace's settings switch off."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from contacts.models import Contact
from organizations.models import Organization
from records.models import Tag
from records.models.event import record_events
from workspaces.models import Workspace
from workspaces.rights import SYSTEM, Actor

from .parts import DealContact


def make_customers(deals: Collection[Any], *, by: Actor, at: datetime) -> None:
    """The organizations and the primary contacts of won deals become customers, which their timelines tell, and get
    the tag for them.

    It belongs to the winning: the gate was asked for the deals, and one undo takes all of it back. Opening a deal again
    leaves it, since somebody who bought once may be a customer for other reasons.
    """
    if not deals:
        return
    workspace = Workspace.objects.get(pk=next(iter(deals)).workspace_id)
    if not (workspace.won_makes_customer or workspace.won_tag):
        return
    organizations = {deal.organization_id for deal in deals if deal.organization_id}
    links = DealContact.objects.filter(deal__in=[deal.pk for deal in deals], is_primary=True)
    contacts = list(links.values_list("contact_id", flat=True))
    tag = Tag.named(workspace.won_tag, by=SYSTEM) if workspace.won_tag else None
    for model, ids in ((Organization, organizations), (Contact, contacts)):
        rows = model.objects.present().filter(pk__in=ids)
        if ids and workspace.won_makes_customer:
            new = rows.exclude(customer_status="customer").select_for_update(no_key=True).order_by("pk")
            if before := dict(new.values_list("pk", "customer_status")):
                model.objects.filter(pk__in=before).update(customer_status="customer")
                record_events("changed", model, [(pk, become(status)) for pk, status in before.items()], by=by, at=at)
        if ids and tag:
            rows.put_tag(tag)


def become(status: str) -> dict[str, Any]:
    """What the event of somebody who had this status says."""
    return {"fields": ["customer_status"], "values": {"customer_status": [status or None, "customer"]}}
