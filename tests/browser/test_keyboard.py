"""Work without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from activities.listing import MINE
from activities.models import Activity
from contacts.models import Contact
from tests.factories import ContactFactory, TagFactory

from .steps import toast


@pytest.fixture
def people(acme, bob) -> list[Contact]:
    names = ("Ada", "Bea", "Cleo")
    return [ContactFactory(workspace=acme, first_name=name, last_name="Novak", owner=bob) for name in names]


def focused(page: Page, name: str) -> None:
    """Wait until the link or button of this name has the focus."""
    expect(page.locator(":focus")).to_have_accessible_name(name)


def tab_to(page: Page, name: str) -> None:
    """Tab until the button has the focus, as far as a patient person would."""
    button = page.get_by_role("button", name=name, exact=True)
    for _step in range(60):
        if button.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is out of the keyboard's reach")


def test_the_first_tab_leads_past_the_frame(open_page, bob, people):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("Tab")
    focused(page, "Skip to content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_rows_are_walked_chosen_opened_and_edited_by_keys(open_page, bob, people, inside):
    page = open_page(bob)
    page.goto("people/")
    for key, name in (("j", "Ada"), ("j", "Bea"), ("j", "Cleo"), ("k", "Bea")):
        page.keyboard.press(key)
        focused(page, f"{name} Novak")
    page.keyboard.press("x")
    expect(page.get_by_role("checkbox", name="Select Bea Novak")).to_be_checked()
    expect(page.get_by_role("form", name="Selected rows").get_by_role("status")).to_have_text("Selected: 1")
    page.keyboard.press("x")
    expect(page.get_by_role("form", name="Selected rows")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Bea Novak")).to_be_visible()

    page.wait_for_load_state()
    page.keyboard.press("e")
    title = page.get_by_role("textbox", name="Job title")
    title.fill("Buyer")
    title.press("Control+Enter")
    expect(page.locator("#fact-job_title")).to_contain_text("Buyer")
    with inside():
        assert Contact.objects.get(job_title="Buyer").first_name == "Bea"


def test_a_note_is_written_undone_and_left_behind_without_a_mouse(open_page, bob, people, inside):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Ada Novak")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("n")
    notes = page.locator("#composer").get_by_role("textbox", name="Notes")
    expect(notes).to_be_focused()
    page.keyboard.type("She asks for a price.")
    page.keyboard.press("Control+Enter")
    expect(toast(page)).to_contain_text("Note saved.")
    expect(page.locator("#timeline")).to_contain_text("She asks for a price.")
    expect(notes).to_be_focused()  # the next one may follow at once
    expect(notes).to_have_value("")
    with inside():
        assert Activity.objects.present().get().body == "She asks for a price."

    tab_to(page, "Undo")
    page.keyboard.press("Enter")
    expect(toast(page)).to_contain_text("Undone")
    expect(page.locator("#timeline")).not_to_contain_text("She asks for a price.")
    with inside():
        assert not Activity.objects.present().exists()
    page.goto("people/")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Ada Novak")).to_be_visible()


def test_the_focus_stays_while_the_list_changes_below_it(open_page, bob, people):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("f")
    page.keyboard.type("bea")
    expect(page.locator("table.list tbody tr")).to_have_count(1)
    search = page.get_by_role("searchbox", name="Find in list")
    expect(search).to_be_focused()
    page.keyboard.type(" zzzz")
    expect(page.get_by_text("No people match.")).to_be_visible()
    expect(search).to_have_value("bea zzzz")
    expect(search).to_be_focused()


def test_keys_lead_everywhere(open_page, bob, office):
    page = open_page(bob)
    page.goto("")
    places = {
        "g d": "deals/board/", "g p": "people/", "g o": "organizations/", "g t": f"activities/?{MINE}", "g h": "",
        "c d": "deals/new/", "c p": "people/new/", "c o": "organizations/new/", "c t": "activities/new/",
    }  # fmt: skip
    for keys, path in places.items():
        page.locator("h1").click()  # out of the field that a form gives the focus to
        for key in keys.split():
            page.keyboard.press(key)
        expect(page).to_have_url(f"/w/acme/{path}")
        page.wait_for_load_state()

    page.goto(f"deals/{office.deal.pk}/")
    for key, button in (("l", "Save call"), ("t", "Save task"), ("n", "Save note")):
        page.locator("h1").click()  # out of the composer's field
        page.keyboard.press(key)
        expect(page.locator("#composer").get_by_role("button", name=button)).to_be_visible()
        expect(page.locator("#composer :focus")).to_have_count(1)  # else the next key is typed into the field


def test_help_opens_and_closes_and_gives_the_focus_back(open_page, bob, people):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("j")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_be_visible()
    expect(keys.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    focused(page, "Ada Novak")


def test_a_dialog_holds_the_focus_and_gives_it_back(open_page, acme, alice, people, inside):
    TagFactory(workspace=acme, name="VIP")
    page = open_page(alice)
    page.goto("people/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    opener = page.get_by_role("form", name="Selected rows").get_by_role("button", name="Add tag")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Add tag")
    expect(dialog.get_by_role("combobox", name="Tag")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()

    page.keyboard.press("Enter")
    dialog.get_by_role("combobox", name="Tag").select_option("VIP")
    dialog.get_by_role("button", name="Add tag").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("1 record has the tag VIP.")
    with inside():
        assert Contact.objects.get(tags__name="VIP").first_name == "Ada"


def test_single_keys_can_be_switched_off(open_page, bob, people):
    bob.user.single_keys = False
    bob.user.save()
    page = open_page(bob)
    page.goto("people/")
    for key in ("?", "c", "p"):
        page.keyboard.press(key)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search everything")).to_be_focused()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    expect(page).to_have_url("/w/acme/people/")


# --- the cursor stands where one writes next --------------------------------------------------------------------------
@pytest.fixture
def priya(acme, bob):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)


@pytest.mark.parametrize(("key", "field"), [("n", "Notes"), ("l", "Notes"), ("t", "Subject")])
def test_a_key_opens_the_composer_and_the_next_letters_are_text(open_page, bob, priya, key, field):
    page = open_page(bob)
    page.goto(f"people/{priya.pk}/")
    page.keyboard.press(key)
    composer = page.locator("#composer")
    expect(composer.get_by_label(field)).to_be_focused()
    page.keyboard.type("new lists")
    expect(composer.get_by_label(field)).to_have_value("new lists")


def test_the_menu_of_tags_opens_with_the_cursor_in_its_field(open_page, bob, priya):
    page = open_page(bob)
    page.goto(f"people/{priya.pk}/")
    page.locator("#rec-tags").get_by_role("button", name="Tag", exact=True).click()
    expect(page.locator("#rec-tags").get_by_label("Add a tag")).to_be_focused()


def test_a_form_for_something_new_begins_in_its_first_field(open_page, bob, priya):
    page = open_page(bob)
    page.goto(f"people/{priya.pk}/")
    expect(page.locator("body")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("p")
    expect(page.get_by_label("First name")).to_be_focused()
    page.goto("activities/new/")
    expect(page.get_by_label("Subject")).to_be_focused()
