"""Role x record x action x setting x owner x private x named: generated from RIGHTS, held against a plain reading."""

from itertools import product

import pytest

from tests.factories import MembershipFactory, TeamFactory
from tests.sight import MODELS, World, everywhere, fresh
from tests.test_workspaces.test_rights import ALL_RIGHTS, RECORD_TYPES
from workspaces.models import Workspace
from workspaces.rights import ROLES

SETTINGS = ("all", "team", "own")


@pytest.mark.parametrize(("role", "record", "setting"), list(product(ROLES, MODELS, SETTINGS)))
def test_gate_and_queryset_and_record_say_what_the_rule_says(in_acme, role, record, setting):
    model, factory = RECORD_TYPES[record]
    Workspace.objects.filter(pk=in_acme.pk).update(visibility=everywhere(setting))
    me, mate, stranger = MembershipFactory(role=role), MembershipFactory(), MembershipFactory()
    team = TeamFactory(manager=me)
    type(mate).objects.filter(pk=mate.pk).update(team=team)
    world = World(everywhere(setting), {me.pk: {me.pk, mate.pk}}, {})
    for owner, private, named in product((me, mate, stranger, None), (False, True), (None, me, stranger)):
        row = factory(owner=owner, is_private=private)
        if named:
            model.viewer().objects.create(record=row, member=named)
        world.named[record, row.pk] = {named.pk} if named else set()
    rows, member = list(model.objects.filter(pk__in=[pk for _kind, pk in world.named])), fresh(me)
    assert len(rows) == 24
    for action in {action for known, action in ALL_RIGHTS if known == record} | {"view", "unheard-of"}:
        expected = {row.pk for row in rows if world.may(member, row, action)}
        ids = {row.pk for row in rows}
        reached = model.objects.filter(pk__in=ids)
        assert {row.pk for row in rows if row.allows(action, member)} == expected, action
        assert ids - set(reached.refusals(action, by=member.actor)) == expected, action
        if action != "assign":  # nobody's is claimed by the verb
            assert set(reached.visible_to(member, action).values_list("pk", flat=True)) == expected, action
        with_trash = reached.in_reach_of(member, "view")
        assert set(with_trash.values_list("pk", flat=True)) == {row.pk for row in rows if world.sees(member, row)}


@pytest.mark.parametrize("role", ROLES)
def test_who_says_who_sees_a_record_is_its_owner_or_answers_for_the_data(in_acme, role):
    me, other = MembershipFactory(role=role), MembershipFactory()
    for owner in (me, other):
        deal = RECORD_TYPES["deal"][1](owner=owner)
        keeps = role in ("owner", "admin")
        assert deal.lets_guard(fresh(me)) == (keeps or (owner == me and role != "viewer"))
