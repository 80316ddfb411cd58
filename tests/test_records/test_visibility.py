"""Every door obeys one rule: lists, pages, search, board, panels, timelines, exports, history and trash."""

import re
from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.models import Position
from core.tenancy import workspace_scope
from deals.models import DealContact, Stage
from records.custom.kinds import KINDS
from records.listing import LISTINGS
from records.models import ChangeSet, Notice, change_set
from records.search import matching_ids, search
from tests.addresses import INSIDE
from tests.doors import PLAIN, doors_of, queries_of, unknown, whose
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TeamFactory, UserFactory
from tests.fields import field
from tests.importing import run_jobs
from tests.reading import filled_form
from tests.sight import MODELS, World, everywhere, fresh, furnished, mixed, name_of, staff
from transfers.models import Export
from workspaces.models import Membership, Workspace
from workspaces.refusals import NotAllowed


def made(workspace: Workspace, setting, seed: int) -> tuple[World, dict[str, Membership]]:
    people, teams = staff(workspace)
    for one in people.values():
        if one.user_id is None:
            one.user = UserFactory()
            one.save(update_fields=["user"])
    return furnished(workspace, people.values(), teams, setting, Random(seed)), people


def names_in(text: str) -> set[str]:
    return set(re.findall(r"(?:Org|Per|Dea|Act)zz\d+q", text))


# --- what a member finds ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(2))
def test_querysets_search_and_lists_show_what_a_plain_reading_of_the_rule_shows(in_acme, seed):
    """Each world under three settings: everybody asks for all of each kind, and half of them for each row by its name,
    the other half in the other world."""
    world, people = made(in_acme, everywhere("all"), seed)
    for turn in range(3):
        world.show(in_acme, mixed(Random(seed * 100 + turn)))
        for place, one in enumerate(people.values()):
            member = fresh(one)
            for kind in ("organization", "contact", "deal", "activity"):
                model, expected = LISTINGS[kind].model, world.seen(member, kind)
                assert set(model.objects.visible_to(member).values_list("pk", flat=True)) == expected, (one.name, kind)
                assert set(LISTINGS[kind].matching(member, QueryDict()).values_list("pk", flat=True)) == expected
                found = matching_ids(kind, f"{kind[:3]}zz".replace("con", "per"), None, member)
                assert set(found) == expected, (one.name, kind)
                if turn == place % 3:
                    shown = {row.pk for row in model.objects.present() if row.allows("view", member)}
                    assert shown == expected, (one.name, kind)
            for row in world.everything[turn::3] if place % 2 == seed else ():
                found = [record for kind in search(name_of(row), member) for record in kind.records]
                assert {name_of(record) for record in found} & world.secrets(member) == set()
                assert (row in found) == world.sees(member, row)


# --- every door -------------------------------------------------------------------------------------------------------
#: who reads, under which setting: that shows all (but what is private), the team's, one's own
CASES = (
    ("manager", "team"),
    ("other manager", "own"),
    ("rep", "own"),
    ("viewer", "all"),
    ("admin", "own"),
)
#: closed to a row by its state, whatever the rights: nothing in the trash, nothing to claim, no file
BY_STATE = {
    *("restore", "claim", "file", "file_delete", "reopening", "restore_value", "place", "completion", "due"),
    "stage_task",
}
#: parts that a page may lack: a fact whose value is hidden, a panel for others, a person or an employer who is
PARTS = {"fact", "panel", "person", "rival", "position", "position_move", "position_end", "position_roles"}


def test_every_address_is_about_no_record_or_says_which():
    assert unknown() == []
    assert {model.record_name for model in map(whose, INSIDE) if model} == {*MODELS, "activity"}


@pytest.mark.parametrize(("who", "scope"), CASES)
def test_no_door_says_the_name_of_what_its_reader_does_not_see_and_each_keeps_the_rights(acme, client_of, who, scope):
    """Role x record x action, at each door of the URLconf: whoever sees a record and has the right enters, whoever sees
    it and has not gets 403 or 404, and what is hidden is not there."""
    with workspace_scope(acme.pk):
        world, people = made(acme, everywhere(scope), 7)
        member = fresh(people[who])
        secrets = world.secrets(member)
        seen = [row for rows in world.rows.values() for row in of_each(rows, member, world)]
        hidden = [row for rows in world.rows.values() for row in [r for r in rows if not world.sees(member, r)][:1]]
        doors = [(row, *door) for row in seen for door in doors_of(row, acme)]
        closed = [(row, address, path) for row in hidden for address, path in dict(doors_of(row, acme)).items()]
        plain = list(plain_paths(acme, client_of(member), member, world, hidden))
    client = client_of(member)
    assert (len(secrets) > 9 and {row.record_name for row in hidden} == {*world.rows}) or who == "admin"
    for path in plain:
        said = names_in(answer_of(client, path)) - names_in(path)  # what one looks for is said back
        assert said & secrets == set(), path
    for row, address, path in doors:
        answer = client.get(path)
        assert names_in(text_of(answer)) & secrets == set(), path
        holds_against(world, member, row, address, client, path, answer.status_code)
    for row, address, path in closed:
        may = address.door == "member" or member.may(*address.door)
        for status in (client.get(path).status_code, client.post(path).status_code):
            assert status in (404 if may else 403, 405), (path, row, status)


