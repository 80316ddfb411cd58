"""The rule of who sees what, read in plain Python, and a workspace full of rows to hold every door against it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from activities.models import Activity, ActivityLink
from contacts.models import Contact
from deals.models import Deal, DealContact, Stage
from organizations.models import Organization
from records.models import ChangeSet, Notice, Record, change_set
from tests.factories import (
    ActivityFactory,
    ContactFactory,
    DealFactory,
    MembershipFactory,
    OrganizationFactory,
    PositionFactory,
    TeamFactory,
)
from tests.fields import field as field_of
from ties.models import Tie, TieType
from workspaces.models import Membership, Workspace
from workspaces.rights import NARROWED, SHOWN, scope_of

MODELS: dict[str, type[Record]] = {"organization": Organization, "contact": Contact, "deal": Deal}
KEEPERS = ("owner", "admin")
Setting = dict[str, dict[str, str]]


def everywhere(scope: str) -> Setting:
    """The setting that shows every role as much of every kind."""
    return {kind: dict.fromkeys(NARROWED, scope) for kind in SHOWN}


def mixed(random: Random) -> Setting:
    return {kind: {role: random.choice(("all", "team", "own")) for role in NARROWED} for kind in SHOWN}


def fresh(member: Membership) -> Membership:
    """The member as the next request reads it."""
    return Membership.objects.select_related("workspace").get(pk=member.pk)


@dataclass
class World:
    """Rows of all kinds with their owners, private marks and named people. Each is called like nothing else."""

    setting: Setting
    teams: dict[int, set[int]]
    named: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    rows: dict[str, list] = field(default_factory=dict)
    about: dict[int, list] = field(default_factory=dict)
    #: what lies in the trash
    gone: list = field(default_factory=list)
    #: row -> those that it stands beside, in whatever way
    beside: dict[Any, set] = field(default_factory=lambda: defaultdict(set))

    def join(self, one: Record, other: Record) -> None:
        """They refer to each other, which the pages of both may show."""
        self.beside[one].add(other)
        self.beside[other].add(one)

    # --- the rule -----------------------------------------------------------------------------------------------------
    def sees(self, member: Membership, record: Record) -> bool:
        if isinstance(record, Activity):
            return self.sees_activity(member, record)
        if member.role in KEEPERS or record.owner_id == member.pk:
            return True
        if member.pk in self.named.get((record.record_name, record.pk), ()):
            return True
        return not record.is_private and self.reaches(member, self.setting[record.record_name][member.role], record)

    def sees_activity(self, member: Membership, activity: Activity) -> bool:
        if member.role in KEEPERS or activity.owner_id == member.pk:
            return True
        about = self.about[activity.pk]
        narrowest = min((self.setting[kind][member.role] for kind in SHOWN), key=("own", "team", "all").index)
        return all(self.sees(member, one) for one in about) if about else self.reaches(member, narrowest, activity)

    def reaches(self, member: Membership, scope: str, record: Record) -> bool:
        if scope == "all" or record.owner_id is None:
            return True
        return record.owner_id in (self.teams[member.pk] if scope == "team" else {member.pk})

    def may(self, member: Membership, record: Record, action: str) -> bool:
        """What one may do to one's own, a team's or all records one may do only to those that one sees."""
        if not self.sees(member, record):
            return False
        scope = "all" if action == "view" else scope_of(member.role, record.record_name, action)
        if action == "assign" and record.owner_id is None:
            return scope_of(member.role, record.record_name, "change") != "none"
        reach = {"none": set(), "own": {member.pk}, "team": self.teams[member.pk]}
        return scope == "all" or record.owner_id in reach[scope]

    def show(self, workspace: Workspace, setting: Setting) -> None:
        """Let the workspace show each role as much as the setting says."""
        self.setting = setting
        narrowed = {
            kind: {role: scope for role, scope in roles.items() if scope != "all"} for kind, roles in setting.items()
        }
        Workspace.objects.filter(pk=workspace.pk).update(visibility=narrowed)

    # --- asking -------------------------------------------------------------------------------------------------------
    @property
    def everything(self) -> list:
        return [row for rows in self.rows.values() for row in rows]

    def seen(self, member: Membership, kind: str) -> set[int]:
        return {row.pk for row in self.rows[kind] if self.sees(member, row)}

    def beside_hidden(self, member: Membership, row: Record) -> int:
        """Beside how much that the member does not see it stands."""
        return sum(not self.sees(member, other) for other in self.beside[row])

    def secrets(self, member: Membership) -> set[str]:
        """The names that no page may say to the member."""
        return {name_of(row) for row in [*self.everything, *self.gone] if not self.sees(member, row)}


def name_of(record: Record) -> str:
    return record.last_name if isinstance(record, Contact) else record.name


def staff(workspace: Workspace) -> tuple[dict[str, Membership], dict[int, set[int]]]:
    """Two of each role, one inside a team that the manager leads; and whom each one's teams hold."""
    mara = MembershipFactory(role="manager", name="Mara Lind")
    team = TeamFactory(manager=mara)
    people = {"manager": mara, "other manager": MembershipFactory(role="manager", name="Otto Kvist")}
    for role in ("rep", "viewer"):
        people[role] = MembershipFactory(role=role, team=team, name=f"Inside {role}")
        people[f"other {role}"] = MembershipFactory(role=role, name=f"Outside {role}")
    people["admin"] = MembershipFactory(role="admin", name="Ada Berg")
    people["owner"] = Membership.objects.get(role="owner")
    inside = {people["rep"].pk, people["viewer"].pk}
    teams = {one.pk: {one.pk} for one in people.values()}
    teams[mara.pk] |= inside
    for pk in inside:
        teams[pk] |= inside
    return people, teams


