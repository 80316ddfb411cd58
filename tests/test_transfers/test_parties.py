"""What a file says of organizations and people beside their names: status, language, preferences, days."""

import datetime as dt

import pytest

from contacts.models import Contact
from core.tenancy import workspace_scope
from organizations.models import Organization
from tests.factories import ContactFactory, SourceFactory
from tests.importing import Importer, csv_bytes

pytestmark = pytest.mark.django_db


def test_people_come_with_preferences_days_and_the_status_of_their_source(client_of, alice, acme):
    SourceFactory(workspace=acme, name="Fair", customer_status="lead")
    importer = Importer(client_of(alice))
    headings = ["Last name", "E-mail", "Source", "Customer status", "Language", "Preferred channel", "Interests"]
    rows = [
        [*headings, "Birthday", "Anniversary"],
        ["Raman", "p@n.example", "Fair", "", "Portuguese", "WhatsApp", "Sailing", "1984-02-29", "2012-06-23"],
        ["Daly", "d@n.example", "Fair", "Former customer", "cs", "", "", "", ""],
        ["Novák", "n@n.example", "", "", "Klingon", "", "", "", ""],
    ]
    done = importer.run("contact", csv_bytes(rows))
    assert (done.created, done.refused) == (2, 1)
    assert "“Klingon” was not found." in next(iter(importer.refusals().values()))
    with workspace_scope(acme.pk):
        raman, daly = Contact.objects.get(last_name="Raman"), Contact.objects.get(last_name="Daly")
        assert (raman.customer_status, raman.language, raman.channel) == ("lead", "pt", "whatsapp")
        assert (raman.interests, raman.birthday) == ("Sailing", dt.date(1984, 2, 29))
        assert [(day.name, day.day) for day in raman.dates.all()] == [("Anniversary", dt.date(2012, 6, 23))]
        assert (daly.customer_status, daly.language) == ("former", "cs")


def test_the_source_of_a_file_changes_nobody_s_status_who_is_there_already(client_of, alice, acme):
    fair = SourceFactory(workspace=acme, name="Fair", customer_status="lead")
    with workspace_scope(acme.pk):
        there = ContactFactory(last_name="Raman", customer_status="customer", external_id="7")
    importer = Importer(client_of(alice))
    done = importer.run("contact", csv_bytes([["External id", "Last name", "Source"], ["7", "Raman", "Fair"]]))
    assert done.updated == 1
    with workspace_scope(acme.pk):
        there.refresh_from_db()
        assert (there.source, there.customer_status) == (fair, "customer")


def test_organizations_come_with_their_type_segment_and_both_ids(client_of, alice, acme):
    importer = Importer(client_of(alice))
    headings = ["Name", "Company type", "Segment", "IČO", "DIČ", "Billing country", "Billing city"]
    done = importer.run(
        "organization", csv_bytes([headings, ["Vltava", "Supplier", "Mid", "25123891", "CZ25123891", "CZ", "Praha"]])
    )
    assert (done.created, done.refused) == (1, 0)
    with workspace_scope(acme.pk):
        vltava = Organization.objects.get()
        assert (vltava.relation, vltava.segment) == ("supplier", "Mid")
        assert (vltava.registration_id, vltava.tax_id) == ("25123891", "CZ25123891")
        assert vltava.addresses.get().country == "CZ"
