"""A big workspace beside many small ones, the same at each run, filled by COPY with every trigger at work."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from django.db import models

from activities.models import Activity, ActivityLink
from contacts.models import Contact, ContactEmail, ContactPhone, ContactValue, Position
from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline, Stage
from organizations.models import Organization
from records.models import CustomChoice, CustomField
from workspaces.models import Membership, User, Workspace
from workspaces.tracking import history_of

FIRST = [
    "Priya",
    "Tom",
    "Ines",
    "Jun",
    "Colm",
    "Beth",
    "Anna",
    "Łukasz",
    "Čeněk",
    "José",
    "Márcia",
    "Giulia",
    "Piotr",
    "Lucía",
    "Ondřej",
    "Chiara",
    "Zofia",
    "Mateo",
]
LAST = [
    "Raman",
    "Okafor",
    "Prado",
    "Sato",
    "Daly",
    "Amari",
    "Lind",
    "Kowalski",
    "Novák",
    "Pérez",
    "Souza",
    "Rossi",
    "Wójcik",
    "Gómez",
    "Dvořák",
    "Bianchi",
]
TRADES = [
    "Freight",
    "Robotics",
    "Optics",
    "Foods",
    "Insurance",
    "Logistics",
    "Clinics",
    "Hotels",
    "Analytics",
    "Storage",
    "Joinery",
    "Estates",
]
PLACES = [
    "Leeds",
    "Kraków",
    "Brno",
    "Torino",
    "Córdoba",
    "Recife",
    "Porto",
    "Lyon",
    "Graz",
    "Turku",
    "Bergen",
    "Galway",
    "Gdynia",
    "Olomouc",
    "Lecce",
]
#: custom fields of people: a number that all have, a choice of three
SCORE, TIER = "Score", "Tier"
TIERS = ("Gold", "Silver", "Bronze")
#: rows that change no statistics
FEW = 1000
#: entries on the timeline of one person
MANY_ENTRIES = 10_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass
class Size:
    contacts: int = 100_000
    organizations: int = 20_000
    deals: int = 20_000
    activities: int = 200_000
    small_workspaces: int = 200

    def times(self, scale: int) -> "Size":
        """More records and a longer past. What is open and planned is what the team can carry, whatever was before."""
        return Size(self.contacts * scale, self.organizations * scale, self.deals * scale, self.activities * scale)


@dataclass
class Filled:
    """What the measures need to know of the data: one of each, and who signs in."""

    workspace: Workspace
    user: User
    contact_id: int
    busiest_id: int
    task_id: int
    organization_id: int
    deal_id: int
    owner_id: int
    stage_ids: list[int]
    #: when all was there and nothing of it changed yet
    then: datetime


def fill(owner_url: str, size: Size) -> None:
    """Make the workspaces and fill them, as the owner of the tables with the workspace's setting in force."""
    user = User.objects.create_user("bench@example.com", "a password for the bench", name="Bench Marker")
    with psycopg.connect(owner_url) as connection:
        connection.execute("SET statement_timeout = 0")
        fill_workspace(connection, Workspace.start("Bench", user=user, currency="GBP", country="GB"), size)
        small = Size(50, 10, 10, 50)
        for number in range(size.small_workspaces):
            fill_workspace(connection, Workspace.start(f"Small {number}", user=user), small)
        connection.commit()
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")  # what is measured next does not pay for the filling


