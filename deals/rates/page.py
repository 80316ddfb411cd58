"""What the pages of rates show."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, Min, When
from django.utils import timezone

from deals.models import Deal
from deals.models.settling import UNSETTLED
from workspaces.models import Membership, Rate, Rates, Workspace

#: rates of a currency on a page
PAGE = 50


@dataclass
class Lack:
    """Deals in a currency that a rate is missing for; `since` is the day from which one is needed."""

    currency: str
    open: int = 0
    closed: int = 0
    since: dt.date | None = None


def newest(workspace: Workspace) -> list[Rate]:
    """The newest rate of each currency that holds today, else the one to come, with `how_many` there are."""
    rows = Rate.objects.filter(base=workspace.currency)
    counts = dict(rows.order_by().values_list("currency").annotate(Count("pk")))
    is_to_come = Case(When(day__gt=timezone.localdate(), then=1), default=0)
    found = list(rows.order_by("currency", is_to_come, "-day").distinct("currency"))
    for rate in found:
        rate.how_many = counts[rate.currency]  # type: ignore[attr-defined]
    return found


def lacking(member: Membership, rates: Rates) -> list[Lack]:
    """What can't be added up for want of a rate, as far as the reader sees it."""
    found: dict[str, Lack] = {}
    deals = Deal.objects.visible_to(member).exclude(currency=rates.base).order_by()
    open_deals = dict(deals.open().filter(value__isnull=False).values_list("currency").annotate(Count("pk")))
    for code in rates.lacking(open_deals):
        found[code] = Lack(code, open=open_deals[code])
    closed = deals.filter(UNSETTLED).values_list("currency").annotate(Count("pk"), Min("closed_on"))
    for code, count, since in closed:
        lack = found.setdefault(code, Lack(code))
        lack.closed, lack.since = count, since
    return [found[code] for code in sorted(found)]
