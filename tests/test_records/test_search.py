"""Records are found by what they are called now, by nobody else's words, and by nobody outside."""

import pytest
from django.db import ProgrammingError, connection, transaction

from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from organizations.models import Organization
from records.search import matching_ids, search
from tests.factories import (
    ActivityFactory,
    ContactFactory,
    DealFactory,
    OrganizationFactory,
    PositionFactory,
    StageFactory,
)
from tests.searching import found
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


# --- what a text finds ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "priya",
        "RAMAN",
        "raman priya",
        "Raman, Priya",
        "ram",
        "ama",
        "r",
        "pr ra",
        "operations",
        "p.raman@northwind.example",
        "@northwind",
        "wind.exa",
        "+442079460311",
        "+44 20 7946 0311",
        "+44 (0)20 7946-0311",
        "0044 20 7946 0311",
        "020 7946 0311",
        "(020) 7946.0311",
        "7946",
        "raman 7946",
    ],
)
def test_a_person_is_found_by_any_part_of_what_is_known(priya, others, text):
    assert found(text) == ["Priya Raman"]


@pytest.mark.parametrize(
    "text", ["ramen", "rman", "raaman", "rmaan", "Prija", "priya ramna", "priiya raman", "opertions"]
)
def test_one_typing_error_is_forgiven(priya, others, text):
    assert found(text) == ["Priya Raman"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "%",
        "_",
        "%%%",
        "ra_an",
        "\\",
        "'",
        "@",
        "\0",
        "\x01",
        "priya okafor",
        "rnmaa",
        "rom",
        "7947",
        "priya" * 40,
    ],
)
def test_what_does_not_match_finds_nothing(priya, others, text):
    assert found(text) == []


def test_letters_in_the_wrong_order_are_looked_for_first_and_other_errors_where_they_find_too_few(in_acme):
    swapped = ContactFactory(first_name="Jan", last_name="Kowalski")
    wrong = ContactFactory(first_name="Ada", last_name="Kowalesi")
    assert matching_ids("contact", "kowalksi", 1) == [swapped.pk]
    assert set(matching_ids("contact", "kowalksi", 2)) == {swapped.pk, wrong.pk}


def test_an_error_is_forgiven_only_where_nothing_matches_exactly(priya):
    ContactFactory(first_name="Joan", last_name="Ramon")
    assert found("raman") == ["Priya Raman"]
    assert found("ramon") == ["Joan Ramon"]
    assert sorted(found("ramin")) == ["Joan Ramon", "Priya Raman"]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Łukasz Čeněk", ["lukasz", "Łuk", "cenek", "ČENĚK", "enek"]),
        ("Björn Müller-Größe", ["bjorn", "muller", "große", "grosse", "müller-gr"]),
        ("Siobhán O'Brien", ["siobhan", "o'brien", "brien", "obrien"]),
        ("Зоя Новак", ["новак", "НОВ", "вак", "зоя нов", "новвк"]),
        ("Άννα Παππάς", ["αννα", "παπ"]),
        ("王 小明", ["王", "小明", "明"]),
        ("100% Natural_Foods", ["100%", "100% nat", "natural_f"]),
    ],
)
def test_names_of_any_script_are_found_with_and_without_accents(in_acme, others, name, texts):
    OrganizationFactory(name="Somebody else")
    OrganizationFactory(name=name)
    assert {text: found(text, "organization") for text in texts} == {text: [name] for text in texts}


def test_the_best_comes_first(in_acme):
    for name in ("Wagner Marine", "Grand Marnier", "Marnet", "Lamarck", "Mar", "Mark & Sons"):
        OrganizationFactory(name=name)
    assert found("mar", "organization") == ["Mar", "Mark & Sons", "Marnet", "Grand Marnier", "Wagner Marine", "Lamarck"]


def test_an_exact_title_is_found_among_any_number_of_longer_ones(in_acme):
    Organization.objects.bulk_create(Organization(name=f"Mar {n}") for n in range(1500))
    OrganizationFactory(name="Mar")
    ids = matching_ids("organization", "mar", limit=3)
    assert [Organization.objects.get(pk=pk).name for pk in ids] == ["Mar", "Mar 1371", "Mar 1372"], "of the newest"
    assert len(matching_ids("organization", "mar")) == 1000
    assert len(set(matching_ids("organization", "mar", limit=None))) == 1501


