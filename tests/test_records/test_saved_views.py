"""Saved views: lists under a name. Who sees and changes them, what their address shows, which one opens first."""

from itertools import product

import pytest
from django.http import QueryDict

from contacts.forms import ContactForm
from core.tenancy import workspace_scope
from records.models import ChangeSet, DefaultView, NotAllowed, Refusal, SavedView, change_set
from records.saved.counts import counted
from records.saved.opened import query_of
from tests.battery_lists import ids_in
from tests.battery_pages import page_text, statements
from tests.factories import ContactFactory, MembershipFactory, TagFactory, TeamFactory
from tests.reading import side, undo_path
from workspaces.rights import ROLES, scope_of

pytestmark = pytest.mark.django_db


def make(by, name="Mine", query="owner=me", kind="contact", **values) -> SavedView:
    with workspace_scope(by.workspace_id):
        return SavedView.make(kind, name, query=query, by=by.actor, **values)


def open_list(client, query=""):
    return client.get(f"{client.url('contacts:list')}?{query}")


def save(client, **data):
    return client.post_w("saved:create", "contact", data={"name": "Mine", "audience": "private"} | data)


# --- saving -----------------------------------------------------------------------------------------------------------
def test_a_list_is_saved_with_all_that_its_address_holds_but_the_place_in_it(client_of, bob, acme):
    query = "owner=me&sort=-created_at&columns=email%2Cphone&after=xyz&panel=view&q="
    answer = save(client_of(bob), query=query)
    with workspace_scope(acme.pk):
        view = SavedView.objects.get()
    assert answer.url.endswith(f"/people/?view={view.pk}")
    assert (view.name, view.owner_id, view.audience) == ("Mine", bob.pk, "private")
    assert view.query == "columns=email%2Cphone&owner=me&sort=-created_at"


def test_a_view_without_a_name_is_asked_for_again_with_nothing_lost(client_of, bob, acme):
    answer = save(client_of(bob), query="owner=me", name="", is_segment="on")
    page = page_text(answer)
    assert answer.status_code == 422
    assert 'value="owner=me"' in page
    assert "checked" in page
    with workspace_scope(acme.pk):
        assert not SavedView.objects.exists()


def test_an_address_opens_the_view_and_further_parameters_modify_it(client_of, bob, alice, acme):
    mine = ContactFactory(workspace=acme, owner=bob, last_name="Raman")
    hers = ContactFactory(workspace=acme, owner=alice, last_name="Raman")
    view, client = make(bob), client_of(bob)
    assert ids_in(open_list(client, f"view={view.pk}")) == [mine.pk]
    assert ids_in(open_list(client, f"view={view.pk}&owner={alice.pk}")) == [hers.pk]
    assert ids_in(open_list(client, f"view={view.pk}&name=z")) == []


def test_the_reader_sees_which_view_is_in_force_and_whether_the_list_differs(client_of, bob, acme):
    ContactFactory(workspace=acme, owner=bob)
    view, client = make(bob, "My people"), client_of(bob)
    plain, as_saved, other = (page_text(open_list(client, q)) for q in ("owner=me", f"view={view.pk}", ""))
    assert "My people" in as_saved
    assert "Save changes" not in as_saved
    assert "My people" not in plain + other
    changed = page_text(open_list(client, f"view={view.pk}&sort=-created_at"))
    assert "Save changes" in changed


def test_a_filter_is_taken_off_a_view_as_off_any_list(client_of, bob, alice, acme):
    people = {ContactFactory(workspace=acme, owner=owner).pk for owner in (alice, bob)}
    view, client = make(bob), client_of(bob)
    page = page_text(open_list(client, f"view={view.pk}"))
    cleared = f"altered={view.pk}"
    assert f'href="?{cleared}"' in page
    assert set(ids_in(open_list(client, cleared))) == people
    assert "Save changes" in page_text(open_list(client, cleared))


def test_what_differs_is_saved_over_the_view_and_undone(client_of, bob, acme):
    view, client = make(bob), client_of(bob)
    query = f"altered={view.pk}&owner=me&sort=-created_at"
    answer = client.post_w("saved:save_over", view.pk, data={"query": query, "at": "list"})
    with workspace_scope(acme.pk):
        view.refresh_from_db()
        assert view.query == "owner=me&sort=-created_at"
    client.post(undo_path(page_text(client.get(answer.url))))
    with workspace_scope(acme.pk):
        view.refresh_from_db()
        assert view.query == "owner=me"


