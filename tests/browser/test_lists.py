"""Work on a list: filter, sort, choose, change many rows at once, take it back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from contacts.models import Contact
from core.tenancy import workspace_scope
from tests.factories import ContactFactory, TagFactory

from .steps import press, toast

BUYERS, OTHERS = 53, 4


@pytest.fixture
def people(acme, alice, bob) -> None:
    """More buyers than a page shows, and some others."""
    with workspace_scope(acme.pk):
        for number in range(BUYERS):
            ContactFactory(first_name="Ada", last_name=f"Buyer {number:02}", job_title="Buyer", owner=bob)
        for number in range(OTHERS):
            ContactFactory(first_name="Jo", last_name=f"Clerk {number}", job_title="Clerk", owner=alice)
        TagFactory(name="VIP")


def names(page: Page) -> Locator:
    return page.locator("table.list tbody th[scope=row]")


def filter_by_job_title(page: Page, text: str, javascript: bool) -> None:
    page.get_by_role("button", name="Filter", exact=True).click()
    if not javascript:
        page.get_by_role("link", name="Show filters").click()
    group = page.locator("details").filter(has=page.locator("summary", has_text="Job title"))
    group.locator("summary").click()
    group.get_by_label("Begins with").fill(text)
    page.get_by_role("button", name="Apply").click()


def choose_all_matching(page: Page) -> None:
    page.get_by_role("checkbox", name="Select Ada Buyer 07").check()
    page.get_by_role("checkbox", name=f"All {BUYERS} matching").check()


def test_filter_sort_select_all_matching_tag_and_undo(open_page, javascript, alice, people, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/people/")
    expect(page.locator(".foot").get_by_role("status")).to_have_text("1–50 of 57")

    filter_by_job_title(page, "buy", javascript)
    chip = page.get_by_role("link", name="Job title begins with “buy” remove filter")
    expect(chip).to_be_visible()
    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "descending")
    expect(names(page).first).to_have_text("Ada Buyer 52")

    choose_all_matching(page)
    if javascript:
        expect(page.locator("form.bulk [data-count]")).to_have_text(str(BUYERS))
    press(page, "Add tag")
    page.locator("#bulk-form").get_by_role("combobox", name="Tag").select_option("VIP")
    page.locator("#bulk-form").get_by_role("button", name="Add tag").click()
    expect(toast(page)).to_contain_text(f"{BUYERS} records have the tag VIP.")
    expect(names(page).first).to_have_text("Ada Buyer 52")
    with inside():
        assert set(Contact.objects.filter(tags__name="VIP").values_list("job_title", flat=True)) == {"Buyer"}
        assert Contact.objects.filter(tags__name="VIP").count() == BUYERS

    if javascript:
        page.wait_for_load_state()  # a page of its own, whose script hears keys once it runs
        page.keyboard.press("z")
    else:
        page.get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("Undone")
    with inside():
        assert not Contact.objects.filter(tags__name="VIP").exists()

    chip.click()
    expect(names(page)).to_have_count(50)