def test_organizations_deals_and_activities_are_found_by_their_words(in_acme):
    northwind = OrganizationFactory(
        name="Northwind", sector="Haulage", location="Leeds", website="https://www.nw.example"
    )
    for text in ("northwind", "haulage", "leeds", "nw.example"):
        assert found(text, "organization") == ["Northwind"]
    assert found("https", "organization") == []
    DealFactory(name="Fleet renewal", organization=northwind)
    assert found("fleet north", "deal") == ["Fleet renewal"]
    ActivityFactory(subject="Call about depots", body="Wants two.\nThen a third in Brno. " + "x " * 300 + "Zanzibar")
    for text, titles in {"depots": ["Call about depots"], "brno": ["Call about depots"], "zanzibar": []}.items():
        assert found(text, "activity") == titles


def test_an_organization_is_found_by_its_id_elsewhere(in_acme):
    OrganizationFactory(name="Northwind", external_id="DE 811-907980")
    OrganizationFactory(name="Southwind", external_id="DE811907981")
    for text in ("DE 811-907980", "907980", "de 811 907980"):
        assert found(text, "organization") == ["Northwind"], text


@pytest.mark.parametrize("limit", [5, 20, 1000])
def test_what_is_rare_is_found_however_old_and_what_is_common_however_much(in_acme, limit):
    """Few are looked for among the newest first; these are not all."""
    old = OrganizationFactory(name="Zebra Mills", location="Brno")
    Organization.objects.bulk_create(Organization(name=f"Mills {n}", location="Leeds") for n in range(1200))
    for text in ("zebra", "zeb mi", "ebra", "brno", "brn mills", "zebar"):
        assert matching_ids("organization", text, limit) == [old.pk], text
    for text in ("mills", "mi", "ills", "leeds", "lee mil"):
        assert len(matching_ids("organization", text, limit)) == limit, text


# --- who may find it --------------------------------------------------------------------------------------------------
def test_another_workspace_never_finds_it(priya, elsewhere, charlie):
    with workspace_scope(elsewhere.pk):
        twin = ContactFactory(first_name="Priya", last_name="Raman")
        assert matching_ids("contact", "raman") == matching_ids("contact", "priya raman") == [twin.pk]
        assert matching_ids("contact", "northwind") == matching_ids("contact", "ramna northwind") == []
        assert [record.pk for found in search("raman", charlie) for record in found.records] == [twin.pk]