def fill_workspace(connection: psycopg.Connection, workspace: Workspace, size: Size) -> None:
    rng = random.Random(workspace.pk)  # the same data at each run
    connection.execute(f"SET app.workspace_id = {workspace.pk}")
    with workspace_scope(workspace.pk):
        members = [*Membership.objects.all()]  # who signs in works as well
        members += [Membership.objects.create(name=f"{name} Seller", role="rep") for name in FIRST[:7]]
        pipeline = Pipeline.objects.first()
        stages = list(Stage.objects.filter(pipeline=pipeline))
    copy = Copy(connection, workspace.pk)
    owner = lambda: rng.choice(members).pk  # noqa: E731
    past = lambda days: NOW - timedelta(minutes=rng.randrange(days * 1440))  # noqa: E731

    organizations = copy(
        Organization,
        (
            {
                "name": f"{rng.choice(PLACES)} {rng.choice(TRADES)} {n}",
                "location": rng.choice(PLACES),
                "sector": rng.choice(TRADES).lower(),
                "employees": rng.randrange(5, 5000),
                "owner_id": owner(),
                "created_at": past(900),
            }
            for n in range(size.organizations)
        ),
    )
    contacts = copy(
        Contact,
        (
            {
                "first_name": rng.choice(FIRST),
                "last_name": f"{rng.choice(LAST)} {n % 977}",
                "job_title": rng.choice(["Buyer", "Head of operations", "Director", ""]),
                "email": f"p{n}@example.com",
                "phone": f"+4420{n:08d}",
                "owner_id": owner(),
                "created_at": past(900),
            }
            for n in range(size.contacts)
        ),
    )
    lines = list(enumerate(contacts))
    copy(ContactEmail, ({"contact_id": pk, "address": f"p{n}@example.com", "is_primary": True} for n, pk in lines))
    copy(ContactPhone, ({"contact_id": pk, "number": f"+4420{n:08d}", "is_primary": True} for n, pk in lines))
    copy(Position, ({"contact_id": pk, "organization_id": rng.choice(organizations)} for pk in contacts))
    fill_custom(copy, rng, workspace, contacts)
    deals = copy(Deal, (deal(n, rng, pipeline, stages, organizations, owner(), past(400)) for n in range(size.deals)))
    fill_activities(copy, rng, size, members, contacts, deals)
    if size.contacts > FEW:
        go_on(connection, workspace)
    connection.commit()


def fill_custom(copy, rng, workspace: Workspace, contacts: range) -> None:
    """Two custom fields of people: a score from 0 to 999, and a tier, of which few are gold."""
    with workspace_scope(workspace.pk):
        score = CustomField.objects.create(record="contact", kind="number", name=SCORE)
        tier = CustomField.objects.create(record="contact", kind="choice", name=TIER, position=1)
        tiers = [CustomChoice.objects.create(field=tier, name=name, position=n).pk for n, name in enumerate(TIERS)]
    copy(
        ContactValue,
        (
            {"record_id": pk, "field_id": field} | value
            for pk in contacts
            for field, value in (
                (score.pk, {"number": rng.randrange(1000) * 10_000}),
                (tier.pk, {"choice_id": rng.choices(tiers, (1, 20, 79))[0]}),
            )
        ),
    )


def deal(n: int, rng, pipeline: Pipeline, stages: list[Stage], organizations: range, owner_id: int, made) -> dict:
    status = rng.choice(["open", "open", "won", "lost"] if n < Size.deals else ["won", "lost"])
    return {
        "name": f"{rng.choice(TRADES)} rollout {n}",
        "pipeline_id": pipeline.pk,
        "stage_id": stages[n % len(stages)].pk,
        "rank": f"{n:07d}V",
        "status": status,
        "value": rng.randrange(500, 90_000) * 100,
        "currency": "GBP",
        "expected_close": (NOW + timedelta(days=rng.randrange(-30, 120))).date(),
        "closed_on": None if status == "open" else min(made + timedelta(days=rng.randrange(1, 60)), NOW).date(),
        "organization_id": rng.choice(organizations),
        "owner_id": owner_id,
        "created_at": made,
    }


