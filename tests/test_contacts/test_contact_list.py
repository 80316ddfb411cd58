import datetime as dt
from random import Random
from typing import Any

import pytest

from contacts.listing import ContactListing
from contacts.models import Contact
from core.tenancy import workspace_scope
from tests.battery_lists import ListBattery
from tests.battery_pages import page_text
from tests.factories import ContactFactory, OrganizationFactory, PositionFactory
from tests.list_case import ListCase, ids_in

pytestmark = pytest.mark.django_db


def values(random: Random) -> dict[str, Any]:
    return {
        "first_name": random.choice(["", "Ana", "Émile", "Zoë"]),
        "last_name": random.choice(["Novák", "Novak", "Żak", "Ødegård", "O'Neil"]),
        "job_title": random.choice(["", "Buyer", "buyer", "Žena roku"]),
        "birthday": random.choice([None, dt.date(1984, 2, 29), dt.date(1604, 3, 1), dt.date(1990, 1, 5)]),
        "customer_status": random.choice(["", "lead", "customer"]),
        "email": random.choice(["", "", "a@example.com", "B@example.com"]),
    }


def at_work(contact: Contact) -> None:
    for _ in range(2):
        PositionFactory(contact=contact, organization=OrganizationFactory())


class TestContactList(ListBattery):
    case = ListCase(
        ContactListing,
        ContactFactory,
        values=values,
        furnish=at_work,
        filters={
            "job_title=BÚY": ({"job_title": "Buyer"}, {"job_title": "Head of buying"}),
            "job_title_is=none": ({"job_title": ""}, {"job_title": "Buyer"}),
            "email=Priya@": ({"email": "priya@example.com"}, {"email": "not.priya@example.com"}),
            "email_is=any": ({"email": "priya@example.com"}, {"email": ""}),
            "customer_status=lead": ({"customer_status": "lead"}, {"customer_status": ""}),
            "channel=whatsapp": ({"channel": "whatsapp"}, {"channel": "email"}),
            "birthday_is=any": ({"birthday": dt.date(1984, 2, 29)}, {"birthday": None}),
            "language=pt&language_is=any": ({"language": "pt"}, {"language": ""}),
            "style_is=any": ({"style": "Short and to the point"}, {"style": ""}),
            "interests_is=none": ({"interests": ""}, {"interests": "Sailing"}),
            "linkedin_is=any": ({"linkedin": "https://linkedin.com/in/priya"}, {"linkedin": ""}),
            "external_id_is=any": ({"external_id": "A-7"}, {"external_id": ""}),
            "phone_is=none": ({"phone": ""}, {"phone": "+12125550143"}),
        },
        elsewhere=frozenset({"organization", "city", "country", "direction", "birthday", "dates"}),
    )

    def test_positions_are_linked_and_filtered_by(self, client_of, alice, acme):
        with workspace_scope(acme.pk):
            northwind, gone = OrganizationFactory(name="Northwind"), OrganizationFactory(name="Gone & Co")
            priya, colm = ContactFactory(), ContactFactory()
            PositionFactory(contact=priya, organization=northwind, is_primary=True)
            PositionFactory(contact=priya, organization=gone)
            gone.rows().trash(by=alice.actor)
        client = client_of(alice)
        found = self.get(client, f"organization={northwind.pk}")
        assert ids_in(found) == [priya.pk]
        assert f'<a href="{client.url("organizations:detail", northwind.pk)}">Northwind</a>' in page_text(found)
        assert "Gone" not in page_text(found)
        assert "Northwind" in page_text(found).split("chip on")[1].split("</a>")[0]
        assert set(ids_in(self.get(client))) == {priya.pk, colm.pk}

    def test_a_number_reads_as_it_is_dialled_here(self, client_of, alice, acme):
        ContactFactory(workspace=acme, phone="+12125550143")
        assert '<a href="tel:+12125550143">(212) 555-0143</a>' in page_text(self.get(client_of(alice)))
