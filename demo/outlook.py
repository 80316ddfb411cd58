"""What the demo's forecast shows: how sure the open deals are, and the goals of this year and the next."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Sum
from django.utils import timezone

from deals.models import Deal
from records.listing.periods import months_from
from reports.models import Goal, Whose
from workspaces.models import Membership, Workspace
from workspaces.rights import SYSTEM

#: from which win chance of their stage on deals are so sure
SURE = {"best": 60, "commit": 80}
#: in how many months the open deals make up the goals
IN_MONTHS = 5


def look_ahead(workspace: Workspace, sellers: Sequence[Membership]) -> None:
    for category, chance in SURE.items():
        Deal.objects.open().filter(stage__win_chance__gte=chance).update(forecast=category)
    worth = Deal.objects.open().filter(currency=workspace.currency).aggregate(sum=Sum("value"))["sum"] or 0
    set_goals(Whose(), int(worth) // IN_MONTHS, workspace)
    for seller in dict.fromkeys(sellers):
        set_goals(Whose(member=seller), int(worth) // IN_MONTHS // len(set(sellers)), workspace)


def set_goals(whose: Whose, amount: int, workspace: Workspace) -> None:
    """The same for each month of two years, rounded to two digits."""
    step = 10 ** max(len(str(amount)) - 2, 0)
    months = months_from(dt.date(timezone.localdate().year, 1, 1), 24)
    Goal.set_year(whose, dict.fromkeys(months, amount // step * step), workspace.currency, by=SYSTEM)
