"""What a member has to do now: what is due, the deals that nobody moves, and how the day goes.

Four statements, whatever the number of rows: short walks down the indexes of the open activities and of the open deals
of each owner. Figures: docs/performance.md.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from core.formats import number
from core.statements import fetch
from deals.models import Deal
from organizations.models import Organization
from records.news.counting import unread_sql
from workspaces.models import Membership

from .models import Activity
from .today_sql import BADGES, COUNTED, COUNTS, DEALS, DUE, MOST_DUE

#: before everything that is due
BEGINNING = dt.datetime(1, 1, 2, tzinfo=dt.UTC)


class Span(NamedTuple):
    """A stretch of days that activities are due in; `period` is what the list calls it."""

    name: str
    title: str | Promise
    days: tuple[int | None, int]
    period: str


SPANS_SHOWN = (
    Span("late", _("Overdue"), (None, 0), "overdue"),
    Span("today", _("Today"), (0, 1), "today"),
    Span("tomorrow", _("Tomorrow"), (1, 2), "tomorrow"),
    Span("week", _("Next 7 days"), (2, 8), "next_7_days"),
)


class About(NamedTuple):
    """A person, organization or deal that an activity is about."""

    kind: str
    id: int
    name: str
    phone: str = ""
    email: str = ""


class DueActivity(NamedTuple):
    id: int
    kind: str
    subject: str
    occurred_at: dt.datetime
    owner_id: int
    owner: str
    about: list[About]


class StuckDeal(NamedTuple):
    """An open deal that nobody moves: idle for `idle` days, or without a next step."""

    is_idle: bool
    id: int
    name: str
    value: int | None
    currency: str
    stage: str
    organization_id: int | None
    organization: str | None
    owner_id: int
    owner: str
    expected_close: dt.date | None
    idle: int


@dataclass
class Section:
    """A part of the page: its rows, how many there are altogether, and the list that holds all of them."""

    name: str
    title: str | Promise
    query: str
    rows: list[Any] = field(default_factory=list)
    count: int = 0
    #: were only so many counted, though there may be more?
    is_capped: bool = False

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)

    @property
    def how_many(self) -> str:
        return at_least(self.count) if self.is_capped else number(self.count)


class Today:
    """The work of a member, or with `team` that of those whom the member leads."""

    def __init__(self, membership: Membership, *, team: bool = False, now: dt.datetime | None = None):
        self.membership = membership
        self.reach = membership.scope("activity", "assign")
        self.team = team and self.leads
        self.now = now or timezone.now()
        self.day = timezone.localdate(self.now)

    @property
    def leads(self) -> bool:
        """Does the member lead others, whose work it may look at?"""
        return self.reach in ("team", "all")

    @cached_property
    def owners(self) -> list[int]:
        """Whose work it is; what the member may not see is left out."""
        return sorted(self._seen(self._wanted(), "activity"))

    def _wanted(self) -> Iterable[int]:
        if not self.team:
            return [self.membership.pk]
        reachable = self.membership.reachable_owner_ids(self.reach)
        return Membership.objects.values_list("pk", flat=True) if reachable is None else reachable

    def _seen(self, ids: Iterable[int], record: str) -> set[int]:
        return set(ids) if self.membership.may(record, "view") else set()

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, as far as the member sees what they are of."""
        for word, condition in self.seen.items():
            sql = sql.replace(word, condition)
        return fetch(sql, self.values)

    @cached_property
    def seen(self) -> dict[str, str]:
        """What stands in the statements for what the member sees."""
        deals, activities = Deal.sight(self.membership), Activity.sight(self.membership)
        found = {f"SEES_{model.record_name.upper()}": model.sight(self.membership).sql(model.record_name)
                 for model in (Contact, Organization, Deal)}  # fmt: skip
        pulse = "TRUE" if deals.is_whole else (
            "EXISTS (SELECT FROM deals_deal AS sold WHERE sold.workspace_id = pulse.workspace_id"
            f" AND sold.id = pulse.record_id AND {deals.sql('sold')})"
        )  # fmt: skip
        return found | {"SEES_OPEN": activities.sql("open"), "SEES_DONE": activities.sql("done"), "SEES_PULSE": pulse}

    def midnight(self, days: int | None) -> dt.datetime:
        """When the day begins that many days from today, by the reader's clock; None for the beginning of time."""
        return midnight(self.day + dt.timedelta(days=days)) if days is not None else BEGINNING

    @cached_property
    def values(self) -> dict[str, Any]:
        """The parameters of the statements."""
        return {
            "workspace": self.membership.workspace_id,
            "owners": self.owners,
            "sellers": sorted(self._seen(self.owners, "deal")),
            "now": self.now,
            "today": self.midnight(0),
            "tomorrow": self.midnight(1),
            "names": [span.name for span in SPANS_SHOWN],
            "starts": [self.midnight(span.days[0]) for span in SPANS_SHOWN],
            "ends": [self.midnight(span.days[1]) for span in SPANS_SHOWN],
        }

    def span_of(self, at: dt.datetime) -> str:
        """The name of the section that a moment falls into; "" for a later one."""
        return next((span.name for span in SPANS_SHOWN if at < self.midnight(span.days[1])), "")

    # --- what is due --------------------------------------------------------------------------------------------------
    @property
    def whose(self) -> str:
        """How the filter of a list calls those whose work it is."""
        if not self.team:
            return "owner=me&"
        return "owner=team&" if self.reach == "team" else ""

    @cached_property
    def due(self) -> dict[str, Section]:
        """What is due, by span."""
        query = f"{self.whose}done_at_is=none&sort=occurred_at&occurred_at="
        found = {span.name: Section(span.name, span.title, query + span.period) for span in SPANS_SHOWN}
        rows: dict[int, DueActivity] = {}
        for name, pk, kind, subject, at, owner_id, owner, *link in self.ask(DUE):
            if pk not in rows:
                rows[pk] = DueActivity(pk, kind, subject, at, owner_id, owner, [])
                found[name].rows.append(rows[pk])
            rows[pk].about.extend(about_of(*link))
        for name, section in found.items():
            section.count, _calls, section.is_capped = self.counts[name]
        return found

    @cached_property
    def counts(self) -> dict[str, tuple[int, int, bool]]:
        """Span -> how many are due, how many of them are calls, may there be more; and what was done today."""
        found = {name: (many, calls, is_capped) for name, many, calls, is_capped in self.ask(COUNTS)}
        return found if self.owners else found | dict.fromkeys(self.values["names"], (0, 0, False))

    @property
    def calls_left(self) -> str:
        (_late, late, late_is_capped), (_today, today, today_is_capped) = self.counts["late"], self.counts["today"]
        return at_least(late + today) if late_is_capped or today_is_capped else number(late + today)

    @property
    def done_today(self) -> int:
        return self.counts["done"][0]

    @property
    def is_clear(self) -> bool:
        """Is nothing late, and nothing left for today?"""
        return not (self.due["late"].count or self.due["today"].count)

    @property
    def comes_next(self) -> DueActivity | None:
        """What is due first after today."""
        return next((row for name in ("tomorrow", "week") for row in self.due[name].rows), None)

    # --- deals --------------------------------------------------------------------------------------------------------
    @cached_property
    def stuck(self) -> dict[str, Section]:
        """The deals that nobody moves: without a next step, and idle."""
        base = f"{self.whose}status=open"
        found = {
            "stepless": Section("stepless", _("Without a next step"), f"{base}&next_step_is=none"),
            "idle": Section("idle", _("Idle"), f"{base}&sort=last_activity&columns=next_step,last_activity"),
        }
        if self.membership.may("deal", "view"):
            for risk, many, *values in self.ask(DEALS):
                found[risk].rows.append(StuckDeal(risk == "idle", *values))
                found[risk].count, found[risk].is_capped = many, many >= COUNTED
        return found

    @property
    def at_risk(self) -> int:
        return sum(section.count for section in self.stuck.values())

    @property
    def how_many_at_risk(self) -> str:
        is_capped = any(section.is_capped for section in self.stuck.values())
        return at_least(self.at_risk) if is_capped else number(self.at_risk)


