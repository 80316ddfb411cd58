"""The timeline of a contact, an organization or a deal: what comes next, what is pinned, what was done, what happened.

One statement reads a page of it: a UNION ALL of branches, each of them short walks down an index of link rows. A
contact's are its own activities and events and those of its deals; an organization's also those of its people, and of a
`group` those of all organizations below it, with their deals and people. What is found by several branches is shown
once, as near to the record as it gets. Figures: docs/performance.md.
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
from core.text import fold
from deals.models import Deal
from organizations.models import Organization
from records.models import Record, Sight
from workspaces.models import Membership

from .event_names import leave_out_labels, names_left_out
from .models import KINDS, OUTCOMES, Activity
from .models.pin import MOST_PINNED
from .walks import DEALS, MOST_SEARCHED, PEOPLE, SUBSIDIARIES, Branch, Sql, matching, pinned, union

PAGE = 25
MOST_UPCOMING = 20
#: what is open and what is pinned together
MOST_ENTRIES = MOST_UPCOMING + MOST_PINNED
MOST_WORDS = 6
LAST_ID = 2**63 - 1
#: through which records an entry may come
THROUGH: dict[str, type[Record]] = {"deal": Deal, "contact": Contact}

#: what a timeline shows of an activity, in the order of the model's fields
SHOWN = (
    "id", "owner_id", "kind", "subject", "body", "direction", "outcome", "next_steps", "location", "occurred_at",
    "minutes", "done_at",
)  # fmt: skip

ENTRIES = Template(f"""
    SELECT entry.source, entry.id, entry.occurred_at, entry.deal_id, deal.name, entry.contact_id,
           contact.first_name, contact.last_name, entry.organization_id, subsidiary.name,
           event.kind, event.data, event.actor, event.change_set_id, owner.name,
           CASE WHEN activity.kind = 'meeting' THEN (
               SELECT string_agg(member.name, ', ' ORDER BY member.name) FROM activities_participant AS participant
                 JOIN workspaces_membership AS member ON member.id = participant.member_id
                WHERE participant.workspace_id = activity.workspace_id AND participant.activity_id = activity.id) END,
           CASE WHEN strpos(activity.body, '@') > 0 OR strpos(activity.next_steps, '@') > 0 THEN (
               SELECT array_agg(mention.name ORDER BY mention.id) FROM activities_mention AS mention
                WHERE mention.workspace_id = activity.workspace_id AND mention.activity_id = activity.id) END,
           (SELECT json_agg(json_build_array(file.id, file.name, file.size) ORDER BY file.id)
              FROM activities_activityfile AS file
             WHERE file.workspace_id = activity.workspace_id AND file.record_id = activity.id),
           activity.kind = 'note' AND EXISTS (
               SELECT FROM activities_pin AS pin WHERE pin.workspace_id = activity.workspace_id
                  AND pin.$column = %s AND pin.activity_id = activity.id),
           {", ".join(f"activity.{column}" for column in SHOWN)}
      FROM (SELECT DISTINCT ON (occurred_at, source, id) * FROM ($branches) AS found
             ORDER BY occurred_at $direction, source, id $direction, near LIMIT $limit) AS entry
      LEFT JOIN activities_activity AS activity ON entry.source <> 'event' AND activity.id = entry.id
      LEFT JOIN workspaces_membership AS owner ON owner.id = activity.owner_id
      LEFT JOIN records_event AS event ON entry.source = 'event' AND event.id = entry.id
      LEFT JOIN deals_deal AS deal ON deal.id = entry.deal_id
      LEFT JOIN contacts_contact AS contact ON contact.id = entry.contact_id
      LEFT JOIN organizations_organization AS subsidiary ON subsidiary.id = entry.organization_id
     ORDER BY entry.occurred_at $direction, entry.source, entry.id $direction""")


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
    """One entry: an activity, or an event with its kind and data; `through` is the deal, person or subsidiary that it
    comes from.

    Of an activity `who` are its owner and the colleagues who took part, `mentions` the names behind an @ in its text,
    `files` (id, name, bytes) of what hangs on it.
    """

    source: str
    id: int
    occurred_at: dt.datetime
    who: str
    model: type[Record]
    activity: Activity | None = None
    event_kind: str = ""
    event_data: dict[str, Any] | None = None
    through: Deal | Contact | Organization | None = None
    mentions: tuple[str, ...] = ()
    files: Sequence[tuple[int, str, int]] = ()
    is_pinned: bool = False
    #: of an event
    change_set_id: int | None = None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.occurred_at, self.source, self.id)

    @property
    def looks(self) -> str:
        """The CSS class of its kind."""
        return self.activity.kind if self.activity else "change"


class Timeline:
    """The timeline of `record` as `membership` may see it; `only` a kind of activity, or "change" for events alone;
    `find` words that stand in what was written, which events are not; with `group` all below an organization."""

    def __init__(self, record: Record, membership: Membership, only: str = "", find: str = "", *, group: bool = False):
        self.record = record
        self.membership = membership
        #: of what the deals and people are shown: of this record, or of a group of organizations
        self.scope = "group" if group else record.record_name
        self.only = only if only in KINDS or only == "change" else ""
        self.words = fold(find).split()[:MOST_WORDS] if self.only != "change" else []

    # --- reading ----------------------------------------------------------------------------------------------------
    def top(self) -> tuple[list[Entry], list[Entry]]:
        """What is open, the most urgent first; and what is pinned, the newest first. A search finds the pinned in their
        place."""
        if self.only == "change":
            return [], []
        parts = [self._searched(self._activity_branches(), "open", None, MOST_UPCOMING)]
        if not self.words and self.only in ("", "note"):
            parts.append(pinned(self.record, self._sight))
        entries = self._entries(parts, "ASC")
        upcoming = [entry for entry in entries if entry.source != "pin"]
        return upcoming[:MOST_UPCOMING], [entry for entry in reversed(entries) if entry.source == "pin"]

    def page(self, before: Cursor | None = None) -> tuple[list[Entry], Cursor | None]:
        """The newest entries of the past, or those behind a cursor; and the cursor of the next page if there is one.
        What is pinned stands on top and not here."""
        branches = [] if self.only == "change" else self._activity_branches()
        if self.only in ("", "change") and not self.words:
            branches += self._event_branches()
        if not branches:
            return [], None
        entries = self._entries([self._searched(branches, "done", before, PAGE + 1)], "DESC", PAGE + 1)
        older = entries[PAGE - 1].cursor if len(entries) > PAGE else None
        return [entry for entry in entries[:PAGE] if self.words or not entry.is_pinned], older

    # --- branches ---------------------------------------------------------------------------------------------------
    @cached_property
    def _sight(self) -> Sight:
        """Which activities the member sees."""
        return Activity.sight(self.membership)

    @cached_property
    def _deals(self) -> Sql | None:
        """The deals whose entries show here too."""
        return self._others("deal", DEALS.get(self.scope, ""))

    def _others(self, kind: str, text: str) -> Sql | None:
        """The ids of the records of a kind that go with this one, as far as the member may see them."""
        if not text:
            return None
        params: list[Any] = [self.record.workspace_id, self.record.pk]
        if self.scope == "group":
            params.append(self.record.workspace_id)
        if text is SUBSIDIARIES:
            params.append(self.record.pk)
        sight = (THROUGH | {"organization": Organization})[kind].sight(self.membership)
        return Sql(text if sight.is_whole else f"{text} AND {sight.sql('other')}", params)

    @cached_property
    def _subsidiaries(self) -> Sql | None:
        """The organizations below whose entries show here too."""
        return self._others("organization", SUBSIDIARIES if self.scope == "group" else "")

    def _activity_branches(self) -> list[Branch]:
        table = "activities_activitylink"
        branches = [Branch("activity", table, f"{self.record.record_name}_id")]
        if self._deals:
            branches.append(Branch("activity", table, "deal_id", self._deals, "deal"))
        if people := self._others("contact", PEOPLE.get(self.scope, "")):
            branches.append(Branch("activity", table, "contact_id", people, "contact"))
        if self._subsidiaries:
            branches.append(Branch("activity", table, "organization_id", self._subsidiaries, "organization"))
        return branches

    def _event_branches(self) -> list[Branch]:
        branches = [Branch("event", self.record.event_links.model._meta.db_table, "record_id")]
        if self._deals:
            branches.append(Branch("event", "deals_dealevent", "record_id", self._deals, "deal"))
        if self._subsidiaries:
            table = self.record.event_links.model._meta.db_table
            branches.append(Branch("event", table, "record_id", self._subsidiaries, "organization"))
        return branches

    # --- the statement ----------------------------------------------------------------------------------------------
    def _searched(self, branches: list[Branch], state: str, before: Cursor | None, limit: int) -> Sql:
        """The entries of the branches, or those of the newest ones that hold the words."""
        if not self.words:
            return self._union(branches, state, before, limit)
        outcomes = {key: fold(str(label)) for key, label in OUTCOMES.items()}
        candidates = self._union(branches, state, before, MOST_SEARCHED)
        # An entry may come through each of the branches, and counts once in the end.
        return matching(candidates, self.words, outcomes, state == "done", limit * len(branches))

    def _union(self, branches: list[Branch], state: str, before: Cursor | None, limit: int) -> Sql:
        parts = []
        for branch in branches:
            where, join = self._conditions(branch, state, before)
            parts.append(branch.sql(self.record, state, where, join, limit))
        return union(parts)

    def _entries(self, parts: list[Sql], direction: str, limit: int = MOST_ENTRIES) -> list[Entry]:
        branches = union([Sql(f"({part.text})", part.params) for part in parts])
        column = f"{self.record.record_name}_id"
        text = ENTRIES.substitute(branches=branches.text, direction=direction, column=column, limit=limit)
        # Prepared, unless it searches: walks down indexes are the only plan, and to find it takes longer than to walk.
        read = plain if self.words else fetch
        entries = [self._entry(row) for row in read(text, [self.record.pk, *branches.params])]
        leave_out_labels(entries, self.membership)
        return entries

    def _conditions(self, branch: Branch, state: str, before: Cursor | None) -> tuple[Sql, str]:
        """The rest of a walk's WHERE, and its JOIN."""
        where, join = "", ""
        params: list[Any] = []
        if branch.source == "activity":
            where += f" AND link.state = '{state}'"
            if self.only:
                where, params = where + " AND link.kind = %s", [*params, self.only]
            if not self._sight.is_whole:
                join = "JOIN activities_activity AS activity ON activity.id = link.activity_id"
                where += f" AND {self._sight.sql('activity')}"
        if before:
            where += f" AND (link.occurred_at, link.{branch.source}_id) < (%s, %s)"
            params += before.bound(branch.source)
        return Sql(where, params), join

    def _entry(self, row: Sequence[Any]) -> Entry:
        source, pk, at, deal_id, deal_name, contact_id, first_name, last_name, *rest = row
        below_id, below_name, kind, data, actor, change_set, *rest = rest
        through: Deal | Contact | Organization | None = None
        if deal_id:
            through = Deal(pk=deal_id, name=deal_name)
        elif contact_id:
            through = Contact(pk=contact_id, first_name=first_name, last_name=last_name)
        elif below_id:
            through = Organization(pk=below_id, name=below_name)
        model = type(through or self.record)
        if source == "event":
            told = names_left_out(json.loads(data), model, self.record, self.membership)
            return Entry(source, pk, at, actor, model, None, kind, told, through, change_set_id=change_set)
        owner, colleagues, mentions, files, is_pinned, *activity = rest
        shown = Activity.from_db(connection.alias, SHOWN, activity)
        who = ", ".join(filter(None, (owner, colleagues)))
        extras = {"mentions": tuple(mentions or ()), "files": files or (), "is_pinned": is_pinned}
        return Entry(source, pk, at, who, model, shown, through=through, **extras)


def plain(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is planned with its values."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
