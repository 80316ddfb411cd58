"""Addresses by the rules of their countries, as rows that history, undo and merge know."""

import pytest
from django.db import connection

from contacts.models import Contact
from core import postal
from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import ChangeSet, Refusal, change_set
from tests.battery_lists import ids_in
from tests.battery_pages import HTMX, facts_of, page_text
from tests.factories import ContactFactory, OrganizationFactory
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import filled_form, undo_path
from transfers.models import Export

pytestmark = pytest.mark.django_db

PRAGUE = {"kind": "billing", "street": "Vodičkova 36", "city": "Praha", "postcode": "110 00", "country": "CZ"}
SAO_PAULO = {
    "kind": "shipping",
    "street": "Av. Paulista 1000\nSala 12",
    "city_area": "Bela Vista",
    "city": "São Paulo",
    "region": "SP",
    "postcode": "01310-100",
    "country": "BR",
}
#: country -> (an address, a postcode or region that it does not know, its lines)
COUNTRIES = {
    "BR": (
        SAO_PAULO,
        {"postcode": "99999-999"},
        ["Av. Paulista 1000", "Sala 12", "Bela Vista", "São Paulo-SP", "01310-100"],
    ),
    "CZ": (PRAGUE, {"postcode": "1100"}, ["Vodičkova 36", "110 00 Praha"]),
    "IT": (
        {"street": "Via Roma 1", "city": "Milano", "region": "MI", "postcode": "20121", "country": "IT"},
        {"region": "XX"},
        ["Via Roma 1", "20121 Milano MI"],
    ),
    "PL": (
        {"street": "Prosta 20", "city": "Warszawa", "postcode": "00-850", "country": "PL"},
        {"postcode": "00850x"},
        ["Prosta 20", "00-850 Warszawa"],
    ),
    "AR": (
        {"street": "Florida 100", "city": "Buenos Aires", "postcode": "C1005AAC", "country": "AR"},
        {"postcode": "12"},
        ["Florida 100", "C1005AAC Buenos Aires"],
    ),
    "US": (
        {"street": "1 Main St", "city": "Portland", "region": "OR", "postcode": "97201", "country": "US"},
        {"postcode": "10001"},
        ["1 Main St", "Portland, OR 97201"],
    ),
    "GB": (
        {"street": "10 Wharf Road", "city": "Leeds", "postcode": "LS1 4AP", "country": "GB"},
        {"postcode": "12345"},
        ["10 Wharf Road", "Leeds", "LS1 4AP"],
    ),
}


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_its_rules_and_its_form(country):
    address, wrong, lines = COUNTRIES[country]
    assert postal.faults(address, complete=True) == {}
    assert postal.formatted(address) == lines
    assert list(postal.faults(address | wrong)) == list(wrong)
    assert "street" in postal.faults(address | {"street": ""}, complete=True)
    assert "street" not in postal.faults(address | {"street": ""})


def test_countries_call_the_parts_by_their_own_names():
    names = {country: str(postal.label(country, "postcode")) for country in ("US", "IE", "CZ")}
    assert names == {"US": "ZIP code", "IE": "Eircode", "CZ": "Postcode"}
    assert str(postal.label("BR", "region")) == "State"
    assert ["postcode", "city"] in postal.lines_of("CZ")
    assert ["city", "region", "postcode"] in postal.lines_of("US")


def test_a_region_is_known_by_its_name_and_kept_by_its_code():
    assert postal.tidied({"country": "br", "region": "São Paulo"})["region"] == "SP"
    assert postal.tidied({"country": "US", "region": "oregon", "postcode": " 97201 "})["region"] == "OR"
    assert postal.region_code("CZ", "Morava") == "Morava"


def content(record) -> list[tuple]:
    rows = record.addresses.order_by("pk")
    return [(row.kind, row.city, row.country, row.is_primary) for row in rows]


