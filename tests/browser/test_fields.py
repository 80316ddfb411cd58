"""Custom fields in a browser: an admin makes one, a rep fills it, filters by it and takes a change back."""

from playwright.sync_api import expect

from contacts.models import Contact
from records.models import CustomField
from tests.factories import ContactFactory

from .steps import press


def test_an_admin_makes_a_field_and_a_rep_works_with_it(open_page, javascript, alice, bob, inside):
    with inside():
        ContactFactory(first_name="Priya", last_name="Raman")
        ContactFactory(first_name="Colm", last_name="Daly")
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/settings/profile/")
    page.get_by_role("link", name="Fields", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="New field").first.click()
    page.get_by_label("Name", exact=True).fill("Level")
    expect(page.get_by_label("Choice", exact=True).first).to_be_hidden()
    expect(page.get_by_label("Leads to")).to_be_hidden()
    page.get_by_label("Kind").select_option("choice")
    page.get_by_label("Or a new group").fill("Membership")
    page.get_by_label("Shown in the list").check()
    page.get_by_label("Choice", exact=True).nth(0).fill("Gold")
    page.get_by_label("Choice", exact=True).nth(1).fill("Silver")
    press(page, "Save field")
    expect(page.get_by_role("row", name="Level")).to_contain_text("Choice")
    with inside():
        made = CustomField.objects.get()
        assert [choice.name for choice in made.choices.all()] == ["Gold", "Silver"]

    page = open_page(bob, javascript=javascript)
    page.goto("/w/acme/people/")
    page.get_by_role("link", name="Priya Raman", exact=True).click()
    page.get_by_role("link", name="Edit all").click()
    expect(page.get_by_role("group", name="Membership")).to_be_visible()
    page.get_by_label("Level").select_option(label="Gold")
    press(page, "Save person")
    expect(page.locator(f"#fact-{made.key}")).to_contain_text("Gold")
    with inside():
        priya = Contact.objects.get(last_name="Raman")
        assert [value.choice.name for value in priya.custom_values.select_related("choice")] == ["Gold"]

    page.goto(f"/w/acme/people/?{made.key}={gold_of(made, inside)}")
    expect(page.get_by_role("row", name="Priya Raman")).to_contain_text("Gold")
    expect(page.get_by_role("row", name="Colm Daly")).to_have_count(0)
    page.get_by_role("link", name="Priya Raman", exact=True).click()
    page.locator(f"#edit-{made.key}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Level").select_option(label="Silver")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#fact-{made.key}")).to_contain_text("Silver")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#fact-{made.key}")).to_contain_text("Gold")
    with inside():
        assert [value.choice.name for value in priya.custom_values.select_related("choice")] == ["Gold"]


def gold_of(made: CustomField, inside) -> int:
    with inside():
        return made.choices.get(name="Gold").pk
