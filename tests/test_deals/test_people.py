"""The people of a deal, each in a role, one of them primary."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tenancy import workspace_scope
from deals.models import Deal, Person
from tests.factories import ContactFactory, DealFactory, RoleFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


@pytest.fixture
def deal(acme, bob, priya) -> Deal:
    deal = DealFactory(workspace=acme, owner=bob)
    with workspace_scope(acme.pk):
        deal.set_people([Person(priya, is_primary=True)])
    return deal


def people(deal) -> list[tuple[str, str, bool]]:
    with workspace_scope(deal.workspace_id):
        return [(p.contact.last_name, p.role.name if p.role else "", p.is_primary) for p in deal.people()]


def test_a_person_is_added_in_a_role(client_of, bob, acme, deal):
    colm = ContactFactory(workspace=acme, first_name="Colm", last_name="Daly")
    billing = RoleFactory(workspace=acme, name="Signs the order")
    data = {"contact": colm.pk, "role": billing.pk}
    client = client_of(bob)
    answer = client.post_w("deals:people", deal.pk, data=data)
    assert answer.status_code == 303
    assert people(deal) == [("Raman", "", True), ("Daly", "Signs the order", False)]
    page = client.get(answer.url).content.decode()
    assert "Colm Daly added." in page
    assert "Signs the order" in page


def test_a_new_primary_takes_the_place_of_the_old_one(client_of, bob, acme, deal):
    colm = ContactFactory(workspace=acme, last_name="Daly")
    client_of(bob).post_w("deals:people", deal.pk, data={"contact": colm.pk, "is_primary": "on"})
    assert people(deal) == [("Daly", "", True), ("Raman", "", False)]


def test_a_role_is_changed_and_a_person_taken_off_with_undo(client_of, bob, acme, deal):
    client = client_of(bob)
    role = RoleFactory(workspace=acme, name="Champion")
    with workspace_scope(acme.pk):
        link = deal.contact_links.get().pk
    client.post_w("deals:person", deal.pk, link, data={"role": role.pk, "is_primary": "on"})
    assert people(deal) == [("Raman", "Champion", True)]
    answer = client.post_w("deals:person", deal.pk, link, data={"remove": "1"})
    assert people(deal) == []
    client.post(undo_path(client.get(answer.url).content.decode()))
    assert people(deal) == [("Raman", "Champion", True)]


def test_the_deal_is_locked_before_its_people_are_read(bob, acme, deal, priya):
    """Who reads them first would write over what another one changes at the same time."""
    with workspace_scope(acme.pk):
        for change in (
            lambda: deal.add_person(Person(priya), by=bob.actor),
            lambda: deal.remove_person(priya, by=bob.actor),
        ):
            with CaptureQueriesContext(connection) as queries:
                change()
            made = [query["sql"] for query in queries]
            locks = [place for place, sql in enumerate(made) if "FOR NO KEY UPDATE" in sql]
            reads = [place for place, sql in enumerate(made) if 'FROM "deals_dealcontact"' in sql]
            assert locks[0] < reads[0]


def test_nobody_is_on_a_deal_twice(client_of, bob, deal, priya):
    answer = client_of(bob).post_w("deals:people", deal.pk, data={"contact": priya.pk})
    assert answer.status_code == 422
    assert "on the deal already" in answer.content.decode()


def test_people_roles_and_links_of_others_are_refused(client_of, bob, acme, elsewhere, deal, priya):
    client = client_of(bob)
    foreign, role = ContactFactory(workspace=elsewhere), RoleFactory(workspace=elsewhere)
    assert client.post_w("deals:people", deal.pk, data={"contact": foreign.pk}).status_code == 422
    other = ContactFactory(workspace=acme)
    assert client.post_w("deals:people", deal.pk, data={"contact": other.pk, "role": role.pk}).status_code == 422
    another = DealFactory(workspace=acme)
    with workspace_scope(acme.pk):
        link = deal.contact_links.get().pk
    assert client.post_w("deals:person", another.pk, link, data={"remove": "1"}).status_code == 404
    assert people(deal) == [("Raman", "", True)]


def test_a_viewer_may_not_and_another_workspace_finds_nothing(client_of, victor, charlie, acme, deal):
    with workspace_scope(acme.pk):
        link = deal.contact_links.get().pk
    for view, args in (("deals:people", [deal.pk]), ("deals:person", [deal.pk, link])):
        assert client_of(victor).get_w(view, *args).status_code == 403
        assert client_of(charlie, acme).get_w(view, *args).status_code == 404
        assert client_of(charlie).post_w(view, *args).status_code == 404
