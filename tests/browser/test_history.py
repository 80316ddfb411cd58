"""Nothing is lost: a bulk change taken back later, a single value restored, out of the trash, deletion for good."""

import re

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import change_set
from tests.factories import ContactFactory

from .conftest import PHONE, WIDE
from .steps import press


@pytest.fixture
def people(acme, alice) -> list[Contact]:
    """Three people; of one the title was changed."""
    with workspace_scope(acme.pk):
        made = [
            ContactFactory(first_name="Ada", last_name=f"Buyer {n}", job_title="Buyer", owner=alice) for n in range(3)
        ]
        with change_set("", by=alice.actor, source="web"):
            made[0].edit(job_title="Head of purchasing", by=alice.actor)
    return made


def give_all_to_bob(page: Page, javascript: bool) -> None:
    """The bulk action that changes the owner."""
    page.goto("people/")
    for box in page.locator("tbody input[type=checkbox]").all():
        box.check()
    page.get_by_role("main").get_by_role("button", name="Change owner", exact=True).click()
    form = page.get_by_role("dialog") if javascript else page.get_by_role("main")
    form.get_by_label("Owner").select_option(label="Bob Lindqvist")
    form.get_by_role("button", name="Change owner", exact=True).click()


def owners(inside) -> set[str]:
    with inside():
        return {contact.owner.name for contact in Contact.objects.select_related("owner")}


def test_a_bulk_change_is_undone_from_the_toast_and_later_from_the_log(
    open_page, javascript, alice, bob, people, inside
):
    page = open_page(alice, javascript=javascript)
    for time in range(2):
        give_all_to_bob(page, javascript)
        expect(page.get_by_role("button", name="Undo").first).to_be_visible()
        assert owners(inside) == {"Bob Lindqvist"}
        if time == 0:
            page.get_by_role("button", name="Undo").first.click()
            expect(page.get_by_text("Undone: Owner set to Bob Lindqvist").first).to_be_visible()
            assert owners(inside) == {"Alice Ostrowska"}

    page.goto("history/")
    page.get_by_role("row").filter(has_text="Owner set to Bob Lindqvist").first.get_by_role("link").click()
    expect(page.get_by_text("3 people")).to_be_visible()
    page.get_by_role("link", name="Undo", exact=True).click()
    expect(page.get_by_role("row", name="People 3 0 0")).to_be_visible()
    press(page, "Undo")
    expect(page.get_by_text("Undone by Alice Ostrowska")).to_be_visible()
    assert owners(inside) == {"Alice Ostrowska"}

    page.get_by_role("link", name="Redo", exact=True).click()
    press(page, "Redo")
    expect(page.get_by_role("link", name="Undo", exact=True)).to_be_visible()
    assert owners(inside) == {"Bob Lindqvist"}


def test_a_single_value_is_restored_from_the_history_of_the_record(open_page, javascript, alice, people, inside):
    page = open_page(alice, javascript=javascript)
    page.goto(f"people/{people[0].pk}/")
    if not javascript:
        page.locator("#panel-history").get_by_role("link", name="Show").click()
    page.get_by_role("link", name="Whole history").click()
    page.get_by_role("button", name="Restore “Buyer”").click()
    expect(page.get_by_text("Job title restored.")).to_be_visible()
    expect(page.get_by_role("button", name="Restore “Buyer”")).to_have_count(0)
    expect(page.get_by_role("button", name="Restore “Head of purchasing”")).to_be_visible()
    with inside():
        assert Contact.objects.get(pk=people[0].pk).job_title == "Buyer"


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_out_of_the_trash_and_for_good(open_page, javascript, alice, people, inside, viewport):
    with inside():
        Contact.objects.trash(by=alice.actor)
    page = open_page(alice, javascript=javascript, viewport=viewport)
    page.goto("trash/contact/")
    page.get_by_role("checkbox", name="Select Ada Buyer 1").check()
    press(page, "Restore")
    expect(page.get_by_text("1 restored.")).to_be_visible()
    with inside():
        assert Contact.objects.present().get() == people[1]

    page.get_by_role("checkbox", name="Select Ada Buyer 2").check()
    press(page, "Delete for good")
    expect(page).not_to_have_url(re.compile("csrf"))
    page.get_by_label("Type “Ada Buyer 2” to delete for good").fill("Ada")
    press(page, "Delete for good")
    expect(page.get_by_text("This is not “Ada Buyer 2”.")).to_be_visible()
    page.get_by_label("Type “Ada Buyer 2” to delete for good").fill("Ada Buyer 2")
    press(page, "Delete for good")
    expect(page.get_by_text("1 deleted for good.")).to_be_visible()
    with inside():
        assert not Contact.objects.filter(pk=people[2].pk).exists()
