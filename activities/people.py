"""Who may take part in a meeting about a record: people who go with it, and colleagues."""

from django.db.models import Q, QuerySet

from contacts.models import Contact, Position
from core.text import fold
from deals.models import Deal
from records.models import Record
from workspaces.models import Membership

from .models import Activity

#: as many as one looks through; others are found by their name
MOST_OFFERED = 30
MOST_SUGGESTED = 8


def people_around(record: Record, visible: QuerySet[Contact], activity: Activity | None) -> QuerySet[Contact]:
    """People of the deal, the organization, or the organizations that the person works for; and who takes part now."""
    if isinstance(record, Deal):
        near = Q(pk__in=record.contact_links.values("contact"))
        if record.organization_id:
            near |= Q(positions__organization=record.organization_id)
    elif isinstance(record, Contact):
        employers = Position.objects.filter(contact=record).values("organization")
        near = Q(positions__organization__in=employers)
        visible = visible.exclude(pk=record.pk)
    else:
        near = Q(positions__organization=record.pk)
    if activity:
        near |= Q(activity_links__activity=activity)
    ids = visible.filter(near).order_by("sort_name", "pk").values_list("pk", "sort_name").distinct()[:MOST_OFFERED]
    return visible.filter(pk__in=[pk for pk, _name in ids]).order_by("sort_name", "pk")


def colleagues(membership: Membership, activity: Activity | None) -> QuerySet[Membership]:
    """Active members beside the one who writes; of an activity beside its owner, with who takes part now."""
    owner = (activity.owner_id or 0) if activity else membership.pk
    active = Q(is_active=True)
    if activity:
        active |= Q(pk__in=activity.participants.values("member"))
    return Membership.objects.filter(active).exclude(pk=owner)


def callable_members(membership: Membership, text: str) -> list[Membership]:
    """Active members beside oneself of whose name a word begins so."""
    begun = fold(text.strip())
    members = Membership.objects.active().exclude(pk=membership.pk)
    return [member for member in members if begins(fold(member.name), begun)][:MOST_SUGGESTED]


def begins(name: str, text: str) -> bool:
    return name.startswith(text) or f" {text}" in name
