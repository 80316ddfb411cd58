"""People come to an organization and leave it, and records are tied, without leaving the page."""

from playwright.sync_api import expect

from contacts.models import Contact, PastPosition, Position
from core.tenancy import workspace_scope
from tests.factories import ContactFactory, OrganizationFactory
from ties.models import Tie

from .steps import axe_violations, faults, toast


def test_a_person_is_added_moved_and_tied(open_page, acme, bob, inside):
    northwind = OrganizationFactory(workspace=acme, name="Northwind Freight")
    OrganizationFactory(workspace=acme, name="Zenco")
    page = open_page(bob)
    page.goto(f"/w/acme/organizations/{northwind.pk}/")

    page.get_by_role("link", name="Add person").click()
    page.get_by_role("dialog").get_by_role("link", name="Choose a person").click()
    expect(page.get_by_role("dialog", name="New position")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Add person").click()
    dialog = page.get_by_role("dialog", name="New person at Northwind Freight")
    dialog.get_by_label("First name").fill("Priya")
    dialog.get_by_label("Last name").fill("Raman")
    dialog.get_by_label("E-mail").fill("priya@northwind.example")
    dialog.get_by_label("Decision maker").check()
    dialog.get_by_label("Primary contact").check()
    assert axe_violations(page) == []
    dialog.get_by_role("button", name="Save person").click()
    people = page.locator("#panel-people")
    expect(people).to_contain_text("Priya Raman")
    expect(people).to_contain_text("Decision maker")
    expect(page.get_by_role("link", name="Add person")).to_be_focused()

    people.get_by_role("link", name="Roles of Priya Raman").click()
    people.get_by_label("Billing").check()
    people.get_by_role("button", name="Save").click()
    expect(people.locator(".tag", has_text="Billing")).to_be_visible()
    expect(people.get_by_role("link", name="Roles of Priya Raman")).to_be_focused()

    page.get_by_role("button", name="Position of Priya Raman").click()
    page.get_by_role("link", name="Move to another organization").click()
    moving = page.get_by_role("dialog")
    moving.get_by_role("combobox", name="To which organization").press_sequentially("zen")
    moving.get_by_role("option", name="Zenco").click()
    assert axe_violations(page) == []
    moving.get_by_role("button", name="Move person").click()
    expect(toast(page).last).to_contain_text("Priya Raman is at Zenco now.")
    people.get_by_role("link", name="Past positions").click()
    expect(people).to_contain_text("Priya Raman")
    with inside():
        assert Position.objects.get().organization.name == "Zenco"
        assert PastPosition.objects.get().roles == "Decision maker, Billing"

    ties = page.locator("#panel-ties")
    ties.get_by_role("link", name="Add tie").click()
    tying = page.get_by_role("dialog")
    tying.get_by_label("Tie", exact=True).select_option(label="Former employer of")
    tying.get_by_role("combobox", name="To which").press_sequentially("raman")
    tying.get_by_role("option", name="Priya Raman").click()
    tying.get_by_label("Note").fill("Until the merger")
    assert axe_violations(page) == []
    tying.get_by_role("button", name="Save tie").click()
    expect(ties).to_contain_text("Former employer of Priya Raman")
    assert faults(page) == []
    with inside():
        tie, priya = Tie.objects.get(), Contact.objects.get()
        assert (tie.one_contact_id, tie.other_organization_id) == (priya.pk, northwind.pk)

    page.goto(f"/w/acme/people/{priya.pk}/")
    ties = page.locator("#panel-ties")
    expect(ties).to_contain_text("Former employee of Northwind Freight")
    expect(ties).to_contain_text("Until the merger")
    ties.get_by_role("button", name="Remove the tie to Northwind Freight").click()
    expect(ties.get_by_text("No ties yet.")).to_be_focused()
    toast(page).get_by_role("button", name="Undo").last.click()
    expect(page.locator("#panel-ties")).to_contain_text("Northwind Freight")
    with inside():
        assert Tie.objects.get().note == "Until the merger"


def test_without_javascript_and_on_a_phone(open_page, acme, bob, inside):
    northwind = OrganizationFactory(workspace=acme, name="Northwind Freight")
    OrganizationFactory(workspace=acme, name="Northwind Leeds", parent=northwind)
    known = ContactFactory(workspace=acme, first_name="Colm", last_name="Daly", owner=bob)
    with workspace_scope(acme.pk):
        Position.start(known, northwind, by=bob.actor)
    page = open_page(bob, javascript=False, viewport={"width": 390, "height": 844})
    page.goto(f"/w/acme/organizations/{northwind.pk}/?pane=related")
    expect(page.locator("#panel-children")).to_contain_text("Northwind Leeds")
    page.locator("#panel-people").get_by_role("link", name="Add person").click()
    page.get_by_label("First name").fill("Colm")
    page.get_by_label("Last name").fill("Daly")
    page.get_by_role("button", name="Save person").click()
    expect(page.get_by_role("alert").filter(has_text="This may be there already")).to_be_visible()
    page.get_by_role("button", name="Save anyway").click()
    page.goto(f"/w/acme/ties/organization/{northwind.pk}/new/")
    page.get_by_label("Tie", exact=True).select_option(label="Related to")
    page.get_by_label("To which person, organization or deal").fill("Northwind Leeds")
    page.get_by_role("button", name="Save tie").click()
    expect(page.locator("#panel-ties")).to_contain_text("Related to Northwind Leeds")
    with inside():
        assert Tie.objects.count() == 1
        assert Position.objects.count() == 2