def test_the_bulk_form_and_the_neighbours_of_a_record_go_by_the_view(client_of, bob, alice, acme):
    first, second = (ContactFactory(workspace=acme, owner=bob, last_name=name) for name in ("Abel", "Zorn"))
    ContactFactory(workspace=acme, owner=alice, last_name="Moss")
    view, client = make(bob), client_of(bob)
    page = page_text(open_list(client, f"view={view.pk}"))
    assert f'name="query" value="owner=me&amp;altered={view.pk}"' in page
    came = f"http://testserver{client.url('contacts:list')}?view={view.pk}"
    record = page_text(client.get_w("contacts:detail", first.pk, headers={"Referer": came}))
    assert f"{client.url('contacts:detail', second.pk)}?" in record


# --- sharing ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def team(acme, mara, bob):
    """Mara's team, with bob in it."""
    team = TeamFactory(workspace=acme, manager=mara)
    with workspace_scope(acme.pk):
        bob.team = team
        bob.save()
    return team


@pytest.mark.parametrize(("audience", "seers"), [
    ("private", {"bob"}),
    ("team", {"bob", "mara", "alice"}),
    ("workspace", {"bob", "mara", "alice", "victor"}),
])  # fmt: skip
def test_who_sees_a_view_of_bobs(client_of, acme, alice, mara, bob, victor, team, audience, seers):
    """Alice owns the workspace: she sees all that is shared, and nothing that is private."""
    view = make(bob, audience=audience, team=team if audience == "team" else None)
    for name, member in {"alice": alice, "mara": mara, "bob": bob, "victor": victor}.items():
        answer = open_list(client_of(member), f"view={view.pk}")
        assert answer.status_code == (200 if name in seers else 404), name
        menu = page_text(client_of(member).get_w("saved:menu", "contact"))
        assert (f"?view={view.pk}" in menu) == (name in seers), name


def test_a_view_of_another_workspace_is_not_there(client_of, charlie, bob):
    view = make(charlie, audience="workspace")
    assert open_list(client_of(bob), f"view={view.pk}").status_code == 404
    assert client_of(bob).get_w("saved:view", view.pk).status_code == 404


def test_a_shared_view_shows_each_reader_its_own_rows(client_of, bob, mara, acme):
    his, hers = (ContactFactory(workspace=acme, owner=owner) for owner in (bob, mara))
    view = make(bob, audience="workspace")
    assert ids_in(open_list(client_of(bob), f"view={view.pk}")) == [his.pk]
    assert ids_in(open_list(client_of(mara), f"view={view.pk}")) == [hers.pk]


@pytest.mark.parametrize(
    ("role", "audience", "action"),
    list(product(ROLES, ("private", "team", "workspace"), ("change", "delete"))),
)
def test_who_changes_what_others_have_made_is_what_the_mapping_says(acme, team, bob, role, audience, action):
    """The view is bob's; the reader is of his team, and manages it where it is a manager."""
    with workspace_scope(acme.pk):
        reader = MembershipFactory(workspace=acme, role=role, team=team)
        view = SavedView.make(
            "contact", "His", by=bob.actor, audience=audience, team=team if audience == "team" else None
        )
        allowed = audience != "private" and scope_of(role, "saved_view", action) in ("team", "all")
        verb = {
            "change": lambda: view.change(by=reader.actor, name="Hers"),
            "delete": lambda: view.remove(by=reader.actor),
        }
        if allowed:
            verb[action]()
        else:
            with pytest.raises(NotAllowed):
                verb[action]()
        changed = SavedView.objects.filter(name="His").count() == 0
        assert changed == allowed


@pytest.mark.parametrize("role", ROLES)
def test_everybody_keeps_views_and_who_may_share_is_what_the_mapping_says(acme, role):
    with workspace_scope(acme.pk):
        member = MembershipFactory(workspace=acme, role=role)
        SavedView.make("contact", "Own", by=member.actor)
        if scope_of(role, "saved_view", "share") == "none":
            with pytest.raises(NotAllowed):
                SavedView.make("contact", "For all", audience="workspace", by=member.actor)
        else:
            assert SavedView.make("contact", "For all", audience="workspace", by=member.actor).pk


