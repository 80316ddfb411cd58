"""Every door obeys one rule: lists, pages, search, board, panels, timelines, exports, history and trash."""

import re
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from contacts.models import Position
from core.tenancy import workspace_scope
from deals.models import DealContact, Stage
from records.custom.kinds import KINDS
from records.listing import LISTINGS
from records.models import ChangeSet, change_set
from records.pages import PAGES
from records.search import matching_ids, search
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TeamFactory, UserFactory
from tests.fields import field
from tests.reading import filled_form
from tests.sight import MODELS, World, everywhere, fresh, furnished, mixed, name_of, staff
from workspaces.models import Membership, Workspace
from workspaces.refusals import NotAllowed


def made(workspace: Workspace, setting, seed: int) -> tuple[World, dict[str, Membership]]:
    people, teams = staff(workspace)
    for one in people.values():
        if one.user_id is None:
            one.user = UserFactory()
            one.save(update_fields=["user"])
    return furnished(workspace, people.values(), teams, setting, Random(seed)), people


def names_in(response) -> set[str]:
    return set(re.findall(r"(?:Org|Per|Dea|Act)zz\d+q", response.content.decode()))


# --- what a member finds ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(6))
def test_querysets_search_and_lists_show_what_a_plain_reading_of_the_rule_shows(in_acme, seed):
    world, people = made(in_acme, mixed(Random(seed + 100)), seed)
    for one in people.values():
        member = fresh(one)
        for kind in ("organization", "contact", "deal", "activity"):
            model, expected = LISTINGS[kind].model, world.seen(member, kind)
            assert set(model.objects.visible_to(member).values_list("pk", flat=True)) == expected, (one.name, kind)
            assert {row.pk for row in model.objects.all() if row.allows("view", member)} == expected, (one.name, kind)
            assert set(LISTINGS[kind].matching(member, QueryDict()).values_list("pk", flat=True)) == expected
            found = matching_ids(kind, f"{kind[:3]}zz".replace("con", "per"), None, member)
            assert set(found) == expected, (one.name, kind)
        for row in world.everything:
            found = [record for kind in search(name_of(row), member) for record in kind.records]
            assert {name_of(record) for record in found} & world.secrets(member) == set()
            assert (row in found) == world.sees(member, row)


@pytest.mark.parametrize(
    ("who", "scope"),
    [
        ("manager", "team"),
        ("other manager", "own"),
        ("rep", "own"),
        ("other rep", "team"),
        ("viewer", "all"),
        ("admin", "own"),
    ],
)
def test_no_page_says_the_name_of_what_its_reader_does_not_see(acme, client_of, who, scope):
    with workspace_scope(acme.pk):
        world, people = made(acme, everywhere(scope), 7)
        member = fresh(people[who])
        secrets = world.secrets(member)
        visible = [row for rows in world.rows.values() for row in rows if world.sees(member, row)]
        visible = Random(5).sample(visible, min(len(visible), 24))
        hidden = [row for row in world.everything if not world.sees(member, row)]
    client = client_of(member)
    assert secrets or who == "admin"
    for path in addresses(client, world, member, visible):
        asked = set(re.findall(r"[A-Z][a-z]{2}zz\d+q", path))  # what one looks for is said back
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert (names_in(answer) - asked) & secrets == set(), path
    for row in hidden:
        for name in ("detail", "edit", "history", "visibility"):
            status = client.get_w(f"{row.namespace}:{name}", row.pk).status_code
            assert status == 404 or (status == 403 and not member.may(row.record_name, "change")), (name, row)


