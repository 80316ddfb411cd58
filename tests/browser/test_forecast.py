"""A manager sets goals, looks at the forecast and the numbers, and follows a figure to its deals; with JavaScript and
without, on a phone too."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.tenancy import workspace_scope
from deals.models import Pipeline
from reports.models import Goal
from tests.factories import DealFactory

from .conftest import PHONE
from .steps import faults


@pytest.fixture
def deals(acme, bob, inside):
    today = timezone.localdate().replace(day=1)
    with inside():
        stage = Pipeline.objects.get().stages.first()
    sure = DealFactory(
        workspace=acme, owner=bob, stage=stage, name="Rollout", forecast="commit", value=750_00, currency="USD",
        expected_close=today,
    )  # fmt: skip
    won = DealFactory(workspace=acme, owner=bob, stage=stage, name="Pilot", status="won", value=250_00, currency="USD")
    return sure, won


def test_goals_are_set_and_the_forecast_is_held_against_them(open_page, mara, acme, deals, javascript):
    page = open_page(mara, javascript=javascript)
    page.goto("deals/board/")
    page.get_by_role("link", name="Forecast").click()
    page.get_by_role("link", name="Goals").click()
    page.get_by_role("link", name="Everybody").click()
    page.get_by_label("Each month without an amount").fill("2,000")
    page.get_by_role("button", name="Save goals").click()
    expect(page.locator("table")).to_contain_text("$24,000")
    with workspace_scope(acme.pk):
        assert Goal.objects.filter(member=None, team=None, amount=2_000_00).count() == 12
    page.get_by_role("link", name="Forecast").click()
    month = page.locator("tbody").first
    expect(month).to_contain_text("$2,000 50%")
    month.get_by_role("link", name="$750").click()
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page.locator("#rows")).to_contain_text("Rollout")


def test_the_numbers_stand_above_the_board_and_lead_to_their_deals(open_page, mara, deals, javascript):
    page = open_page(mara, javascript=javascript)
    page.goto("deals/board/")
    page.get_by_role("link", name="Numbers").click()
    page.wait_for_url("**over=**")  # a page of its own, whose script hears of a choice once it runs
    page.wait_for_load_state()
    panel = page.get_by_role("region", name="Numbers")
    expect(panel).to_contain_text("100%")
    panel.get_by_label("Of deals closed in").select_option("Today")
    if not javascript:
        panel.get_by_role("button", name="Show").click()
    page.wait_for_url("**over=today**")
    page.get_by_role("region", name="Numbers").get_by_role("link", name="1 won").click()
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page.locator("#rows")).to_contain_text("Pilot")


def test_on_a_phone_nothing_runs_over_the_page(open_page, mara, deals, inside):
    with inside():
        Pipeline.objects.update(name="Everything that was begun before the summer " + "and" * 9)
    page = open_page(mara, viewport=PHONE)
    for path in ("reports/forecast/?by=owner", "deals/board/?panel=numbers", "reports/goals/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert not faults(page), path
