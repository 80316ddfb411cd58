"""Role x record x action x setting x owner x private x named: generated from RIGHTS, held against a plain reading."""

from itertools import product

import pytest

from tests.factories import MembershipFactory, TeamFactory
from tests.sight import MODELS, World, everywhere, fresh
from tests.test_workspaces.test_rights import ALL_RIGHTS, RECORD_TYPES
from workspaces.models import Workspace
from workspaces.rights import ROLES

SETTINGS = ("all", "team", "own")


@pytest.mark.parametrize("record", MODELS)
def test_gate_and_queryset_and_record_say_what_the_rule_says(in_acme, record):
    model, factory = RECORD_TYPES[record]
    me, mate, stranger = MembershipFactory(role="rep"), MembershipFactory(), MembershipFactory()
    team = TeamFactory(manager=me)
    type(mate).objects.filter(pk=mate.pk).update(team=team)
    world = World({}, {me.pk: {me.pk, mate.pk}}, {})
    for owner, private, named in product((me, mate, stranger, None), (False, True), (None, me, stranger)):
        row = factory(owner=owner, is_private=private)
        if named:
            model.viewer().objects.create(record=row, member=named)
        world.named[record, row.pk] = {named.pk} if named else set()
    assert len(world.named) == 24
    for role, setting in product(ROLES, SETTINGS):
        world.setting = everywhere(setting)
        Workspace.objects.filter(pk=in_acme.pk).update(visibility=world.setting)
        type(me).objects.filter(pk=me.pk).update(role=role)
        hold_against(world, fresh(me), record, (role, setting))


def hold_against(world, member, record, case):
    """All actions of a member on the rows of the world, asked at each door."""
    reached = RECORD_TYPES[record][0].objects.filter(pk__in=[pk for _kind, pk in world.named])
    rows = list(reached)
    ids = {row.pk for row in rows}
    for action in {action for known, action in ALL_RIGHTS if known == record} | {"view", "unheard-of"}:
        expected = {row.pk for row in rows if world.may(member, row, action)}
        assert {row.pk for row in rows if row.allows(action, member)} == expected, (case, action)
        assert ids - set(reached.refusals(action, by=member.actor)) == expected, (case, action)
        if action != "assign":  # nobody's is claimed by the verb
            assert set(reached.visible_to(member, action).values_list("pk", flat=True)) == expected, (case, action)
    with_trash = reached.in_reach_of(member, "view")
    assert set(with_trash.values_list("pk", flat=True)) == {row.pk for row in rows if world.sees(member, row)}, case


@pytest.mark.parametrize("role", ROLES)
def test_who_says_who_sees_a_record_is_its_owner_or_answers_for_the_data(in_acme, role):
    me, other = MembershipFactory(role=role), MembershipFactory()
    for owner in (me, other):
        deal = RECORD_TYPES["deal"][1](owner=owner)
        keeps = role in ("owner", "admin")
        assert deal.lets_guard(fresh(me)) == (keeps or (owner == me and role != "viewer"))