def test_an_address_is_typed_shown_changed_and_undone(client_of, bob, acme):
    vltava = OrganizationFactory(workspace=acme, name="Vltava Stroje")
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("organizations:edit", vltava.pk)))
    data |= {f"addresses-0-{name}": value for name, value in PRAGUE.items()}
    answer = client.post_w("organizations:edit", vltava.pk, data=data)
    assert answer.status_code == 303, page_text(answer)
    page = page_text(client.get(answer.url))
    assert "Vodičkova 36<br>110 00 Praha<br>Czechia<br>" in facts_of(page)
    assert "https://www.openstreetmap.org/search?query=Vodi%C4%8Dkova+36" in page
    with workspace_scope(acme.pk):
        assert content(vltava) == [("billing", "Praha", "CZ", True)]
    history = page_text(client.get_w("organizations:history", vltava.pk))
    assert "Vodičkova 36" in history
    client.post(undo_path(page))
    with workspace_scope(acme.pk):
        assert content(vltava) == []


def test_what_the_country_does_not_know_is_said_beside_the_part(client_of, bob, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("organizations:create"))) | {"name": "Vltava"}
    data |= {f"addresses-0-{name}": value for name, value in (PRAGUE | {"postcode": "1100", "street": ""}).items()}
    refused = client.post_w("organizations:create", data=data)
    assert refused.status_code == 422
    page = page_text(refused)
    assert "“1100” doesn’t fit" in page or "“1100” doesn&#x27;t fit this country and region" in page
    assert 'id="id_addresses-0-postcode_error"' in page
    assert 'id="id_addresses-0-street_error"' in page
    assert 'value="Praha"' in page


def test_a_country_that_is_all_that_was_chosen_is_not_dropped_without_a_word(client_of, bob):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("organizations:create"))) | {"name": "Vltava"}
    refused = client.post_w("organizations:create", data=data | {"addresses-0-country": "FR"})
    assert refused.status_code == 422
    page = page_text(refused)
    assert filled_form(page)["addresses-0-country"] == "FR"
    assert 'id="id_addresses-0-city_error"' in page
    assert client.post_w("organizations:create", data=data).status_code == 303


def test_another_country_asks_for_other_parts(client_of, bob):
    client = client_of(bob)
    typed = {"prefix": "addresses-0", "addresses-0-country": "IE", "addresses-0-city": "Cork"}
    parts = page_text(client.post_w("records:address_parts", data=typed, headers=HTMX))
    assert "Eircode" in parts
    assert "Townland" in parts
    assert 'value="Cork"' in parts
    usual = page_text(client.post_w("records:address_parts", data=typed | {"addresses-0-country": "CZ"}, headers=HTMX))
    assert "Townland" not in usual
    assert "County" not in usual


def test_there_is_one_primary_address_of_each_kind(bob, acme):
    with workspace_scope(acme.pk):
        brno = PRAGUE | {"city": "Brno", "postcode": "602 00"}
        vltava = Organization.create(by=bob.actor, name="Vltava", addresses=[PRAGUE, brno, SAO_PAULO])
        assert content(vltava) == [
            ("billing", "Praha", "CZ", True),
            ("billing", "Brno", "CZ", False),
            ("shipping", "São Paulo", "BR", True),
        ]
        prague, other, goods = vltava.addresses.order_by("pk").values()
        vltava.edit(by=bob.actor, addresses=[prague | {"is_primary": False}, other | {"is_primary": True}, goods])
        assert [row[3] for row in content(vltava)] == [False, True, True]
        assert vltava.edit(by=bob.actor, addresses=list(vltava.addresses.order_by("pk").values())) == []


def test_no_door_lets_a_wrong_postcode_in(bob, acme):
    with workspace_scope(acme.pk), pytest.raises(Refusal, match="doesn't fit this country"):
        Contact.create(by=bob.actor, last_name="Raman", addresses=[PRAGUE | {"postcode": "1"}])


def test_a_merge_takes_addresses_along_and_unmerge_gives_them_back(bob, acme):
    with workspace_scope(acme.pk):
        kept = Contact.create(by=bob.actor, last_name="Raman", addresses=[PRAGUE])
        twin = Contact.create(by=bob.actor, last_name="Raman", addresses=[PRAGUE, SAO_PAULO])
        with change_set("merge", by=bob.actor):
            kept.merge([twin], by=bob.actor)
            merged = ChangeSet.current()
        assert content(kept) == [("billing", "Praha", "CZ", True), ("shipping", "São Paulo", "BR", True)]
        with change_set("undo", by=bob.actor):
            merged.undo(by=bob.actor)
        assert (len(content(kept)), len(content(twin))) == (1, 2)


