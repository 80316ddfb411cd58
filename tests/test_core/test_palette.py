"""The palette and the page of the search: what a member may find, go to and begin, and what it opened last."""

import gzip
import re

import pytest
from django.utils.html import escape

from contacts.models import Contact, ContactEmail, ContactPhone
from core.tenancy import workspace_scope
from crm.keys import key_map
from crm.navigation import MAIN, NEW, NEWS
from deals.models import Deal
from organizations.models import Organization
from records.models import Group, Recent, SavedView
from tests.battery_pages import page_text, statements
from tests.factories import ActivityFactory, ContactFactory, DealFactory, OrganizationFactory, StageFactory, TagFactory
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

#: of an answer, as sent
MOST_BYTES = 10_000
#: typing: session, user, membership, scope (2), one question, one statement for each kind that has some, one for the
#: views and groups of that name
MOST_STATEMENTS = 11


@pytest.fixture
def priya(acme, bob):
    contact = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)
    with workspace_scope(acme.pk):
        ContactEmail.objects.create(contact=contact, address="p.raman@northwind.example", is_primary=True)
        ContactEmail.objects.create(contact=contact, address="priya@home.example")
        ContactPhone.objects.create(contact=contact, number="+442079460311", is_primary=True)
    return contact


@pytest.fixture
def ask(client_of):
    """`ask(bob, "raman")` is the palette's answer; the options in it."""

    def ask(member, text="", workspace=None, **headers):
        client = client_of(member, workspace)
        return page_text(client.get_w("search", data={"q": text}, headers={"HX-Request": "true"} | headers))

    return ask


def options(answer: str, group: str) -> list[str]:
    """The texts of a group's options."""
    found = re.search(rf'<div role="group" aria-label="{group}">(.*?)</div>', answer, re.S)
    rows = re.findall(r'<a role="option".*?</a>', found[1], re.S) if found else []
    shown = [re.sub(r'<span class="avatar.*?</span>|<kbd.*?</kbd>', "", row) for row in rows]
    return [" ".join(re.sub(r"<[^>]+>", "", row).split()) for row in shown]


# --- what is typed ----------------------------------------------------------------------------------------------------
def test_a_person_is_shown_with_what_it_was_found_by(priya, bob, ask):
    for text, shown in {
        "raman": "Priya Raman p.raman@northwind.example",
        "home.exa": "Priya Raman p.raman@northwind.example priya@home.example",
        "020 7946 0311": "Priya Raman p.raman@northwind.example +44 20 7946 0311",
    }.items():
        assert options(ask(bob, text), "People") == [shown]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("rama", "<b>Priya <mark>Rama</mark>n</b>"),
        ("RÁMA pri", "<b><mark>Pri</mark>ya <mark>Rama</mark>n</b>"),
        ("+44 (0)20 7946-03", "+<mark>44</mark> <mark>20</mark> <mark>7946</mark> <mark>03</mark>11"),
    ],
)
def test_what_matches_is_marked_as_it_is_written(priya, bob, ask, text, marked):
    assert marked in ask(bob, text)


def test_names_are_text_and_no_html(acme, bob, ask):
    OrganizationFactory(workspace=acme, name="<b>Ra & Sons</b>")
    assert "&lt;<mark>b</mark>&gt;" in ask(bob, "ra sons b")
    assert "&amp; <mark>Sons</mark>" in ask(bob, "sons")


def test_a_deal_is_found_by_the_people_on_it(acme, priya, bob, ask, alice):
    deal = DealFactory(workspace=acme, name="Fleet renewal", value=None)
    with workspace_scope(acme.pk):
        deal.contact_links.create(contact=priya)
        assert options(ask(bob, "raman fleet"), "Deals") == [f"Fleet renewal {deal.stage.name} Priya Raman"]
        priya.edit(by=alice.actor, last_name="Kowalska")
        assert options(ask(bob, "raman fleet"), "Deals") == []
        assert len(options(ask(bob, "kowalska fleet"), "Deals")) == 1
        priya.trash(by=alice.actor)
        assert options(ask(bob, "kowalska fleet"), "Deals") == []
        priya.restore(by=alice.actor)
        deal.contact_links.all().delete()
        assert options(ask(bob, "kowalska fleet"), "Deals") == []


