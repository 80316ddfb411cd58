"""The cursor stands where one writes next."""

import pytest
from playwright.sync_api import expect

from tests.factories import ContactFactory


@pytest.fixture
def priya(acme, bob):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", owner=bob)


@pytest.mark.parametrize(("key", "field"), [("n", "Notes"), ("l", "Notes"), ("t", "Subject")])
def test_a_key_opens_the_composer_and_the_next_letters_are_text(open_page, acme, bob, priya, key, field):
    page = open_page(bob)
    page.goto(f"/w/acme/people/{priya.pk}/")
    page.keyboard.press(key)
    composer = page.locator("#composer")
    expect(composer.get_by_label(field)).to_be_focused()
    page.keyboard.type("new lists")
    expect(composer.get_by_label(field)).to_have_value("new lists")


def test_the_menu_of_tags_opens_with_the_cursor_in_its_field(open_page, acme, bob, priya):
    page = open_page(bob)
    page.goto(f"/w/acme/people/{priya.pk}/")
    page.locator("#rec-tags").get_by_role("button", name="Tag", exact=True).click()
    expect(page.locator("#rec-tags").get_by_label("Add a tag")).to_be_focused()


def test_a_form_for_something_new_begins_in_its_first_field(open_page, acme, bob, priya):
    page = open_page(bob)
    page.goto(f"/w/acme/people/{priya.pk}/")
    expect(page.locator("body")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("p")
    expect(page.get_by_label("First name")).to_be_focused()
    page.goto("/w/acme/activities/new/")
    expect(page.get_by_label("Subject")).to_be_focused()
