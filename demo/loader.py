"""Loads the demo through the product's own doors: the import, and the verbs of the records.

Harbour & Co gets the four files of demo/data as a user would bring them in. The imported pipeline stays as it came; the
second pipeline, people and activities come beside it. Vltava Stroje is a second workspace in another language and
currency.
"""

import csv
import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.models import Contact
from core.money import parse_amount
from core.tenancy import set_local, workspace_scope
from deals.models import Pipeline
from deals.models.settling import put_rates
from organizations.models import Organization
from records.models import change_set
from transfers.intake import bring_in
from transfers.models import Import
from workspaces.models import Membership, RateLine, User, Workspace
from workspaces.models.workspace import slug_is_taken

from .alive import Abroad, Alive
from .outlook import look_ahead
from .words import CZECH, CZECH_MEMBERS, CZECH_ORGANIZATIONS, ENGLISH, Words

DATA = Path(__file__).parent / "data"
#: file -> what it holds, and what a user would do on the mapping screen beyond agreeing
FILES: dict[str, dict[str, Any]] = {
    "accounts.csv": {"record": "organization", "column_3": "revenue_millions"},
    "sales_teams.csv": {"record": "member"},
    "products.csv": {"record": "tag"},
    "sales_pipeline.csv": {
        "record": "deal",
        "fixes": {"product": {"GTXPro": "GTX Pro"}},
        "pipeline_name": "Hardware",
        "stages": "Prospecting\nEngaging",
    },
}
PASSWORD = "rapport-demo-2026"  # noqa: S105 - the demo's, printed by it
#: sellers of the file who get a sign-in, so that the demo's rep and manager have deals of their own
REP, MANAGER = "Darcel Schlecht", "Melvin Marxen"
#: what a euro is worth in the second workspace, month by month until now: made-up, rounded figures, no bank's
EURO_IN_CROWNS = ("25.2", "25.3", "25.1", "24.9", "25.0", "24.8", "24.7")
PRICE_SCALE = 700  # crowns in cents a dollar-cent, for the second workspace's prices


def load(say: Callable[[str], None], logins: Path) -> None:
    """Make the demo's two workspaces unless they stand already, and write who may sign in to `logins`.

    A load that was killed midway is finished by the next: each step does what is missing.
    """
    if logins.exists() and slug_is_taken("harbour-co"):
        return
    say("Harbour & Co: importing the sales data …")
    people = load_harbour(say)
    say("Vltava Stroje: making a second workspace …")
    people += load_vltava()
    logins.parent.mkdir(parents=True, exist_ok=True)
    logins.write_text(json.dumps(people, indent=2))


def sign_in(email: str, name: str, **fields: str) -> User:
    """A demo user whose e-mail counts as verified."""
    from allauth.account.models import EmailAddress

    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, name=name, **fields)
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


def open_workspace(name: str, slug: str, user: User, **fields: str) -> Workspace:
    """The workspace at this address, opened for `user` when it is not there."""
    with transaction.atomic():
        set_local(user_id=user.pk)
        found = Workspace.objects.filter(slug=slug).first()
        set_local(user_id=None)
    return found or Workspace.start(name, user=user, **fields)


def login(workspace: Workspace, role: str, user: User) -> dict[str, str]:
    return {
        "role": role,
        "name": user.name,
        "email": user.email,
        "password": PASSWORD,
        "workspace": workspace.name,
    }


