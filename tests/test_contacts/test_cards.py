"""People as vCards and QR codes."""

import datetime as dt
import re

import pytest
import segno
import vobject

from contacts.cards import card, qr_code, with_cards
from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from core.yearly import UNKNOWN_YEAR
from records.models import Reading
from tests.battery_pages import HTMX, page_text, statements
from tests.factories import ContactFactory, OrganizationFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db

PRAGUE = {"kind": "billing", "street": "Vodičkova 36", "city": "Praha", "postcode": "110 00", "country": "CZ"}


@pytest.fixture
def priya(acme, bob) -> Contact:
    with workspace_scope(acme.pk):
        made = Contact.create(
            by=bob.actor, title_prefix="Dr", first_name="Priya", last_name="Ramanová; the 2nd",
            emails=[
                {"kind": "work", "address": "priya@northwind.example"}, {"kind": "private", "address": "p@r.example"},
            ],
            phones=[{"kind": "mobile", "number": "+16465550142"}, {"kind": "whatsapp", "number": "+16465550143"}],
            addresses=[PRAGUE],
            linkedin="https://www.linkedin.com/in/priya", birthday=dt.date(1984, 2, 29),
        )  # fmt: skip
        Position.start(made, OrganizationFactory(name="Northwind, Freight"), by=bob.actor, job_title="Buyer")
        return made


def read(text: str):
    return vobject.readOne(text)


def test_the_card_says_all_that_the_record_does(client_of, bob, priya):
    answer = client_of(bob).get_w("contacts:card", priya.pk)
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="priya-ramanova-the-2nd.vcf"'
    found = read(answer.content.decode())
    assert found.version.value == "3.0"
    assert (found.n.value.family, found.n.value.given, found.n.value.prefix) == ("Ramanová; the 2nd", "Priya", "Dr")
    assert found.fn.value == "Dr Priya Ramanová; the 2nd"
    assert (found.org.value, found.title.value) == (["Northwind, Freight"], "Buyer")
    emails = [(line.value, "PREF" in line.params["TYPE"]) for line in found.email_list]
    assert emails == [("priya@northwind.example", True), ("p@r.example", False)]
    assert [line.value for line in found.tel_list] == ["+16465550142", "+16465550143"]
    assert found.impp.value == "whatsapp:+16465550143"
    place = found.adr.value
    assert (place.street, place.city, place.code, place.country) == ("Vodičkova 36", "Praha", "110 00", "Czechia")
    assert (found.bday.value, found.url.value) == ("1984-02-29", "https://www.linkedin.com/in/priya")


def test_a_birthday_without_its_year_says_so(acme, bob):
    with workspace_scope(acme.pk):
        ContactFactory(birthday=dt.date(UNKNOWN_YEAR, 3, 14))
        found = read(card(with_cards(Contact.objects.all(), bob).get()))
        assert (found.bday.value, found.bday.params["X-APPLE-OMIT-YEAR"]) == ("1604-03-14", ["1604"])


def test_the_code_on_the_page_is_that_of_the_card(client_of, bob, priya):
    client = client_of(bob)
    text = client.get_w("contacts:card", priya.pk).content.decode()
    part = page_text(client.get_w("contacts:qr", priya.pk, headers=HTMX))
    assert "<html" not in part
    assert "style=" not in part
    drawn = re.search(r'<path stroke="#000" d="([^"]+)"', part)[1]
    assert drawn in qr_code(text).svg_inline(dark="#000", light="#fff", svgclass=None, lineclass=None)
    assert qr_code(text) == segno.make(text, error="l", micro=False)
    assert qr_code(text) != segno.make(text.replace("Buyer", "Baker"), error="l", micro=False)
    page = page_text(client.get_w("contacts:qr", priya.pk))  # without JavaScript
    assert "<html" in page
    assert drawn in page


def test_the_page_leads_to_both_without_growing(client_of, bob, priya):
    client = client_of(bob)
    page = page_text(client.get_w("contacts:detail", priya.pk))
    assert f'href="{client.url("contacts:card", priya.pk)}"' in page
    assert f'href="{client.url("contacts:qr", priya.pk)}"' in page
    assert 'href="https://wa.me/16465550143"' in page
    assert "<path stroke" not in page.replace("<path stroke-", "")


