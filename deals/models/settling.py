"""What closed deals are worth in the workspace's currency: settled at the rate of the day of closing.

The database settles a deal as it is closed (migration 0175); here are those that had no rate then, and all of them
where the workspace takes another currency.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils.translation import gettext as _

from workspaces.changes import describe_change
from workspaces.models import Rate, RateLine
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor

WORTH = "workspaces_worth(workspace_id, value, currency, closed_on)"
#: the first is in the words of the index of what is unsettled
UNSETTLED = "status <> 'open' AND value IS NOT NULL AND closed_value IS NULL"
OTHERWISE = f"status <> 'open' AND closed_value IS DISTINCT FROM {WORTH}"


def settle(*, anew: bool = False, currency: str = "") -> int:
    """Settle closed deals that had no rate on their day and have one by now; returns how many. With `anew` all, those
    settled otherwise too; of one `currency` where it is given."""
    which = OTHERWISE if anew else f"{UNSETTLED} AND {WORTH} IS NOT NULL"
    of_currency = "(%(currency)s = '' OR currency = %(currency)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE deals_deal SET closed_value = {WORTH} WHERE {which} AND {of_currency}", {"currency": currency}
        )
        return cursor.rowcount


@transaction.atomic
def put_rates(lines: Iterable[RateLine], *, by: Actor) -> int:
    """Write rates, see `Rate.put`, and settle what waited for them; returns how many rates that were."""
    count = Rate.put(lines, by=by)
    settle()
    return count


@transaction.atomic
def keep_rate(rate: Rate, *, by: Actor) -> Rate:
    """Save a changed rate and settle what waited for it. Raises what `Rate.keep` raises."""
    rate.keep(by=by)
    settle()
    return rate


@transaction.atomic
def settle_anew(currency: str, *, by: Actor) -> int:
    """Settle the closed deals of a currency by the rates as they are now; returns how many changed.

    Raises NotAllowed when the role may not change rates.
    """
    if by.membership and not by.membership.may("rate", "change"):
        raise NotAllowed(_("Your role does not allow changes of the set-up."))
    describe_change(_("Closed deals in %(currency)s valued anew") % {"currency": currency})
    return settle(anew=True, currency=currency)
