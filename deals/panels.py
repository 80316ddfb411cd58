"""What deals show on record pages: themselves on those of people and organizations, their people on their own."""

from typing import Any

from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.statements import Statement
from organizations.models import Organization
from records.models import Record
from records.panels import Action, Panel, register, register_action
from workspaces.requests import WorkspaceRequest

from .models import Deal, DealContact, DealQuerySet

#: more deals are a click away
FIRST_DEALS = 5


def listed(rows: DealQuerySet) -> DealQuerySet:
    """The open deals, those that close first on top, then what was decided last; one more than are shown."""
    closed_last = Case(When(status="open", then=Value(0)), default=Value(1))
    ordered = rows.order_by(closed_last, "expected_close", "-closed_on", "-pk").select_related("stage").with_steps()
    return ordered.annotate(next_activity_at=F("pulse__next_activity_at"))[: FIRST_DEALS + 1]


#: of which record -> the path to it
PATHS = {"contact": "contact_links__contact", "organization": "organization"}
LISTED = {
    name: Statement(lambda id, path=path: listed(Deal.objects.present().filter(**{path: id})), id=int)
    for name, path in PATHS.items()
}


def deals_of(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """The deals with a person or an organization; and how many there are."""
    path = PATHS[record.record_name]
    rows = Deal.objects.visible_to(request.membership).filter(**{path: record})
    sees_all = request.membership.scope("deal", "view") == "all"
    shown = LISTED[record.record_name](id=record.pk) if sees_all else list(listed(rows))
    more = len(shown) > FIRST_DEALS
    return {"deals": shown[:FIRST_DEALS], "more": more, "count": rows.count() if more else len(shown)}


def deals_of_organization(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    return deals_of(request, organization) | {"all_url": f"{reverse('deals:list')}?organization={organization.pk}"}


def new_deal(request: WorkspaceRequest, record: Any) -> str:
    """Address of the form for a deal with the person or organization at hand, for who may make one."""
    if not request.membership.may("deal", "create"):
        return ""
    return f"{reverse('deals:create')}?{record.record_name}={record.pk}"


PEOPLE = Statement(
    lambda deal: DealContact.objects.filter(deal=deal, contact__deleted_at=None).select_related("contact", "role"),
    deal=int,
)


def people_of_deal(request: WorkspaceRequest, deal: Deal) -> dict[str, Any]:
    links = [link for link in PEOPLE(deal=deal.pk) if link.contact.allows("view", request.membership)]
    return {"links": links, "count": len(links), "may_change": deal.allows("change", request.membership)}


def add_person(request: WorkspaceRequest, deal: Deal) -> str:
    return deal.url_of("people") if deal.allows("change", request.membership) else ""


for name, deals in (("contact", deals_of), ("organization", deals_of_organization)):
    register(
        name,
        Panel("deals", _("Deals"), "deals/panel.html", deals, order=20, add=new_deal, add_label=_("Add deal")),
    )
    register_action(name, Action(_("New deal"), "currency-dollar", new_deal, order=30))


def when(name: str, *, is_open: bool, query: str = ""):
    """The address of a page of the deal, for who may change it, while it is open or closed."""

    def url(request: WorkspaceRequest, deal: Any) -> str:
        fits = deal.is_open == is_open and deal.allows("change", request.membership)
        return deal.url_of(name) + query if fits else ""

    return url


register_action(
    "deal",
    Action(
        pgettext_lazy("deal", "Won"),
        "trophy",
        when("closing", is_open=True),
        order=1,
        posts=True,
        data=(("status", "won"),),
    ),
    Action(pgettext_lazy("deal", "Lost"), "x-circle", when("closing", is_open=True, query="?status=lost"), order=2),
    Action(_("Open again"), "arrow-uturn-left", when("reopening", is_open=False), order=3, posts=True),
    Action(_("Move"), "view-columns", when("stage", is_open=True), order=70, place="menu"),
    Action(_("Abandon"), "x-circle", when("closing", is_open=True, query="?status=abandoned"), order=71, place="menu"),
)
register(
    "deal",
    Panel(
        "people", _("People"), "deals/people.html", people_of_deal, order=10, add=add_person, add_label=_("Add person")
    ),
)
