"""What is to be won in a month: by the whole workspace, a team or a member."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import LARGEST
from workspaces.changes import describe_change
from workspaces.models import Membership, Team
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked


@dataclass(frozen=True)
class Whose:
    """Whose goals they are: a member's, a team's, or, with neither, the workspace's."""

    member: Membership | None = None
    team: Team | None = None

    def __str__(self) -> str:
        return str(self.member or self.team or gettext("Everybody"))


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, membership: Membership) -> Self:
        """All of them; or, for a member who sees its own alone, those that it has a part in."""
        scope = membership.scope("goal", "view")
        if scope == "none":
            return self.none()
        if scope == "all":
            return self.all()
        team = Q(team=membership.team_id) if membership.team_id else Q()
        return self.filter(Q(member=membership) | team | Q(member=None, team=None))

    def of(self, whose: Whose) -> Self:
        return self.filter(member=whose.member, team=whose.team)

    def within(self, start: dt.date, end: dt.date) -> Self:
        """Of the months from one to the one before another."""
        return self.filter(month__gte=start, month__lt=end)


@tracked
class Goal(WorkspaceModel):
    """So much is to be won in a month."""

    record_name = "goal"
    inseparable = (("amount", "currency"),)

    #: its first day
    month = models.DateField(_("month"))
    member = WorkspaceForeignKey(
        Membership, models.DB_CASCADE, null=True, related_name="goals", verbose_name=_("member")
    )
    team = WorkspaceForeignKey(Team, models.DB_CASCADE, null=True, related_name="goals", verbose_name=_("team"))
    #: minor units of `currency`, which was the workspace's when it was set
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)

    objects: ClassVar = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("month", "id")
        indexes: ClassVar = [models.Index(fields=["workspace", "month"], name="reports_goal_month")]
        constraints: ClassVar = [
            ExclusionRule(
                name="reports_goal_once",
                columns=["workspace_id", "month", "coalesce(member_id, 0)", "coalesce(team_id, 0)"],
                where="amount >= 0",
            ),
            models.CheckConstraint(name="reports_goal_amount", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="reports_goal_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="reports_goal_of_one", condition=Q(member=None) | Q(team=None)),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m}"

    @classmethod
    @transaction.atomic
    def set_year(cls, whose: Whose, amounts: Mapping[dt.date, int | None], currency: str, *, by: Actor) -> int:
        """Make these the goals of one for months (their first days), in minor units; None for no goal. Returns how
        many changed; what is as it was stays.

        Raises NotAllowed, and Refusal for an amount that is none or where somebody sets the same at this moment.
        """
        if by.membership and not by.membership.may("goal", "change"):
            raise NotAllowed(gettext("Your role does not allow setting goals."))
        if not all(amount is None or 0 <= amount <= LARGEST for amount in amounts.values()):
            raise Refusal(gettext("A goal is an amount that is not negative."))
        there = {goal.month: goal for goal in cls.objects.of(whose).filter(month__in=amounts).select_for_update()}
        values = {month: (amount, currency) for month, amount in amounts.items() if amount is not None}
        changed = [goal for month, goal in there.items() if values.get(month) not in (None, goal.worth)]
        for goal in changed:
            goal.amount, goal.currency = values[goal.month]
        new = [
            cls(month=month, member=whose.member, team=whose.team, amount=amount, currency=code)
            for month, (amount, code) in values.items()
            if month not in there
        ]
        gone = [goal.pk for month, goal in there.items() if month not in values]
        describe_change(gettext("Goals of %(whose)s set") % {"whose": whose})
        cls.objects.filter(pk__in=gone).delete()
        cls.objects.bulk_update(changed, ["amount", "currency"])
        cls._add(new)
        return len(changed) + len(new) + len(gone)

    @classmethod
    def _add(cls, new: "list[Goal]") -> None:
        try:
            with transaction.atomic():
                cls.objects.bulk_create(new)
        except IntegrityError as error:
            raise Refusal(gettext("Somebody set these goals at the same time. Look at them again.")) from error

    @property
    def worth(self) -> tuple[int, str]:
        return self.amount, self.currency


def amounts_of(goals: Any) -> dict[str, int]:
    """What goals add up to, in minor units by currency."""
    found: dict[str, int] = {}
    for goal in goals:
        found[goal.currency] = found.get(goal.currency, 0) + goal.amount
    return found
