"""A deal from the page of its contact to the win, and what the team reads of it on three timelines."""

import pytest
from playwright.sync_api import expect

from activities.models import Activity
from contacts.models import Contact
from deals.models import Deal, Stage, StageChange
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PositionFactory

from .steps import press, toast


@pytest.fixture
def priya(acme, bob) -> Contact:
    """A person at Northwind Freight."""
    organization = OrganizationFactory(workspace=acme, name="Northwind Freight", owner=bob)
    contact = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)
    PositionFactory(workspace=acme, contact=contact, organization=organization)
    return contact


def test_a_deal_is_created_moved_won_and_the_win_undone(open_page, javascript, acme, bob, priya, inside):
    page = open_page(bob, javascript=javascript)
    page.goto(f"/w/acme/people/{priya.pk}/")
    page.locator("#rec-actions").get_by_role("link", name="New deal").click()
    expect(page.get_by_role("combobox", name="Primary contact")).to_have_value("Priya Raman")
    expect(page.get_by_role("combobox", name="Organization")).to_have_value("Northwind Freight")
    page.get_by_label("Name").fill("Fleet renewal")
    page.get_by_label("Value").fill("twenty thousand")
    press(page, "Save deal")
    expect(page.get_by_label("Value")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Name")).to_have_value("Fleet renewal")
    page.get_by_label("Value").fill("24,500")
    press(page, "Save deal")
    expect(toast(page)).to_contain_text("Fleet renewal created.")
    with inside():
        deal = Deal.objects.select_related("organization", "stage").get()
        assert (deal.value, deal.currency, deal.organization.name) == (2_450_000, "USD", "Northwind Freight")
        assert [(person.contact, person.is_primary) for person in deal.people()] == [(priya, True)]
        first_stage = deal.stage

    press(page, "Proposal")
    expect(toast(page)).to_contain_text("“Fleet renewal” moved to Proposal.")
    expect(page.get_by_role("button", name="Proposal")).to_have_attribute("aria-current", "true")
    with inside():
        deal.refresh_from_db()
        assert deal.stage == Stage.objects.get(name="Proposal")
        moved = StageChange.objects.filter(deal=deal).latest("pk")
        assert (moved.from_stage_id, moved.to_stage_id) == (first_stage.pk, deal.stage_id)

    press(page, "Won")
    expect(toast(page)).to_contain_text("“Fleet renewal”: Won.")
    expect(page.get_by_role("button", name="Open again")).to_be_visible()
    with inside():
        deal.refresh_from_db()
        assert (deal.status, bool(deal.closed_on)) == ("won", True)

    page.get_by_role("button", name="Undo").click()
    expect(toast(page).first).to_contain_text("Undone")  # the tag that the win made stays
    expect(page.get_by_role("button", name="Proposal")).to_have_attribute("aria-current", "true")
    with inside():
        deal.refresh_from_db()
        assert (deal.status, deal.closed_on, deal.stage.name) == ("open", None, "Proposal")


def test_a_note_with_follow_up_stands_on_every_timeline(open_page, javascript, acme, bob, priya, inside):
    with inside():
        organization = priya.current_positions[0].organization
        deal = DealFactory(name="Fleet renewal", owner=bob, organization=organization, stage=Stage.objects.first())
        deal.contact_links.create(contact=priya, is_primary=True)
    page = open_page(bob, javascript=javascript)
    page.goto(f"/w/acme/deals/{deal.pk}/")
    composer = page.locator("#composer")
    composer.get_by_role("button", name="Save note").click()
    expect(composer.get_by_role("textbox", name="Notes")).to_have_attribute("aria-invalid", "true")
    composer.get_by_role("textbox", name="Notes").fill("They want a price for 40 vans.")
    composer.get_by_role("checkbox", name="Follow up in").check()
    composer.get_by_role("combobox", name="Follow up in").select_option("7 days")
    composer.get_by_role("button", name="Save note").click()

    expect(toast(page)).to_contain_text("Note saved.")
    for address in ("", f"/w/acme/people/{priya.pk}/", f"/w/acme/organizations/{organization.pk}/"):
        if address:
            page.goto(address)
        timeline = page.locator("#timeline")
        expect(timeline.locator(".ev.note")).to_contain_text("They want a price for 40 vans.")
        expect(timeline.locator(".upcoming")).to_contain_text("Follow up: Fleet renewal")
    with inside():
        note, task = Activity.objects.order_by("kind")
        assert (note.kind, note.body, bool(note.done_at)) == ("note", "They want a price for 40 vans.", True)
        assert (task.kind, task.subject, task.done_at, task.owner) == ("task", "Follow up: Fleet renewal", None, bob)

    page.get_by_role("button", name="Mark done: Follow up: Fleet renewal").click()
    expect(toast(page)).to_contain_text("“Follow up: Fleet renewal” done.")
    expect(page.locator("#timeline .upcoming")).to_have_count(0)
    with inside():
        task.refresh_from_db()
        assert task.done_at