def addresses(client, world: World, member: Membership, visible: list) -> list[str]:
    """Where the names of records may stand: lists with all columns, board, Today, search, log, trash, pickers, and the
    pages of what the member sees."""
    names = ["today", "overview", "deals:board", "workspaces:visibility"]
    found = [client.url(name) for name in names]
    found += [client.url("records:log")] if member.may("history", "view") else []
    found += [client.url("trash:kind", kind) for kind in MODELS if member.may("trash", "view")]
    for kind, page in PAGES.items():
        path, pick = client.url(f"{page.model.namespace}:list"), client.url(f"{page.model.namespace}:pick")
        ids = {int(pk) for pk in re.findall(rf'<tr id="{kind}-(\d+)"', client.get(path).content.decode())}
        assert ids == world.seen(member, kind)
        columns = ",".join(column.name for column in LISTINGS[kind].columns[1:])
        found += [f"{path}?columns={columns}", f"{pick}?q={kind[:3].replace('con', 'per')}zz"]
    found += [f"{client.url('search')}?q={name}" for name in sorted(world.secrets(member))[:8]]
    for row in visible:
        found += [client.url(f"{row.namespace}:{name}", row.pk) for name in ("detail", "history", "visibility")]
        if world.may(member, row, "change"):
            found.append(client.url(f"{row.namespace}:edit", row.pk))
    return found


# --- making private, naming, telling why ------------------------------------------------------------------------------
@pytest.fixture
def deal(acme, bob):
    with workspace_scope(acme.pk):
        return DealFactory(owner=bob, name="Orchard lease")


def test_a_private_deal_vanishes_for_a_colleague_and_comes_back_when_it_is_named(acme, bob, mara, client_of, deal):
    page = client_of(bob).url("deals:visibility", deal.pk)
    assert client_of(mara).get_w("deals:detail", deal.pk).status_code == 200
    client_of(bob).post(page, {"is_private": "on"})
    assert client_of(mara).get_w("deals:detail", deal.pk).status_code == 404
    assert "Orchard" not in client_of(mara).get_w("deals:list").content.decode()
    assert "Orchard" not in client_of(mara).get_w("deals:board").content.decode()
    client_of(bob).post(page, {"is_private": "on", "members": [mara.pk]})
    assert client_of(mara).get_w("deals:detail", deal.pk).status_code == 200
    assert "You see it because you are named on it." in client_of(mara).get(page).content.decode()


def test_one_undo_takes_back_the_mark_and_the_names(in_acme, bob, mara, deal):
    with change_set("test", by=bob.actor, source="web"):
        deal.guard(by=bob.actor, is_private=True, members=[mara])
        done = ChangeSet.current()
    assert deal.rows().get().is_private
    assert deal.viewers.count() == 1
    done.undo(by=bob.actor)
    assert not deal.rows().get().is_private
    assert deal.viewers.count() == 0


@pytest.mark.parametrize(("who", "words"), [
    ("alice", "owners and admins of the workspace see everything"),
    ("bob", "you are its owner"),
])  # fmt: skip
def test_why_tells_the_rule(request, client_of, acme, deal, who, words):
    with workspace_scope(acme.pk):
        deal.rows().update(is_private=True)
    member = request.getfixturevalue(who)
    assert words in client_of(member).get_w("deals:visibility", deal.pk).content.decode()


def test_who_may_not_say_who_sees_it_reads_why_and_changes_nothing(acme, mara, client_of, deal):
    client = client_of(mara)
    assert "the role “Manager” all deals" in client.get_w("deals:visibility", deal.pk).content.decode()
    assert client.post_w("deals:visibility", deal.pk, data={"is_private": "on"}).status_code == 403
    with workspace_scope(acme.pk):
        assert not deal.rows().get().is_private
        with pytest.raises(NotAllowed):
            deal.guard(by=mara.actor, is_private=True, members=[])


