"""Groups: lists kept by hand. Filling them from the list and the record, who sees them, and what becomes of them."""

import pytest

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import Group, NotAllowed
from tests.battery_lists import ids_in
from tests.battery_pages import HTMX, page_text
from tests.factories import ContactFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(acme, bob):
    return [ContactFactory(workspace=acme, owner=bob, last_name=name) for name in ("Abel", "Moss", "Zorn")]


def make(by, name="Trade fair", kind="contact", **values) -> Group:
    with workspace_scope(by.workspace_id):
        return Group.make(kind, name, by=by.actor, **values)


def members_of(group: Group) -> set[int]:
    with workspace_scope(group.workspace_id):
        return set(group.contactingroup_set.values_list("record", flat=True))


def bulk(client, action, rows, **data):
    return client.post_w(
        "contacts:bulk", data={"action": action, "ids": [row.pk for row in rows], "confirmed": "1"} | data
    )


def test_rows_of_a_list_are_put_into_a_group_taken_out_and_all_of_it_undone(client_of, bob, people):
    group, client = make(bob), client_of(bob)
    answer = bulk(client, "group", people[:2], group=group.pk)
    assert members_of(group) == {row.pk for row in people[:2]}
    bulk(client, "group", people[1:], group=group.pk)  # who is in it already stays in it once
    assert members_of(group) == {row.pk for row in people}
    client.post(undo_path(page_text(client.get(answer.url))))
    assert members_of(group) == {row.pk for row in people[:2]}
    bulk(client, "ungroup", people[:1], group=group.pk)
    assert members_of(group) == {people[1].pk}


def test_the_list_of_an_empty_group_says_how_people_come_into_it(client_of, bob, people):
    client, words, way = client_of(bob), "This group is empty.", "Show the whole list"
    path = f"{client.url('contacts:list')}?group={make(bob).pk}"
    empty, filtered = (page_text(client.get(f"{path}{query}")) for query in ("", "&q=nobody"))
    assert words in empty
    assert f'href="{client.url("contacts:list")}?view=none">{way}' in empty
    assert "Clear filters" not in empty
    assert words not in filtered
    assert way not in filtered
    assert "Clear filters" in filtered
    board = page_text(client.get(f"{client.url('deals:board')}?group={make(bob, kind='deal').pk}"))
    assert f'href="{client.url("deals:list")}?view=none">{way}' in board


def test_a_new_group_is_made_on_the_way(client_of, bob, acme, people):
    bulk(client_of(bob), "group", people, new="Lyon")
    with workspace_scope(acme.pk):
        group = Group.objects.get()
    assert (group.name, group.kind, group.owner_id, group.audience) == ("Lyon", "contact", bob.pk, "private")
    assert members_of(group) == {row.pk for row in people}


def test_either_a_group_or_a_new_name(client_of, bob, people):
    group, client = make(bob), client_of(bob)
    assert bulk(client, "group", people).status_code == 422
    assert bulk(client, "group", people, group=group.pk, new="Lyon").status_code == 422
    assert members_of(group) == set()


def test_the_list_is_filtered_by_a_group_and_shows_those_that_the_reader_sees(client_of, bob, alice, people):
    his, hers = make(bob, "Bobs own", audience="private"), make(alice, "For all", audience="workspace")
    with workspace_scope(bob.workspace_id):
        for group, by in ((his, bob), (hers, alice)):
            group.take_in(people[0].rows(), by=by.actor)
    path, client = "contacts:list", client_of(bob)
    assert ids_in(client.get(f"{client.url(path)}?group={his.pk}")) == [people[0].pk]
    assert people[0].pk not in ids_in(client.get(f"{client.url(path)}?group=none"))
    shown = page_text(client.get(f"{client.url(path)}?columns=group"))
    assert "Bobs own, For all" in shown
    other = client_of(alice)
    shown = page_text(other.get(f"{other.url(path)}?columns=group"))
    assert "For all" in shown
    assert "Bobs own" not in shown
    assert ids_in(other.get(f"{other.url(path)}?group={his.pk}")) == []


def test_a_group_of_another_workspace_or_kind_takes_nothing(client_of, bob, charlie, people):
    for group in (make(charlie, audience="workspace"), make(bob, kind="deal")):
        assert bulk(client_of(bob), "group", people, group=group.pk).status_code == 422


def test_who_may_not_change_a_group_fills_it_neither(bob, alice, victor, acme, people):
    group = make(alice, audience="workspace")
    with workspace_scope(acme.pk):
        for member in (bob, victor):
            with pytest.raises(NotAllowed):
                group.take_in(Contact.objects.all(), by=member.actor)
        with pytest.raises(NotAllowed):
            Group.make("contact", "Mine", by=victor.actor)
    assert members_of(group) == set()


def test_the_record_shows_its_groups_and_is_put_into_others_there(client_of, bob, people):
    group, client = make(bob), client_of(bob)
    panel = lambda: page_text(client.get_w("contacts:panel", people[0].pk, "groups", headers=HTMX))  # noqa: E731
    assert "In no group yet." in panel()
    client.post_w("saved:groups_of", "contact", people[0].pk, data={"add": group.pk})
    assert members_of(group) == {people[0].pk}
    assert f"?group={group.pk}" in panel()
    answer = client.post_w("saved:groups_of", "contact", people[0].pk, data={"remove": group.pk})
    assert members_of(group) == set()
    client.post(undo_path(page_text(client.get(answer.url))))
    assert members_of(group) == {people[0].pk}


def test_a_deleted_group_leaves_its_records_and_comes_back_with_them(client_of, bob, people):
    group, client = make(bob), client_of(bob)
    bulk(client, "group", people, group=group.pk)
    answer = client.post_w("saved:group_delete", group.pk)
    with workspace_scope(bob.workspace_id):
        assert Contact.objects.count() == len(people)
        assert not Group.objects.exists()
    client.post(undo_path(page_text(client.get(answer.url))))
    assert members_of(group) == {row.pk for row in people}


def test_what_lies_in_the_trash_is_not_counted_and_is_in_the_group_again_when_it_comes_back(client_of, bob, people):
    group, client = make(bob), client_of(bob)
    bulk(client, "group", people, group=group.pk)
    side = lambda: page_text(client.get_w("saved:side", headers=HTMX))  # noqa: E731
    assert 'class="count num">3<' in side()
    client.post_w("contacts:trash", people[0].pk)
    assert 'class="count num">2<' in side()
    client.post_w("contacts:restore", people[0].pk)
    assert 'class="count num">3<' in side()


def test_the_history_of_a_record_tells_of_groups_and_keeps_private_ones_to_their_owner(client_of, bob, alice, people):
    group = make(bob, "Secret list")
    bulk(client_of(bob), "group", people[:1], group=group.pk)
    told = [
        page_text(client_of(member).get_w("contacts:panel", people[0].pk, "history", headers=HTMX))
        for member in (bob, alice)
    ]
    assert "Group added: Secret list" in told[0]
    assert "Group added: Secret list" not in told[1]
