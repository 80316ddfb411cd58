"""The palette: from anywhere to anything by keys; the page of the search without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact, ContactEmail, ContactPhone
from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import Recent
from tests.factories import ContactFactory, OrganizationFactory

from .conftest import PHONE
from .steps import axe_violations, faults, press, small_targets, too_wide


@pytest.fixture
def people(acme, bob) -> dict[str, Contact]:
    """Somebody to be found among others."""
    names = {"lukasz": ("Łukasz", "Čeněk"), "priya": ("Priya", "Raman"), "tom": ("Tom", "Okafor")}
    found = {
        key: ContactFactory(workspace=acme, first_name=first, last_name=last, owner=bob)
        for key, (first, last) in names.items()
    }
    with workspace_scope(acme.pk):
        ContactPhone.objects.create(contact=found["priya"], number="+442079460311", is_primary=True)
        ContactEmail.objects.create(contact=found["tom"], address="tom@harbour.example", is_primary=True)
    return found


def palette(page: Page):
    return page.get_by_role("dialog", name="Search everything")


def pointed(page: Page, name: str) -> None:
    """Wait until the option of this name is the one that Enter takes."""
    option = palette(page).get_by_role("option", name=name)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(palette(page).get_by_role("combobox")).to_have_attribute("aria-activedescendant", option.get_attribute("id"))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("lukasz", "lukasz"),
        ("čeněk", "lukasz"),
        ("Cene luk", "lukasz"),
        ("lukazs", "lukasz"),
        ("020 7946 0311", "priya"),
        ("+44 (0)20 7946-0311", "priya"),
        ("ramna", "priya"),
        ("@harbour", "tom"),
    ],
)
def test_whoever_is_meant_is_two_keys_and_a_word_away(open_page, bob, people, inside, typed, key):
    page = open_page(bob)
    page.goto("deals/")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search everything")
    expect(field).to_be_focused()
    page.keyboard.type(typed)
    expect(palette(page).get_by_role("group", name="People").get_by_role("option")).to_have_count(1)
    pointed(page, str(people[key]))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=str(people[key]))).to_be_visible()
    with inside():
        assert Recent.of(bob) == [("contact", people[key].pk)]


def test_arrows_walk_through_all_results_and_escape_gives_the_focus_back(open_page, acme, bob, people):
    OrganizationFactory(workspace=acme, name="Raman & Sons")
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("j")
    row = page.locator(":focus")
    expect(row).to_have_accessible_name("Łukasz Čeněk")
    page.keyboard.press("/")
    expect(palette(page)).to_be_visible()
    page.keyboard.type("raman")
    pointed(page, "Priya Raman")
    page.keyboard.press("ArrowDown")
    pointed(page, "Raman & Sons")
    page.keyboard.press("End")
    pointed(page, "New task “raman”")
    page.keyboard.press("ArrowDown")
    pointed(page, "Priya Raman")
    page.keyboard.press("ArrowUp")
    pointed(page, "New task “raman”")
    page.keyboard.press("Home")
    pointed(page, "Priya Raman")
    expect(palette(page).get_by_role("status")).to_have_text("People: 1. Organizations: 1.")
    page.keyboard.press("Escape")
    expect(palette(page)).to_be_hidden()
    expect(row).to_be_focused()
    page.keyboard.press("Control+k")
    expect(palette(page).get_by_role("combobox")).to_have_value("")
    page.keyboard.press("Control+k")
    expect(palette(page)).to_be_hidden()


def test_ctrl_enter_opens_a_tab_beside(open_page, bob, people):
    page = open_page(bob)
    page.goto("deals/")
    page.keyboard.press("Control+k")
    page.keyboard.type("raman")
    pointed(page, "Priya Raman")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    expect(opened.value.get_by_role("heading", level=1, name="Priya Raman")).to_be_visible()
    expect(palette(page)).to_be_visible()


def test_what_was_opened_last_is_there_before_anything_is_typed(open_page, bob, people):
    page = open_page(bob)
    for key in ("tom", "lukasz", "priya"):
        page.goto(f"people/{people[key].pk}/")
    page.keyboard.press("Control+k")
    recent = palette(page).get_by_role("group", name="Recently opened").get_by_role("option")
    expect(recent).to_contain_text(["Łukasz Čeněk", "Tom Okafor"])
    expect(recent).to_have_count(2)
    pointed(page, "Łukasz Čeněk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Łukasz Čeněk")).to_be_visible()


def test_places_are_gone_to_and_new_things_begun_by_name(open_page, bob, people, inside):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("Control+k")
    page.keyboard.type("tasks and")
    pointed(page, "Tasks and activities")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Activities")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("Zebra Mills")
    expect(palette(page).get_by_role("option", name="New organization “Zebra Mills”")).to_be_visible()
    while "organization" not in (page.locator("#palette [aria-selected=true]").text_content() or ""):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Zebra Mills")
    press(page, "Save organization")
    expect(page.get_by_role("heading", level=1, name="Zebra Mills")).to_be_visible()
    with inside():
        assert Organization.objects.get(name="Zebra Mills").owner == bob


def test_what_the_page_offers_is_found_by_name(open_page, bob, people):
    page = open_page(bob)
    page.goto(f"people/{people['priya'].pk}/")
    page.keyboard.press("Control+k")
    here = palette(page).get_by_role("group", name="On this page").get_by_role("option")
    expect(here.filter(has_text="Edit all")).to_be_visible()
    page.keyboard.type("call")
    expect(here).to_have_count(1)
    here.click()
    expect(palette(page)).to_be_hidden()
    expect(page.locator("#composer").get_by_role("button", name="Save call")).to_be_visible()


def test_enter_before_the_answer_leads_to_all_results(open_page, bob, people):
    page = open_page(bob)
    page.goto("deals/")
    page.keyboard.press("Control+k")
    pointed(page, "Today")
    page.route(
        "**/search/?q=priya", lambda route: None if route.request.headers.get("hx-request") else route.continue_()
    )
    page.keyboard.type("priya")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/w/acme/search/?q=priya")
    expect(page.get_by_role("main").get_by_role("link", name="Priya Raman")).to_be_visible()


def test_an_error_is_said_where_one_types(open_page, bob, people):
    page = open_page(bob)
    page.goto("deals/")
    page.keyboard.press("Control+k")
    pointed(page, "Today")
    page.route("**/search/**", lambda route: route.fulfill(status=404))
    page.keyboard.type("priya")
    expect(palette(page).get_by_role("status")).to_contain_text("That did not work")


def test_the_palette_has_no_fault_in_either_theme(open_page, bob, people):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("Control+k")
    pointed(page, "Today")
    found = faults(page)
    page.keyboard.type("raman")
    pointed(page, "Priya Raman")
    assert found + faults(page) == []


def test_on_a_phone_the_palette_is_the_screen(open_page, bob, people):
    page = open_page(bob, viewport=PHONE)
    page.goto("people/")
    page.get_by_role("button", name="Search everything").click()
    page.get_by_role("combobox").fill("raman")
    pointed(page, "Priya Raman")
    box = palette(page).bounding_box()
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    assert axe_violations(page) + too_wide(page) + small_targets(page) == []
    palette(page).get_by_role("option", name="Priya Raman").tap()
    expect(page.get_by_role("heading", level=1, name="Priya Raman")).to_be_visible()
    page.get_by_role("button", name="Search everything").click()
    palette(page).get_by_role("button", name="Close").click()
    expect(palette(page)).to_be_hidden()


def test_without_javascript_the_field_leads_to_a_page(open_page, bob, people):
    page = open_page(bob, javascript=False)
    page.goto("deals/")
    page.get_by_role("searchbox", name="Search everything").fill("ramna")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Priya Raman").click()
    expect(page.get_by_role("heading", level=1, name="Priya Raman")).to_be_visible()
    page.goto("search/")
    expect(page.get_by_role("main")).to_contain_text("Recently opened")
    page.get_by_role("main").get_by_role("searchbox").fill("Zebra Mills")
    press(page, "Search")
    expect(page.get_by_role("main")).to_contain_text("Nothing matches “Zebra Mills”. Try fewer letters.")
    page.get_by_role("link", name="New person “Zebra Mills”").click()
    expect(page.get_by_label("First name")).to_have_value("Zebra")
    expect(page.get_by_label("Last name")).to_have_value("Mills")


# --- keys -------------------------------------------------------------------------------------------------------------
def test_the_help_shows_where_keys_work_and_leads_to_the_switch(open_page, bob, people, inside):
    page = open_page(bob)
    page.goto("people/")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard shortcuts")
    for group in ("Everywhere", "Go to", "Create", "In lists", "On the board", "On a record", "In the search"):
        expect(keys.get_by_role("heading", name=group)).to_be_visible()
    keys.get_by_role("link", name="Switch them on or off").click()
    page.get_by_role("checkbox", name="Single-key shortcuts").uncheck()
    press(page, "Save profile")
    expect(page.locator("#toasts")).to_contain_text("saved")
    page.goto("people/")
    for key in ("?", "/", "g", "d", "c", "p", "j"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("body")).to_be_focused()
    expect(page).to_have_url("/w/acme/people/")
    page.keyboard.press("Control+k")
    expect(palette(page)).to_be_visible()
    bob.user.refresh_from_db()
    assert bob.user.single_keys is False


def test_of_several_with_the_same_key_the_nearest_to_the_focus_is_meant(open_page, bob, people):
    page = open_page(bob)
    page.goto("people/")
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend", `
            <ul id="cards">${[1, 2].map((n) => `<li><a href="#card-${n}">Card ${n}</a>
            <a href="#move-${n}" data-key="m">Move ${n}</a></li>`).join("")}</ul>`)"""
    )
    page.get_by_role("link", name="Card 2").focus()
    page.keyboard.press("m")
    expect(page).to_have_url("/w/acme/people/#move-2")
    page.get_by_role("link", name="Card 1").focus()
    page.keyboard.press("m")
    expect(page).to_have_url("/w/acme/people/#move-1")
