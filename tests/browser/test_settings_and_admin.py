"""Settings in a browser, and Django's admin under the same strict policy."""

import re

import pytest
from playwright.sync_api import expect

from records.models import Source
from tests.factories import TagFactory, UserFactory
from workspaces.models import Membership

from .steps import press


def test_a_changed_role_is_undone_from_its_toast(open_page, javascript, alice, bob, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/settings/members/")
    page.get_by_role("link", name="Bob Lindqvist", exact=True).click()
    page.get_by_label("Role").select_option("admin")
    press(page, "Save member")
    expect(page.get_by_role("row", name="Bob Lindqvist")).to_contain_text("Admin")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="Bob Lindqvist")).to_contain_text("Rep")
    with inside():
        assert Membership.objects.get(pk=bob.pk).role == "rep"


def test_the_theme_switches_at_once_and_stays(open_page, alice):
    page = open_page(alice)
    page.goto("/w/acme/settings/profile/")
    page.get_by_role("combobox", name="Theme").select_option("dark")
    press(page, "Save profile")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/w/acme/admin/")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_new_workspace_starts_in_the_time_zone_of_the_browser(open_page, alice):
    page = open_page(alice)
    page.goto("/workspaces/new/")
    browsers = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(page.get_by_label("Time zone")).to_have_value(browsers)


# --- Django's admin ---------------------------------------------------------------------------------------------------
def test_the_admin_of_a_workspace_works_under_the_policy(open_page, alice, inside):
    """`open_page` fails the test for each violation that the console tells of."""
    page = open_page(alice)
    page.goto("/w/acme/admin/")
    page.get_by_role("link", name="Sources", exact=True).click()
    page.get_by_role("link", name=re.compile("Add source", re.IGNORECASE)).first.click()
    page.get_by_role("textbox").first.fill("Trade fair")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    with inside():
        assert Source.objects.filter(name="Trade fair").exists()


def test_rows_are_chosen_and_deleted_in_the_admin_under_the_policy(open_page, acme, alice, inside):
    TagFactory(workspace=acme, name="one")
    TagFactory(workspace=acme, name="two")
    page = open_page(alice)
    page.goto("/w/acme/admin/records/tag/")
    page.locator("#action-toggle").check()
    expect(page.locator("#result_list tr.selected")).to_have_count(2)
    page.locator("select[name=action]").select_option("delete_selected")
    page.get_by_role("button", name=re.compile("Run|Go")).click()
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("#result_list")).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["", "workspaces/user/", "workspaces/workspace/", "procrastinate/procrastinatejob/", "auth/group/add/"]
)
def test_the_admin_of_the_platform_works_under_the_policy(open_page, acme, path):
    staff = Membership(user=UserFactory(is_staff=True, is_superuser=True))
    page = open_page(staff)
    page.goto(f"/admin/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
