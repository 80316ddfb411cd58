import pytest

from contacts.models import Position
from core.tenancy import workspace_scope
from organizations.models import Organization
from organizations.pages import OrganizationPage
from records.models import Refusal
from tests.battery_pages import PageBattery, PageCase, page_text
from tests.factories import ContactFactory, OrganizationFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


def with_people(organization: Organization) -> None:
    Position.objects.bulk_create(
        Position(contact=person, organization=organization) for person in ContactFactory.create_batch(3)
    )
    OrganizationFactory.create_batch(3, parent=organization)


class TestOrganizationPages(PageBattery):
    case = PageCase(
        OrganizationPage,
        OrganizationFactory,
        values={"name": "Northwind Freight"},
        change=("location", "Leeds"),
        required="name",
        typed=("sector", "Haulage"),
        refers={"parent": OrganizationFactory},
        furnish=with_people,
    )


def save(client, organization: Organization, **fields: str):
    data = filled_form(page_text(client.get_w("organizations:edit", organization.pk))) | fields
    return client.post_w("organizations:edit", organization.pk, data=data)


def test_revenue_is_read_in_its_currency_and_shown_with_it(client_of, bob, acme):
    northwind = OrganizationFactory(workspace=acme)
    client = client_of(bob)
    page = page_text(client.get(save(client, northwind, revenue="4.120.000,50", currency="EUR").url))
    assert "€4,120,000" in page
    with workspace_scope(acme.pk):
        assert Organization.objects.get().revenue == 412_000_050
    assert save(client, northwind, sector="Haulage").status_code == 303  # the amount is sent back as it was shown
    with workspace_scope(acme.pk):
        assert Organization.objects.get().revenue == 412_000_050
    refused = save(client, northwind, revenue="a lot")
    assert refused.status_code == 422
    assert 'id="id_revenue_error"' in page_text(refused)
    save(client, northwind, revenue="")
    with workspace_scope(acme.pk):
        emptied = Organization.objects.get()
        assert (emptied.revenue, emptied.currency) == (None, "")


def test_the_currency_is_the_workspace_s_unless_said_otherwise(client_of, charlie):
    client = client_of(charlie)
    assert filled_form(page_text(client.get_w("organizations:create")))["currency"] == "CZK"


def test_what_is_not_chosen_is_a_dash_in_every_language(client_of, charlie):
    assert '<option value="" selected>—</option>' in page_text(client_of(charlie).get_w("organizations:create"))


def test_parents_form_no_loop(client_of, bob, acme):
    group = OrganizationFactory(workspace=acme, name="Northwind Group")
    freight = OrganizationFactory(workspace=acme, name="Northwind Freight", parent=group)
    depot = OrganizationFactory(workspace=acme, name="Northwind Depot", parent=freight)
    refused = save(client_of(bob), group, parent_text="Northwind Depot")
    assert refused.status_code == 422
    assert "Northwind Depot belongs to Northwind Group, so it can&#x27;t be its parent." in page_text(refused)
    itself = save(client_of(bob), group, parent_text="Northwind Group")
    assert "can&#x27;t be its own parent" in page_text(itself)
    with workspace_scope(acme.pk), pytest.raises(Refusal):
        group.edit(by=bob.actor, parent=depot)


def test_subsidiaries_stand_on_the_page_of_their_parent(client_of, bob, acme):
    group = OrganizationFactory(workspace=acme, name="Northwind Group")
    freight = OrganizationFactory(workspace=acme, name="Northwind Freight", parent=group)
    client = client_of(bob)
    link = f'href="{client.url("organizations:detail", freight.pk)}">Northwind Freight</a>'
    assert link in page_text(client.get_w("organizations:detail", group.pk))
    path = f"{client.url('organizations:create')}?parent={group.pk}"
    assert filled_form(page_text(client.get(path)))["parent_text"] == "Northwind Group"


@pytest.mark.parametrize("address", ["ftp://files.example", "javascript:alert(1)"])
def test_a_website_is_on_the_web(client_of, bob, acme, address):
    northwind = OrganizationFactory(workspace=acme)
    assert save(client_of(bob), northwind, website=address).status_code == 422
