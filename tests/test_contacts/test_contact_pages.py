import pytest

from contacts.models import Contact, ContactEmail, ContactPhone, Position
from contacts.pages import ContactPage
from core.tenancy import workspace_scope
from tests.battery_pages import PageBattery, PageCase, page_text
from tests.factories import ContactFactory, OrganizationFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db


def at_work(contact: Contact) -> None:
    """A position with colleagues, addresses and numbers."""
    organization = OrganizationFactory()
    for person in (contact, *ContactFactory.create_batch(3)):
        Position.objects.create(contact=person, organization=organization)
    ContactEmail.objects.create(contact=contact, address="priya@northwind.example", is_primary=True)
    ContactPhone.objects.create(contact=contact, number="+12125550143", is_primary=True)


class TestContactPages(PageBattery):
    case = PageCase(
        ContactPage,
        ContactFactory,
        values={"first_name": "Priya", "last_name": "Raman", "emails-0-address": "priya@northwind.example"},
        change=("job_title", "Head of Operations"),
        required="last_name",
        typed=("first_name", "Priyanka"),
        furnish=at_work,
    )


@pytest.fixture
def priya(acme, bob) -> Contact:
    with workspace_scope(acme.pk):
        return Contact.create(
            by=bob.actor,
            first_name="Priya",
            last_name="Raman",
            emails=[{"kind": "work", "address": "priya@northwind.example", "is_primary": True}],
            phones=[{"kind": "mobile", "number": "+12125550143"}],
        )


def lines(acme, contact: Contact, name: str) -> list[tuple]:
    with workspace_scope(acme.pk):
        return [line.content for line in getattr(contact, name).order_by("pk")]


def test_a_person_comes_with_addresses_numbers_and_a_first_position(client_of, bob, acme):
    OrganizationFactory(workspace=acme, name="Northwind Freight")
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create"))) | {
        "first_name": "Priya",
        "last_name": "Raman",
        "organization_text": "northwind freight",
        "job_title": "Buyer",
        "emails-0-address": "priya@northwind.example",
        "phones-0-number": "(212) 555-0143",
        "phones-0-kind": "whatsapp",
    }
    answer = client.post_w("contacts:create", data=data)
    page = page_text(client.get(answer.url))
    assert "Northwind Freight" in page
    assert 'href="https://wa.me/12125550143"' in page
    assert "(212) 555-0143" in page
    with workspace_scope(acme.pk):
        priya = Contact.objects.get()
        assert (priya.email, priya.phone) == ("priya@northwind.example", "+12125550143")
        position = priya.positions.get()
        assert (position.organization.name, position.job_title) == ("Northwind Freight", "Buyer")


def test_a_number_is_read_as_one_of_the_workspace_s_country(client_of, charlie, elsewhere):
    client = client_of(charlie)
    data = filled_form(page_text(client.get_w("contacts:create"))) | {
        "last_name": "Dvořák",
        "phones-0-number": "602 123 456",
    }
    page = page_text(client.get(client.post_w("contacts:create", data=data).url))
    assert 'href="tel:+420602123456">602 123 456<' in page


