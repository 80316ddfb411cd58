"""The timeline of a contact, an organization or a deal: what comes next, what was done, what happened.

One statement reads a page of it: a UNION ALL of branches, each of them short walks down an index of link rows. A
contact's are its own activities and events and those of its deals; an organization's also those of its people. What is
found by several branches is shown once, as near to the record as it gets. Figures: docs/performance.md.
"""

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from string import Template
from typing import Any, NamedTuple, Self

from django.db import connection

from contacts.models import Contact
from core.statements import fetch
from deals.models import Deal
from records.models import Record
from workspaces.models import Membership

from .models import KINDS, Activity

PAGE = 25
MOST_UPCOMING = 20
LAST_ID = 2**63 - 1

# One record's entries in order: a walk down an index that stops after a page.
WALK = Template("""
    SELECT link.${source}_id AS id, link.occurred_at FROM $table AS link $join
     WHERE link.workspace_id = %s AND link.$column = $record $where
     ORDER BY link.occurred_at $direction, link.${source}_id $direction LIMIT $limit""")

OWN = Template("""
    (SELECT '$source' AS source, id, occurred_at, 0 AS near, NULL::bigint AS deal_id, NULL::bigint AS contact_id
       FROM ($walk) AS walk)""")

# Of many records (the deals of a large organization) first one entry each: a page holds none of those whose newest
# entry is older than a page full of others. Only the rest are walked on.
THROUGH = Template("""
    (WITH head AS MATERIALIZED (
        SELECT other.id AS other_id, walk.* FROM ($others) AS other (id) CROSS JOIN LATERAL ($walk) AS walk),
     edge AS (
        SELECT occurred_at FROM (SELECT DISTINCT occurred_at, id FROM head
                                  ORDER BY occurred_at $direction, id $direction LIMIT $limit) AS page
         ORDER BY occurred_at $opposite LIMIT 1)
     SELECT DISTINCT ON (walk.occurred_at, walk.id)
            '$source', walk.id, walk.occurred_at, 1, $deal::bigint, $contact::bigint
       FROM head CROSS JOIN LATERAL ($walk_on) AS walk
      WHERE head.occurred_at $at_least (SELECT occurred_at FROM edge)
      ORDER BY walk.occurred_at $direction, walk.id $direction LIMIT $limit)""")

#: what a timeline shows of an activity, in the order of the model's fields
SHOWN = ("id", "kind", "subject", "body", "outcome", "occurred_at", "minutes", "done_at")

ENTRIES = Template("""
    SELECT entry.source, entry.id, entry.occurred_at, entry.deal_id, deal.name, entry.contact_id,
           contact.first_name, contact.last_name, owner.name, event.kind, event.data, event.actor,
           activity.id, activity.kind, activity.subject, activity.body, activity.outcome, activity.occurred_at,
           activity.minutes, activity.done_at
      FROM (SELECT DISTINCT ON (occurred_at, source, id) * FROM ($branches) AS found
             ORDER BY occurred_at $direction, source, id $direction, near LIMIT $limit) AS entry
      LEFT JOIN activities_activity AS activity ON entry.source = 'activity' AND activity.id = entry.id
      LEFT JOIN workspaces_membership AS owner ON owner.id = activity.owner_id
      LEFT JOIN records_event AS event ON entry.source = 'event' AND event.id = entry.id
      LEFT JOIN deals_deal AS deal ON deal.id = entry.deal_id
      LEFT JOIN contacts_contact AS contact ON contact.id = entry.contact_id
     ORDER BY entry.occurred_at $direction, entry.source, entry.id $direction""")


#: record name -> the ids of its deals; of its people. SQL, since Django takes a millisecond of CPU to compile the same.
DEALS = {
    "contact": """SELECT other.id FROM deals_dealcontact AS tie JOIN deals_deal AS other
                      ON other.workspace_id = tie.workspace_id AND other.id = tie.deal_id
                   WHERE tie.workspace_id = %s AND tie.contact_id = %s AND other.deleted_at IS NULL""",
    "organization": """SELECT other.id FROM deals_deal AS other
                        WHERE other.workspace_id = %s AND other.organization_id = %s AND other.deleted_at IS NULL""",
}
PEOPLE = {
    "organization": """SELECT other.id FROM contacts_position AS tie JOIN contacts_contact AS other
                           ON other.workspace_id = tie.workspace_id AND other.id = tie.contact_id
                        WHERE tie.workspace_id = %s AND tie.organization_id = %s AND other.deleted_at IS NULL""",
}


