"""Build a filter of conditions, change what matches, come back to it: with JavaScript and without."""

import pytest
from playwright.sync_api import Locator, Page, expect

from core.tenancy import workspace_scope
from organizations.models import Organization
from tests.factories import DealFactory, OrganizationFactory, PipelineFactory, StageFactory, TagFactory

from .conftest import PHONE
from .steps import faults, press, toast


@pytest.fixture
def companies(acme, alice, bob) -> None:
    with workspace_scope(acme.pk):
        stage = StageFactory(pipeline=PipelineFactory(currency="USD"))
        for name, employees, owner, value in (
            ("Alder", 300, alice, 900_00), ("Birch", 300, bob, 50_00),
            ("Cedar", 3, alice, 900_00), ("Dogwood", None, bob, 0),
        ):  # fmt: skip
            at = OrganizationFactory(name=name, employees=employees, owner=owner)
            DealFactory(stage=stage, organization=at, value=value)
        TagFactory(name="VIP")


def names(page: Page) -> Locator:
    return page.locator("table.list tbody th[scope=row]")


def choose(page: Page, javascript: bool, line: str, what: str, label: str) -> None:
    """Choose in a select of a line; what depends on it is drawn anew."""
    select = page.locator(f"[name={line}-{what}]")
    select.focus()
    select.select_option(label=label)
    if not javascript:
        page.locator(".ask", has=page.locator(f"[name={line}-column]")).get_by_role("button", name="Choose").click()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    if javascript and select.count():
        expect(select).to_be_focused()


def test_build_a_filter_change_what_matches_and_edit_it(open_page, javascript, alice, companies, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("organizations/?sort=name")
    page.get_by_role("button", name="Filter", exact=True).click()
    if not javascript:
        page.get_by_role("link", name="Show filters").click()
    page.get_by_role("link", name="Combine conditions").click()

    choose(page, javascript, "w-0", "column", "Employees")
    choose(page, javascript, "w-0", "ask", "is at least")
    page.locator("[name=w-0-value]").fill("100")
    press(page, "Add group")
    if javascript:
        expect(page.locator("[name=w-1-0-column]")).to_be_focused()
    expect(page.locator("[name=w-0-value]")).to_have_value("100")
    choose(page, javascript, "w-1-0", "column", "Owner")
    page.locator("[name=w-1-0-value][value=me]").check()
    page.locator(".conditions .conditions").get_by_role("button", name="Add condition").click()
    choose(page, javascript, "w-1-1", "column", "Has an open deal over …")
    page.locator("[name=w-1-1-1-value]").fill("100")
    assert faults(page) == []
    press(page, "Apply")

    expect(names(page)).to_have_text(["Alder"])
    group = "Owner is Me or Has a deal where (Status is Open and Value is at least $100.00)"
    expect(page.get_by_role("link", name=group)).to_be_visible()

    page.get_by_role("link", name="Edit conditions").click()
    page.locator("[name=w-1-1-1-value]").fill("nothing")
    press(page, "Apply")
    expect(page.locator(".ask .err")).to_be_visible()
    page.locator("[name=w-1-1-1-value]").fill("5")
    page.locator("[name=w-1-1-1-value]").press("Enter")
    expect(names(page)).to_have_text(["Alder", "Birch"])
    assert faults(page) == []

    page.get_by_role("checkbox", name="Select Alder").check()
    page.get_by_role("checkbox", name="All 2 matching").check()
    press(page, "Add tag")
    form = page.locator("#bulk-form")
    form.get_by_role("combobox", name="Tag").select_option("VIP")
    form.get_by_role("button", name="Add tag").click()
    expect(toast(page)).to_contain_text("2 records have the tag VIP")
    with inside():
        tagged = Organization.objects.filter(tags__name="VIP").order_by("name")
        assert [row.name for row in tagged] == ["Alder", "Birch"]

    page.get_by_role("link", name="Employees is at least 100 remove filter").click()
    expect(names(page)).to_have_text(["Alder", "Birch", "Cedar"])


def test_on_a_phone(open_page, alice, companies):
    page = open_page(alice, viewport=PHONE)
    page.goto("organizations/?panel=where")
    press(page, "Add group")
    expect(page.locator("[name=w-1-0-column]")).to_be_focused()
    assert faults(page) == []