def test_a_wrong_number_is_refused_beside_its_field(client_of, bob, priya, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:edit", priya.pk))) | {"phones-0-number": "12"}
    refused = client.post_w("contacts:edit", priya.pk, data=data)
    assert refused.status_code == 422
    assert 'id="id_phones-0-number_error"' in page_text(refused)
    assert 'value="12"' in page_text(refused)
    assert lines(acme, priya, "phones") == [("mobile", "+12125550143", True)]


def test_a_second_address_becomes_the_primary_one(client_of, bob, priya, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:edit", priya.pk)))
    data |= {"emails-1-address": "p@home.example", "emails-1-kind": "private", "emails-primary": "1"}
    page = page_text(client.get(client.post_w("contacts:edit", priya.pk, data=data).url))
    assert lines(acme, priya, "emails") == [
        ("work", "priya@northwind.example", False),
        ("private", "p@home.example", True),
    ]
    with workspace_scope(acme.pk):
        assert Contact.objects.get().email == "p@home.example"
    client.post(undo_path(page))
    assert lines(acme, priya, "emails") == [("work", "priya@northwind.example", True)]
    with workspace_scope(acme.pk):
        assert Contact.objects.get().email == "priya@northwind.example"


def test_the_primary_address_goes_and_the_next_one_takes_its_place(client_of, bob, priya, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:edit", priya.pk)))
    data |= {"emails-0-DELETE": "on", "emails-1-address": "p@home.example"}
    assert client.post_w("contacts:edit", priya.pk, data=data).status_code == 303
    assert lines(acme, priya, "emails") == [("work", "p@home.example", True)]


def test_the_same_address_twice_is_refused(client_of, bob, priya):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:edit", priya.pk)))
    refused = client.post_w("contacts:edit", priya.pk, data=data | {"emails-1-address": "priya@northwind.example"})
    assert refused.status_code == 422
    assert "This is there twice." in page_text(refused)


def test_who_changed_an_address_meanwhile_is_not_overwritten(client_of, bob, mara, priya, acme):
    bobs, maras = client_of(bob), client_of(mara)
    stale = filled_form(page_text(bobs.get_w("contacts:edit", priya.pk)))
    data = filled_form(page_text(maras.get_w("contacts:edit", priya.pk)))
    maras.post_w("contacts:edit", priya.pk, data=data | {"emails-0-address": "raman@northwind.example"})
    refused = bobs.post_w("contacts:edit", priya.pk, data=stale | {"job_title": "Buyer"})
    assert refused.status_code == 422
    text = page_text(refused)
    assert "<b>raman@northwind.example</b>" in text
    again = bobs.post_w("contacts:edit", priya.pk, data=filled_form(text) | {"take": "emails"})
    assert again.status_code == 303
    assert lines(acme, priya, "emails") == [("work", "raman@northwind.example", True)]
    with workspace_scope(acme.pk):
        assert Contact.objects.get().job_title == "Buyer"


def test_an_address_that_somebody_has_is_a_warning_that_can_be_passed(client_of, bob, priya, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create")))
    data |= {"last_name": "Twin", "emails-0-address": "PRIYA@northwind.example"}
    warned = client.post_w("contacts:create", data=data)
    assert warned.status_code == 422
    assert "This may be there already:" in page_text(warned)
    assert "Same e-mail: priya@northwind.example" in page_text(warned)
    assert client.url("contacts:detail", priya.pk) in page_text(warned)
    assert client.post_w("contacts:create", data=data | {"anyway": "1"}).status_code == 303


def test_only_an_https_profile_is_a_profile(client_of, bob, priya):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:edit", priya.pk)))
    for address in ("http://linkedin.com/in/priya", "javascript:alert(1)"):
        refused = client.post_w("contacts:edit", priya.pk, data=data | {"linkedin": address})
        assert refused.status_code == 422
    saved = client.post_w("contacts:edit", priya.pk, data=data | {"linkedin": "https://www.linkedin.com/in/priya"})
    assert ">in/priya</a>" in page_text(client.get(saved.url))


def test_a_name_that_several_bear_is_asked_back(client_of, bob, acme):
    _first, second = OrganizationFactory.create_batch(2, workspace=acme, name="Northwind")
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create")))
    asked = client.post_w("contacts:create", data=data | {"last_name": "Raman", "organization_text": "northwind"})
    assert asked.status_code == 422
    text = page_text(asked)
    assert text.count('name="organization_choice"') == 2
    chosen = client.post_w("contacts:create", data=filled_form(text) | {"organization_choice": str(second.pk)})
    assert chosen.status_code == 303
    with workspace_scope(acme.pk):
        assert Position.objects.get().organization == second


def test_people_are_suggested_by_either_name(client_of, bob, priya):
    client = client_of(bob)
    for typed in ("ram", "Pri", "Raman Pri", "priya raman", "PRIYA@north"):
        assert f'data-value="{priya.pk}"' in page_text(client.get_w("contacts:pick", data={"q": typed})), typed


def test_a_name_that_nothing_bears_is_said_so_and_what_begins_alike_is_offered(client_of, bob, acme):
    northwind = OrganizationFactory(workspace=acme, name="Northwind Freight")
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create"))) | {"last_name": "Raman"}
    missing = page_text(client.post_w("contacts:create", data=data | {"organization_text": "Southwind"}))
    assert "Nothing is called “Southwind”." in missing
    assert 'value="Southwind"' in missing
    near = page_text(client.post_w("contacts:create", data=data | {"organization_text": "north"}))
    assert f'name="organization_choice" value="{northwind.pk}"' in near


@pytest.mark.parametrize("address", ["?organization=abc", "?organization=99999999999999999999", "?owner=abc"])
def test_an_address_may_say_anything(client_of, bob, address):
    client = client_of(bob)
    assert client.get(client.url("contacts:create") + address).status_code == 200
