"""Tax and registration ids by their country's rules, whichever door they come through."""

import pytest

from core.tenancy import workspace_scope
from organizations.ids import RULES, verdict
from organizations.models import Organization
from records.models import Refusal
from tests.battery_pages import HTMX, page_text
from tests.factories import OrganizationFactory
from tests.importing import Importer, csv_bytes
from tests.reading import filled_form

pytestmark = pytest.mark.django_db

#: (kind, country, right, the same with wrong check digits)
IDS = [
    ("tax_id", "BR", "11.222.333/0001-81", "11.222.333/0001-80"),
    ("tax_id", "BR", "390.533.447-05", "390.533.447-06"),
    ("tax_id", "CZ", "CZ25123891", "CZ25123892"),
    ("registration_id", "CZ", "25123891", "25123892"),
    ("tax_id", "IT", "IT 00743110157", "IT 00743110158"),
    ("tax_id", "IT", "RCCMNL83S18D969H", "RCCMNL83S18D969J"),
    ("tax_id", "PL", "PL 856-734-62-15", "PL 856-734-62-16"),
    ("registration_id", "PL", "192598184", "192598183"),
    ("tax_id", "AR", "20-26756539-3", "20-26756539-4"),
    ("tax_id", "SK", "SK2022749619", "SK2022749618"),
    ("tax_id", "DE", "DE136695976", "DE136695978"),
    ("tax_id", "ES", "B58378431", "B58378432"),
    ("tax_id", "FR", "FR40303265045", "FR41303265045"),
    ("tax_id", "GB", "GB980780684", "GB802311781"),
    ("tax_id", "AT", "ATU13585627", "ATU13585626"),
]


@pytest.mark.parametrize(("kind", "country", "right", "wrong"), IDS)
def test_check_digits_are_reckoned(kind, country, right, wrong):
    assert verdict(kind, right, country) == ("", "")
    assert "its check digits don't fit" in verdict(kind, wrong, country).fault


def test_every_rule_is_known_to_the_library():
    for rules in RULES.values():
        for of_country in rules.values():
            for rule in of_country:
                assert callable(rule.check), rule


def test_a_prefix_that_no_office_gives_out_is_wrong():
    assert verdict("tax_id", "04-2103594", "US") == ("", "")
    assert "no such number is given out" in verdict("tax_id", "07-2103594", "US").fault


def test_a_number_of_another_country_of_the_union_goes_by_that_one_s_rule():
    assert verdict("tax_id", "IT00743110157", "CZ") == ("", "")
    assert verdict("tax_id", "IT00743110158", "CZ").fault


def test_what_is_written_otherwise_is_a_doubt_and_an_unknown_country_none():
    assert (
        verdict("tax_id", "abc", "BR").doubt == "“abc” is not written like an id of this country (Brazil: CNPJ, CPF)."
    )
    assert verdict("tax_id", "abc", "TD") == ("", "")
    assert verdict("tax_id", "", "BR") == ("", "")


BRAZIL = {
    "addresses-0-country": "BR",
    "addresses-0-street": "Av. Paulista 1000",
    "addresses-0-city": "São Paulo",
    "addresses-0-region": "SP",
    "addresses-0-postcode": "01310-100",
}


def new(client, **fields: str):
    data = filled_form(page_text(client.get_w("organizations:create"))) | {"name": "Azul Cargas"} | fields
    return client.post_w("organizations:create", data=data)


def test_the_country_is_that_of_the_address_beside_it(client_of, bob, acme):
    refused = new(client_of(bob), tax_id="11.222.333/0001-80", **BRAZIL)
    assert refused.status_code == 422
    page = page_text(refused)
    assert 'id="id_tax_id_error"' in page
    assert "This CNPJ is wrong: its check digits don&#x27;t fit." in page
    assert 'value="11.222.333/0001-80"' in page
    assert "Av. Paulista 1000" in page
    assert new(client_of(bob), tax_id="11.222.333/0001-81", **BRAZIL).status_code == 303
    with workspace_scope(acme.pk):
        assert Organization.objects.get().tax_key == "11222333000181"


def test_a_doubt_is_a_warning_that_can_be_passed(client_of, bob, acme):
    client = client_of(bob)
    warned = new(client, tax_id="unknown yet", **BRAZIL)
    assert warned.status_code == 422
    assert "is not written like an id of this country" in page_text(warned)
    assert new(client, tax_id="unknown yet", anyway="1", **BRAZIL).status_code == 303
    with workspace_scope(acme.pk):
        assert Organization.objects.get().tax_id == "unknown yet"


def test_the_fact_goes_by_the_address_that_is_known(client_of, bob, acme):
    with workspace_scope(acme.pk):
        azul = OrganizationFactory(name="Azul Cargas")
        azul.addresses.create(record=azul, kind="billing", country="BR")
    client = client_of(bob)
    path = client.url("organizations:fact", azul.pk, "tax_id")
    form = filled_form(page_text(client.get(path, headers=HTMX)), "in-place")
    refused = client.post(path, form | {"tax_id": "11222333000180"}, headers=HTMX)
    assert refused.status_code == 422
    assert "This CNPJ is wrong" in page_text(refused)
    assert client.post(path, form | {"tax_id": "11222333000181"}, headers=HTMX).status_code == 200


def test_without_an_address_it_is_the_workspace_s_country(bob, acme):
    with workspace_scope(acme.pk):
        with pytest.raises(Refusal, match="This EIN is wrong"):
            Organization.create(by=bob.actor, name="Freight", tax_id="07-2103594")
        freight = Organization.create(by=bob.actor, name="Freight", tax_id="04-2103594")
        with pytest.raises(Refusal, match="This EIN is wrong"):
            freight.edit(by=bob.actor, tax_id="07-2103594")


def test_what_stood_there_before_does_not_stand_in_the_way(client_of, bob, acme):
    """Rules change, and files of old systems hold what they hold: only what is typed is looked at."""
    old = OrganizationFactory(workspace=acme, tax_id="07-2103594")
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("organizations:edit", old.pk))) | {"sector": "Haulage"}
    assert client.post_w("organizations:edit", old.pk, data=data).status_code == 303


def test_an_import_refuses_the_row_and_says_why(client_of, alice, acme):
    importer = Importer(client_of(alice))
    done = importer.run(
        "organization",
        csv_bytes(
            [
                ["Name", "CNPJ", "Billing country"],
                ["Azul Cargas", "11.222.333/0001-81", "Brazil"],
                ["Verde Cargas", "11.222.333/0001-80", "BR"],
                ["Vltava", "11.222.333/0001-80", "TD"],
            ]
        ),
    )
    assert (done.created, done.refused) == (2, 1)
    [reason] = importer.refusals().values()
    assert "This CNPJ is wrong" in reason