class Sql(NamedTuple):
    """A piece of SQL with its parameters."""

    text: str
    params: Sequence[Any]


class Cursor(NamedTuple):
    """The last entry of a page: the next one begins behind it. At one moment activities come before events."""

    occurred_at: dt.datetime
    source: str
    id: int

    def __str__(self) -> str:
        return f"{self.occurred_at.astimezone(dt.UTC):%Y%m%d%H%M%S%f}{self.source[0]}{self.id}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor of an address; None for anything else."""
        match = re.fullmatch(r"(\d{20})([ae])(\d{1,18})", text)
        if not match:
            return None
        try:
            at = dt.datetime.strptime(match[1] + "+0000", "%Y%m%d%H%M%S%f%z")
        except ValueError:
            return None
        return cls(at, {"a": "activity", "e": "event"}[match[2]], int(match[3]))

    def bound(self, source: str) -> tuple[dt.datetime, int]:
        """Entries of `source` that come behind are less than this."""
        if source == self.source:
            return self.occurred_at, self.id
        return self.occurred_at, LAST_ID if source == "event" else 0


@dataclass(frozen=True)
class Entry:
    """One entry: an activity, or an event with its kind and data; `through` is the deal or person it comes from."""

    source: str
    id: int
    occurred_at: dt.datetime
    who: str
    model: type[Record]
    activity: Activity | None = None
    event_kind: str = ""
    event_data: dict[str, Any] | None = None
    through: Deal | Contact | None = None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.occurred_at, self.source, self.id)

    @property
    def looks(self) -> str:
        """The CSS class of its kind."""
        return self.activity.kind if self.activity else "change"


@dataclass(frozen=True)
class Branch:
    """Entries of one link table that are about the record itself, or about `others`: its deals, its people."""

    source: str
    table: str
    column: str
    others: Sql | None = None
    through: str = ""

    def sql(self, record: Record, state: str, where: Sql, join: str, limit: int) -> Sql:
        """The branch: at most `limit` entries, the newest first, or the most urgent for what is open."""
        down = state == "done"
        words = {"source": self.source, "table": self.table, "column": self.column, "join": join, "where": where.text}
        words |= {"direction": "DESC" if down else "ASC", "opposite": "ASC" if down else "DESC"}
        words["limit"] = str(limit)
        values = [record.workspace_id, *where.params]
        if self.others is None:
            walk = WALK.substitute(words, record="%s")
            return Sql(OWN.substitute(words, walk=walk), [values[0], record.pk, *values[1:]])
        text = THROUGH.substitute(
            words,
            others=self.others.text,
            walk=WALK.substitute(words | {"limit": "1"}, record="other.id"),
            walk_on=WALK.substitute(words, record="head.other_id"),
            at_least=">=" if down else "<=",
            deal="head.other_id" if self.through == "deal" else "NULL",
            contact="head.other_id" if self.through == "contact" else "NULL",
        )
        return Sql(text, [*self.others.params, *values, *values])


