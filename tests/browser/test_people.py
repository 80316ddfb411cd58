"""A person's page in a browser: made, tagged, given a file, deleted and brought back; with and without JavaScript."""

from playwright.sync_api import expect

from contacts.models import Contact, Position
from tests.browser.conftest import PHONE, axe_violations, sign_in
from tests.factories import ContactFactory, OrganizationFactory, TagFactory


def test_a_person_is_made_and_kept(open_page, alice, acme, inside, javascript):
    with inside():
        northwind = OrganizationFactory(name="Northwind Freight", location="Leeds")
        TagFactory(name="Champion")
    page = open_page(javascript=javascript)
    sign_in(page, "alice@acme.example")

    page.goto("/w/acme/people/new/")
    page.get_by_label("First name").fill("Priya")
    page.get_by_label("Last name").fill("Raman")
    organization = page.get_by_role("combobox", name="Organization")
    if javascript:
        organization.press_sequentially("north")
        page.get_by_role("option", name="Northwind Freight").click()
    else:
        organization.fill("northwind freight")
    page.get_by_role("textbox", name="E-mail").fill("priya@northwind.example")
    page.get_by_role("textbox", name="Phone").fill("(212) 555-0143")
    page.get_by_role("button", name="Save person").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Raman")
    expect(page.locator("#toasts")).to_contain_text("Priya Raman created.")
    with inside():
        priya = Contact.objects.get()
        assert (priya.email, priya.phone, priya.owner_id) == ("priya@northwind.example", "+12125550143", alice.pk)
        assert Position.objects.get().organization == northwind

    page.get_by_role("link", name="Edit all").click()
    if javascript:
        page.get_by_role("button", name="Add e-mail").click()
    page.locator("[name$=-address]:visible").nth(1).fill("p@home.example")
    page.get_by_role("group", name="E-mail").get_by_label("Primary").locator("visible=true").nth(1).check()
    page.get_by_role("button", name="Save person").click()
    expect(page.locator("#fact-email-0")).to_contain_text("p@home.example")

    page.get_by_role("button", name="Tag", exact=True).first.click()
    page.get_by_role("combobox", name="Add a tag").locator("visible=true").fill("champion")
    page.get_by_role("button", name="Add tag").locator("visible=true").click()
    expect(page.locator("#rec-tags")).to_contain_text("Champion")

    page.get_by_role("button", name="Add file").click()
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 the plan"}
    page.locator("#add-file input[type=file]").set_input_files(plan)
    page.locator("#add-file").get_by_role("button", name="Add file").click()
    expect(page.get_by_role("link", name="plan.pdf")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Priya Raman deleted.")
    with inside():
        assert not Contact.objects.present().exists()
    page.get_by_role("button", name="Undo").last.click()
    page.wait_for_load_state()
    with inside():
        assert Contact.objects.present().get().tags.get().name == "Champion"


def test_what_is_typed_survives_a_refusal(open_page, alice, acme, javascript):
    page = open_page(javascript=javascript)
    sign_in(page, "alice@acme.example")
    page.goto("/w/acme/people/new/")
    page.get_by_label("First name").fill("Priya")
    page.get_by_role("textbox", name="Phone").fill("12")
    page.get_by_role("button", name="Save person").click()
    expect(page.get_by_label("First name")).to_have_value("Priya")
    expect(page.get_by_role("textbox", name="Phone").first).to_have_value("12")
    expect(page.get_by_text("too short for a phone number")).to_be_visible()
    if javascript:
        expect(page.get_by_label("Last name")).to_be_focused()


def test_the_pages_have_no_barriers(open_page, alice, acme, inside):
    with inside():
        northwind = OrganizationFactory(name="Northwind Freight", employees=210, revenue=412_000_000, currency="GBP")
        priya = Contact.create(
            by=alice.actor,
            first_name="Priya",
            last_name="Raman",
            emails=[{"kind": "work", "address": "priya@northwind.example"}],
            phones=[{"kind": "whatsapp", "number": "+12125550143"}],
        )
        Position.start(priya, northwind, by=alice.actor, is_primary=True)
        Position.start(ContactFactory(), northwind, by=alice.actor)
    paths = (
        f"people/{priya.pk}/",
        f"people/{priya.pk}/?pane=details",
        f"organizations/{northwind.pk}/?pane=related",
        f"people/{priya.pk}/edit/",
        f"people/positions/new/?organization={northwind.pk}",
    )
    for dark in (False, True):
        for viewport in ({"width": 1440, "height": 900}, PHONE):
            page = open_page(viewport=viewport, dark=dark)
            sign_in(page, "alice@acme.example")
            page.wait_for_url("**/w/acme/**")
            for path in paths:
                page.goto(f"/w/acme/{path}")
                assert axe_violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
