"""The goals of a year as a table: whose they are, by month."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from core.money import format_money
from records.listing.periods import month_of, months_from
from workspaces.models import Membership, Team

from .goal_forms import YEARS
from .models import Goal, Whose, amounts_of


@dataclass
class Line:
    """The goals of one, month by month. `url` is where they are set, for who may."""

    whose: Whose
    url: str
    months: list[list[Goal]]

    @property
    def texts(self) -> list[str]:
        return [in_words(goals) for goals in self.months]

    @property
    def year_text(self) -> str:
        return in_words(goal for goals in self.months for goal in goals)


def in_words(goals: Iterable[Goal]) -> str:
    return " + ".join(format_money(minor, currency, decimals=0) for currency, minor in amounts_of(goals).items())


class GoalTable:
    """What one reader sees of the goals of a year; three statements."""

    def __init__(self, membership: Membership, year: int):
        self.membership = membership
        self.year = year if year in YEARS else timezone.localdate().year
        self.months = months_from(dt.date(self.year, 1, 1), 12)

    @property
    def month_names(self) -> list[str]:
        return [date_format(month, "M") for month in self.months]

    @property
    def years(self) -> list[int]:
        """This one with the one before and the one behind."""
        return [year for year in (self.year - 1, self.year, self.year + 1) if year in YEARS]

    @cached_property
    def found(self) -> list[Goal]:
        seen = Goal.objects.visible_to(self.membership)
        return list(seen.within(self.months[0], month_of(self.months[-1], 1)))

    @cached_property
    def lines(self) -> list[Line]:
        """For who sets goals a line of everybody, of each team and of each member; else of those that have some."""
        lines = [self._line(*one) for one in self._all]
        return [line for line in lines if line.url or any(line.months)]

    @property
    def _all(self) -> Iterator[tuple[Whose, str, int]]:
        """(whose, name of the address where their goals are set, id)."""
        yield Whose(), "goals_of_all", 0
        for team in Team.objects.all():
            yield Whose(team=team), "goals_of_team", team.pk
        has_some = {goal.member_id for goal in self.found if goal.member_id}
        sells = Q(is_active=True) & ~Q(role="viewer")
        for member in Membership.objects.filter(sells | Q(pk__in=has_some)).order_by("name", "pk"):
            yield Whose(member=member), "goals_of_member", member.pk

    def _line(self, whose: Whose, name: str, pk: int) -> Line:
        may = self.membership.may("goal", "change")
        url = reverse(f"reports:{name}", args=[self.year, pk] if pk else [self.year]) if may else ""
        of = (whose.member and whose.member.pk, whose.team and whose.team.pk)
        goals = [goal for goal in self.found if (goal.member_id, goal.team_id) == of]
        return Line(whose, url, [[goal for goal in goals if goal.month == month] for month in self.months])
