"""Random conditions over random rows find what a plain reading of the same rows finds.

The reading below knows nothing of the product's filters: it goes through the tree as the address carries it, with what
a row has as plain values.
"""

import datetime as dt
import json
import unicodedata
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contacts.models import Contact, ContactPulse, ContactTag, Position
from deals.models import Deal, DealContact, DealPulse, DealTag
from organizations.models import Organization, OrganizationPulse, OrganizationTag
from records.listing import LISTINGS
from tests.factories import StageFactory, TagFactory

pytestmark = pytest.mark.django_db

ROWS = 9
NAMES = ["Alba", "alba Čáp", "Čapek", "Berg", "berg & Co", ""]
DAYS = [None, None, -400, -91, -61, -60, -59, -31, -30, -29, -8, -7, -1, 0, 1, 6, 7, 8, 29, 30]
MODELS = {
    "organization": (Organization, OrganizationPulse, OrganizationTag),
    "contact": (Contact, ContactPulse, ContactTag),
    "deal": (Deal, DealPulse, DealTag),
}


# --- random rows ------------------------------------------------------------------------------------------------------
@dataclass
class World:
    """The rows as plain values by record name and id, and what stands for names in conditions."""

    rows: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    me: int = 0
    members: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()
    today: dt.date = field(default_factory=timezone.localdate)

    def related(self, name: str, row: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
        """The records at the other end of a relation."""
        kind, ids = {
            "parent": lambda: ("organization", [row["parent"]]),
            "children": lambda: ("organization", self.with_value("organization", "parent", row["id"])),
            "organization": lambda: ("organization", row["organizations"]),
            "people": lambda: ("contact", row["people"]),
            "deals": lambda: ("deal", row["deals"]),
        }[name]()
        return kind, [self.rows[kind][pk] for pk in ids if pk]

    def with_value(self, kind: str, name: str, value: Any) -> list[int]:
        return [pk for pk, row in self.rows[kind].items() if row[name] == value]


def random_world(seed: int, member: Any, others: list[int]) -> World:
    random, stage = Random(seed), StageFactory()
    tags = [TagFactory(name=f"t{seed}-{number}").pk for number in range(3)]
    world = World(me=member.pk, members=(member.pk, *others), tags=tuple(tags))
    owner = [None, *world.members]

    def common(kind: str, made: list[Any]) -> None:
        model, pulse, link = MODELS[kind]
        world.rows[kind] = {}
        for row in model.objects.bulk_create(made):
            last, due = random.choice(DAYS), random.choice(DAYS)
            pulse.objects.filter(record=row.pk).update(last_activity_at=noon(last), next_activity_at=noon(due))
            worn = random.sample(tags, random.randint(0, 3))
            link.objects.bulk_create(link(record_id=row.pk, tag_id=tag) for tag in worn)
            world.rows[kind][row.pk] = {"id": row.pk, "name": row.sort_source, "owner": row.owner_id, "tags": set(worn)}
            world.rows[kind][row.pk] |= {"last_activity": day(last), "next_step": day(due), "model": row}

    organizations = [
        Organization(
            name=random.choice(NAMES) or "x", sector=random.choice(NAMES), employees=random.choice([None, 0, 5, 50]),
            revenue=random.choice([None, 0, 100_00]), currency=random.choice(["USD", "EUR"]),
            owner_id=random.choice(owner),
        )
        for _ in range(ROWS)
    ]  # fmt: skip
    for row in organizations:
        row.sort_source = row.name
    common("organization", organizations)
    ids = list(world.rows["organization"])
    for row in organizations[1:]:
        parent = random.choice(
            [None, organizations[0].pk, organizations[1].pk if row is not organizations[1] else None]
        )
        Organization.objects.filter(pk=row.pk).update(parent=parent)
        world.rows["organization"][row.pk]["parent"] = parent
    world.rows["organization"][organizations[0].pk]["parent"] = None
    contacts = [
        Contact(last_name=random.choice(NAMES) or "x", job_title=random.choice(NAMES), owner_id=random.choice(owner))
        for _ in range(ROWS)
    ]
    for row in contacts:
        row.sort_source = row.last_name
    common("contact", contacts)
    deals = [
        Deal(
            name=random.choice(NAMES) or "x", stage=stage, pipeline=stage.pipeline, currency=stage.pipeline.currency,
            value=random.choice([None, 0, 100_00, 500_00]), expected_close=day(random.choice(DAYS)),
            organization_id=random.choice([None, *ids]), owner_id=random.choice(owner), **random.choice(
                [{"status": "open"}, *({"status": over, "closed_on": world.today} for over in ("won", "lost"))]
            ),
        )
        for _ in range(ROWS)
    ]  # fmt: skip
    for row in deals:
        row.sort_source = row.name
    common("deal", deals)
    positions = {(contact.pk, random.choice(ids)) for contact in contacts for _ in range(random.randint(0, 2))}
    Position.objects.bulk_create(Position(contact_id=contact, organization_id=at) for contact, at in positions)
    links = {(deal.pk, random.choice(contacts).pk) for deal in deals for _ in range(random.randint(0, 2))}
    DealContact.objects.bulk_create(DealContact(deal_id=deal, contact_id=contact) for deal, contact in links)
    for pk, row in world.rows["organization"].items():
        row["people"] = [contact for contact, at in positions if at == pk]
        row["deals"] = [deal.pk for deal in deals if deal.organization_id == pk]
    for pk, row in world.rows["contact"].items():
        row["organizations"] = [at for contact, at in positions if contact == pk]
        row["deals"] = [deal for deal, contact in links if contact == pk]
    for pk, row in world.rows["deal"].items():
        row["organizations"] = [row["model"].organization_id]
        row["people"] = [contact for deal, contact in links if deal == pk]
    return world


def day(offset: int | None) -> dt.date | None:
    return None if offset is None else timezone.localdate() + dt.timedelta(days=offset)


def noon(offset: int | None) -> dt.datetime | None:
    """A moment that has the same day wherever today has."""
    when = day(offset)
    return when and dt.datetime.combine(when, dt.time(0, 0, 1), timezone.get_current_timezone())


# --- the plain reading ------------------------------------------------------------------------------------------------
def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def holds(node: dict[str, Any], row: dict[str, Any], world: World) -> bool:
    """Is the condition true of the row?"""
    if "p" in node:
        found = leaf_holds(node["p"], node["v"], row, world)
    elif "has" in node:
        _kind, others = world.related(node["has"], row)
        found = any(all_or_any(node, other, world) for other in others)
    else:
        found = all_or_any(node, row, world)
    return not found if node.get("not") else found


def all_or_any(node: dict[str, Any], row: dict[str, Any], world: World) -> bool:
    if "any" in node:
        return any(holds(part, row, world) for part in node["any"])
    return all(holds(part, row, world) for part in node["all"])


def leaf_holds(p: str, v: Any, row: dict[str, Any], world: World) -> bool:
    today = world.today
    name, _underscore, end = p.rpartition("_")
    if p in ("name", "sector", "job_title"):
        return folded(text_of(p, row)).startswith(folded(v))
    if end == "exact":
        return folded(text_of(name, row)) in [folded(line) for line in v.split("\n")]
    if p in ("tags", "tags_all", "owner", "status"):
        return choice_holds(p, v, row, world)
    if end == "late":
        return row[name] is not None and noon_of(row[name]) < timezone.now()
    value = value_of(name if end in ENDS else p, row)
    if end == "is":
        return (value in (None, "")) == (v == "none")
    if end == "quiet":
        return value is None or (today - value).days > int(v)
    if value is None:
        return False
    return ENDS[end](value, v, today) if end in ENDS else NAMED[v](value, today)


def noon_of(when: dt.date) -> dt.datetime:
    return dt.datetime.combine(when, dt.time(0, 0, 1), timezone.get_current_timezone())


ENDS = {
    "is": None,
    "quiet": None,
    "min": lambda value, v, today: value >= int(v),
    "max": lambda value, v, today: value <= int(v),
    "eq": lambda value, v, today: value == int(v),
    "from": lambda value, v, today: value.isoformat() >= v,
    "to": lambda value, v, today: value.isoformat() <= v,
    "within": lambda value, v, today: 0 <= (today - value).days < int(v),
    "ago": lambda value, v, today: (today - value).days > int(v),
    "ahead": lambda value, v, today: 0 <= (value - today).days < int(v),
}
NAMED = {
    "overdue": lambda value, today: value < today,
    "tomorrow": lambda value, today: (value - today).days == 1,
    "today": lambda value, today: value == today,
    "last_30_days": lambda value, today: 0 <= (today - value).days < 30,
    "next_7_days": lambda value, today: 0 <= (value - today).days < 7,
    "over_60_days_ago": lambda value, today: (today - value).days > 60,
    "this_year": lambda value, today: value.year == today.year,
}


def text_of(name: str, row: dict[str, Any]) -> str:
    return row["name"] if name == "name" else getattr(row["model"], name)


def value_of(name: str, row: dict[str, Any]) -> Any:
    """What the row has to compare: whole units of the workspace's money, none of another one's."""
    if name in ("last_activity", "next_step", "parent"):
        return row[name]
    value = getattr(row["model"], name)
    if name in ("revenue", "value") and value is not None:
        return value // 100
    return value


def choice_holds(p: str, v: list[str], row: dict[str, Any], world: World) -> bool:
    wanted = {world.me if one == "me" else int(one) if one.isdecimal() else one for one in v}
    if p == "tags_all":
        return wanted <= row["tags"]
    if p == "status":
        return row["model"].status in wanted
    has = row["tags"] if p == "tags" else {row["owner"]} - {None}
    return bool(has & wanted) or ("none" in wanted and not has)


# --- random conditions ------------------------------------------------------------------------------------------------
DAY_WORDS = {"from": "date", "to": "date", "within": "days", "ago": "days", "ahead": "days", "is": "presence"}
RELATIONS = {
    "organization": {"parent": "organization", "children": "organization", "people": "contact", "deals": "deal"},
    "contact": {"organization": "organization", "deals": "deal"},
    "deal": {"organization": "organization", "people": "contact"},
}
TEXTS = {"organization": ["name", "sector"], "contact": ["name", "job_title"], "deal": ["name"]}


def leaves(kind: str, world: World) -> st.SearchStrategy[dict[str, Any]]:
    number = st.sampled_from(["0", "1", "5", "50", "100"])
    values = {
        "date": st.sampled_from([-61, -30, 0, 7]).map(lambda offset: day(offset).isoformat()),
        "days": st.sampled_from(["1", "7", "30", "60"]),
        "presence": st.sampled_from(["none", "any"]),
        "text": st.sampled_from(["a", "AL", "alba", "cap", "Čap", "berg &", "zzz"]),
        "lines": st.sampled_from(["alba", "ALBA\nBerg", "capek\nx"]),
    }
    found = {"owner": st.lists(st.sampled_from(["me", "none", *map(str, world.members)]), min_size=1, unique=True)}
    found["tags"] = st.lists(st.sampled_from(["none", *map(str, world.tags)]), min_size=1, unique=True)
    found["tags_all"] = st.lists(st.sampled_from([*map(str, world.tags)]), min_size=1, unique=True)
    for name in TEXTS[kind]:
        found |= {name: values["text"], f"{name}_exact": values["lines"]}
        found |= {} if name == "name" else {f"{name}_is": values["presence"]}
    found["next_step"] = st.sampled_from(["overdue", "tomorrow", "next_7_days", "this_year"])
    found["last_activity"] = st.sampled_from(["today", "last_30_days", "over_60_days_ago", "this_year"])
    found |= {"next_step_late": st.just("yes"), "last_activity_quiet": values["days"]}
    for name in ("next_step", "last_activity", *(["expected_close"] if kind == "deal" else [])):
        found |= {f"{name}_{end}": values[what] for end, what in DAY_WORDS.items()}
    if kind == "organization":
        found |= {f"employees_{end}": number for end in ("min", "max", "eq")}
        found |= {f"{name}_is": values["presence"] for name in ("employees", "revenue", "parent")}
    if kind == "deal":
        found |= {"status": st.lists(st.sampled_from(["open", "won", "lost"]), min_size=1, unique=True)}
        found |= {"value_min": number, "value_max": number, "value_is": values["presence"]}
    return st.sampled_from(sorted(found)).flatmap(lambda p: found[p].map(lambda v: {"p": p, "v": v}))


def nodes(kind: str, world: World, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """A condition, or a group of them with groups inside `depth` deep."""
    leaf = leaves(kind, world)
    options = [leaf, leaf]
    if depth:
        options.append(groups(kind, world, depth))
        options += [
            groups(other, world, depth).map(lambda group, name=name: {"has": name} | group)
            for name, other in RELATIONS[kind].items()
        ]
    return st.tuples(st.one_of(options), st.booleans()).map(lambda pair: pair[0] | ({"not": True} if pair[1] else {}))


def groups(kind: str, world: World, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    parts = st.lists(st.deferred(lambda: nodes(kind, world, depth - 1)), min_size=1, max_size=3)
    return st.tuples(st.sampled_from(["all", "any"]), parts).map(lambda pair: {pair[0]: pair[1]})


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_a_tree_finds_what_a_plain_reading_finds(in_acme, alice, bob, seed, data):
    with transaction.atomic():
        in_acme.currency = "EUR"
        alice.workspace.currency = "EUR"  # that of the deals
        world = random_world(seed, alice, [bob.pk])
        for kind in MODELS:
            listing = LISTINGS[kind]
            for _ in range(6):
                tree = data.draw(groups(kind, world, 2))
                params = QueryDict(urlencode({"where": json.dumps(tree)}))
                filters = listing.filters(alice, params)
                assert not filters.where.is_wrong, [leaf.error for leaf in filters.where.tree.leaves()]
                found = sorted(listing.matching(alice, params).values_list("pk", flat=True))
                expected = sorted(pk for pk, row in world.rows[kind].items() if holds(tree, row, world))
                assert found == expected, (kind, tree)
        transaction.set_rollback(True)
