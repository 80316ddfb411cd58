"""The mapping of rights, and every door held against it: what is generated from RIGHTS can't be forgotten here."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest
from django.conf import settings
from django.urls import get_resolver
from factory import make_factory

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.listing import LISTINGS
from records.models import BulkRun, Group, Record, Tag
from records.search import searched_models
from tests.factories import (
    FACTORIES,
    ContactFactory,
    InWorkspace,
    MembershipFactory,
    TagFactory,
    TeamFactory,
    UserFactory,
)
from tests.reading import filled_form
from workspaces.models import Membership
from workspaces.refusals import NotAllowed
from workspaces.rights import RANK, RECORDS, RIGHTS, ROLES, SETUP, SYSTEM, scope_of

SCOPES = ("none", "own", "team", "all")
#: name -> model, factory; of a record type that has none in tests/factories.py rows are made without values
RECORD_TYPES = {
    model.record_name: (model, FACTORIES.get(model) or make_factory(model, FACTORY_CLASS=InWorkspace))
    for model in searched_models().values()
}
ALL_RIGHTS = sorted({(record, action) for role in RIGHTS.values() for record in role for action in role[record]})


def test_the_mapping_knows_every_role_and_only_scopes_that_exist():
    assert set(RIGHTS) == set(ROLES)
    assert {scope for role in RIGHTS.values() for record in role.values() for scope in record.values()} <= set(SCOPES)
    assert {record for role in RIGHTS.values() for record in role} >= {*RECORDS, *SETUP}


@pytest.mark.parametrize(("record", "action"), ALL_RIGHTS)
def test_a_higher_role_may_at_least_what_a_lower_one_may(record, action):
    reach = [SCOPES.index(scope_of(role, record, action)) for role in sorted(ROLES, key=RANK.get)]
    assert reach == sorted(reach)


@pytest.mark.parametrize("role", ROLES)
def test_what_the_mapping_does_not_name_is_refused(role):
    member = Membership(role=role)
    assert not member.may("invoice", "view")
    assert not member.may("contact", "launder")
    assert scope_of("guest", "contact", "view") == "none"
    assert not Membership(role=role, is_active=False).may("contact", "view")


def test_every_record_type_stands_in_the_mapping():
    assert set(RECORDS) == set(RECORD_TYPES)


# --- the gate of the records ------------------------------------------------------------------------------------------
@pytest.fixture
def house(in_acme):
    """`house(role)`: somebody of that role who manages a team, and the owners of rows whom that reaches by scope."""

    def build(role: str) -> tuple[Membership, dict[str, set[int]]]:
        me = MembershipFactory(role=role)
        team = TeamFactory(manager=me)
        mate, stranger = MembershipFactory(team=team), MembershipFactory()
        own, teams, everybody = {me.pk}, {me.pk, mate.pk}, {me.pk, mate.pk, stranger.pk}
        return me, {"none": set(), "own": own, "team": teams, "all": everybody}

    return build


@pytest.mark.parametrize(("role", "record"), list(product(ROLES, RECORD_TYPES)))
def test_each_record_opens_as_far_as_the_mapping_says_to_pages_and_to_verbs(house, role, record):
    model, factory = RECORD_TYPES[record]
    me, reach = house(role)
    for owner in reach["all"]:
        factory(owner_id=owner)
    rows = model.objects.filter(owner_id__in=reach["all"])
    for action in {action for known, action in ALL_RIGHTS if known == record} | {"unheard-of"}:
        expected = reach[RIGHTS[role].get(record, {}).get(action, "none")]
        seen = rows.visible_to(me, action)
        assert {row.owner_id for row in seen} == expected, action
        refused = set(rows.refusals(action, by=me.actor))
        assert {row.owner_id for row in rows if row.pk not in refused} == expected, action
        assert not rows.refusals(action, by=SYSTEM), "rules and jobs act for the system"


@pytest.mark.parametrize(("role", "record"), list(product(ROLES, RECORD_TYPES)))
def test_bulk_verbs_write_no_more_than_the_mapping_allows(house, role, record):
    model, factory = RECORD_TYPES[record]
    me, reach = house(role)
    for owner in reach["all"]:
        factory(owner_id=owner)
    rows = model.objects.filter(owner_id__in=reach["all"])
    expected = reach[scope_of(role, record, "delete")]
    outcome = rows.trash(by=me.actor)
    assert set(rows.filter(deleted_at__isnull=False).values_list("owner_id", flat=True)) == expected
    assert (outcome.done, len(outcome.refused)) == (len(expected), 3 - len(expected))


@pytest.mark.parametrize(("role", "record"), list(product(ROLES, RECORD_TYPES)))
def test_a_record_changes_hands_as_far_as_the_mapping_says_and_nobodys_is_for_all_who_may_change(house, role, record):
    _model, factory = RECORD_TYPES[record]
    me, reach = house(role)
    expected = reach[scope_of(role, record, "assign")] | ({None} if may(role, record, "change") else set())
    for owner in (*reach["all"], None):
        row = factory(owner_id=owner)
        assert row.allows("assign", me) == (owner in expected), owner
        other = me if owner != me.pk else None
        if owner in expected:
            row.edit(by=me.actor, owner=other)
            assert row.rows().get().owner == other
        else:
            with pytest.raises(NotAllowed):
                row.edit(by=me.actor, owner=other)
            assert row.rows().assign(other, by=me.actor).done == 0
            assert row.rows().get().owner_id == owner


def test_who_may_not_give_a_record_away_edits_it_under_its_owner(acme, alice, bob, client_of):
    with workspace_scope(acme.pk):
        contact = ContactFactory(owner=alice, last_name="Raman")
    client = client_of(bob)
    page = client.get_w("contacts:edit", contact.pk)
    assert page.context["form"].fields["owner"].disabled
    data = filled_form(page.content.decode())
    answer = client.post_w("contacts:edit", contact.pk, data=data | {"owner": bob.pk, "last_name": "Novak"})
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        contact = Contact.objects.get(pk=contact.pk)
        assert (contact.last_name, contact.owner_id) == ("Novak", alice.pk)


# --- bulk actions -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Deed:
    """A bulk action: the right it takes beside "bulk", what its form is told, how a row shows that it was done."""

    right: str
    told: Callable[[Tag], dict[str, object]]
    is_done: Callable[[Record], bool]


#: the lists of the rooms are known once their addresses are
INSIDE = get_resolver(settings.WORKSPACE_URLCONF).url_patterns

DEEDS = {
    "owner": Deed("assign", lambda tag: {"owner": ""}, lambda row: row.owner_id is None),
    "tag": Deed("change", lambda tag: {"tag": tag.pk}, lambda row: row.tag_links.count() == 2),
    "untag": Deed(
        "change", lambda tag: {"tag": Tag.objects.get(name="old").pk}, lambda row: not row.tag_links.exists()
    ),
    "group": Deed("view", lambda tag: {"new": "Fresh"}, lambda row: row.group_links.count() == 2),
    "ungroup": Deed(
        "view", lambda tag: {"group": Group.objects.get(name="kept").pk}, lambda row: not row.group_links.exists()
    ),
    "field": Deed(
        "assign",
        lambda tag: {"name": "owner", "asked": "owner", "to-owner": ""},
        lambda row: row.owner_id is None,
    ),
    "delete": Deed("delete", lambda tag: {}, lambda row: row.deleted_at is not None),
}
#: what only leads to a page of its own, whose tests hold it against the rights, and what changes nothing of the record
WAYS = {"merge", "pipeline", "cards", "follow", "unfollow", "task"}
#: what no list offers; see the test of it below
HIDDEN = {"settle"}
#: what is for records that nobody owns, see the test of it below
OF_NOBODY = {"claim"}


def test_every_bulk_action_stands_in_the_table_above():
    assert set(LISTINGS) == set(RECORDS)
    asked = {action.name for listing in LISTINGS.values() for action in listing.all_actions()}
    assert asked == {*DEEDS, *WAYS, *OF_NOBODY, *HIDDEN}
    assert {one.name for listing in LISTINGS.values() for one in listing.all_actions() if one.hidden} == HIDDEN


@pytest.mark.parametrize(("role", "record"), list(product(ROLES, RECORD_TYPES)))
def test_a_bulk_action_changes_what_the_mapping_allows_and_leaves_the_rest(house, client_of, role, record):
    model, factory = RECORD_TYPES[record]
    me, reach = house(role)
    me.user = UserFactory()
    me.save()
    client = client_of(me)
    old, kept = TagFactory(name="old"), Group.objects.create(kind=record, name="kept", owner=me, place="V")
    for action in LISTINGS[record].all_actions():
        if action.name in WAYS | OF_NOBODY | HIDDEN:
            continue
        deed = DEEDS[action.name]
        rows = {owner: factory(owner_id=owner) for owner in reach["all"]}
        for row in rows.values():
            row.tag_links.create(tag=old)
            row.group_links.create(group=kept)
        expected = reach[scope_of(role, record, action.gate)] & reach[scope_of(role, record, deed.right)]
        expected = expected if may(role, record, "bulk") else set()
        data = {"action": action.name, "ids": [row.pk for row in rows.values()], "confirmed": "1"}
        answer = client.post_w(f"{model.namespace}:bulk", data=data | deed.told(TagFactory()))
        assert answer.status_code == (303 if may(role, record, "bulk") else 403)
        done = {owner for owner, row in rows.items() if deed.is_done(model.objects.get(pk=row.pk))}
        assert done == expected, action.name


@pytest.mark.parametrize("asked", [{}, {"all": "1"}])
def test_what_no_list_offers_nobody_asks_a_list_for(client_of, alice, acme, asked):
    with workspace_scope(acme.pk):
        row = RECORD_TYPES["deal"][1](owner=alice)
        for name in HIDDEN:
            data = {"action": name, "ids": row.pk, "confirmed": "1"} | asked
            assert client_of(alice).post_w("deals:bulk", data=data).status_code == 404
        assert not BulkRun.objects.exists()


@pytest.mark.parametrize(("role", "record"), list(product(ROLES, RECORD_TYPES)))
def test_who_may_change_what_is_nobody_s_may_claim_it_and_nothing_else(house, client_of, role, record):
    model, factory = RECORD_TYPES[record]
    me, reach = house(role)
    me.user = UserFactory()
    me.save()
    owned, free = [factory(owner_id=owner) for owner in reach["all"]], factory(owner_id=None)
    data = {"action": "claim", "ids": [row.pk for row in (*owned, free)]}
    answer = client_of(me).post_w(f"{model.namespace}:bulk", data=data)
    may_claim = may(role, record, "bulk")
    assert answer.status_code == (303 if may_claim else 403)
    assert model.objects.get(pk=free.pk).owner_id == (me.pk if may_claim else None)
    assert {row.owner_id for row in owned} == {model.objects.get(pk=row.pk).owner_id for row in owned}


def may(role: str, record: str, action: str) -> bool:
    return scope_of(role, record, action) != "none"
