"""What people show on record pages: their organizations on their own, themselves on those of organizations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.statements import Statement
from organizations.models import Organization
from records.pages import PAGES
from records.panels import Action, Panel, register, register_action
from workspaces.requests import WorkspaceRequest

from .models import Contact, PastPosition, Position
from .models.position import PositionQuerySet

#: more people are a click away
FIRST_PEOPLE = 10
#: of those who were there once the last ones
MOST_PAST = 50


@dataclass(frozen=True)
class Aside:
    """What an upper room tells of a person among an organization's people: "Last won deal", a text and its address."""

    label: Any
    text: str
    url: str


#: what upper rooms tell of an organization's first people: id -> aside; here stands what was ordered last, once there
#: are orders
ASIDES: list[Callable[[WorkspaceRequest, Organization], Mapping[int, Aside]]] = []
#: what upper rooms warn of beside an organization's people; "" for nothing
WARNINGS: list[Callable[[WorkspaceRequest, Organization], Any]] = []


def positions(request: WorkspaceRequest, contact: Contact) -> dict[str, Any]:
    may_change = contact.allows("change", request.membership)
    current, past = contact.shown_positions
    return {"positions": current, "past": past, "count": len(current), "may_change": may_change}


def ordered(rows: PositionQuerySet) -> PositionQuerySet:
    rows = rows.filter(contact__deleted_at=None).select_related("contact").with_roles()
    rows = rows.annotate(
        last_activity_at=F("contact__pulse__last_activity_at"),
        has_past=Exists(PastPosition.objects.filter(organization=OuterRef("organization"))),
    )
    return rows.order_by("-is_primary", "contact__sort_name", "pk")


FIRST = Statement(
    lambda organization: ordered(Position.objects.filter(organization=organization))[: FIRST_PEOPLE + 1],
    organization=int,
)


def people(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    """The people of an organization, its primary contact first; with `?past` those who were there once as well."""
    member = request.membership
    seen = Contact.objects.visible_to(member)
    rows = organization.positions.filter(contact__in=seen)
    sees_all = Contact.sight(member).is_whole
    found: list[Any] = FIRST(organization=organization.pk) if sees_all else list(ordered(rows)[: FIRST_PEOPLE + 1])
    shown, more = found[:FIRST_PEOPLE], len(found) > FIRST_PEOPLE
    if not hasattr(organization, "tag_list"):  # the panel by itself
        PAGES[organization.record_name].read_asides(organization, member)
    asides = [told(request, organization) for told in ASIDES]
    for position in shown:
        position.organization = organization
        position.asides = [aside[position.contact_id] for aside in asides if position.contact_id in aside]
    has_past = shown[0].has_past if shown else organization.past_positions.exists()
    past = organization.past_positions.filter(contact__in=seen).select_related("contact").newest_first()
    return {
        "warnings": [words for warning in WARNINGS if (words := warning(request, organization))],
        "people": shown,
        "more": more,
        "count": rows.count() if more else len(shown),
        "all_url": f"{reverse('contacts:list')}?organization={organization.pk}",
        "has_past": has_past,
        "past": past[:MOST_PAST] if has_past and "past" in request.GET else (),
        "may_change": member.may("contact", "change"),
    }


def add_position(name: str):
    """The address of the form that makes a position of the record at hand, for who may."""

    def address(request: WorkspaceRequest, record: Any) -> str:
        if not request.membership.may("contact", "change"):
            return ""
        return f"{reverse('contacts:position_create')}?{name}={record.pk}"

    return address


def add_colleague(request: WorkspaceRequest, organization: Organization) -> str:
    """The address of the form for a new person there; who may make none chooses among those that there are."""
    if request.membership.may("contact", "create"):
        return reverse("contacts:colleague_create", args=[organization.pk])
    return add_position("organization")(request, organization)


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
        add=add_colleague,
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