def test_taking_a_card_is_a_reading(client_of, bob, mara, priya, acme, trail):
    client_of(bob).get_w("contacts:card", priya.pk)
    manager = client_of(mara)
    manager.get(f"{manager.url('contacts:cards')}?ids={priya.pk}")
    trail()
    with workspace_scope(acme.pk):
        found = [(reading.member, reading.way, reading.ids) for reading in Reading.objects.order_by("pk")]
    assert found == [(bob, "opened", [priya.pk]), (mara, "exported", [priya.pk])]


def test_managers_take_many_along_and_reps_do_not(client_of, mara, bob, charlie, priya, acme):
    other = ContactFactory(workspace=acme, last_name="Daly")
    query = f"?ids={priya.pk}&ids={other.pk}&ids=0"
    client = client_of(mara)
    answer = client.get(client.url("contacts:cards") + query)
    assert [found.n.value.family for found in vobject.readComponents(answer.content.decode())] == [
        "Daly", "Ramanová; the 2nd",
    ]  # fmt: skip
    assert client_of(bob).get(client.url("contacts:cards") + query).status_code == 403
    elsewhere = client_of(charlie)
    assert vobject_count(elsewhere.get(elsewhere.url("contacts:cards") + query)) == 0
    chosen = client.post_w("contacts:bulk", data={"action": "cards", "ids": [priya.pk, other.pk]})
    assert vobject_count(client.get(chosen.url)) == 2


def vobject_count(answer) -> int:
    return answer.content.decode().count("BEGIN:VCARD")


def test_a_card_of_somebody_else_s_workspace_is_not_found(client_of, charlie, priya, acme):
    for name in ("contacts:card", "contacts:qr"):
        assert client_of(charlie).get_w(name, priya.pk).status_code == 404
        assert client_of(charlie, acme).get_w(name, priya.pk).status_code == 404


def test_a_card_costs_few_statements(client_of, bob, priya):
    client = client_of(bob)
    assert len(statements(client, client.url("contacts:card", priya.pk))) <= 9


def test_preferences_are_typed_shown_and_marked(client_of, bob, priya, acme):
    client = client_of(bob)
    path = client.url("contacts:fact", priya.pk, "channel")
    form = filled_form(page_text(client.get(path, headers=HTMX)), "in-place")
    wrong = client.post(path, form | {"channel": "whatsapp", "hours_from": "12:00", "hours_to": "09:00"}, headers=HTMX)
    assert wrong.status_code == 422
    saved = client.post(path, form | {"channel": "whatsapp", "hours_from": "09:00", "hours_to": "12:00"}, headers=HTMX)
    assert saved.status_code == 200, page_text(saved)
    page = page_text(client.get_w("contacts:detail", priya.pk))
    assert "WhatsApp, 09:00–12:00" in page
    assert "<dt>WhatsApp, preferred</dt>" in page
    assert "<dt>E-mail, preferred</dt>" not in page


def test_a_card_that_no_code_holds_says_so(client_of, acme, alice, priya):
    with workspace_scope(acme.pk):
        lines = [{"kind": "work", "address": f"{'a' * 60}{n}@{'long' * 12}.example"} for n in range(20)]
        priya.edit(by=alice.actor, emails=lines)
    page = page_text(client_of(alice).get_w("contacts:qr", priya.pk))
    assert "There is more on this card than a QR code holds." in page
    assert "<figure" not in page


def test_the_page_of_the_code_names_no_hidden_organization(client_of, acme, alice, victor, priya):
    with workspace_scope(acme.pk):
        hidden = OrganizationFactory(name="Hushed", owner=alice)
        Position.objects.filter(contact=priya).delete()
        Position.objects.create(contact=priya, organization=hidden)
        hidden.guard(by=alice.actor, is_private=True, members=[])
    assert "Hushed" not in page_text(client_of(victor).get_w("contacts:qr", priya.pk))
