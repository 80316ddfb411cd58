"""Two that are one: found while typing, merged from the list, given back by the toast."""

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact
from core.tenancy import workspace_scope
from tests.factories import ContactEmailFactory, ContactFactory, OrganizationFactory, PositionFactory

from .conftest import PHONE, WIDE
from .steps import faults, press, toast


@pytest.fixture
def twins(acme, bob) -> tuple[Contact, Contact]:
    with workspace_scope(acme.pk):
        northwind = OrganizationFactory(name="Northwind")
        twins = tuple(
            ContactFactory(first_name="Priya", last_name=name, job_title=title, owner=bob)
            for name, title in (("Raman", "Buyer"), ("Ramen", ""))
        )
        for contact in twins:
            ContactEmailFactory(contact=contact, address="priya@nw.example")
            PositionFactory(contact=contact, organization=northwind)
    return twins


def test_merged_from_the_list_and_given_back(open_page, javascript, bob, twins, inside):
    one, other = twins
    page = open_page(bob, javascript=javascript)
    page.goto("people/")
    for contact in twins:
        page.get_by_role("checkbox", name=f"Select {contact.name}").check()
    press(page, "More")
    press(page, "Merge")
    page.get_by_role("radiogroup", name="Keep").get_by_label("Priya Raman").check()
    page.get_by_role("radiogroup", name="Last name").get_by_label("Ramen", exact=False).last.check()
    press(page, "Merge 2 people")
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Ramen")
    expect(page.locator("main")).to_contain_text("Merged with Priya Ramen")
    with inside():
        assert Contact.objects.present().get().pk == one.pk
        assert one.emails.count() == 1
    kept = page.context.new_page()
    kept.goto(f"people/{other.pk}/")
    expect(kept).to_have_url(f"{kept.url.rpartition('/people/')[0]}/people/{one.pk}/")
    toast(page).get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Priya Raman")
    with inside():
        assert set(Contact.objects.present()) == set(twins)
        assert other.emails.count() == other.positions.count() == 1


def test_the_values_follow_the_record_that_is_kept_unless_somebody_picked_them(open_page, javascript, bob, twins):
    with workspace_scope(bob.workspace_id):
        twins[0].rows().update(first_name="P.")
    page = open_page(bob, javascript=javascript)
    page.goto(f"people/merge/?ids={twins[0].pk}&ids={twins[1].pk}")
    rows = {name: page.get_by_role("radiogroup", name=name) for name in ("First name", "Last name", "Job title")}
    expect(rows["Last name"].get_by_role("radio").first).to_be_checked()
    if javascript:
        rows["First name"].get_by_role("radio").first.click()
        page.get_by_role("radiogroup", name="Keep").get_by_role("radio").last.check()
        expect(rows["First name"].get_by_role("radio").first).to_be_checked()
    else:
        page.get_by_role("link", name="Use this one").click()
        expect(rows["First name"].get_by_role("radio").last).to_be_checked()
    expect(rows["Last name"].get_by_role("radio").last).to_be_checked()
    expect(rows["Job title"].get_by_role("radio").first).to_be_checked()


def test_the_form_says_quietly_who_is_there_already(open_page, bob, twins, inside):
    page = open_page(bob)
    page.goto("people/new/")
    hint = page.locator("#alike")
    expect(hint).to_be_empty()
    page.get_by_label("Last name").fill("Someone")
    page.locator("[name=emails-0-address]").fill("Priya@nw.example")
    page.get_by_label("Last name").focus()
    expect(hint.get_by_role("link", name="Priya Raman")).to_be_visible()
    expect(hint).to_contain_text("Same e-mail: priya@nw.example")
    press(page, "Save person")  # it was shown, so nothing more is asked
    expect(page.get_by_role("heading", level=1)).to_have_text("Someone")
    with inside():
        assert Contact.objects.count() == 3


def test_without_javascript_saving_asks_once(open_page, bob, twins, inside):
    page = open_page(bob, javascript=False)
    page.goto("people/new/")
    page.get_by_label("Last name").fill("Someone")
    page.locator("[name=emails-0-address]").fill("priya@nw.example")
    press(page, "Save person")
    expect(page.get_by_role("alert").filter(has_text="This may be there already:")).to_be_visible()
    press(page, "Save anyway")
    expect(page.get_by_role("heading", level=1)).to_have_text("Someone")
    with inside():
        assert Contact.objects.count() == 3


def test_a_pair_that_is_none_goes_by_the_keyboard_and_comes_back(open_page, javascript, bob, twins):
    page = open_page(bob, javascript=javascript)
    page.goto("people/duplicates/")
    pair = page.locator(f"#pair-{twins[0].pk}-{twins[1].pk}")
    expect(pair).to_contain_text("Similar name at Northwind")
    pair.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("No duplicates found.")).to_be_visible()
    toast(page).get_by_role("button", name="Undo").click()
    expect(pair).to_be_visible()


def looked_at(page: Page, twins: tuple[Contact, Contact]) -> list[str]:
    found = []
    for path in (
        "people/duplicates/",
        f"people/merge/?ids={twins[0].pk}",
        f"people/merge/?ids={twins[0].pk}&ids={twins[1].pk}",
    ):
        page.goto(path)
        found += faults(page)
    page.goto("people/new/")
    page.locator("[name=emails-0-address]").fill("priya@nw.example")
    page.locator("[name=last_name]").focus()
    expect(page.locator("#alike li").first).to_be_visible()
    return found + faults(page)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_no_barriers(open_page, bob, twins, viewport):
    assert looked_at(open_page(bob, viewport=viewport | {"height": 3000}), twins) == []