def at_least(count: int) -> str:
    return f"{number(count)}+"


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins by the reader's clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def about_of(contact: int | None, name: str, phone: str, email: str, *others: Any) -> Iterator[About]:
    """The one record of a row of `DUE`; none where it is not for the reader, or there is none."""
    deal, deal_name, organization, organization_name = others
    if contact:
        yield About("contact", contact, name, phone, email)
    elif deal:
        yield About("deal", deal, deal_name)
    elif organization:
        yield About("organization", organization, organization_name)


class Badges(NamedTuple):
    """The numbers of the frame: how much is due for the reader until the end of the day, and how much news is unread;
    "" for none."""

    due: str = ""
    unread: str = ""

    @classmethod
    def of(cls, membership: Membership) -> "Badges":
        tomorrow = midnight(timezone.localdate() + dt.timedelta(days=1))
        values = {"workspace": membership.workspace_id, "owner": membership.pk, "tomorrow": tomorrow}
        [(due, unread)] = fetch(BADGES.substitute(unread=unread_sql(membership)), values)
        return cls(badge(due) if membership.may("activity", "view") else "", badge(unread))


def badge(count: int) -> str:
    return f"{MOST_DUE}+" if count > MOST_DUE else str(count or "")


def due_badge(membership: Membership) -> str:
    """How much is due for a member, as it stands beside the link to the page; "" for none."""
    return Badges.of(membership).due
