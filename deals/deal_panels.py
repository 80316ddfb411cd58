"""What the page of a deal shows of its lines, its competitors and the days that it was put off to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from records.panels import Panel, register, register_aside
from workspaces.requests import WorkspaceRequest

from .asides import seen_rivals, shown_lines, slips
from .models import Deal, DealCompetitor
from .panels import FIRST_DEALS, to_page

#: more are a click away
FIRST_LINES = 8


def lines_of_deal(request: WorkspaceRequest, deal: Any) -> dict[str, Any]:
    lines = shown_lines(deal)
    return {"lines": lines[:FIRST_LINES], "more": max(len(lines) - FIRST_LINES, 0), "count": len(lines)}


def rivals_of_deal(request: WorkspaceRequest, deal: Any) -> dict[str, Any]:
    rivals = seen_rivals(deal, request.membership)
    return {"rivals": rivals, "count": len(rivals), "may_change": deal.allows("change", request.membership)}


def slips_of_deal(request: WorkspaceRequest, deal: Any) -> dict[str, Any]:
    found = slips(deal)
    return {"slips": found, "count": len(found)}


def rival_on(request: WorkspaceRequest, organization: Organization) -> Any:
    """The links of an organization to the deals on which it is a competitor, as far as one may see these."""
    seen = Deal.objects.visible_to(request.membership)
    return DealCompetitor.objects.filter(organization=organization, deal__in=seen)


def deals_against(request: WorkspaceRequest, organization: Organization) -> dict[str, Any]:
    links = rival_on(request, organization).select_related("deal__stage").order_by("-deal__created_at", "-pk")
    count = links.count()
    deals = [(link.deal, link.note) for link in links[:FIRST_DEALS]]
    return {"deals": deals, "count": count, "more": count > FIRST_DEALS}


#: is it a competitor on any deal?
IS_RIVAL = """
    SELECT EXISTS (SELECT FROM deals_dealcompetitor
                    WHERE workspace_id = %(workspace)s AND organization_id = %(record)s)"""
register_aside("organization", "is_rival", IS_RIVAL)

register(
    "deal",
    Panel(
        "lines",
        _("Lines"),
        "deals/lines_panel.html",
        lines_of_deal,
        order=12,
        add=to_page("lines"),
        add_label=_("Edit lines"),
    ),
    Panel(
        "rivals",
        _("Competitors"),
        "deals/rivals.html",
        rivals_of_deal,
        order=30,
        add=to_page("rivals"),
        add_label=_("Add competitor"),
    ),
    Panel(
        "slips",
        _("Expected close put off"),
        "deals/slips.html",
        slips_of_deal,
        order=40,
        in_past=False,
        shown=lambda request, deal: bool(slips(deal)),
    ),
)
register(
    "organization",
    Panel(
        "rival-deals",
        _("Competitor on deals"),
        "deals/rival_deals.html",
        deals_against,
        order=25,
        shown=lambda request, organization: organization.is_rival and rival_on(request, organization).exists(),
    ),
)