def test_a_form_offers_no_audience_that_its_reader_may_not_choose(client_of, victor, bob, team):
    form = page_text(client_of(victor).get_w("saved:create", "contact"))
    assert "Everybody" not in form
    answer = save(client_of(victor), audience="workspace")
    assert answer.status_code == 422
    form = page_text(client_of(bob).get_w("saved:create", "contact"))
    assert "Everybody" in form
    assert team.name in form


# --- verbs ------------------------------------------------------------------------------------------------------------
def test_renaming_sharing_moving_and_deleting_are_undone(client_of, bob, acme):
    first, view = make(bob, "First"), make(bob, "Second")
    client, shelf = client_of(bob), lambda: page_text(client.get_w("saved:shelf"))

    def state():
        with workspace_scope(acme.pk):
            return list(SavedView.objects.order_by("place").values_list("name", "audience"))

    before = state()
    deeds = [
        lambda: client.post_w("saved:view", view.pk, data={"name": "Ours", "audience": "workspace"}),
        lambda: client.post_w("saved:place", view.pk, data={"to": "up"}),
        lambda: client.post_w("saved:delete", first.pk),
    ]
    for deed, after in zip(
        deeds,
        (
            [("First", "private"), ("Ours", "workspace")],
            [("Second", "private"), ("First", "private")],
            [("Second", "private")],
        ),
        strict=True,
    ):
        deed()
        assert state() == after
        client.post(undo_path(shelf()))
        assert state() == before


def test_the_first_and_the_last_stay_where_they_are(bob, acme):
    first, last = make(bob, "First"), make(bob, "Last")
    with workspace_scope(acme.pk):
        first.move(True, by=bob.actor)
        last.move(False, by=bob.actor)
        assert list(SavedView.objects.order_by("place")) == [first, last]
        last.move(True, by=bob.actor)
        assert list(SavedView.objects.order_by("place")) == [last, first]


def test_places_that_are_alike_are_told_apart_again(bob, acme):
    views = [make(bob, name) for name in ("One", "Two", "Three")]
    with workspace_scope(acme.pk):
        SavedView.objects.update(place="V")
        views[2].move(True, by=bob.actor)
        assert list(SavedView.objects.order_by("place")) == [views[0], views[2], views[1]]


def test_a_viewer_takes_back_what_became_of_an_own_view(client_of, victor, acme):
    view, client = make(victor), client_of(victor)
    answer = client.post_w("saved:delete", view.pk)
    client.post(undo_path(page_text(client.get(answer.url))))
    with workspace_scope(acme.pk):
        assert SavedView.objects.get() == view


# --- what opens first -------------------------------------------------------------------------------------------------
def test_a_list_without_a_query_opens_the_default_view_and_view_none_the_plain_one(client_of, bob, alice, acme):
    mine, hers = (ContactFactory(workspace=acme, owner=owner) for owner in (bob, alice))
    view, client = make(bob), client_of(bob)
    client.post_w("saved:default", view.pk)
    first = open_list(client)
    assert ids_in(first) == [mine.pk]
    assert "Leave the view" in page_text(first)
    assert set(ids_in(open_list(client, "view=none"))) == {mine.pk, hers.pk}
    assert set(ids_in(open_list(client_of(alice)))) == {mine.pk, hers.pk}
    client.post(undo_path(page_text(first)))
    assert set(ids_in(open_list(client))) == {mine.pk, hers.pk}


def test_ones_own_default_comes_before_that_of_the_workspace(client_of, bob, alice, acme):
    all_see, own = make(alice, "For all", "name=x", audience="workspace"), make(bob, "Own", "name=y")
    client_of(alice).post_w("saved:default", all_see.pk, data={"whose": "all"})
    assert "For all" in page_text(open_list(client_of(bob)))
    client_of(bob).post_w("saved:default", own.pk)
    assert "For all" not in page_text(open_list(client_of(bob)))
    client_of(bob).post_w("saved:default", own.pk, data={"off": "1"})
    assert "For all" in page_text(open_list(client_of(bob)))


