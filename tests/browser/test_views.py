"""Save a list as a view, share it, open it as a colleague, keep a group by hand; actions of the open record by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal
from records.models import Group, SavedView
from tests.factories import ContactFactory, DealFactory

from .conftest import PHONE
from .steps import axe_violations, press, toast, too_wide


@pytest.fixture
def people(acme, alice, bob) -> None:
    with workspace_scope(acme.pk):
        for number in range(3):
            ContactFactory(first_name="Ada", last_name=f"Buyer {number}", job_title="Buyer", owner=bob)
        ContactFactory(first_name="Jo", last_name="Clerk", job_title="Clerk", owner=alice)


def names(page: Page):
    return page.locator("table.list tbody th[scope=row]")


def open_views(page: Page, javascript: bool) -> None:
    page.locator("#views-button").click()
    if not javascript:
        page.get_by_role("link", name="Show views").click()


def save_view(page: Page, javascript: bool, name: str, audience: str) -> None:
    open_views(page, javascript)
    page.get_by_role("link", name="Save view").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Who sees it").select_option(audience)
    page.get_by_label("Segment").check()
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_filter_becomes_a_view_that_a_colleague_opens_by_its_address(
    open_page, javascript, alice, bob, people, inside
):
    page = open_page(bob, javascript=javascript)
    page.goto("/w/acme/people/?job_title=buy&sort=-name")
    save_view(page, javascript, "Buyers", "Everybody")
    expect(toast(page)).to_contain_text("View “Buyers” saved.")
    expect(page.locator("#views-button")).to_have_text(re.compile("Buyers"))
    with inside():
        view = SavedView.objects.get()
        assert (view.query, view.audience, view.is_segment) == ("job_title=buy&sort=-name", "workspace", True)
    address = page.url
    assert address.endswith(f"/people/?view={view.pk}")

    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    press(page, "Save changes")
    with inside():
        assert SavedView.objects.get().query == "job_title=buy&sort=name"
    page.get_by_role("button", name="Undo").first.click()
    expect(toast(page)).to_contain_text("Undone")
    with inside():
        assert SavedView.objects.get().query == "job_title=buy&sort=-name"

    colleague = open_page(alice, javascript=javascript)
    colleague.goto(address)
    expect(names(colleague)).to_have_text(["Ada Buyer 2", "Ada Buyer 1", "Ada Buyer 0"])
    if javascript:
        expect(colleague.get_by_role("link", name=re.compile("^Buyers"))).to_contain_text("3")
        assert axe_violations(colleague) == []
    colleague.goto("/w/acme/views/")
    expect(colleague.get_by_role("row", name=re.compile("Buyers"))).to_contain_text("3")
    assert too_wide(colleague) == []


def test_people_go_into_a_group_together_and_its_count_stands_beside_it(open_page, javascript, bob, people, inside):
    page = open_page(bob, javascript=javascript)
    page.goto("/w/acme/people/?job_title=buy")
    for number in range(2):
        page.get_by_role("checkbox", name=f"Select Ada Buyer {number}").check()
    press(page, "Add to group")
    page.get_by_label("Or a new group").fill("Trade fair")
    page.locator("#bulk-form").get_by_role("button", name="Add to group").click()
    expect(toast(page)).to_contain_text("2 records are in the group Trade fair.")
    with inside():
        group = Group.objects.get()
        assert set(Contact.objects.filter(group_links__group=group).values_list("last_name", flat=True)) == {
            "Buyer 0",
            "Buyer 1",
        }
    if javascript:
        link = page.get_by_role("link", name=re.compile("^Trade fair"))
        expect(link).to_contain_text("2")
        link.click()
    else:
        page.goto("/w/acme/views/")
        page.get_by_role("main").get_by_role("link", name="Trade fair", exact=True).click()
    expect(names(page)).to_have_count(2)

    names(page).first.get_by_role("link").first.click()
    if not javascript:
        page.goto(f"{page.url.partition('?')[0]}panels/groups/")
    page.get_by_role("button", name="Take out of the group Trade fair").click()
    expect(toast(page)).to_contain_text("Taken out of the group Trade fair")
    with inside():
        assert group.contactingroup_set.count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_all_views_is_accessible_and_fits_a_phone(open_page, bob, people, inside, theme):
    with inside():
        SavedView.make("contact", "Mine", query="owner=me", is_segment=True, by=bob.actor)
        Group.make("contact", "Trade fair", by=bob.actor)
    page = open_page(bob, viewport=PHONE, dark=theme == "dark")
    for path in ("views/", "views/contact/menu/", "views/contact/new/?query=owner%3Dme", "people/?view=none"):
        page.goto(f"/w/acme/{path}")
        assert axe_violations(page) == []
        assert too_wide(page) == []


def test_the_open_record_is_acted_on_from_the_palette_by_keys_alone(open_page, acme, bob, inside):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet renewal")
    page = open_page(bob)
    page.goto(f"/w/acme/deals/{deal.pk}/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search everything")).to_be_focused()
    page.keyboard.type("won")
    expect(page.locator("#palette-found [data-query='won']")).to_have_count(1)  # the answer to all three letters
    option = page.get_by_role("dialog").get_by_role("option", name="Won", exact=True)
    expect(option).to_have_attribute("aria-selected", "true")
    assert axe_violations(page) == []
    page.keyboard.press("Enter")
    expect(toast(page)).to_contain_text("Fleet renewal")
    with inside():
        assert Deal.objects.get(pk=deal.pk).status == "won"
