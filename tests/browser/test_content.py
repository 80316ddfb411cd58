"""What a record holds: an address as its country writes it, an id that is checked, a customer made by winning, a card
to take along."""

import vobject
from playwright.sync_api import Page, expect

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal
from organizations.models import Organization
from tests.factories import DealFactory, OrganizationFactory

from .steps import axe_violations, press, toast


def test_an_organization_gets_an_address_of_its_country_and_an_id_that_is_checked(
    open_page, javascript, acme, bob, inside
):
    page: Page = open_page(bob, javascript=javascript)
    page.goto("/w/acme/organizations/new/")
    page.get_by_label("Name").fill("Azul Cargas")
    if javascript:
        press(page, "Add address")
    address = page.get_by_role("group", name="Address", exact=True).first
    address.get_by_label("Kind", exact=True).select_option("Billing")
    address.locator("select[name$=country]").select_option("BR")
    if javascript:  # the parts are those of Brazil at once
        expect(address.get_by_label("Neighbourhood")).to_be_visible()
        expect(address.locator("select[name$=region]")).to_be_visible()
        address.locator("select[name$=region]").select_option("SP")
    else:
        address.locator("[name$=region]").select_option("")
    address.get_by_label("Street").fill("Av. Paulista 1000")
    address.get_by_label("City").fill("São Paulo")
    address.locator("[name$=postcode]").fill("1")
    page.get_by_label("Tax id").fill("11.222.333/0001-80")
    press(page, "Save organization")

    address = page.get_by_role("group", name="Address", exact=True).first
    expect(address).to_contain_text("“1” doesn't fit this country and region.")
    expect(page.get_by_text("This CNPJ is wrong: its check digits don't fit.")).to_be_visible()
    expect(address.get_by_label("Street")).to_have_value("Av. Paulista 1000")
    if javascript:
        assert axe_violations(page) == []
    with inside():
        assert not Organization.objects.exists()

    address.locator("[name$=region]").select_option("SP")
    address.locator("[name$=postcode]").fill("01310-100")
    page.get_by_label("Tax id").fill("11.222.333/0001-81")
    press(page, "Save organization")
    expect(toast(page)).to_contain_text("Azul Cargas created.")
    if not javascript:
        page.goto(page.url + "?pane=details")
    expect(page.locator("#fact-addresses")).to_contain_text("São Paulo-SP")
    with inside():
        azul = Organization.objects.get()
        [kept] = azul.addresses.all()
        assert (kept.country, kept.region, kept.postcode, kept.is_primary) == ("BR", "SP", "01310-100", True)
        assert azul.tax_id == "11.222.333/0001-81"


def test_a_won_deal_makes_a_customer_and_undo_takes_it_back(open_page, javascript, acme, bob, inside):
    with workspace_scope(acme.pk):
        freight = OrganizationFactory(name="Northwind Freight", owner=bob)
        deal = DealFactory(name="Fleet renewal", owner=bob, organization=freight)
    page = open_page(bob, javascript=javascript)
    page.goto(f"/w/acme/deals/{deal.pk}/")
    press(page, "Won")
    expect(toast(page)).to_be_visible()
    undo = toast(page).get_by_role("button", name="Undo")
    with inside():
        assert Organization.objects.get().customer_status == "customer"
    undo.click()
    page.goto(f"/w/acme/organizations/{freight.pk}/")
    expect(page.locator("#rec-who")).not_to_contain_text("Customer")
    with inside():
        assert (Organization.objects.get().customer_status, Deal.objects.get().status) == ("", "open")


def test_a_person_is_taken_along_as_a_card_and_as_a_code(open_page, javascript, acme, bob):
    with workspace_scope(acme.pk):
        priya = Contact.create(
            by=bob.actor, first_name="Priya", last_name="Raman",
            phones=[{"kind": "whatsapp", "number": "+16465550143"}],
        )  # fmt: skip
    page = open_page(bob, javascript=javascript)
    page.goto(f"/w/acme/people/{priya.pk}/?pane=related")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download vCard").click()
    card = vobject.readOne(download.value.path().read_text())
    assert (card.fn.value, card.tel.value) == ("Priya Raman", "+16465550143")
    page.get_by_role("link", name="Show QR code").click()
    code = page.get_by_role("img", name="QR code of Priya Raman")
    expect(code.locator("svg")).to_be_visible()
    assert page.url.endswith("/qr/") == (not javascript)
    if javascript:
        assert axe_violations(page) == []