def fill_activities(copy, rng, size: Size, members, contacts: range, deals: range) -> None:
    ahead = [14 if n < Size.activities else -1 for n in range(size.activities)]
    moments = [NOW + timedelta(minutes=rng.randrange(-900 * 1440, days * 1440)) for days in ahead]
    kinds = [rng.choice(["note", "call", "meeting", "task"]) for _ in moments]
    activities = copy(
        Activity,
        (
            {
                "kind": kind,
                "subject": f"{kind.title()} about the rollout",
                "body": "Walked through the plan. Wants two depots in the first phase.",
                "direction": rng.choice(["in", "out"]) if kind == "call" else "",
                "next_steps": "Send the terms" if kind == "call" else "",
                "location": "Leeds" if kind == "meeting" else "",
                "occurred_at": at,
                "done_at": at if at < NOW or kind == "note" else None,
                "due_at": None if at < NOW or kind == "note" else at,
                "owner_id": rng.choice(members).pk,
            }
            for at, kind in zip(moments, kinds, strict=True)
        ),
    )
    # Every second one is about a deal, the rest about people, some of whom have hundreds, the first one thousands.
    busiest = MANY_ENTRIES if len(contacts) > MANY_ENTRIES else 0

    def about(n: int) -> dict:
        if n % 2:
            return {"deal_id": rng.choice(deals)}
        return {"contact_id": contacts[0 if n < 2 * busiest else int(len(contacts) * rng.random() ** 3)]}

    linked = enumerate(zip(activities, moments, strict=True))
    copy(ActivityLink, ({"activity_id": pk, "occurred_at": at} | about(n) for n, (pk, at) in linked))


def go_on(connection: psycopg.Connection, workspace: Workspace) -> None:
    """All deals change three times and all people once, so that there is a past to look back to."""
    connection.commit()
    for change in [*["deals_deal SET value = value + 100"] * 3, "contacts_contact SET job_title = job_title || ' II'"]:
        connection.execute(f"UPDATE {change} WHERE workspace_id = %s", [workspace.pk])
        connection.commit()


class Copy:
    """COPY into the table of a model: what a row does not name gets the field's default."""

    def __init__(self, connection: psycopg.Connection, workspace_id: int, *, keep: bool = True):
        self.connection, self.workspace_id, self.keep = connection, workspace_id, keep

    def __call__(self, model: type[models.Model], rows: Iterable[dict]) -> range:
        """Copy the rows in; returns their ids."""
        fields = [f for f in model._meta.local_concrete_fields if not f.generated]
        (first,) = self.connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {model._meta.db_table}").fetchone()
        defaults = {f.attname: default(f) for f in fields} | {"workspace_id": self.workspace_id}
        columns = ", ".join(f'"{f.column}"' for f in fields)
        last = first - 1
        with self.connection.cursor().copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
            for last, row in enumerate(rows, first):
                copy.write_row(list((defaults | row | {"id": last}).values()))
        if not self.keep:
            return range(first, last + 1)
        if last - first > FEW:
            # Statistics, so that the triggers of the next tables find this one's rows by its indexes.
            self.connection.commit()
            self.connection.execute(f"ANALYZE {model._meta.db_table}")
        sequence = f"pg_get_serial_sequence('{model._meta.db_table}', 'id')"
        self.connection.execute(f"SELECT setval({sequence}, greatest({last}, 1))")
        return range(first, last + 1)


def default(field: models.Field) -> object:
    if field.has_default():
        return field.get_default()
    if field.has_db_default():
        return NOW if isinstance(field, models.DateTimeField) else field._db_default_expression.value
    return None if field.null else ""


def examples(workspace_slug: str = "bench") -> Filled:
    """What the measured pages show: the two people with the longest timelines, an open deal and its organization."""
    user = User.objects.get(email="bench@example.com")
    with workspace_scope(0, user_id=user.pk):
        workspace = Workspace.objects.get(slug=workspace_slug)
    with workspace_scope(workspace.pk):
        links = ActivityLink.objects.exclude(contact=None).values("contact_id")
        busy = links.annotate(n=models.Count("id")).order_by("-n", "contact_id")[:2]
        busiest_id, contact_id = (person["contact_id"] for person in busy)
        mine = Activity.objects.filter(done_at=None, deleted_at=None, owner__user=user)
        task_id = mine.latest("occurred_at").pk
        deal = Deal.objects.filter(status="open").latest("pk")
        stages = list(Stage.objects.filter(pipeline=deal.pipeline_id).values_list("pk", flat=True))
        organization_id, owner_id = deal.organization_id, deal.owner_id
        changes = history_of(Deal)._default_manager.filter(pgh_label="update")
        then = changes.earliest("pgh_id").pgh_created_at - timedelta(milliseconds=1)
    return Filled(workspace, user, contact_id, busiest_id, task_id, organization_id, deal.pk, owner_id, stages, then)