def test_lists_are_filtered_by_country_and_by_the_beginning_of_a_city(client_of, bob, acme):
    with workspace_scope(acme.pk):
        czech, brazilian = OrganizationFactory(), OrganizationFactory()
        for record, address in ((czech, PRAGUE), (brazilian, SAO_PAULO)):
            record.addresses.create(record=record, **address)
        nowhere = OrganizationFactory()
    client = client_of(bob)
    for query, found in (
        ("country=CZ", [czech]),
        ("country=BR&country=CZ", [czech, brazilian]),
        ("country=none", [nowhere]),
        ("city=sao", [brazilian]),
        ("city=PRA", [czech]),
    ):
        page = client.get(f"{client.url('organizations:list')}?{query}")
        assert set(ids_in(page)) == {record.pk for record in found}, query
    shown = page_text(client.get(f"{client.url('organizations:list')}?columns=city,country"))
    assert "São Paulo" in shown
    assert "Czechia" in shown


def test_a_file_brings_addresses_of_both_kinds(client_of, alice, acme):
    importer = Importer(client_of(alice))
    headings = ["Name", "Billing street", "Billing city", "Billing postcode", "Billing country", "Shipping city"]
    rows = [
        ["Vltava", "Vodičkova 36", "Praha", "110 00", "Czechia", "Brno"],
        ["Freight", "1 Main St", "Portland", "97201", "", ""],
        ["Wrong", "Vodičkova 36", "Praha", "1", "CZ", ""],
    ]
    done = importer.run("organization", csv_bytes([headings, *rows]))
    assert (done.created, done.refused) == (2, 1)
    assert "doesn't fit this country" in next(iter(importer.refusals().values()))
    with workspace_scope(acme.pk):
        vltava, freight = Organization.objects.get(name="Vltava"), Organization.objects.get(name="Freight")
        assert content(vltava) == [("billing", "Praha", "CZ", True), ("shipping", "Brno", "US", True)]
        assert content(freight) == [("billing", "Portland", "US", True)]
        before = vltava.version
    again = importer.run("organization", csv_bytes([headings, rows[0]]), key="name", existing="update")
    assert again.updated == 0
    with workspace_scope(acme.pk):
        assert len(content(vltava)) == 2
        assert Organization.objects.get(pk=vltava.pk).version == before


def test_who_is_elsewhere_gets_no_address(client_of, charlie, acme):
    with workspace_scope(acme.pk):
        priya = ContactFactory()
        priya.addresses.create(record=priya, **PRAGUE)
    assert client_of(charlie, acme).get_w("contacts:detail", priya.pk).status_code == 404
    with workspace_scope(charlie.workspace_id):
        assert not Contact._meta.get_field("addresses").related_model.objects.exists()


def test_what_a_list_gives_out_comes_in_again(client_of, alice, acme):
    """The columns of an export are those that an import knows, under their own headings."""
    with workspace_scope(acme.pk):
        source = OrganizationFactory(name="Vltava")
        source.addresses.create(record=source, **PRAGUE)
    importer = Importer(client_of(alice))
    client = importer.client
    query = "columns=street,city,region,postcode,country"
    client.post_w("transfers:export", data={"record": "organization", "all": "1", "query": query})
    run_jobs()
    with workspace_scope(acme.pk):
        written = Export.objects.get().file.read().decode("utf-8-sig")
        Organization.objects.all().delete()
    assert "Vodičkova 36" in written
    assert importer.run("organization", written.encode()).created == 1
    with workspace_scope(acme.pk):
        assert content(Organization.objects.get()) == [("billing", "Praha", "CZ", True)]


def test_a_page_as_of_a_moment_shows_the_address_of_then(client_of, bob, acme):
    with workspace_scope(acme.pk):
        vltava = Organization.create(by=bob.actor, name="Vltava", addresses=[PRAGUE])
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            then = cursor.fetchone()[0].isoformat().replace("+00:00", "Z")
        vltava.edit(by=bob.actor, addresses=[SAO_PAULO])
    client = client_of(bob)
    assert "110 00 Praha" in page_text(client.get(f"/w/acme/@{then}/organizations/{vltava.pk}/"))
    now = facts_of(page_text(client.get_w("organizations:detail", vltava.pk)))
    assert "110 00 Praha" not in now
    assert "São Paulo-SP" in now