def holds_against(world, member, row, address, client, path, status):
    """A door with a right to records of this type opens to whom the rule lets in, and to nobody else."""
    record, action = address.door if address.door != "member" else ("", "")
    if record != row.record_name or address.name.partition(":")[2] in BY_STATE:
        return
    if world.may(member, row, action):
        parts = (404,) if address.name.partition(":")[2] in PARTS else ()
        assert status in (200, 302, 303, 400, 405, 422, *parts), (path, action, status)
    else:
        assert status in (403, 404, 405), (path, action, status)
        assert client.post(path).status_code in (403, 404, 405), (path, action)


def of_each(rows: list, member: Membership, world: World) -> list:
    """Of the rows of a kind that the member sees: one that it may change and one that it may not, those that stand
    beside the most that is hidden."""
    seen = sorted((row for row in rows if world.sees(member, row)), key=lambda row: -world.beside_hidden(member, row))
    by_right = ([row for row in seen if world.may(member, row, "change") == may] for may in (True, False))
    return [some[0] for some in by_right if some]


def plain_paths(workspace, client, member, world, hidden) -> Iterator[str]:
    """What is no record's own, with what lists, pickers and the search can be asked for; change sets and notices."""
    before = f"/w/{workspace.slug}"
    yield from (f"{before}/{address.path}{query}" for address in PLAIN for query in ("", asking_for(hidden)))
    for kind in ("organization", "contact", "deal", "activity"):
        namespace = LISTINGS[kind].model.namespace
        yield from (client.url(f"{namespace}:list") + query for query in queries_of(kind, workspace, hidden))
        yield from (f"{client.url(f'{namespace}:pick')}?q={name}" for name in ("zz", name_of(world.rows[kind][0])))
        yield client.url("trash:kind", kind)
    yield from (client.url("deals:board") + query for query in queries_of("deal", workspace, hidden))
    yield from (f"{client.url('search')}?q={name_of(row)}" for row in hidden)
    yield from (f"{client.url('records:log')}?q={name_of(row)}" for row in hidden)
    now = timezone.now().isoformat().replace("+00:00", "Z")
    seen = [row for rows in world.rows.values() for row in of_each(rows, member, world)]
    yield from (f"{client.url(f'{row.namespace}:detail', row.pk)}?as_of={now}" for row in seen)
    yield from (f"{client.url(name)}?as_of={now}" for name in ("deals:board", "deals:list", "overview"))
    for change in ChangeSet.objects.all():
        yield from (client.url(f"records:{name}", change.pk) for name in ("change", "undo"))
    yield from (client.url("news:notice", notice.pk) for notice in Notice.objects.of(member)[:3])


def asking_for(hidden) -> str:
    """The ids of hidden records under every name that pages take them by: of a form that begins with one, of a choice,
    a filter, a merge."""
    ids = {row.record_name: row.pk for row in hidden}
    return "?" + urlencode(ids | {"parent": ids.get("organization", 0), "ids": [*ids.values()]}, doseq=True)


def answer_of(client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code in (200, 400, 403, 404, 405), (path, answer.status_code)
    return text_of(answer)


def text_of(answer) -> str:
    """All that an answer says, with its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {body.decode(errors='replace')}"


@pytest.mark.parametrize("scope", ["team", "own"])
def test_a_file_that_is_taken_out_names_nothing_hidden(acme, client_of, scope):
    with workspace_scope(acme.pk):
        world, people = made(acme, everywhere(scope), 7)
        member = fresh(people["manager"])
    client = client_of(member)
    for kind in ("organization", "contact", "deal", "activity"):
        client.post_w("transfers:export", data={"record": kind, "all": "1"})
        run_jobs()
        with workspace_scope(acme.pk):
            pk = Export.objects.latest("pk").pk
        said = names_in(text_of(client.get_w("transfers:export_file", pk)))
        assert said & world.secrets(member) == set(), kind
        assert {name_of(row) for row in world.rows[kind] if world.sees(member, row)} <= said


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
    cells = client.get(client.url("deals:list") + f"?columns=organization,{made.key}").content.decode()
    for fact in ("organization", made.key):
        assert (f"/deals/{deal.pk}/facts/{fact}/?cell" in cells) == reads, "no pencil leads to what is not found"


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
