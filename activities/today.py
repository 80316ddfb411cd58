"""What a member has to do now: what is due, the deals that nobody moves, and how the day goes.

Four statements, whatever the number of rows: short walks down the index of the open activities of each owner, one look
at the open deals of the same owners. Figures: docs/performance.md.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.statements import fetch
from workspaces.models import Membership

#: rows that a section shows; the rest is in the list
MOST = 25
#: due activities of one owner are counted up to here
COUNTED = 1000
#: the badge beside "Today" says "99+" beyond
MOST_DUE = 99
BEGINNING, END = dt.datetime(1, 1, 2, tzinfo=dt.UTC), dt.datetime(9999, 12, 30, tzinfo=dt.UTC)

SPANS = "unnest(%(names)s::text[], %(starts)s::timestamptz[], %(ends)s::timestamptz[]) AS span (name, starts, ends)"
#: the open activities of one owner in a span: a range of the index `activity_open`
OPEN = """activities_activity AS open
    WHERE open.workspace_id = %(workspace)s AND open.owner_id = owner.id AND open.done_at IS NULL
      AND open.deleted_at IS NULL AND open.occurred_at >= span.starts AND open.occurred_at < span.ends"""

DUE = f"""
    SELECT span.name, activity.id, activity.kind, activity.subject, activity.occurred_at, activity.owner_id,
           member.name, ARRAY(SELECT json_build_object(
                        'deal', deal.id, 'contact', contact.id, 'organization', organization.id,
                        'name', coalesce(deal.name, organization.name,
                                         btrim(contact.first_name || ' ' || contact.last_name)),
                        'phone', contact.phone, 'email', contact.email)
                   FROM activities_activitylink AS link
                   LEFT JOIN deals_deal AS deal ON deal.workspace_id = link.workspace_id AND deal.id = link.deal_id
                        AND deal.deleted_at IS NULL AND (%(deal)s::bigint[] IS NULL OR deal.owner_id = ANY(%(deal)s))
                   LEFT JOIN contacts_contact AS contact
                          ON contact.workspace_id = link.workspace_id AND contact.id = link.contact_id
                         AND contact.deleted_at IS NULL
                         AND (%(contact)s::bigint[] IS NULL OR contact.owner_id = ANY(%(contact)s))
                   LEFT JOIN organizations_organization AS organization
                          ON organization.workspace_id = link.workspace_id AND organization.id = link.organization_id
                         AND organization.deleted_at IS NULL
                         AND (%(organization)s::bigint[] IS NULL OR organization.owner_id = ANY(%(organization)s))
                  WHERE link.workspace_id = activity.workspace_id AND link.activity_id = activity.id
                    AND coalesce(deal.id, contact.id, organization.id) IS NOT NULL
                  ORDER BY contact.id, deal.id, organization.id)
      FROM {SPANS}
     CROSS JOIN LATERAL (
           SELECT walk.id, walk.occurred_at
             FROM unnest(%(owners)s::bigint[]) AS owner (id)
            CROSS JOIN LATERAL (
                  SELECT open.id, open.occurred_at FROM {OPEN}
                   ORDER BY open.occurred_at, open.id LIMIT {MOST}) AS walk
            ORDER BY walk.occurred_at, walk.id LIMIT {MOST}) AS shown
      JOIN activities_activity AS activity ON activity.workspace_id = %(workspace)s AND activity.id = shown.id
      LEFT JOIN workspaces_membership AS member
             ON member.workspace_id = activity.workspace_id AND member.id = activity.owner_id
     ORDER BY span.starts, shown.occurred_at, shown.id"""

COUNTS = f"""
    SELECT span.name, coalesce(sum(found.many), 0)::int, coalesce(sum(found.calls), 0)::int
      FROM {SPANS} CROSS JOIN unnest(%(owners)s::bigint[]) AS owner (id)
     CROSS JOIN LATERAL (
           SELECT count(*) AS many, count(*) FILTER (WHERE kind = 'call') AS calls
             FROM (SELECT open.kind FROM {OPEN} LIMIT {COUNTED}) AS few) AS found
     GROUP BY span.name
     UNION ALL
    SELECT 'done', count(*)::int, 0 FROM activities_activity
     WHERE workspace_id = %(workspace)s AND owner_id = ANY(%(owners)s::bigint[]) AND deleted_at IS NULL
       AND occurred_at >= %(today)s AND occurred_at < %(tomorrow)s AND done_at IS NOT NULL AND kind <> 'note'"""

#: Open deals that nobody moves. Idle beats "no next step", as on cards; what is due today or late is neither.
DEALS = f"""
    WITH judged AS (
        SELECT deal.id, deal.expected_close, deal.value,
               %(now)s - greatest(deal.stage_since, pulse.last_activity_at) AS idle,
               CASE WHEN (pulse.next_activity_at IS NULL OR pulse.next_activity_at >= %(tomorrow)s)
                     AND greatest(deal.stage_since, pulse.last_activity_at)
                         <= %(now)s - make_interval(days => stage.idle_days + 1) THEN 'idle'
                    WHEN pulse.next_activity_at IS NULL THEN 'stepless' END AS risk
          FROM deals_deal AS deal
          JOIN deals_stage AS stage ON stage.workspace_id = deal.workspace_id AND stage.id = deal.stage_id
          JOIN deals_dealpulse AS pulse ON pulse.workspace_id = deal.workspace_id AND pulse.record_id = deal.id
         WHERE deal.workspace_id = %(workspace)s AND deal.owner_id = ANY(%(owners)s::bigint[])
           AND deal.status = 'open' AND deal.deleted_at IS NULL
           AND (%(deal)s::bigint[] IS NULL OR deal.owner_id = ANY(%(deal)s))),
    placed AS (
        SELECT id, risk, idle, count(*) OVER (PARTITION BY risk) AS many,
               row_number() OVER (PARTITION BY risk ORDER BY CASE risk WHEN 'idle' THEN -extract(epoch FROM idle) END,
                                  expected_close, value DESC NULLS LAST, id) AS place
          FROM judged WHERE risk IS NOT NULL)
    SELECT placed.risk, placed.many, deal.id, deal.name, deal.value, deal.currency, stage.name, organization.id,
           organization.name, deal.owner_id, member.name, deal.expected_close, extract(day FROM placed.idle)::int
      FROM placed
      JOIN deals_deal AS deal ON deal.workspace_id = %(workspace)s AND deal.id = placed.id
      JOIN deals_stage AS stage ON stage.workspace_id = deal.workspace_id AND stage.id = deal.stage_id
      LEFT JOIN organizations_organization AS organization
             ON organization.workspace_id = deal.workspace_id AND organization.id = deal.organization_id
            AND organization.deleted_at IS NULL
            AND (%(organization)s::bigint[] IS NULL OR organization.owner_id = ANY(%(organization)s))
      LEFT JOIN workspaces_membership AS member
             ON member.workspace_id = deal.workspace_id AND member.id = deal.owner_id
     WHERE placed.place <= {MOST} ORDER BY placed.place"""

BADGE = f"""
    SELECT count(*) FROM (
        SELECT FROM activities_activity
         WHERE workspace_id = %(workspace)s AND owner_id = %(owner)s AND done_at IS NULL AND deleted_at IS NULL
           AND occurred_at < %(tomorrow)s LIMIT {MOST_DUE + 1}) AS due"""


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

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


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
        visible = self._visible(record)
        return set(ids) if visible is None else set(ids).intersection(visible)

    def _visible(self, record: str) -> list[int] | None:
        return self.membership.reachable_owner_ids(self.membership.scope(record, "view"))

    def midnight(self, days: int | None) -> dt.datetime:
        """When the day begins that many days from today, by the reader's clock; None for the beginning of time."""
        return midnight(self.day + dt.timedelta(days=days)) if days is not None else BEGINNING

    @cached_property
    def values(self) -> dict[str, Any]:
        """The parameters of the statements."""
        seen = {record: self._visible(record) for record in ("deal", "contact", "organization")}
        return seen | {
            "workspace": self.membership.workspace_id,
            "owners": self.owners,
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
        for name, *values, about in fetch(DUE, self.values):
            found[name].rows.append(DueActivity(*values, about=[about_of(link) for link in about]))
        for name, section in found.items():
            section.count = self.counts[name][0]
        return found

    @cached_property
    def counts(self) -> dict[str, tuple[int, int]]:
        """Span -> how many are due, and how many of them are calls; and what was done today."""
        return {name: (many, calls) for name, many, calls in fetch(COUNTS, self.values)} | (
            {} if self.owners else dict.fromkeys(self.values["names"], (0, 0))
        )

    @property
    def calls_left(self) -> int:
        return self.counts["late"][1] + self.counts["today"][1]

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
            # Planned with its values each time: whose deals they are decides how they are found.
            with connection.cursor() as cursor:
                cursor.execute(DEALS, self.values)
                rows = cursor.fetchall()
            for risk, many, *values in rows:
                found[risk].rows.append(StuckDeal(risk == "idle", *values))
                found[risk].count = many
        return found

    @property
    def at_risk(self) -> int:
        return sum(section.count for section in self.stuck.values())


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins by the reader's clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def about_of(link: dict[str, Any]) -> About:
    kind = next(kind for kind in ("deal", "contact", "organization") if link[kind])
    return About(kind, link[kind], link["name"], link["phone"] or "", link["email"] or "")


def due_badge(membership: Membership) -> str:
    """How much is due for a member until the end of the day, as it stands beside the link to the page; "" for none."""
    if not membership.may("activity", "view"):
        return ""
    tomorrow = midnight(timezone.localdate() + dt.timedelta(days=1))
    [(count,)] = fetch(BADGE, {"workspace": membership.workspace_id, "owner": membership.pk, "tomorrow": tomorrow})
    return f"{MOST_DUE}+" if count > MOST_DUE else str(count or "")
