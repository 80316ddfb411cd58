"""What lists ask the database, against plain SQL for the same question: the rows of one page and the capped count.

The product's statements are those of the page, taken as they pass and asked again as `crm_app` under its policies; the
plain SQL is what one would type as the owner of the tables, whom no policy binds. A bulk verb runs whole, gate, events
and all, against one UPDATE with the same triggers.
"""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import psycopg
from django.db import connection
from django.http import QueryDict
from django.test import Client

from contacts.models import Contact
from core.tenancy import workspace_scope
from organizations.listing import OrganizationListing
from records.listing.count import count_of
from records.models import CustomField, change_set
from workspaces.models import Membership

from .data import SCORE, TIER, Filled
from .plans import Asked, Listener

ROUNDS = 15
#: times the plain SQL that a question may take
MOST_RATIO = 3
#: what each list's page asks beside its question: the navigation, views, what is remembered
BESIDE = ("records_savedview", "records_group", "records_defaultview", "records_notice", "records_recent")


@dataclass(frozen=True)
class Question:
    """A list by its address below the workspace, and the same rows in SQL: what stands behind FROM, and the order."""

    name: str
    path: str
    rows: str
    order: str = "c.sort_name, c.id"

    @property
    def plain(self) -> list[str]:
        return [
            f"SELECT c.* FROM {self.rows} ORDER BY {self.order} LIMIT 51",
            f"SELECT count(*) FROM (SELECT FROM {self.rows} LIMIT 10001) AS found",
        ]


def where(tree: dict) -> str:
    return quote(json.dumps(tree, separators=(",", ":")))


def questions(filled: Filled) -> list[Question]:
    """As the bench's data has them, in the workspace that is open."""
    fields = {field.name: field for field in CustomField.objects.prefetch_related("choices")}
    score, tier = fields[SCORE], fields[TIER]
    gold = next(iter(tier.choices.all())).pk
    here = f"c.workspace_id = {filled.workspace.pk} AND c.deleted_at IS NULL"
    people = f"contacts_contact AS c WHERE {here}"
    valued = f"contacts_contact AS c JOIN contacts_contactvalue AS v ON v.record_id = c.id WHERE {here}"
    idle = {
        "all": [
            {"p": "owner", "v": [str(filled.owner_id)]},
            {"any": [{"p": "job_title", "v": "buyer"}, {"p": "last_activity_quiet", "v": "60"}]},
        ]
    }
    companies = f"organizations_organization AS c WHERE {here}"
    deals = (
        "EXISTS (SELECT FROM deals_deal AS d WHERE d.organization_id = c.id AND d.status = 'open'"
        " AND d.deleted_at IS NULL AND d.currency = 'GBP' AND d.value >= 8000000)"
    )
    big = {"all": [{"has": "deals", "all": [{"p": "status", "v": ["open"]}, {"p": "value_min", "v": "80000"}]}]}
    return [
        Question(
            "people of one owner, title begins with",
            f"/people/?owner={filled.owner_id}&job_title=buyer",
            f"{people} AND c.owner_id = {filled.owner_id} AND c.sort_job_title >= 'buyer'"
            " AND c.sort_job_title < 'buyer\U0010ffff'",
        ),
        Question(
            "people by and, or, not in touch",
            f"/people/?where={where(idle)}",
            f"contacts_contact AS c JOIN contacts_contactpulse AS p ON p.record_id = c.id WHERE {here}"
            f" AND c.owner_id = {filled.owner_id} AND ((c.sort_job_title >= 'buyer' AND c.sort_job_title <"
            " 'buyer\U0010ffff') OR p.last_activity_at IS NULL OR p.last_activity_at < now() - interval '60 days')",
        ),
        Question(
            "organizations with a large open deal",
            f"/organizations/?where={where(big)}",
            f"{companies} AND {deals}",
        ),
        Question(
            "people, custom number from",
            f"/people/?{score.key}_min=990",
            f"{valued} AND v.field_id = {score.pk} AND v.number >= 9900000",
        ),
        Question(
            "people, custom choice",
            f"/people/?{tier.key}={gold}",
            f"{valued} AND v.field_id = {tier.pk} AND v.choice_id = {gold}",
        ),
        Question(
            "people by custom number",
            f"/people/?sort=-{score.key}",
            f"{valued} AND v.field_id = {score.pk}",
            "v.number DESC, v.record_id DESC",
        ),
    ]