def test_the_setting_narrows_what_a_role_sees_and_only_owners_and_admins_change_it(acme, alice, mara, bob, client_of):
    with workspace_scope(acme.pk):
        theirs, nobodys = OrganizationFactory(owner=mara), OrganizationFactory(owner=None)
        hidden, open_deal = ContactFactory(owner=mara), DealFactory(owner=mara)
    data = {f"{kind}-{role}": "all" for kind in MODELS for role in ("manager", "rep", "viewer")}
    narrowed = data | {"organization-rep": "own", "contact-rep": "team"}
    client_of(mara).post_w("workspaces:visibility", data=narrowed)
    assert client_of(bob).get_w("organizations:detail", theirs.pk).status_code == 200
    assert client_of(alice).post_w("workspaces:visibility", data=narrowed).status_code == 303
    assert client_of(bob).get_w("organizations:detail", theirs.pk).status_code == 404
    assert client_of(bob).get_w("organizations:detail", nobodys.pk).status_code == 200
    assert client_of(bob).get_w("contacts:detail", hidden.pk).status_code == 404
    assert client_of(bob).get_w("deals:detail", open_deal.pk).status_code == 200
    assert client_of(alice).post_w("workspaces:visibility", data=narrowed | {"deal-rep": "x"}).status_code == 422


def test_a_merge_never_opens_what_was_private(in_acme, bob, alice):
    kept, other = OrganizationFactory(name="Kept"), OrganizationFactory(name="Secret", is_private=True)
    kept.merge([other], by=alice.actor)
    assert kept.rows().get().is_private


def test_a_workspace_without_anything_private_asks_for_none_of_it(acme, mara, client_of, deal):
    client = client_of(mara)
    client.get_w("deals:list")
    with CaptureQueriesContext(connection) as asked:
        client.get_w("deals:list")
    assert not any("is_private" in query["sql"].partition("WHERE")[2] for query in asked)
    with workspace_scope(acme.pk):
        deal.rows().update(is_private=True)
    with CaptureQueriesContext(connection) as asked:
        client.get_w("deals:list")
    assert any("is_private" in query["sql"].partition("WHERE")[2] for query in asked)


def test_a_member_who_may_edit_a_deal_leaves_its_hidden_organization_as_it_is(acme, bob, mara, client_of):
    with workspace_scope(acme.pk):
        secret = OrganizationFactory(name="Hushed Ltd", owner=mara, is_private=True)
        deal = DealFactory(owner=bob, organization=secret)
    page = client_of(bob).get_w("deals:detail", deal.pk).content.decode()
    assert "Hushed" not in page
    assert "a record that you may not see" in page
    edit = client_of(bob).get_w("deals:edit", deal.pk).content.decode()
    assert "Hushed" not in edit
    data = filled_form(edit) | {"name": "Renamed"}
    client_of(bob).post_w("deals:edit", deal.pk, data=data)
    with workspace_scope(acme.pk):
        assert deal.rows().get().organization_id == secret.pk


def test_the_log_names_no_record_that_its_reader_does_not_see(acme, mara, bob, client_of):
    with workspace_scope(acme.pk):
        type(mara).objects.filter(pk=bob.pk).update(team=TeamFactory(manager=mara))
        with change_set("Secret lease created", by=bob.actor, source="web"):
            deal = DealFactory(owner=bob, name="Secret lease")
            made = ChangeSet.current()
    assert "Secret lease" in client_of(mara).get_w("records:change", made.pk).content.decode()
    client_of(bob).post_w("deals:visibility", deal.pk, data={"is_private": "on"})
    for path in (client_of(mara).url("records:log"), client_of(mara).url("records:change", made.pk)):
        assert "Secret lease" not in client_of(mara).get(path).content.decode()


def test_what_happened_names_no_hidden_person_on_the_timeline_of_an_organization(acme, alice, mara, bob, client_of):
    with workspace_scope(acme.pk):
        organization = OrganizationFactory(owner=bob)
        person = ContactFactory(last_name="Hushed", owner=mara)
        Position.start(person, organization, by=alice.actor)
    assert "Hushed" in client_of(bob).get_w("organizations:detail", organization.pk).content.decode()
    client_of(mara).post_w("contacts:visibility", person.pk, data={"is_private": "on"})
    assert "Hushed" not in client_of(bob).get_w("organizations:detail", organization.pk).content.decode()