def test_people_come_first_and_each_kind_leads_to_its_list(acme, bob, ask, client_of):
    with workspace_scope(acme.pk):
        for n in range(6):
            ContactFactory(first_name="Ines", last_name=f"North {n}")
            OrganizationFactory(name=f"North {n}")
    answer = ask(bob, "north")
    assert re.findall(r'role="group" aria-label="(\w+)"', answer)[:2] == ["People", "Organizations"]
    assert options(answer, "People")[-1] == "Show all in the list: People"
    assert f'href="{client_of(bob).url("contacts:list")}?q=north"' in answer
    assert "People: 5+. Organizations: 5+." in answer


# --- places and new things --------------------------------------------------------------------------------------------
def test_places_are_found_by_their_names(bob, ask):
    assert options(ask(bob), "Go to")[:3] == ["Today", "Deals", "People"]
    assert options(ask(bob, "org"), "Go to") == ["Organizations"]
    assert options(ask(bob, "x"), "Go to") == []


def test_something_new_begins_with_what_was_typed(bob, ask, client_of):
    answer = ask(bob, "Priya van Dam")
    assert options(answer, "Create") == [
        f"New {kind} “Priya van Dam”" for kind in ("deal", "person", "organization", "task")
    ]
    for path, values in {
        "people": {"first_name": "Priya", "last_name": "van Dam"},
        "organizations": {"name": "Priya van Dam"},
        "deals": {"name": "Priya van Dam"},
        "activities": {"subject": "Priya van Dam"},
    }.items():
        [href] = re.findall(rf'href="(/w/acme/{path}/new/[^"]*)"', answer)
        form = page_text(client_of(bob).get(href.replace("&amp;", "&")))
        for name, value in values.items():
            assert re.search(
                rf'<input[^>]*name="{name}"[^>]*value="{value}"|value="{value}"[^>]*name="{name}"', form
            ), name


def test_who_may_not_create_is_offered_nothing_new(victor, priya, ask):
    answer = ask(victor, "raman")
    assert options(answer, "People") != []
    assert options(answer, "Create") == options(ask(victor), "Create") == []
    assert "Imports" not in options(ask(victor), "Go to")


# --- what was opened last ---------------------------------------------------------------------------------------------
def opened(client, *records) -> None:
    for record in records:
        assert client.get(client.url(f"{record.namespace}:detail", record.pk)).status_code == 200


def test_what_was_opened_comes_back_the_last_one_first(acme, bob, mara, priya, ask, client_of):
    northwind = OrganizationFactory(workspace=acme, name="Northwind")
    deal = DealFactory(
        workspace=acme, name="Fleet renewal", stage=StageFactory(workspace=acme, name="Lead"), value=None
    )
    opened(client_of(bob), priya, northwind, deal, priya)
    names = [name.split()[0] for name in options(ask(bob), "Recently opened")]
    assert names == ["Priya", "Fleet", "Northwind"]
    assert options(ask(mara), "Recently opened") == [], "each has its own"
    assert "Fleet renewal" in page_text(client_of(bob).get_w("search")), "the page shows them as well"


def test_the_page_that_one_looks_at_is_not_offered(bob, priya, ask, client_of):
    opened(client_of(bob), priya)
    here = f"http://testserver{client_of(bob).url('contacts:detail', priya.pk)}"
    assert options(ask(bob, **{"HX-Current-URL": here}), "Recently opened") == []
    assert len(options(ask(bob, **{"HX-Current-URL": here + "edit/"}), "Recently opened")) == 1


def test_what_went_or_is_hidden_meanwhile_is_not_shown(acme, alice, bob, priya, ask, client_of, monkeypatch):
    others = ContactFactory(workspace=acme, last_name="Okafor", owner=alice)
    gone = ContactFactory(workspace=acme, last_name="Gone", owner=bob)
    opened(client_of(bob), gone, others, priya)
    with workspace_scope(acme.pk):
        gone.rows().trash(by=SYSTEM)
    assert len(options(ask(bob), "Recently opened")) == 2
    monkeypatch.setattr("workspaces.models.membership.scope_of", lambda role, record, action: "own")
    assert options(ask(bob), "Recently opened") == ["Priya Raman p.raman@northwind.example"]


