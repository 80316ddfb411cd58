"""What deals show on record pages: themselves on those of people and organizations, their people on their own."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models import Sum as SumOf
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Contact
from contacts.panels import ASIDES, FIRST_PEOPLE, WARNINGS, Aside
from core.addresses import address
from core.formats import short_date
from core.money import Money
from core.statements import Statement
from organizations.models import Organization
from organizations.tree import below
from records.models import Record, seen_ids
from records.panels import Action, Panel, register, register_action, register_aside
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
    sees_all = Deal.sight(request.membership).is_whole
    shown = LISTED[record.record_name](id=record.pk) if sees_all else list(listed(rows))
    more = len(shown) > FIRST_DEALS
    return {"deals": shown[:FIRST_DEALS], "more": more, "count": rows.count() if more else len(shown)}


def deals_of_organization(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    return deals_of(request, organization) | {"all_url": f"{reverse('deals:list')}?organization={organization.pk}"}


#: are there open deals, and roles that decide, and nobody who is in one?
UNDECIDED = """
    SELECT EXISTS (SELECT FROM contacts_role AS role WHERE role.workspace_id = %(workspace)s AND role.decides)
       AND EXISTS (SELECT FROM deals_deal AS deal WHERE deal.workspace_id = %(workspace)s
                      AND deal.organization_id = %(record)s AND deal.status = 'open' AND deal.deleted_at IS NULL)
       AND NOT EXISTS (
           SELECT FROM contacts_position AS held
             JOIN contacts_contact AS person ON person.workspace_id = held.workspace_id AND person.id = held.contact_id
             JOIN contacts_positionrole AS link ON link.workspace_id = held.workspace_id AND link.position_id = held.id
             JOIN contacts_role AS role ON role.workspace_id = link.workspace_id AND role.id = link.role_id
            WHERE held.workspace_id = %(workspace)s AND held.organization_id = %(record)s
              AND person.deleted_at IS NULL AND role.decides)"""


def undecided(request: WorkspaceRequest, organization: Any) -> str:
    """A warning where deals are open and nobody is known who decides; "" for whoever sees none of these deals."""
    if not organization.undecided:
        return ""
    if not Deal.sight(request.membership).is_whole:
        seen = Deal.objects.visible_to(request.membership).filter(organization=organization, status="open")
        if not seen.exists():
            return ""
    return str(_("Open deals, and no decision maker is known."))


WARNINGS.append(undecided)
register_aside("organization", "undecided", UNDECIDED)


# --- the group of an organization -------------------------------------------------------------------------------------
class Sum(NamedTuple):
    """The deals of a group in one currency: how many are open and won, and what they are worth."""

    open_count: int
    open_value: Money
    won_count: int
    won_value: Money


def deals_of_group(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    """What is open and what was won at the organization and at all below it, by currency, as far as one may see."""
    member = request.membership
    group = Organization.objects.visible_to(member).filter(pk__in=below(organization))
    rows = Deal.objects.visible_to(member).filter(organization__in=group, status__in=("open", "won"))
    of = {status: Q(status=status) for status in ("open", "won")}
    counts = {f"{status}_count": Count("pk", filter=which) for status, which in of.items()}
    values = {f"{status}_value": Coalesce(SumOf("value", filter=which), 0) for status, which in of.items()}
    found = rows.order_by().values("currency").annotate(**counts, **values).order_by("-open_value", "-won_value")
    sums = [
        Sum(
            row["open_count"],
            Money(row["open_value"], row["currency"]),
            row["won_count"],
            Money(row["won_value"], row["currency"]),
        )
        for row in found
    ]
    return {"sums": sums}


#: the deal that was won last with each of an organization's first people
LAST_WON = f"""
    SELECT coalesce(json_object_agg(person.id, won.deal), '{{}}')
      FROM (SELECT held.contact_id AS id FROM contacts_position AS held JOIN contacts_contact AS contact
              ON contact.workspace_id = held.workspace_id AND contact.id = held.contact_id
             WHERE held.workspace_id = %(workspace)s AND held.organization_id = %(record)s
               AND contact.deleted_at IS NULL
             ORDER BY held.is_primary DESC, contact.sort_name, held.id LIMIT {FIRST_PEOPLE}) AS person
     CROSS JOIN LATERAL (
            SELECT json_build_object('id', deal.id, 'name', deal.name, 'closed_on', deal.closed_on) AS deal
              FROM deals_dealcontact AS link JOIN deals_deal AS deal
                ON deal.workspace_id = link.workspace_id AND deal.id = link.deal_id
             WHERE link.workspace_id = %(workspace)s AND link.contact_id = person.id AND deal.status = 'won'
               AND deal.deleted_at IS NULL
             ORDER BY deal.closed_on DESC, deal.id DESC LIMIT 1) AS won"""


def last_won(request: WorkspaceRequest, organization: Any) -> dict[int, Aside]:
    """Of the first people of an organization the deal that was won last with each, as far as one may see it."""
    found = {int(pk): deal for pk, deal in organization.last_won.items()}
    if found and not Deal.sight(request.membership).is_whole:
        ids = [deal["id"] for deal in found.values()]
        seen = Deal.objects.visible_to(request.membership).filter(pk__in=ids).values_list("pk", flat=True)
        found = {pk: deal for pk, deal in found.items() if deal["id"] in set(seen)}
    today = timezone.localdate()
    return {
        pk: Aside(
            _("Last won deal"),
            f"{deal['name']} · {short_date(dt.date.fromisoformat(deal['closed_on']), today)}",
            address("deals:detail", deal["id"]),
        )
        for pk, deal in found.items()
    }


ASIDES.append(last_won)
register_aside("organization", "last_won", LAST_WON)


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
    links = PEOPLE(deal=deal.pk)
    seen = seen_ids(Contact, {link.contact_id for link in links}, request.membership)
    links = [link for link in links if link.contact_id in seen]
    return {"links": links, "count": len(links), "may_change": deal.allows("change", request.membership)}


def copy_of(request: WorkspaceRequest, deal: Deal) -> str:
    return deal.url_of("copy") if request.membership.may("deal", "create") else ""


def to_page(name: str):
    """The address of a page of the deal, for who may change it."""

    def url(request: WorkspaceRequest, deal: Deal) -> str:
        return deal.url_of(name) if deal.allows("change", request.membership) else ""

    return url


for name, deals in (("contact", deals_of), ("organization", deals_of_organization)):
    register(
        name,
        Panel("deals", _("Deals"), "deals/panel.html", deals, order=20, add=new_deal, add_label=_("New deal")),
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
    Action(_("Duplicate"), "document-duplicate", copy_of, order=72, place="menu", posts=True),
    Action(_("Move"), "view-columns", when("stage", is_open=True), order=70, place="menu"),
    Action(_("Abandon"), "x-circle", when("closing", is_open=True, query="?status=abandoned"), order=71, place="menu"),
)
register(
    "deal",
    Panel(
        "people",
        _("People"),
        "deals/people.html",
        people_of_deal,
        order=10,
        add=to_page("people"),
        add_label=_("Add person"),
    ),
)
register(
    "organization",
    Panel(
        "group-deals",
        _("Deals of the group"),
        "deals/group.html",
        deals_of_group,
        order=61,
        lazy=True,
        shown=lambda request, organization: organization.has_children,
    ),
)
