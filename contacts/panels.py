"""What people show on record pages: their organizations on their own, themselves on those of organizations."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.statements import Statement
from organizations.models import Organization
from records.panels import Action, Panel, register, register_action
from workspaces.requests import WorkspaceRequest

from .models import Contact, Position
from .models.position import PositionQuerySet

#: more people are a click away
FIRST_PEOPLE = 10


def positions(request: WorkspaceRequest, contact: Contact) -> dict[str, Any]:
    may_change = contact.allows("change", request.membership)
    shown = contact.current_positions
    return {"positions": shown, "count": len(shown), "may_change": may_change}


def ordered(rows: PositionQuerySet) -> PositionQuerySet:
    rows = rows.filter(contact__deleted_at=None).select_related("contact").with_roles()
    return rows.order_by("-is_primary", "contact__sort_name", "pk")


FIRST = Statement(
    lambda organization: ordered(Position.objects.filter(organization=organization))[: FIRST_PEOPLE + 1],
    organization=int,
)


def people(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    """The people of an organization, its primary contact first; all of them where the address says `?all`."""
    rows = organization.positions.filter(contact__deleted_at=None)
    if Contact.sight(request.membership).is_whole:
        shown = list(ordered(rows)) if "all" in request.GET else FIRST(organization=organization.pk)
    else:
        rows = rows.filter(contact__in=Contact.objects.visible_to(request.membership))
        shown = list(ordered(rows) if "all" in request.GET else ordered(rows)[: FIRST_PEOPLE + 1])
    for position in shown:
        position.organization = organization
    more = len(shown) > FIRST_PEOPLE and "all" not in request.GET
    may_change = request.membership.may("contact", "change")
    return {
        "people": shown[:FIRST_PEOPLE] if more else shown,
        "more": more,
        "count": rows.count() if more else len(shown),
        "may_change": may_change,
    }


def add_position(name: str):
    """The address of the form that makes a position of the record at hand, for who may."""

    def address(request: WorkspaceRequest, record: Any) -> str:
        if not request.membership.may("contact", "change"):
            return ""
        return f"{reverse('contacts:position_create')}?{name}={record.pk}"

    return address


def call(request: WorkspaceRequest, record: Any) -> str:
    return f"tel:{record.phone}" if record.phone else ""


def write(request: WorkspaceRequest, contact: Contact) -> str:
    return f"mailto:{contact.email}" if contact.email else ""


def new_person(request: WorkspaceRequest, organization: Organization) -> str:
    if not request.membership.may("contact", "create"):
        return ""
    return f"{reverse('contacts:create')}?organization={organization.pk}"


register(
    "contact",
    Panel(
        "organizations",
        _("Organizations"),
        "contacts/positions.html",
        positions,
        order=10,
        add=add_position("contact"),
        add_label=_("Add organization"),
        add_in_dialog=True,
    ),
)
register(
    "organization",
    Panel(
        "people",
        _("People"),
        "contacts/people.html",
        people,
        order=10,
        add=add_position("organization"),
        add_label=_("Add person"),
        add_in_dialog=True,
    ),
)
register_action(
    "contact",
    # Who calls writes down what was said: the composer opens for it.
    Action(pgettext_lazy("button", "Call"), "phone", call, order=10, also="#compose-call"),
    Action(pgettext_lazy("button", "E-mail"), "envelope", write, order=20),
)
register_action("organization", Action(_("New person"), "user-plus", new_person, order=25))