def measure(owner_url: str, filled: Filled) -> str:
    """The ratios in Markdown. What bulk verbs change is rolled back."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(filled.user)
    with workspace_scope(filled.workspace.pk):
        asked = questions(filled)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"SET app.workspace_id = {filled.workspace.pk}")
        rows = [(one.name, product(client, filled, one.path), plain(owner, one.plain)) for one in asked]
        rows += segment(filled, owner, asked[2])
    rows += bulk(owner_url, filled)
    lines = [
        f"| {name} | {ours:,.1f} | {theirs:,.1f} | {ratio:.1f} | {'yes' if ratio <= MOST_RATIO else 'no'} |"
        for name, ours, theirs in rows
        for ratio in [ours / theirs]
    ]
    head = f"| question | ours, ms | plain SQL, ms | ratio | <= {MOST_RATIO} |\n|---|--:|--:|--:|:-:|\n"
    return head + "\n".join(lines) + "\n"


def product(client: Client, filled: Filled, path: str) -> float:
    """Milliseconds of what the page asks about its rows."""
    path = f"/w/{filled.workspace.slug}{path}"
    client.get(path)  # what is asked once a process is not the page's
    listener = Listener()
    with connection.execute_wrapper(listener):
        answer = client.get(path)
    if answer.status_code != 200 or b"<tbody" not in answer.content:
        raise RuntimeError(f"{path}: {answer.status_code}")
    mine = [asked for asked in listener.asked if not any(table in asked.sql for table in BESIDE)]
    with workspace_scope(filled.workspace.pk, user_id=filled.user.pk), connection.cursor() as cursor:
        return milliseconds(lambda: ask(cursor, mine))


def ask(cursor, statements: list[Asked]) -> None:
    for asked in statements:
        cursor.execute(asked.sql, asked.params)
        cursor.fetchall()


def plain(owner: psycopg.Connection, statements: list[str]) -> float:
    return milliseconds(lambda: [owner.execute(sql).fetchall() for sql in statements])


def segment(filled: Filled, owner: psycopg.Connection, question: Question) -> list[tuple[str, float, float]]:
    """The count beside a segment in the navigation: what it asks, as of lists."""
    listener = Listener()
    with workspace_scope(filled.workspace.pk, user_id=filled.user.pk):
        member = Membership.objects.select_related("workspace").get(user=filled.user, workspace=filled.workspace)
        listing = OrganizationListing.of(member.workspace)
        rows = listing.matching(member, QueryDict(question.path.partition("?")[2]))
        with connection.execute_wrapper(listener):
            count_of(rows)
        with connection.cursor() as cursor:
            ours = milliseconds(lambda: ask(cursor, listener.asked))
    return [("count of that segment", ours, plain(owner, question.plain[1:]))]


def bulk(owner_url: str, filled: Filled) -> list[tuple[str, float, float]]:
    """100,000 people given to somebody else, by the verb and by one UPDATE; both rolled back."""
    with workspace_scope(filled.workspace.pk, user_id=filled.user.pk):
        member = Membership.objects.select_related("workspace").get(user=filled.user, workspace=filled.workspace)
        other = (
            Membership.objects.filter(workspace=filled.workspace, is_active=True).exclude(pk=member.pk).earliest("pk")
        )
        start = time.perf_counter()
        with change_set("measured", by=member.actor):
            count = Contact.objects.present().locked().assign(other, by=member.actor).done
        ours = (time.perf_counter() - start) * 1000
        connection.set_rollback(True)
    with psycopg.connect(owner_url) as owner:
        owner.execute(f"SET LOCAL app.workspace_id = {filled.workspace.pk}")
        start = time.perf_counter()
        owner.execute(
            "UPDATE contacts_contact SET owner_id = %s WHERE workspace_id = %s AND deleted_at IS NULL",
            [other.pk, filled.workspace.pk],
        )
        theirs = (time.perf_counter() - start) * 1000
        owner.rollback()
    return [(f"owner of {count:,} people", ours, theirs)]


def milliseconds(act: Callable[[], object]) -> float:
    """The median of some rounds."""
    act()
    found = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)
