"""A person from the first line to the trash and back, and what happens when two people edit at once."""

from playwright.sync_api import Page, expect

from contacts.models import Contact, Position
from tests.factories import ContactFactory, OrganizationFactory

from .steps import press, toast


def test_a_person_is_created_edited_deleted_and_undone(open_page, javascript, acme, bob, inside):
    page = open_page(bob, javascript=javascript)
    page.goto("/w/acme/people/new/")
    page.get_by_label("First name").fill("Priya")
    page.get_by_label("E-mail", exact=True).fill("no address")
    page.get_by_label("Phone", exact=True).fill("(646) 555-0142")
    press(page, "Save person")

    expect(page.get_by_label("Last name")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Last name")).to_have_accessible_description("This field is required.")
    expect(page.get_by_label("E-mail", exact=True).first).to_have_accessible_description("Enter a valid email address.")
    expect(page.get_by_label("First name")).to_have_value("Priya")
    expect(page.get_by_label("E-mail", exact=True).first).to_have_value("no address")
    expect(page.get_by_label("Phone", exact=True).first).to_have_value("(646) 555-0142")
    with inside():
        assert not Contact.objects.exists()

    page.get_by_label("Last name").fill("Raman")
    page.get_by_label("E-mail", exact=True).first.fill("priya@raman.example")
    press(page, "Save person")
    expect(toast(page)).to_contain_text("Priya Raman created.")
    with inside():
        priya = Contact.objects.get()
        assert (priya.email, priya.phone, priya.owner) == ("priya@raman.example", "+16465550142", bob)

    page.get_by_role("link", name="Edit all").click()
    page.get_by_label("Job title").fill("Head of Operations")
    press(page, "Save person")
    expect(page.locator("#fact-job_title")).to_contain_text("Head of Operations")

    page.get_by_role("button", name="More actions").click()
    press(page, "Delete")
    expect(toast(page)).to_contain_text("Priya Raman deleted.")
    expect(page.get_by_text("No people yet.")).to_be_visible()
    with inside():
        assert Contact.objects.get().deleted_at

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Priya Raman", exact=True)).to_be_visible()
    with inside():
        priya.refresh_from_db()
        assert (priya.deleted_at, priya.job_title, priya.email) == (None, "Head of Operations", "priya@raman.example")


def test_a_person_gets_a_position_at_an_organization(open_page, javascript, acme, bob, inside):
    OrganizationFactory(workspace=acme, name="Northwind Freight")
    OrganizationFactory(workspace=acme, name="Northwind Foods")
    priya = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)
    page = open_page(bob, javascript=javascript)
    page.goto(f"/w/acme/people/{priya.pk}/?pane=related")
    page.get_by_role("link", name="Add organization").click()
    choose_organization(page, javascript)
    page.get_by_role("textbox", name="Job title").fill("Head of Operations")
    page.get_by_role("checkbox", name="Decision maker").check()
    page.get_by_role("checkbox", name="Primary contact").check()
    page.get_by_role("button", name="Save position").click()  # with JavaScript in a dialog

    expect(toast(page)).to_contain_text("Priya Raman joined Northwind Freight.")
    panel = page.get_by_role("region", name="Organizations")
    expect(panel.get_by_role("link", name="Northwind Freight")).to_be_visible()
    panel.get_by_role("link", name="Northwind Freight").click()
    people = page.get_by_role("region", name="People")
    expect(people.get_by_role("link", name="Priya Raman", exact=True)).to_be_visible()
    expect(people).to_contain_text("Decision maker")
    with inside():
        position = Position.objects.select_related("organization").get()
        assert (position.contact_id, position.organization.name) == (priya.pk, "Northwind Freight")
        assert (position.job_title, position.is_primary) == ("Head of Operations", True)
        assert [role.name for role in position.roles.all()] == ["Decision maker"]


def choose_organization(page: Page, javascript: bool) -> None:
    """With JavaScript from the suggestions; without it the form asks which one is meant."""
    field = page.get_by_role("combobox", name="Organization")
    if javascript:
        field.press_sequentially("northw")
        suggestions = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        expect(suggestions).to_have_text(["Northwind Foods", "Northwind Freight"])
        field.press("ArrowDown")
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("Northwind Freight")
    else:
        field.fill("northw")
        press(page, "Save position")
        page.get_by_role("radio", name="Northwind Freight").check()


def test_what_two_people_typed_at_once_is_lost_for_neither(open_page, javascript, acme, alice, bob, inside):
    priya = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer", owner=bob)
    address = f"/w/acme/people/{priya.pk}/edit/"
    slow, quick = open_page(bob, javascript=javascript), open_page(alice, javascript=javascript)
    slow.goto(address)
    quick.goto(address)
    quick.get_by_role("textbox", name="Job title").fill("Head of Buying")
    press(quick, "Save person")
    expect(toast(quick)).to_contain_text("Priya Raman saved.")

    slow.get_by_role("textbox", name="Job title").fill("Purchasing")
    slow.get_by_label("Last name").fill("Raman-Daly")
    press(slow, "Save person")
    conflict = slow.get_by_role("alert").filter(has_text="Not saved.")
    expect(conflict).to_contain_text("Head of Buying")
    expect(slow.get_by_role("textbox", name="Job title")).to_have_value("Purchasing")
    expect(slow.get_by_role("textbox", name="Last name")).to_have_value("Raman-Daly")
    with inside():
        priya.refresh_from_db()
        assert (priya.last_name, priya.job_title) == ("Raman", "Head of Buying")

    conflict.get_by_role("checkbox", name="Job title").check()
    press(slow, "Save person")
    expect(slow.get_by_role("heading", level=1, name="Priya Raman-Daly")).to_be_visible()
    with inside():
        priya.refresh_from_db()
        assert (priya.last_name, priya.job_title) == ("Raman-Daly", "Head of Buying")