class Timeline:
    """The timeline of `record` as `membership` may see it; `only` a kind of activity, or "change" for events alone."""

    def __init__(self, record: Record, membership: Membership, only: str = ""):
        self.record = record
        self.membership = membership
        self.only = only if only in KINDS or only == "change" else ""

    # --- reading ----------------------------------------------------------------------------------------------------
    def upcoming(self) -> list[Entry]:
        """What is open, the most urgent first."""
        if self.only == "change":
            return []
        return self._entries(self._activity_branches(), "open", None, MOST_UPCOMING)

    def page(self, before: Cursor | None = None) -> tuple[list[Entry], Cursor | None]:
        """The newest entries of the past, or those behind a cursor; and the cursor of the next page if there is one."""
        branches = [] if self.only == "change" else self._activity_branches()
        if not self.only or self.only == "change":
            branches += self._event_branches()
        entries = self._entries(branches, "done", before, PAGE + 1)
        return entries[:PAGE], entries[PAGE - 1].cursor if len(entries) > PAGE else None

    # --- branches ---------------------------------------------------------------------------------------------------
    @cached_property
    def _deals(self) -> Sql | None:
        """The deals whose entries show here too."""
        return self._others("deal", DEALS.get(self.record.record_name, ""))

    def _others(self, kind: str, text: str) -> Sql | None:
        """The ids of the records of a kind that go with this one, as far as the member may see them."""
        if not text:
            return None
        params = [self.record.workspace_id, self.record.pk]
        owners = self.membership.reachable_owner_ids(self.membership.scope(kind, "view"))
        if owners is None:
            return Sql(text, params)
        return Sql(f"{text} AND other.owner_id = ANY(%s)", [*params, owners])

    def _activity_branches(self) -> list[Branch]:
        table = "activities_activitylink"
        branches = [Branch("activity", table, f"{self.record.record_name}_id")]
        if self._deals:
            branches.append(Branch("activity", table, "deal_id", self._deals, "deal"))
        if people := self._others("contact", PEOPLE.get(self.record.record_name, "")):
            branches.append(Branch("activity", table, "contact_id", people, "contact"))
        return branches

    def _event_branches(self) -> list[Branch]:
        branches = [Branch("event", self.record.event_links.model._meta.db_table, "record_id")]
        if self._deals:
            branches.append(Branch("event", "deals_dealevent", "record_id", self._deals, "deal"))
        return branches

    # --- the statement ----------------------------------------------------------------------------------------------
    def _entries(self, branches: list[Branch], state: str, before: Cursor | None, limit: int) -> list[Entry]:
        parts = []
        for branch in branches:
            where, join = self._conditions(branch, state, before)
            parts.append(branch.sql(self.record, state, where, join, limit))
        branches_sql = " UNION ALL ".join(part.text for part in parts)
        direction = "ASC" if state == "open" else "DESC"
        text = ENTRIES.substitute(branches=branches_sql, direction=direction, limit=limit)
        # Prepared: the walks down indexes are the only plan, and to find it takes longer than to walk.
        return [self._entry(row) for row in fetch(text, [param for part in parts for param in part.params])]

    def _conditions(self, branch: Branch, state: str, before: Cursor | None) -> tuple[Sql, str]:
        """The rest of a walk's WHERE, and its JOIN."""
        where, join = "", ""
        params: list[Any] = []
        if branch.source == "activity":
            where += f" AND link.state = '{state}'"
            owners = self.membership.reachable_owner_ids(self.membership.scope("activity", "view"))
            if self.only:
                where, params = where + " AND link.kind = %s", [*params, self.only]
            if owners is not None:
                join = "JOIN activities_activity AS activity ON activity.id = link.activity_id"
                where, params = where + " AND activity.owner_id = ANY(%s)", [*params, owners]
        if before:
            where += f" AND (link.occurred_at, link.{branch.source}_id) < (%s, %s)"
            params += before.bound(branch.source)
        return Sql(where, params), join

    def _entry(self, row: Sequence[Any]) -> Entry:
        source, pk, at, deal_id, deal_name, contact_id, first_name, last_name, *rest = row
        owner, event_kind, event_data, actor, *activity = rest
        through: Deal | Contact | None = None
        if deal_id:
            through = Deal(pk=deal_id, name=deal_name)
        elif contact_id:
            through = Contact(pk=contact_id, first_name=first_name, last_name=last_name)
        if source == "activity":
            shown = Activity.from_db(connection.alias, SHOWN, activity)
            return Entry(source, pk, at, owner or "", type(self.record), shown, through=through)
        model = type(through or self.record)
        return Entry(source, pk, at, actor, model, None, event_kind, json.loads(event_data), through)