def test_without_a_scope_nothing_is_found(acme):
    with workspace_scope(acme.pk):
        ContactFactory(last_name="Raman")
    assert matching_ids("contact", "raman") == matching_ids("contact", "ramon") == []


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT FROM records_search",
        "SELECT FROM records_search_due",
        "INSERT INTO records_search (workspace_id, kind, record_id) VALUES (1, 'contact', 1)",
        "UPDATE records_search SET words = ''",
        "DELETE FROM records_search",
        "SELECT records_search_hits(1, 'contact', 'raman', ARRAY['part'], 10, NULL, NULL, NULL)",
        "SELECT records_search_put('contact', 1, ARRAY[1])",
        "SELECT records_search_add()",
        "SELECT records_search_follow()",
    ],
)
def test_the_application_may_only_ask(priya, statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_names_in_a_query_stay_text(priya):
    for text in ("raman'); DROP TABLE records_search; --", "'; SELECT pg_sleep(9); '", "%' OR '1'='1"):
        assert found(text) == []
    for text in ("raman$$", "raman\\'", "(raman)", "%raman%", "raman;--"):
        assert found(text) == ["Priya Raman"]


def test_only_owners_in_reach_are_found(in_acme, alice, bob, monkeypatch):
    own = ContactFactory(last_name="Raman", owner=bob)
    ContactFactory(last_name="Raman", owner=alice)
    nobodys = ContactFactory(last_name="Raman", owner=None)
    assert len(matching_ids("contact", "raman", membership=bob)) == 3
    monkeypatch.setattr("workspaces.models.membership.scope_of", lambda role, record, action: "own")
    assert (
        matching_ids("contact", "raman", membership=bob)
        == matching_ids("contact", "ramon", membership=bob)
        == [own.pk, nobodys.pk]
    )
    assert [record for found in search("raman", bob) for record in found.records] == [own, nobodys]
    monkeypatch.setattr("workspaces.models.membership.scope_of", lambda role, record, action: "none")
    assert matching_ids("contact", "raman", membership=bob) == search("raman", bob) == []


def test_owners_are_filtered_before_the_limit(in_acme, alice, bob, monkeypatch):
    Contact.objects.bulk_create(Contact(last_name="Raman", owner=alice) for _ in range(50))
    own = ContactFactory(last_name="Raman", owner=bob)
    monkeypatch.setattr("workspaces.models.membership.scope_of", lambda role, record, action: "own")
    assert matching_ids("contact", "raman", limit=3, membership=bob) == [own.pk]


def test_a_change_of_owner_follows(in_acme, alice, bob, monkeypatch):
    contact = ContactFactory(last_name="Raman", owner=alice)
    Contact.objects.filter(pk=contact.pk).assign(bob, by=alice.actor)
    monkeypatch.setattr("workspaces.models.membership.scope_of", lambda role, record, action: "own")
    assert matching_ids("contact", "raman", membership=bob) == [contact.pk]
    assert matching_ids("contact", "raman", membership=alice) == []


# --- all kinds at once, and the page ----------------------------------------------------------------------------------
def test_search_groups_by_kind_and_forgives_errors_only_when_no_kind_matches(in_acme, bob, priya):
    OrganizationFactory(name="Ramen House")
    deal = DealFactory(name="Raman rollout")
    groups = {found.kind: found.records for found in search("raman", bob)}
    assert groups == {"contact": [priya], "deal": [deal]}
    assert [found.kind for found in search("raman", bob, kinds=["deal"])] == ["deal"]
    assert [found.is_cut for found in search("raman", bob, limit=1)] == [True, True]


def test_the_page_shows_what_is_found_by_kind(priya, bob, client_of):
    OrganizationFactory(name="Raman & Sons", location="Leeds")
    response = client_of(bob).get_w("search", data={"q": "raman"})
    page = response.content.decode()
    assert response.status_code == 200
    assert page.index("Priya <mark>Raman</mark>") < page.index("<mark>Raman</mark> &amp; Sons") < page.index("Leeds")
    assert f'href="{client_of(bob).url("contacts:detail", priya.pk)}"' in page
    assert 'value="raman"' in page


def test_what_is_called_the_same_is_told_apart(in_acme, bob):
    northwind, gone = OrganizationFactory(name="Northwind"), OrganizationFactory(name="Gone")
    deal = {"name": "Data package", "stage": StageFactory(name="Qualified")}
    DealFactory(**deal, organization=northwind, value=1_500_00, currency="USD")
    DealFactory(**deal, organization=gone, value=None, status="won")
    gone.rows().trash(by=SYSTEM)
    [deals] = search("data package", bob)
    assert {record.hint for record in deals.records} == {"Northwind · $1,500 · Qualified", "Won"}


@pytest.mark.parametrize(
    ("title", "held", "at", "hint"),
    [
        ("Buyer", "Head of Buying", "Northwind", "Head of Buying at Northwind"),
        ("Buyer", "", "Northwind", "Buyer at Northwind"),
        ("", "", "Northwind", "Northwind"),
        ("Buyer", "", "", "Buyer"),
        ("", "", "", "p.raman@northwind.example"),
    ],
)
def test_a_person_is_known_by_its_work(priya, bob, title, held, at, hint):
    Position.objects.all().delete()
    Contact.objects.update(job_title=title)
    if at:
        PositionFactory(contact=priya, job_title=held, organization=OrganizationFactory(name=at))
        PositionFactory(contact=priya, organization=OrganizationFactory(name="Later"))
    [people] = search("p.raman", bob)
    assert [person.hint for person in people.records] == [hint]


def test_while_one_types_the_same_address_gives_the_list_alone(priya, bob, client_of):
    response = client_of(bob).get_w("search", data={"q": "raman"}, headers={"HX-Request": "true"})
    assert "Priya <mark>Raman</mark>" in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(
    ("text", "words"), [("", "Type a name"), ("x", "two letters"), ("quizzical", "Nothing matches “quizzical”")]
)
def test_empty_too_short_and_no_match_say_so(priya, bob, client_of, text, words):
    assert words in client_of(bob).get_w("search", data={"q": text}).content.decode()


def test_every_page_has_the_form_that_leads_there(bob, client_of):
    page = client_of(bob).get_w("search").content.decode()
    assert 'role="search" action="/w/acme/search/"' in page


def test_a_list_is_filtered_by_the_same_search(priya, others, bob, client_of):
    page = client_of(bob).get_w("contacts:list", data={"q": "ramna"}).content.decode()
    assert "Priya Raman" in page
    assert "Okafor" not in page


def test_charlie_finds_nothing_of_acme_and_may_not_ask_there(priya, acme, charlie, client_of):
    assert "Priya" not in client_of(charlie).get_w("search", data={"q": "raman"}).content.decode()
    assert client_of(charlie, acme).get_w("search", data={"q": "raman"}).status_code == 404
