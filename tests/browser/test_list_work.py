"""A list as a place to work: cells edited where they stand, keys alone, columns in order, all matching rows at once."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import BulkRun
from tests.factories import OrganizationFactory

from .steps import faults, press, toast

MANY = 30


@pytest.fixture
def companies(acme, alice) -> list[Organization]:
    with workspace_scope(acme.pk):
        return [
            OrganizationFactory(name=name, sector=sector, location="Leeds", owner=alice)
            for name, sector in (("Adams", "Haulage"), ("Brown", "Haulage"), ("Clark", "Ships"))
        ]


def names(page: Page) -> list[str]:
    return page.locator("table.list tbody th[scope=row] > a:first-child").all_inner_texts()


def heads(page: Page) -> list[str]:
    return [head.strip() for head in page.locator("table.list thead th[scope=col]").all_inner_texts()]


def test_a_cell_is_edited_where_it_stands_and_undone(open_page, javascript, alice, companies, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("organizations/?sort=-name")
    page.get_by_role("link", name="Edit Sector of Brown").click(force=True)
    field = page.locator("[name=sector]")
    expect(field).to_have_value("Haulage")
    field.fill("Railways")
    field.press("Enter")
    expect(page.locator(f"#organization-{companies[1].pk}")).to_contain_text("Railways")
    expect(toast(page)).to_contain_text("Brown saved.")
    assert names(page) == ["Clark", "Brown", "Adams"], "the list is the one that one came from"
    with inside():
        assert Organization.objects.get(name="Brown").sector == "Railways"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#organization-{companies[1].pk}")).to_contain_text("Haulage")


def test_a_list_is_worked_through_by_keys_alone(open_page, alice, companies, inside):
    page = open_page(alice)
    page.goto("organizations/")
    keys = page.keyboard
    for key in ("j", "j", "ArrowRight", "ArrowRight"):
        keys.press(key)
    expect(page.locator(":focus")).to_have_accessible_name("Edit Sector of Brown")
    keys.press("e")
    expect(page.locator("input:focus")).to_have_value("Haulage")
    assert faults(page) == []
    keys.press("Escape")
    expect(page.locator(":focus")).to_have_accessible_name("Edit Sector of Brown")
    keys.press("Enter")
    expect(page.locator("input:focus")).to_have_value("Haulage")
    keys.press("Control+a")
    keys.type("Railways")
    keys.press("Enter")
    expect(page.locator(":focus")).to_have_accessible_name("Edit Sector of Brown")
    with inside():
        assert Organization.objects.get(name="Brown").sector == "Railways"

    keys.press("k")
    keys.press("x")
    keys.press("j")
    keys.press("j")
    keys.press("Shift+X")
    expect(page.locator("form.bulk [data-count]")).to_have_text("3")
    keys.press("a")
    expect(page.get_by_role("form", name="Selected rows")).to_be_hidden()
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Clark")


def test_columns_are_put_in_order_and_rows_sorted_by_two_keys(open_page, javascript, alice, companies):
    page = open_page(alice, javascript=javascript)
    page.goto("organizations/?columns=sector,location,owner")
    page.get_by_role("button", name="View", exact=True).click()
    if not javascript:
        page.get_by_role("link", name="Show view").click()
    page.get_by_role("button", name="Move Owner up").press("Enter")
    expect(page.locator(".arrange input:checked").nth(1)).to_have_value("owner")
    if javascript:
        expect(page.locator(":focus")).to_have_accessible_name("Move Owner up")
    page.get_by_role("button", name="Move Owner up").press("Enter")
    expect(page.locator(".arrange input:checked").first).to_have_value("owner")
    page.get_by_label("Sort by").select_option("Sector: A–Z")
    page.get_by_label("Then by").first.select_option("Name: Z–A")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("table.list thead th[scope=col]").nth(1)).to_have_text("Owner")
    assert [head.split("\n")[0] for head in heads(page)][1] == "Owner"
    assert names(page) == ["Brown", "Adams", "Clark"]
    if javascript:
        page.get_by_role("columnheader", name="Name").get_by_role("link").click(modifiers=["Shift"])
        expect(page.locator("table.list tbody th").first).to_contain_text("Adams")
        assert names(page) == ["Adams", "Brown", "Clark"], "within each sector"
        page.goto("organizations/?columns=sector,location,employees,revenue,segment,city,country,phone,website,owner")
        cells = page.locator("tbody tr").first.locator("th, td")
        edges = cells.evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
        )
        assert all(left[1] <= right[0] + 1 for left, right in pairwise(edges)), "what sticks covers nothing"


def test_all_that_match_get_a_field_by_a_job_and_get_it_back(
    open_page, javascript, alice, acme, inside, worker, monkeypatch
):
    monkeypatch.setattr("records.listing.running.AT_ONCE", MANY - 1)
    with workspace_scope(acme.pk):
        Organization.objects.bulk_create(
            Organization(name=f"Works {n:02}", sector="Haulage", owner=alice) for n in range(MANY)
        )
    page = open_page(alice, javascript=javascript)
    page.goto("organizations/?sector=haul")
    page.get_by_role("checkbox", name="Select Works 07").check()
    page.get_by_role("checkbox", name=f"All {MANY} matching").check()
    press(page, "Set a field")
    form = page.locator("#bulk-form")
    form.get_by_label("Field").select_option("Sector")
    if not javascript:
        form.get_by_role("button", name="Set a field").click()
    form.get_by_label("Sector").fill("Railways")
    form.get_by_role("button", name="Set a field").click()
    expect(page.get_by_role("heading", level=1, name="Set a field")).to_be_visible()
    expect(page.get_by_text("Records changed")).to_be_visible(timeout=30_000)
    with inside():
        assert Organization.objects.filter(sector="Railways").count() == MANY
        assert BulkRun.objects.get().state == "done"
    assert not javascript or faults(page) == []
    press(page, "Undo")
    expect(toast(page)).to_contain_text("Undone")
    with inside():
        assert Organization.objects.filter(sector="Haulage").count() == MANY
