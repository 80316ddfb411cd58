"""A position is made and changed in a dialog, and what was begun on the page stays."""

from playwright.sync_api import expect

from contacts.models import Position
from tests.factories import ContactFactory, OrganizationFactory

from .steps import axe_violations


def test_the_dialog_leaves_a_half_written_note_alone(open_page, acme, bob, inside):
    northwind = OrganizationFactory(workspace=acme, name="Northwind Freight")
    ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")
    page = open_page(bob)
    page.goto(f"/w/acme/organizations/{northwind.pk}/")
    page.locator("#composer textarea").fill("Half a note")
    page.get_by_role("link", name="Add person").click()
    page.get_by_role("dialog").get_by_role("link", name="Choose a person").click()
    dialog = page.get_by_role("dialog", name="New position")
    dialog.get_by_role("combobox", name="Person").press_sequentially("pri")
    dialog.get_by_role("option", name="Priya Raman").click()
    dialog.get_by_label("Job title").fill("Buyer")
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Save position").click()
    expect(page.locator("#panel-people")).to_contain_text("Buyer")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="Add person")).to_be_focused()

    menu = page.get_by_role("button", name="Position of Priya Raman")
    menu.click()
    page.get_by_role("link", name="Edit position").click()
    page.get_by_role("dialog").get_by_label("Decision maker").check()
    page.get_by_role("dialog").get_by_role("button", name="Save position").click()
    expect(page.locator("#panel-people")).to_contain_text("Decision maker")
    expect(menu).to_be_focused()

    menu.click()
    page.get_by_role("button", name="End position").click()
    expect(page.locator("#panel-people")).to_contain_text("No people yet.")
    expect(page.locator("#composer textarea")).to_have_value("Half a note")
    with inside():
        assert not Position.objects.exists()
    page.locator("#toasts").get_by_role("button", name="Undo").last.click()
    expect(page.locator("#panel-people")).to_contain_text("Priya Raman")
    with inside():
        assert [role.name for role in Position.objects.get().roles.all()] == ["Decision maker"]