def test_only_the_last_twenty_are_kept_and_the_same_page_again_writes_nothing(acme, bob, django_assert_num_queries):
    with workspace_scope(acme.pk):
        people = [ContactFactory() for _ in range(22)]
        for contact in people:
            Recent.note(contact, bob)
        assert Recent.of(bob) == [("contact", contact.pk) for contact in people[:1:-1]]
        before = Recent.objects.get().seen
        with django_assert_num_queries(1):
            Recent.note(people[-1], bob)
        assert Recent.objects.get().seen == before


def test_of_what_fits_alike_the_recent_then_the_own_come_first(acme, alice, bob, ask, client_of):
    with workspace_scope(acme.pk):
        ContactFactory(first_name="Priya", last_name="Amari", owner=alice)
        ContactFactory(first_name="Priya", last_name="Zeman", owner=bob)
        known = ContactFactory(first_name="Priya", last_name="Wolf", owner=alice)
        exact = ContactFactory(first_name="", last_name="Priya", owner=alice)
    opened(client_of(bob), known)
    assert options(ask(bob, "priya"), "People") == ["Priya", "Priya Wolf", "Priya Zeman", "Priya Amari"]
    assert options(ask(alice, "priya"), "People") == ["Priya", "Priya Amari", "Priya Wolf", "Priya Zeman"]
    assert exact.pk


# --- doors ------------------------------------------------------------------------------------------------------------
def test_only_what_the_member_may_see_is_found_and_counted(acme, alice, bob, ask, monkeypatch):
    with workspace_scope(acme.pk):
        for n in range(8):
            OrganizationFactory(name=f"North {n}", owner=alice)
        OrganizationFactory(name="Northwind", owner=bob)
    monkeypatch.setattr("workspaces.models.membership.scope_of", lambda role, record, action: "own")
    answer = ask(bob, "north")
    assert options(answer, "Organizations") == ["Northwind"]
    assert "Organizations: 1. " in answer


def test_charlie_finds_nothing_of_acme(priya, acme, charlie, bob, client_of, ask):
    opened(client_of(bob), priya)
    assert "Priya" not in ask(charlie, "raman") + ask(charlie)
    assert client_of(charlie, acme).get_w("search", headers={"HX-Request": "true"}).status_code == 404