# --- names in values --------------------------------------------------------------------------------------------------
@pytest.fixture
def linked(acme, alice, bob, mara):
    """A deal of bob's that a custom field, its history and a person lead from to what mara keeps private."""
    made = field(acme, "deal", "record", name="Supplier", on_card=True)
    with workspace_scope(acme.pk):
        secret = OrganizationFactory(name="Hushed Holding", owner=mara)
        deal = DealFactory(owner=bob, name="Orchard lease", stage=Stage.objects.in_order()[0])
        deal.edit(by=alice.actor, organization=secret, **{made.key: secret.pk})
        secret.guard(by=mara.actor, is_private=True, members=[])
    return deal, made, secret


@pytest.mark.parametrize(("who", "reads"), [("bob", False), ("mara", True)])
def test_a_custom_field_names_its_record_to_those_alone_who_see_it(request, linked, client_of, who, reads):
    deal, made, _secret = linked
    client = client_of(request.getfixturevalue(who))
    paths = [
        client.url("deals:list") + f"?columns={made.key}",
        client.url("deals:board"),
        client.url("deals:detail", deal.pk),
    ]
    paths += [client.url("deals:edit", deal.pk), client.url("deals:fact", deal.pk, made.key)]
    paths.append(client.url("deals:fact", deal.pk, made.key) + "?cell")
    for path in paths:
        answer = client.get(path)
        if reads:
            assert answer.status_code == 200, path
        assert ("Hushed Holding" in answer.content.decode()) == reads, path


def test_an_edit_leaves_the_hidden_record_of_a_custom_field_as_it_is(acme, bob, linked, client_of):
    deal, made, secret = linked
    data = filled_form(client_of(bob).get_w("deals:edit", deal.pk).content.decode()) | {"name": "Renamed"}
    assert client_of(bob).post_w("deals:edit", deal.pk, data=data).status_code == 303
    with workspace_scope(acme.pk):
        assert deal.rows().get().name == "Renamed"
        assert deal.custom_values.get(field=made).linked == secret.pk


def test_a_conflict_does_not_say_what_somebody_else_linked(acme, bob, mara, linked):
    _deal, made, secret = linked
    with workspace_scope(acme.pk):
        for one, word in ((bob, "a record that you may not see"), (mara, "Hushed Holding")):
            assert KINDS["record"].words_for(made, secret.pk, fresh(one)) == word


def test_a_timeline_names_no_hidden_record_in_what_was_changed_or_merged(acme, alice, bob, mara, linked, client_of):
    deal, made, _secret = linked
    with workspace_scope(acme.pk):
        kept, gone = OrganizationFactory(name="Kept", owner=bob), OrganizationFactory(name="Hushed Twin", owner=mara)
        kept.merge([gone], by=alice.actor)
    for row in (deal, kept):
        pages = [client_of(one).get_w(f"{row.namespace}:detail", row.pk).content.decode() for one in (bob, alice)]
        assert "Hushed" not in pages[0]
        assert "Hushed" in pages[1]
    with workspace_scope(acme.pk):
        made.retire(by=alice.actor)
    assert "Hushed" not in client_of(bob).get_w("deals:detail", deal.pk).content.decode()


def test_people_of_a_deal_are_asked_for_at_once(acme, bob, mara, deal, client_of):
    client = client_of(bob)
    counts = []
    for _round in range(2):
        with workspace_scope(acme.pk):
            for _n in range(3):
                person = ContactFactory(last_name="Hushed", owner=mara, is_private=True)
                DealContact.objects.create(deal=deal, contact=person)
        with CaptureQueriesContext(connection) as asked:
            assert "Hushed" not in client.get_w("deals:detail", deal.pk).content.decode()
        counts.append(sum("contacts_contactviewer" in query["sql"] for query in asked))
    assert counts[0] == counts[1]
