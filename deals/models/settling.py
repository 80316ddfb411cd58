"""What closed deals are worth in the workspace's currency: settled at the rate of the day of closing.

The database settles a deal as it is closed (migration 0175); here are those that had no rate then, and all of them
where the workspace takes another currency.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import BigIntegerField, BooleanField, Func, Q
from django.utils.translation import gettext as _

from records.models import BulkRun
from workspaces.changes import describe_change
from workspaces.models import Rate, RateLine, Workspace
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor

from .deal import Deal

#: more deals than these are settled by a job
AT_ONCE = 1_000
#: the bulk action that does it
SETTLE = "settle"
WORTH = Func(
    *("workspace", "value", "currency", "closed_on"), function="workspaces_worth", output_field=BigIntegerField()
)
OTHERWISE: Any = Func(
    *("closed_value", WORTH),
    template="(%(expressions)s)",
    arg_joiner=" IS DISTINCT FROM ",
    output_field=BooleanField(),
)
#: in the words of the index of what is unsettled
UNSETTLED = ~Q(status="open") & Q(value__isnull=False, closed_value__isnull=True)


class Settled(NamedTuple):
    """How many rates were written, or deals valued; and the job that values the deals, where they are many."""

    done: int
    run: BulkRun | None = None


def settle(deals: Any) -> int:
    """Settle those that are closed by the rates as they are now; returns how many were settled otherwise, or not."""
    return deals.exclude(status="open").filter(OTHERWISE).update(closed_value=WORTH)


def settle_soon(deals: Any, *, by: Actor, label: str) -> Settled:
    """The same at once, under a label, or by a job."""
    ids = list(deals.filter(OTHERWISE).order_by("pk").values_list("pk", flat=True))
    if len(ids) > AT_ONCE and by.membership:
        return Settled(0, BulkRun.begin("deal", SETTLE, ids, member=by.membership))
    describe_change(label)
    return Settled(settle(Deal.objects.filter(pk__in=ids)))


@transaction.atomic
def put_rates(lines: Iterable[RateLine], *, by: Actor) -> Settled:
    """Write rates, see `Rate.put`, and settle what waited for them."""
    lines = list(lines)
    count = Rate.put(lines, by=by)
    return Settled(count, settle_waiting(lines, by=by))


@transaction.atomic
def keep_rate(rate: Rate, *, by: Actor) -> Settled:
    """Save a changed rate and settle what waited for it. Raises what `Rate.keep` raises."""
    rate.keep(by=by)
    return Settled(1, settle_waiting([RateLine(rate.currency, rate.day, rate.value)], by=by))


def settle_waiting(lines: Iterable[RateLine], *, by: Actor) -> BulkRun | None:
    """Settle what waited for these rates, in the change that wrote them unless it is much."""
    since: dict[str, dt.date] = {}
    for line in lines:
        since[line.currency] = min(line.day, since.get(line.currency, line.day))
    counts = Q(pk=None)
    for currency, day in since.items():
        counts |= Q(currency=currency, closed_on__gte=day)
    return settle_soon(Deal.objects.filter(UNSETTLED & counts), by=by, label="").run


@transaction.atomic
def settle_anew(currency: str, *, by: Actor) -> Settled:
    """Settle the closed deals of a currency by the rates as they are now.

    Raises NotAllowed when the role may not change rates.
    """
    check_right(by)
    deals = Deal.objects.filter(currency=currency).exclude(status="open")
    return settle_soon(deals, by=by, label=valued_in(Workspace.current().currency))


def valued_in(currency: str) -> str:
    """What is done, in words."""
    return _("Closed deals valued in %(currency)s") % {"currency": currency}


def check_right(by: Actor) -> None:
    """Raises NotAllowed when the role may not change rates."""
    if by.membership and not by.membership.may("rate", "change"):
        raise NotAllowed(_("Your role does not allow changes of the set-up."))