@pytest.mark.parametrize(
    "text",
    [
        "%",
        "_",
        "\\",
        "\0",
        "\x01",
        "a\0b",
        "   ",
        "x" * 10_000,
        "🙂🙂",
        "'; DROP TABLE records_search; --",
        "%' OR 1=1",
        "{{7*7}}",
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_hostile_texts_find_nothing_and_harm_nothing(priya, bob, client_of, text, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    response = client_of(bob).get_w("search", data={"q": text}, headers=headers)
    page = page_text(response)
    assert response.status_code == (400 if "\0" in text else 200)
    assert "Raman" not in page
    assert len(response.content) <= MOST_BYTES or not htmx


def test_markup_in_a_text_is_shown_as_text(bob, client_of, ask):
    text = '"><script>alert(1)</script>'
    for page in (ask(bob, text), page_text(client_of(bob).get_w("search", data={"q": text}))):
        assert "<script>alert" not in page
        assert escape(text) in page


# --- cost -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def crowd(acme, bob, client_of):
    """More than enough of everything, and a full memory of what was opened."""
    with workspace_scope(acme.pk):
        people = [ContactFactory(first_name="Northa", last_name=f"Longname the {n}th", owner=bob) for n in range(7)]
        for n in range(7):
            organization = OrganizationFactory(
                name=f"Northwind Freight & Haulage of the {n}th district", location="Leeds"
            )
            DealFactory(name=f"North rollout, phase {n}", organization=organization)
            ActivityFactory(subject=f"Call about the north, {n}")
        for record in [*people, *Organization.objects.all(), *Deal.objects.all()]:
            Recent.note(record, bob)


@pytest.mark.parametrize("text", ["", "north"])
def test_an_answer_is_small_and_takes_few_statements(crowd, bob, client_of, text):
    client = client_of(bob)
    client.defaults["HTTP_HX_REQUEST"] = "true"
    path = f"{client.url('search')}?q={text}"
    made = statements(client, path)
    assert len(made) <= MOST_STATEMENTS, "\n".join(sql[:150] for sql in made)
    assert len(gzip.compress(client.get(path).content)) <= MOST_BYTES


def test_a_page_costs_no_more_for_more_that_is_found(crowd, bob, client_of):
    client = client_of(bob)
    path = f"{client.url('search')}?q=north"
    before = len(statements(client, path))
    with workspace_scope(bob.workspace_id):
        Contact.objects.bulk_create(Contact(first_name="North", last_name=f"{n}") for n in range(30))
    assert len(statements(client, path)) == before


# --- keys -------------------------------------------------------------------------------------------------------------
def test_the_help_tells_all_keys_of_the_navigation(bob, client_of):
    page = page_text(client_of(bob).get_w("search"))
    help_text = page[page.index('id="keys"') :]
    for item in (*MAIN, *NEWS, *NEW):
        assert not item.key or f"<kbd>{item.key}</kbd>" in help_text, item.url_name


def test_the_help_knows_every_key_of_the_pages(office, alice, client_of):
    """What stands in a `data-key` somewhere is explained under `?`."""
    client = client_of(alice)
    told = {key for group in key_map([], []) for one in group.keys for key in one.keys} | {
        item.key for item in (*MAIN, *NEWS, *NEW)
    }
    paths = ["", "people/", "deals/", "organizations/", "activities/", "transfers/", "settings/members/"]
    paths += [f"people/{office.contact.pk}/", f"deals/{office.deal.pk}/", f"organizations/{office.organization.pk}/"]
    used = {
        key for path in paths for key in re.findall(r'data-key="([^"]+)"', page_text(client.get(f"/w/acme/{path}")))
    }
    assert used - told == set()
    assert {"g p", "c d", "n", "e", "f", "/", "?"} <= used


def test_the_help_offers_nothing_that_the_role_may_not_do(victor, client_of):
    page = page_text(client_of(victor).get_w("search"))
    assert "<kbd>c d</kbd>" not in page
    assert "<kbd>g d</kbd>" in page


# --- what can be done here --------------------------------------------------------------------------------------------
def offered(answer: str) -> list[str]:
    """The texts of what can be done with the record at hand."""
    _before, _label, after = answer.partition('role="group" aria-label="On this record"')
    group = after.partition('<div role="group"')[0]
    rows = re.findall(r'role="option".*?</(?:a|button)>', group, re.S)
    return [" ".join(re.sub(r"^[^>]*>|<kbd.*?</kbd>|<[^>]+>", "", row).split()) for row in rows]


def at(client, record) -> dict[str, str]:
    return {"HX-Current-URL": f"http://testserver{client.url(f'{record.namespace}:detail', record.pk)}"}


def test_on_a_record_its_actions_are_offered_by_name(acme, bob, ask, client_of):
    deal = DealFactory(workspace=acme, owner=bob)
    here = at(client_of(bob), deal)
    everything = offered(ask(bob, **here))
    wanted = ["Won", "Lost", "Add note", "Log call", "Add task", "Edit", "Follow", "Change owner", "Add tag", "Move"]
    assert [one for one in everything if one in wanted] == wanted
    assert {"Find duplicates, merge", "Delete", "Add person"} <= set(everything)
    assert offered(ask(bob, "tag", **here)) == ["Add tag"]
    assert offered(ask(bob, "zzz", **here)) == []
    assert offered(ask(bob)) == []


def test_an_action_that_begins_so_stands_before_the_records_and_each_way_stands_once(acme, bob, ask, client_of):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        deal = DealFactory(name="Wonder", owner=bob)
        person = ContactFactory(first_name="Ada", last_name="Follow", owner=bob)
    answer = ask(bob, "won", **at(client, deal))
    assert answer.index("On this record") < answer.index("<mark>Won</mark>der")
    answer = ask(bob, "ollo", **at(client, person))
    assert answer.index('aria-label="People"') < answer.index("On this record"), "somebody may be meant"
    answer = ask(bob, "ada", **at(client, person))
    assert "On this record" not in answer
    assert offered(ask(bob, "deal", **at(client, person))) == ["New deal"]
    assert offered(ask(bob, "vcard", **at(client, person))) == ["Download vCard"]


def test_what_the_head_of_a_record_offers_the_palette_offers(acme, priya, bob, ask, client_of):
    """Both are made of one declaration: nobody adds a button to the one alone."""
    deal = DealFactory(workspace=acme, owner=bob)
    for record in (deal, priya, OrganizationFactory(workspace=acme, owner=bob)):
        client = client_of(bob)
        page = page_text(client.get_w(f"{record.namespace}:detail", record.pk))
        head = page.partition('id="rec-actions"')[2].partition('class="record"')[0].partition('id="rec-way"')[0]
        ways = set(re.findall(r'(?:href|action)="([^"]+)"', head.partition("<nav")[0]))
        assert ways
        answer = ask(bob, **at(client, record))
        assert {way for way in ways if way not in answer} == set()


def test_what_is_offered_is_what_the_reader_may_do(acme, alice, bob, victor, ask, client_of):
    deal = DealFactory(workspace=acme, owner=alice)
    assert offered(ask(victor, **at(client_of(victor), deal))) == ["Follow"]
    assert "Delete" not in offered(ask(bob, **at(client_of(bob), deal)))
    assert "Delete" in offered(ask(alice, **at(client_of(alice), deal)))


def test_a_closed_deal_is_opened_again_from_the_palette(acme, bob, ask, client_of):
    deal = DealFactory(workspace=acme, owner=bob)
    with workspace_scope(acme.pk):
        deal.win(by=bob.actor)
    names = offered(ask(bob, **at(client_of(bob), deal)))
    assert "Open again" in names
    assert not {"Won", "Lost", "Move"} & set(names)


def test_on_the_page_of_a_foreign_record_nothing_is_offered(elsewhere, bob, ask, client_of):
    deal = DealFactory(workspace=elsewhere)
    assert offered(ask(bob, **at(client_of(bob), deal))) == []
    assert offered(ask(bob, **{"HX-Current-URL": "http://testserver/w/acme/nothing/here/"})) == []


def test_the_page_of_the_search_offers_the_same_without_javascript(acme, bob, client_of):
    deal, client = DealFactory(workspace=acme, owner=bob, name="Fleet renewal"), client_of(bob)
    came = f"http://testserver{client.url('deals:detail', deal.pk)}"
    page = page_text(client.get_w("search", data={"q": "won"}, headers={"Referer": came}))
    assert "On this record: Fleet renewal" in page
    assert f'action="{client.url("deals:closing", deal.pk)}"' in page
    assert "On this record" not in page_text(client.get_w("search", data={"q": "won"}))


def test_a_tag_is_added_on_a_page_of_its_own(priya, bob, client_of):
    with workspace_scope(bob.workspace_id):
        TagFactory(name="VIP")
    client = client_of(bob)
    assert "Add a tag" in page_text(client.get_w("contacts:tags", priya.pk))
    client.post_w("contacts:tags", priya.pk, data={"name": "VIP"})
    with workspace_scope(bob.workspace_id):
        assert priya.tags.get().name == "VIP"


def test_views_and_groups_are_places_to_go(acme, bob, alice, ask):
    with workspace_scope(acme.pk):
        view = SavedView.make("contact", "Warm leads", query="owner=me", by=bob.actor)
        group = Group.make("contact", "Léads of the fair", by=bob.actor)
    answer = ask(bob, "leads")
    assert options(answer, "Go to") == ["Léads of the fair", "Warm leads"]
    assert f"/people/?view={view.pk}" in answer
    assert f"/people/?group={group.pk}" in answer
    assert options(ask(alice, "leads"), "Go to") == []
