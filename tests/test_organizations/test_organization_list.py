from random import Random
from typing import Any

import pytest

from organizations.listing import OrganizationListing
from tests.battery_lists import ListBattery
from tests.battery_pages import page_text
from tests.factories import OrganizationFactory
from tests.list_case import ListCase, ids_in

pytestmark = pytest.mark.django_db


def values(random: Random) -> dict[str, Any]:
    return {
        "name": random.choice(["Ábel", "abel", "Zoo", "Çelik", "Żabka"]),
        "sector": random.choice(["", "Retail", "retail", "ödeme"]),
        "location": random.choice(["", "Leeds", "Łódź"]),
        "employees": random.choice([None, 0, 7, 7, 9000]),
        "revenue": random.choice([None, 100, 100, 2**40]),
        "currency": "USD",
        "customer_status": random.choice(["", "lead", "customer"]),
        "segment": random.choice(["", "Élite", "elite", "Mid-market"]),
        "website": random.choice(["", "https://www.b.example/x", "http://a.example"]),
    }


class TestOrganizationList(ListBattery):
    case = ListCase(
        OrganizationListing,
        OrganizationFactory,
        values=values,
        elsewhere=frozenset({"parent", "parent_is", "city", "country", "direction", "dates"}),
        filters={
            "sector=RÉT": ({"sector": "Retail"}, {"sector": "Real estate"}),
            "sector_is=none": ({"sector": ""}, {"sector": "Retail"}),
            "location=lod": ({"location": "Łódź"}, {"location": "Leeds"}),
            "location_is=any": ({"location": "Łódź"}, {"location": ""}),
            "customer_status=customer": ({"customer_status": "customer"}, {"customer_status": "former"}),
            "relation=partner&relation=none": ({"relation": ""}, {"relation": "supplier"}),
            "segment=mid": ({"segment": "Mid-market"}, {"segment": "Enterprise"}),
            "segment_is=none": ({"segment": ""}, {"segment": "Enterprise"}),
            "employees_min=10&employees_max=20": ({"employees": 20}, {"employees": 21}),
            "employees_is=none": ({"employees": None}, {"employees": 0}),
            "revenue_min=1,000.50": (
                {"revenue": 100_050, "currency": "USD"},
                {"revenue": 100_049, "currency": "USD"},
            ),
            "year_established_min=1950": ({"year_established": 1950}, {"year_established": 1949}),
            "year_established_max=1950": ({"year_established": 1950}, {"year_established": None}),
            "year_established_is=any": ({"year_established": 1950}, {"year_established": None}),
            "phone_is=any": ({"phone": "+12125550143"}, {"phone": ""}),
            "website=HTTP://www.North": ({"website": "https://northwind.example/about"}, {"website": ""}),
            "website_is=none": ({"website": ""}, {"website": "https://northwind.example"}),
            "tax_id_is=any": ({"tax_id": "CZ25123891"}, {"tax_id": ""}),
            "registration_id_is=none": ({"registration_id": ""}, {"registration_id": "25123891"}),
            "language=cs": ({"language": "cs"}, {"language": "sk"}),
            "language_is=none": ({"language": ""}, {"language": "sk"}),
            "external_id_is=any": ({"external_id": "A-7"}, {"external_id": ""}),
            "revenue_max=2&revenue_is=any": ({"revenue": 200, "currency": "USD"}, {"revenue": None}),
        },
    )

    def test_the_parent_is_linked_and_filtered_by(self, client_of, alice, acme):
        parent = OrganizationFactory(workspace=acme, name="Acme Holding")
        child, orphan = OrganizationFactory(workspace=acme, parent=parent), OrganizationFactory(workspace=acme)
        client = client_of(alice)
        found = self.get(client, f"parent={parent.pk}&columns=parent")
        assert ids_in(found) == [child.pk]
        assert f'href="{client.url("organizations:detail", parent.pk)}">Acme Holding</a>' in page_text(found)
        assert ids_in(self.get(client, "parent_text=ACME holding")) == [child.pk]
        assert "Nothing is called" in page_text(self.get(client, "parent_text=Nobody"))
        assert set(ids_in(self.get(client, "parent_is=none"))) == {parent.pk, orphan.pk}