def test_only_who_may_chooses_for_everybody_and_only_what_everybody_sees(bob, alice, acme):
    private, shared = make(alice), make(bob, audience="workspace")
    with workspace_scope(acme.pk):
        with pytest.raises(NotAllowed):
            DefaultView.put(shared, by=bob.actor, for_all=True)
        with pytest.raises(Refusal, match="Share the view"):
            DefaultView.put(private, by=alice.actor, for_all=True)
        DefaultView.put(shared, by=alice.actor, for_all=True)
        assert SavedView.default_of("contact", bob) == shared
        with pytest.raises(NotAllowed):
            shared.change(by=bob.actor, query="owner=none")
        shared.change(by=bob.actor, name="Called otherwise")
        shared.change(by=alice.actor, query="owner=none")


def test_a_default_that_the_reader_sees_no_longer_is_the_plain_list(client_of, bob, alice, acme):
    view = make(alice, audience="workspace")
    client = client_of(bob)
    client.post_w("saved:default", view.pk)
    with workspace_scope(acme.pk):
        view.change(by=alice.actor, audience="private")
    assert "Leave the view" not in page_text(open_list(client))


def test_a_list_with_a_query_asks_for_no_default(client_of, bob, acme):
    client = client_of(bob)
    path = client.url("contacts:list")
    open_list(client)  # compile
    asked = [sql for sql in statements(client, f"{path}?owner=me") if "records_savedview" in sql]
    assert asked == []
    assert len([sql for sql in statements(client, path) if "records_savedview" in sql]) == 1


# --- segments ---------------------------------------------------------------------------------------------------------
def test_a_segment_stands_in_the_side_bar_with_what_its_reader_sees(client_of, bob, alice, acme):
    for owner in (bob, bob, alice):
        ContactFactory(workspace=acme, owner=owner)
    make(bob, "Mine alone", audience="workspace", is_segment=True)
    make(bob, "A mere view", audience="workspace")
    for member, count in ((bob, 2), (alice, 1)):
        page = side(client_of(member))
        assert f'class="count num">{count}<' in page
        assert "A mere view" not in page
    assert "Mine alone" in page_text(client_of(bob).get_w("saved:shelf"))


def test_a_count_follows_what_its_reader_changes(client_of, bob, acme):
    make(bob, is_segment=True)
    client = client_of(bob)
    assert 'class="count num">0<' in side(client)
    lines = {f"{name}-{which}_FORMS": 0 for name in ContactForm.row_sets for which in ("TOTAL", "INITIAL")}
    client.post_w("contacts:create", data={"last_name": "Raman", "owner": bob.pk, **lines})
    assert 'class="count num">1<' in side(client)


def test_a_count_is_asked_for_once_a_minute(bob, acme, django_assert_num_queries):
    view = make(bob, is_segment=True)
    with workspace_scope(acme.pk):
        counted([view], bob)
        with django_assert_num_queries(1):  # what the reader changed last
            counted([view], bob)


def test_a_segment_says_where_it_stands(client_of, bob, acme):
    view, client = make(bob, is_segment=True), client_of(bob)
    url = f"http://testserver{client.url('contacts:list')}?view={view.pk}"
    assert 'aria-current="page"' in side(client, url)
    assert 'aria-current="page"' not in side(client, url.partition("?")[0])
    assert 'aria-current="page"' not in side(client, "http://["), "no address at all"


def test_a_filter_that_names_what_is_gone_says_so_and_counts_nothing(client_of, bob, acme):
    with workspace_scope(acme.pk):
        tag = TagFactory(name="VIP")
    ContactFactory(workspace=acme)
    view, client = make(bob, query=f"tags={tag.pk}", is_segment=True), client_of(bob)
    with workspace_scope(acme.pk):
        tag.delete()
    answer = open_list(client, f"view={view.pk}")
    assert answer.status_code == 200
    assert ids_in(answer) == []
    assert "field-error" in page_text(answer) or "is not one of the available choices" in page_text(answer)
    assert 'class="count num">–<' in side(client)


def test_a_query_is_kept_in_one_spelling():
    assert (
        query_of(QueryDict("sort=name&owner=2&owner=1&view=7&altered=7&count=exact&tags="))
        == "owner=2&owner=1&sort=name"
    )


def test_the_log_says_in_words_what_was_done(bob, acme):
    with workspace_scope(acme.pk, user_id=bob.user_id):
        with change_set("", by=bob.actor, source="web"):
            SavedView.make("contact", "Warm leads", by=bob.actor)
            made = ChangeSet.current()
        assert made.label == "Warm leads saved"
