"""The goals that a forecast is held against."""

import datetime as dt
from collections.abc import Collection, Sequence
from functools import cached_property

from core.numbers import number
from records.listing.filters import MemberFilter
from workspaces.models import Membership

from .models import Goal, amounts_of

ME, TEAM = MemberFilter.RELATIVE


class Goals:
    """Of the owners that a list is filtered by (`?owner=`), month by month, as far as the reader sees them.

    The goal of all is that of the workspace, that of "my team" is the team's; where it has none, what its members have
    together. Of anybody else it is the sum of their own.
    """

    def __init__(self, membership: Membership, owners: Sequence[str], start: dt.date, end: dt.date):
        self.membership, self.owners, self.start, self.end = membership, [one for one in owners if one], start, end

    @cached_property
    def found(self) -> list[Goal]:
        return list(Goal.objects.visible_to(self.membership).within(self.start, self.end))

    @cached_property
    def members(self) -> set[int] | None:
        """Whose deals are looked at; None for everybody's."""
        if not self.owners:
            return None
        ids = {self.membership.pk if one == ME else number(one) for one in self.owners} - {0}
        return ids | set(self.membership.reachable_owner_ids("team") or ()) if TEAM in self.owners else ids

    def of_month(self, month: dt.date | None, members: Collection[int] | None = None) -> dict[str, int]:
        """In minor units by currency; empty for none. Of these `members`, or of all that the list shows."""
        if members is not None:
            return amounts_of(goal for goal in self._of_members(month) if goal.member_id in members)
        whole = [goal for goal in self.found if goal.month == month and self._is_whole(goal)]
        return amounts_of(whole or (self._of_members(month) if self.sees_all else []))

    @cached_property
    def sees_all(self) -> bool:
        """Does the reader see the goals of all these members?"""
        return self.membership.scope("goal", "view") == "all" or self.members == {self.membership.pk}

    def members_with(self, month: dt.date | None) -> set[int]:
        """The members among those that the list shows that have a goal in a month."""
        return {goal.member_id for goal in self._of_members(month) if goal.member_id}

    def _of_members(self, month: dt.date | None) -> list[Goal]:
        goals = [goal for goal in self.found if goal.month == month and goal.member_id]
        return [goal for goal in goals if self.members is None or goal.member_id in self.members]

    def _is_whole(self, goal: Goal) -> bool:
        """Is it the goal of just those whose deals are looked at?"""
        if not self.owners:
            return goal.member_id is None and goal.team_id is None
        return self.owners == [TEAM] and goal.team_id is not None and goal.team_id == self.membership.team_id
