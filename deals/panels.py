"""What deals show on record pages: themselves on those of people and organizations, their people on their own."""

from typing import Any

from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from organizations.models import Organization
from records.panels import Action, Panel, register, register_action
from workspaces.requests import WorkspaceRequest

from .models import Deal, DealQuerySet

#: more deals are a click away
FIRST_DEALS = 5


def deals_of_contact(request: WorkspaceRequest, contact: Contact) -> dict[str, Any]:
    return listed(Deal.objects.visible_to(request.membership).filter(contact_links__contact=contact))


def deals_of_organization(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    rows = Deal.objects.visible_to(request.membership).filter(organization=organization)
    return listed(rows) | {"all_url": f"{reverse('deals:list')}?organization={organization.pk}"}


def listed(rows: DealQuerySet) -> dict[str, Any]:
    """The open deals, those that close first on top, then what was decided last; and how many there are."""
    closed_last = Case(When(status="open", then=Value(0)), default=Value(1))
    ordered = rows.order_by(closed_last, "expected_close", "-closed_on", "-pk").select_related("stage").with_steps()
    shown = list(ordered.annotate(next_activity_at=F("pulse__next_activity_at"))[: FIRST_DEALS + 1])
    more = len(shown) > FIRST_DEALS
    return {"deals": shown[:FIRST_DEALS], "more": more, "count": rows.count() if more else len(shown)}


def new_deal(request: WorkspaceRequest, record: Any) -> str:
    """Address of the form for a deal with the person or organization at hand, for who may make one."""
    if not request.membership.may("deal", "create"):
        return ""
    return f"{reverse('deals:create')}?{record.record_name}={record.pk}"


def people_of_deal(request: WorkspaceRequest, deal: Deal) -> dict[str, Any]:
    visible = Contact.objects.visible_to(request.membership)
    links = list(deal.contact_links.filter(contact__in=visible).select_related("contact", "role"))
    return {"links": links, "count": len(links), "may_change": deal.allows("change", request.membership)}


def add_person(request: WorkspaceRequest, deal: Deal) -> str:
    return deal.url_of("people") if deal.allows("change", request.membership) else ""


for name, deals in (("contact", deals_of_contact), ("organization", deals_of_organization)):
    register(
        name,
        Panel("deals", _("Deals"), "deals/panel.html", deals, order=20, add=new_deal, add_label=_("Add deal")),
    )
    register_action(name, Action(_("New deal"), "currency-dollar", new_deal, order=30))
register(
    "deal",
    Panel(
        "people", _("People"), "deals/people.html", people_of_deal, order=10, add=add_person, add_label=_("Add person")
    ),
)
