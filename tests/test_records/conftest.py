"""The people of these tests: Priya, whom bob knows as a buyer, and those among whom she is looked for."""

import pytest

from contacts.models import Contact, ContactEmail, ContactPhone
from records.models import ChangeSet
from tests.factories import ContactFactory
from tests.history import change_of


@pytest.fixture
def contact(acme, bob) -> Contact:
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer", owner=bob)


@pytest.fixture
def promoted(contact, bob) -> ChangeSet:
    return change_of(bob, lambda: contact.edit(job_title="Head of purchasing", by=bob.actor))


@pytest.fixture
def priya(in_acme):
    contact = ContactFactory(first_name="Priya", last_name="Raman", job_title="Head of operations")
    ContactEmail.objects.create(contact=contact, address="p.raman@northwind.example", is_primary=True)
    ContactPhone.objects.create(contact=contact, number="+442079460311", is_primary=True)
    return contact


@pytest.fixture
def others(in_acme):
    """Enough neighbours that a match of everything would show."""
    return [ContactFactory(first_name=first, last_name=last) for first, last in (("Tom", "Okafor"), ("Ines", "Prado"))]