def load_harbour(say: Callable[[str], None]) -> list[dict[str, str]]:
    alice = sign_in("alice@harbour.example", "Alice Ostrowska")
    workspace = open_workspace(
        "Harbour & Co", "harbour-co", alice, currency="USD", country="US", language="en", time_zone="America/New_York"
    )
    with workspace_scope(workspace.pk):
        owner = Membership.objects.get(user=alice)
        done = set(Import.objects.filter(state="done").values_list("name", flat=True))
    for name, answers in FILES.items():
        if name not in done:
            say(f"  {name}")
            bring_in(DATA / name, by=owner, **answers)
    with workspace_scope(workspace.pk), change_set("Demo data", by=owner.actor, source="demo"):
        people = [login(workspace, "owner", alice)]
        for role, name, email in (
            ("admin", "Adam Kvapil", "adam@harbour.example"),
            ("manager", MANAGER, "melvin@harbour.example"),
            ("rep", REP, "darcel@harbour.example"),
            ("viewer", "Victor Prado", "victor@harbour.example"),
        ):
            user = sign_in(email, name)
            join(user, role)
            people.append(login(workspace, role, user))
        if not Contact.objects.exists():
            say("  people, deals and activities around today")
            organizations = list(Organization.objects.order_by("pk"))
            bring_to_life(workspace, ENGLISH, team_of_the_demo(), organizations, prices("USD"))
    return people


def team_of_the_demo() -> list[Membership]:
    """Who sells in the second pipeline: those with a sign-in, the rep most of all, and three others."""
    members = Membership.objects.active().exclude(role="viewer").order_by("pk")
    rep = members.get(name=REP)
    return [rep, rep, rep, *members.exclude(user=None).exclude(pk=rep.pk), *members.filter(role="rep", user=None)[:3]]


def join(user: User, role: str) -> None:
    """Let the user in under the member of that name who came with the files, or under a new one."""
    fields = {"user": user, "email": user.email}
    if not Membership.objects.filter(name=user.name).update(**fields):
        Membership.objects.create(name=user.name, role=role, **fields)


def load_vltava() -> list[dict[str, str]]:
    jana = sign_in("jana@vltava.example", "Jana Říhová", language="cs", time_zone="Europe/Prague")
    workspace = open_workspace(
        "Vltava Stroje", "vltava-stroje", jana, currency="CZK", country="CZ", language="cs", time_zone="Europe/Prague"
    )
    with workspace_scope(workspace.pk):
        owner = Membership.objects.get(user=jana)
        if Organization.objects.exists():
            return [login(workspace, "owner", jana)]
        with change_set("Demo data", by=owner.actor, source="demo"):
            for name, role in CZECH_MEMBERS:
                Membership.add(name, role=role, by=owner.actor)
            organizations = [
                Organization.create(name=name, sector=sector, location=town, employees=size, by=owner.actor)
                for name, sector, town, size in CZECH_ORGANIZATIONS
            ]
            sellers = list(Membership.objects.order_by("pk"))
            amounts = [price * PRICE_SCALE // 100 for price in prices("USD")]
            put_rates(euro_rates(), by=owner.actor)
            bring_to_life(workspace, CZECH, sellers, organizations, amounts, Abroad("EUR", 25))
    return [login(workspace, "owner", jana)]


def euro_rates() -> list[RateLine]:
    """One for the first of each month, the last one for this."""
    first, lines = timezone.localdate().replace(day=1), []
    for value in reversed(EURO_IN_CROWNS):
        lines.append(RateLine("EUR", first, Decimal(value)))
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return lines


def bring_to_life(
    workspace: Workspace,
    words: Words,
    sellers: list[Membership],
    organizations: list[Organization],
    amounts: list[int],
    abroad: Abroad | None = None,
) -> None:
    stages = list(Pipeline.objects.order_by("pk")[0].stages.all())
    alive = Alive(workspace, words, sellers, abroad)
    alive.people(organizations)
    alive.places(organizations)
    deals = alive.deals(organizations, stages, amounts)
    alive.activities(deals)
    alive.rules(stages)
    look_ahead(workspace, sellers)


def prices(currency: str) -> list[int]:
    """The catalogue of products.csv, in minor units."""
    with (DATA / "products.csv").open(newline="", encoding="utf-8") as file:
        return [parse_amount(row["sales_price"], currency) for row in csv.DictReader(file)]
