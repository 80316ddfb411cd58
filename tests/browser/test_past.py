"""Looking back: the board as it stood, what became of its deals, and the way back to now."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from deals.models import Deal, Pipeline, Stage
from tests.factories import DealFactory

from .steps import faults


@pytest.fixture
def stages(acme, inside) -> list[Stage]:
    with inside():
        return list(Pipeline.objects.get().stages.all())


@pytest.fixture
def deals(acme, bob, stages) -> list[Deal]:
    """Two in the first stage."""
    return [DealFactory(workspace=acme, owner=bob, name=name, stage=stages[0], value=100_00, currency="USD")
            for name in ("Alpha", "Beta")]  # fmt: skip


def cards(page: Page, stage: Stage):
    return page.get_by_role("region", name=stage.name, exact=True).locator(".card .t")


def test_the_board_as_it_stood_compared_with_now(open_page, javascript, bob, deals, stages, inside):
    page = open_page(bob, javascript=javascript)
    page.goto("deals/board/")
    page.wait_for_timeout(1100)  # the field holds whole seconds
    then = timezone.now()
    page.wait_for_timeout(1100)
    with inside():
        deals[0].move_to(stages[1], by=bob.actor)
        deals[1].edit(value=150_00, by=bob.actor)
    page.reload()
    expect(cards(page, stages[0])).to_have_text(["Beta"])

    page.get_by_role("button", name="Look back").click()
    page.get_by_label("Moment").fill(timezone.localtime(then).strftime("%Y-%m-%dT%H:%M:%S"))
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("form", name="As of a past moment")).to_contain_text("As it stood on")
    expect(cards(page, stages[0])).to_have_text(["Alpha", "Beta"])
    expect(page.locator("[draggable=true]")).to_have_count(0)
    expect(page.get_by_role("link", name="New deal")).to_have_count(0)

    page.get_by_role("link", name="Compare with now").click()
    since = page.get_by_role("region", name="Since then")
    since.get_by_text("Moved on").click()
    expect(since).to_contain_text(f"Alpha {stages[0].name} → {stages[1].name}")
    since.get_by_text("Grown").click()
    expect(since).to_contain_text("Beta $100 → $150")
    assert not javascript or not faults(page)

    cards(page, stages[0]).filter(has_text="Alpha").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alpha")
    expect(page.get_by_role("form", name="As of a past moment")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(stages[0].name)
    assert not javascript or not faults(page)

    page.get_by_role("link", name="Back to now").click()
    expect(page.get_by_role("form", name="As of a past moment")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Alpha")