def furnished(
    workspace: Workspace, people: Iterable[Membership], teams: dict[int, set[int]], setting: Setting, random: Random
) -> World:
    """A world of a few dozen rows that hang on each other."""
    people, stage = list(people), Stage.objects.in_order().first()
    world = World(setting, teams)
    world.show(workspace, setting)

    def owner():
        return random.choice([None, *people])

    def guard(record: Record) -> Record:
        if random.random() < 0.4:
            named = random.sample(people, random.choice((0, 0, 1, 2)))
            record.is_private = random.random() < 0.6
            type(record).objects.filter(pk=record.pk).update(is_private=record.is_private)
            viewer = type(record).viewer()
            viewer.objects.bulk_create(viewer(record=record, member=one) for one in named)
            world.named[record.record_name, record.pk] = {one.pk for one in named}
        return record

    world.rows["organization"] = [guard(OrganizationFactory(name=f"Orgzz{n}q", owner=owner())) for n in range(14)]
    for n, one in enumerate(world.rows["organization"][7:]):
        one.rows().update(parent=world.rows["organization"][n % 3])
        world.join(one, world.rows["organization"][n % 3])
    world.rows["contact"] = [
        guard(ContactFactory(first_name="Pat", last_name=f"Perzz{n}q", owner=owner())) for n in range(14)
    ]
    for one in world.rows["contact"]:
        PositionFactory(contact=one, organization=(where := random.choice(world.rows["organization"][:4])))
        world.join(one, where)
    world.rows["deal"] = [
        guard(DealFactory(name=f"Deazz{n}q", owner=owner(), stage=stage, pipeline=stage.pipeline,
                          organization=random.choice(world.rows["organization"][:4])))
        for n in range(14)
    ]  # fmt: skip
    for one in world.rows["deal"]:
        DealContact.objects.create(deal=one, contact=(who := random.choice(world.rows["contact"])))
        world.join(one, who)
    world.rows["activity"] = []
    records = [row for rows in world.rows.values() for row in rows]
    for n in range(24):
        activity = ActivityFactory(subject=f"Actzz{n}q", owner=owner(), kind=random.choice(("note", "task")))
        world.about[activity.pk] = random.sample(records, random.choice((0, 1, 1, 2)))
        for one in world.about[activity.pk]:
            ActivityLink.objects.create(activity=activity, **{one.record_name: one})
            world.join(one, activity)
        world.rows["activity"].append(activity)
    keeper = next(one for one in people if one.role == "owner")
    world.gone = [guard(OrganizationFactory(name=f"Orgzz{n}q", owner=owner())) for n in range(20, 24)]
    placed = {"stage": stage, "pipeline": stage.pipeline}
    world.gone += [guard(DealFactory(name=f"Deazz{n}q", owner=owner(), **placed)) for n in range(20, 24)]
    for one in world.gone:
        one.trash(by=keeper.actor)
    connect(workspace, world, keeper, people, random)
    return world


def connect(workspace: Workspace, world: World, keeper: Membership, people: list[Membership], random: Random) -> None:
    """What else says names: values of custom fields, events of changes, ties, notices, what was undone."""
    made = field_of(workspace, "deal", "record", name="Supplier", on_card=True)
    partner = TieType.objects.get(name="partner of")
    with change_set("Suppliers", by=keeper.actor, source="web"):
        for one in world.rows["deal"]:
            first, second = random.sample(world.rows["organization"], 2)
            one.edit(by=keeper.actor, organization=first, **{made.key: second.pk})
            world.join(one, first)
            world.join(one, second)
        changed: Any = ChangeSet.current()
    for one in random.sample(world.rows["organization"], 8):
        other = random.choice([row for row in world.rows["organization"] if row != one])
        ends = {"one_organization": min(one, other, key=id_of), "other_organization": max(one, other, key=id_of)}
        Tie.objects.get_or_create(type=partner, **ends)
        world.join(one, other)
    for one in random.sample(world.rows["deal"], 5):
        with change_set("", by=keeper.actor, source="web"):
            random.choice(world.rows["organization"]).edit(by=keeper.actor, location="Leeds")  # called after this one
            one.edit(by=keeper.actor, value=70)
            done: Any = ChangeSet.current()
        done.undo(by=keeper.actor)
    Notice.objects.bulk_create(
        Notice(member=member, change_set=changed, kind="changed", about="deal", record=pk, first=pk, whole=False)
        for member in people
        for pk in map(id_of, world.rows["deal"])
    )


def id_of(record: Record) -> int:
    return record.pk
