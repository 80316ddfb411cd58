"""What the demo adds to a workspace so that every screen looks alive: people with roles, deals with values, activities
around today. The same at each run but for the day it is run on.
"""

import datetime as dt
import random
import zoneinfo
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact, Position, Role
from core.phones import normalise
from core.text import fold
from core.yearly import UNKNOWN_YEAR, in_year
from deals.models import Deal, Person, Stage
from deals.models.setting_up import TaskLine
from organizations.models import Organization
from records.models import Tag
from workspaces.models import Membership, Workspace
from workspaces.rights import SYSTEM

from .words import Words

SEED = 2026
OFFICE_HOURS = range(8, 18)
#: deals in the stages, the first one first; each fifth of them is closed
FUNNEL = (15, 11, 9, 7, 5, 3)
CLOSED_EACH = 5
#: of each seller: in how many days the next steps are due, and what was done how many minutes ago
TODAY = (-2, -1, 0, 0, 0, 0, 1)
DONE_TODAY = (("call", 25), ("meeting", 70))
#: where some deals are in another currency, so many of them are
ABROAD_EACH = 3


class Abroad(NamedTuple):
    """Another currency that deals are in, and what one unit of it costs at home; a made-up, rounded figure."""

    currency: str
    price: int


class Alive:
    """Fills one workspace, inside its open scope. `sellers` own what is made; some deals are `abroad`."""

    def __init__(self, workspace: Workspace, words: Words, sellers: Sequence[Membership], abroad: Abroad | None = None):
        self.workspace, self.words, self.sellers = workspace, words, sellers
        self.rng = random.Random(SEED)
        self.now = timezone.now()
        self.tags = [Tag.named(name, by=SYSTEM) for name in words.tags]
        self.numbers = self.sold = 0
        self.abroad = abroad

    def day(self, days: int) -> dt.datetime:
        """A quarter of an hour of office time, so many days from today."""
        local = self.now.astimezone(zoneinfo.ZoneInfo(self.workspace.time_zone)) + dt.timedelta(days=days)
        minute = self.rng.choice((0, 15, 30, 45))
        return local.replace(hour=self.rng.choice(OFFICE_HOURS), minute=minute, second=0, microsecond=0)

    def seller(self) -> Membership:
        return self.rng.choice(self.sellers)

    # --- people -----------------------------------------------------------------------------------------------------
    def people(self, organizations: Sequence[Organization], most: int = 3) -> list[Contact]:
        """One to `most` people at each organization, the first of them its primary contact."""
        roles = list(Role.objects.all())
        made = []
        for organization in organizations:
            owner = self.seller()
            organization.rows().assign(owner, by=SYSTEM)
            if self.rng.random() < 0.4:
                organization.rows().tag(self.rng.choice(self.tags), by=SYSTEM)
            jobs = self.rng.sample(sorted(self.words.jobs), self.rng.randint(1, most))
            for place, job in enumerate(jobs):
                contact = self.person(job, owner)
                Position.start(
                    contact,
                    organization,
                    job_title=job,
                    roles=[roles[self.words.jobs[job]]],
                    is_primary=place == 0,
                    by=owner.actor,
                )
                if self.rng.random() < 0.3:
                    contact.rows().tag(self.rng.choice(self.tags), by=SYSTEM)
                made.append(contact)
        return made

    def person(self, job: str, owner: Membership) -> Contact:
        self.numbers += 1
        first, last = map(self.rng.choice, self.rng.choice(self.words.names))
        address = f"{fold(first)}.{fold(last)}.{self.numbers}@{self.words.domain}"
        number = normalise(self.words.mobile.format(self.numbers % 100), self.workspace.country)
        return Contact.create(
            by=owner.actor,
            owner=owner,
            first_name=first,
            last_name=last,
            job_title=job,
            emails=[{"kind": "work", "address": address}],
            phones=[{"kind": "mobile", "number": number}],
            **self.habits(),
            created_at=self.day(-self.rng.randint(20, 300)),
        )

    def habits(self) -> dict[str, Any]:
        """Of some people: when they were born, how they like to be reached. Counted, so that chance stays as it was."""
        found: dict[str, Any] = {}
        if self.numbers % 4 == 1:
            born = (self.now + dt.timedelta(days=self.numbers * 3 % 330)).date()
            year = UNKNOWN_YEAR if self.numbers % 3 else 1970 + self.numbers % 30
            found |= {"birthday": in_year(born, year), "birthday_reminder": 3}
        if self.numbers % 3 == 1:
            found |= {"channel": ("email", "phone", "meeting")[self.numbers // 3 % 3]}
        return found

    def places(self, organizations: Sequence[Organization]) -> None:
        """Addresses of some organizations, and the day on which they were founded."""
        for place, organization in enumerate(organizations[::3]):
            street, city, region, postcode = self.words.addresses[place % len(self.words.addresses)]
            address = {"street": street, "city": city, "region": region, "postcode": postcode}
            year = organization.year_established or UNKNOWN_YEAR
            founded = in_year((self.now + dt.timedelta(days=5 + place * 11)).date(), year)
            organization.edit(
                by=SYSTEM,
                addresses=[{"kind": "billing", "country": self.workspace.country, **address}],
                dates=[{"name": self.words.anniversary, "day": founded, "remind_before": 7}],
            )

    # --- deals ------------------------------------------------------------------------------------------------------
    def deals(
        self, organizations: Sequence[Organization], stages: Sequence[Stage], prices: Sequence[int]
    ) -> list[Deal]:
        """Deals in every stage, some of them closed; a price is in minor units of the pipeline's currency."""
        made = [
            self.deal(self.rng.choice(organizations), stage, self.rng.choice(prices))
            for stage, many in zip(stages, FUNNEL, strict=False)
            for _ in range(many)
        ]
        for deal in made[::CLOSED_EACH]:
            started: Any = deal.started_on
            day = started + dt.timedelta(days=self.rng.randint(1, (self.now.date() - started).days - 1))
            if self.rng.random() < 0.6:
                deal.win(by=deal.owner.actor, on=day)  # type: ignore[union-attr]
            else:
                deal.lose(self.rng.choice(self.words.lost), by=deal.owner.actor, on=day)  # type: ignore[union-attr]
            deal.refresh_from_db(fields=["status"])
        return made

    def rules(self, stages: Sequence[Stage]) -> None:
        """What two of the stages ask of their deals, as an owner has set it up."""
        *_, proposal, negotiation, _last = stages
        proposal.required = ["value", "expected_close", "contacts"]
        tasks = [TaskLine(None, self.words.must, 2, is_must=True), TaskLine(None, self.words.offered, 5)]
        proposal.keep_with([], tasks, by=SYSTEM)
        negotiation.card_limit = 3
        negotiation.keep_with([], [], by=SYSTEM)

    def deal(self, organization: Organization, stage: Stage, price: int) -> Deal:
        owner = self.seller()
        started = self.day(-self.rng.randint(5, 90))
        positions = organization.positions.select_related("contact").order_by("pk")[:2]
        deal = Deal.create(
            by=owner.actor,
            owner=owner,
            stage=stage,
            name=self.rng.choice(self.words.deals),
            **self.value(price * self.rng.randint(2, 12)),
            organization=organization,
            expected_close=self.day(self.rng.randint(-5, 75)).date(),
            started_on=started.date(),
            created_at=started,
            stage_since=self.day(-self.rng.randint(0, 25)),
            people=[Person(p.contact, is_primary=place == 0) for place, p in enumerate(positions)],
        )
        if self.rng.random() < 0.4:
            deal.rows().tag(self.rng.choice(self.tags), by=owner.actor)
        return deal

    def value(self, minor: int) -> dict[str, Any]:
        """An amount in the pipeline's currency, or in whole units of that of abroad."""
        self.sold += 1
        if not self.abroad or self.sold % ABROAD_EACH:
            return {"value": minor}
        return {"value": minor // self.abroad.price // 100 * 100, "currency": self.abroad.currency}

    # --- activities ---------------------------------------------------------------------------------------------------
    def activities(self, deals: Sequence[Deal]) -> None:
        """For each deal some history, and for most of the open ones a next step: late, today or planned."""
        for deal in deals:
            people = [link.contact for link in deal.contact_links.select_related("contact")]
            for _ in range(self.rng.randint(1, 4)):
                self.log(deal, people)
            if deal.status == "open" and self.rng.random() < 0.8:
                self.plan(deal, people)

        for seller in dict.fromkeys(self.sellers):
            self.today_of(seller, [deal for deal in deals if deal.owner == seller and deal.status == "open"])

    def today_of(self, seller: Membership, deals: Sequence[Deal]) -> None:
        """Something late, a day's work, something done already, for whoever looks at the demo first."""
        for deal, days in zip(deals, TODAY, strict=False):
            people = [link.contact for link in deal.contact_links.select_related("contact")]
            self.plan(deal, people, days)
        for deal, (kind, minutes) in zip(deals, DONE_TODAY, strict=False):
            subject, body = self.rng.choice(self.words.past[kind])
            at = self.now - dt.timedelta(minutes=minutes)
            Activity.log(kind, subject=subject, body=body, occurred_at=at, about=[deal], by=seller.actor)

    def log(self, deal: Deal, people: list[Contact]) -> None:
        kind = self.rng.choice(sorted(self.words.past))
        subject, body = self.rng.choice(self.words.past[kind])
        Activity.log(
            kind,
            subject=subject,
            body=body,
            outcome="connected" if kind == "call" else "",
            minutes=None if kind == "note" else self.rng.choice((10, 15, 30, 45, 60)),
            occurred_at=self.day(-self.rng.randint(1, 40)),
            about=[deal, *people[:1]],
            by=deal.owner.actor,  # type: ignore[union-attr]
        )

    def plan(self, deal: Deal, people: list[Contact], days: int | None = None) -> None:
        if days is None:
            days = self.rng.choice((-3, -1, 0, 0, 1, 2, 4, 7, 12))
        kind = self.rng.choice(sorted(self.words.planned))
        Activity.plan(
            kind,
            subject=self.rng.choice(self.words.planned[kind]),
            due_at=self.day(days),
            about=[deal, *people[:1]],
            by=deal.owner.actor,  # type: ignore[union-attr]
        )
