"""The rules of stages in a browser: a card comes back with the reason, a rep does what is asked, an owner passes."""

import pytest
from playwright.sync_api import Page, expect

from activities.models import Activity
from deals.models import Deal, Pipeline, Stage, StageTask
from records.models import Event
from tests.factories import DealFactory

from .conftest import PHONE
from .steps import faults, press, toast

WORDS = "Add expected close before Proposal."


@pytest.fixture
def stages(acme, inside) -> list[Stage]:
    """From Lead in a deal goes on with a day; in Proposal a review must be done and a call may."""
    with inside():
        stages = list(Pipeline.objects.get().stages.all())
        Stage.objects.filter(pk=stages[0].pk).update(required=["expected_close"])
        StageTask.objects.create(stage=stages[3], name="Security review", is_must=True)
        StageTask.objects.create(stage=stages[3], name="Reference call", position=1)
        return stages


@pytest.fixture
def deal(acme, bob, stages) -> Deal:
    return DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])


def stage_of(deal: Deal, inside) -> str:
    with inside():
        return Deal.objects.select_related("stage").get(pk=deal.pk).stage.name


def button(page: Page, name: str):
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def test_a_card_that_a_rule_holds_goes_back_with_the_reason(open_page, bob, deal, stages, inside):
    page = open_page(bob)
    page.goto("deals/board/")
    page.locator(f"#deal-{deal.pk}").drag_to(page.locator(f"#cards-{stages[3].pk}"))
    expect(page.locator("#alerts")).to_contain_text(WORDS)
    expect(page.locator(f"#cards-{stages[0].pk} #deal-{deal.pk}")).to_be_visible()
    assert stage_of(deal, inside) == "Lead in"


def test_an_owner_follows_the_alert_of_a_drag_and_says_why(open_page, alice, deal, stages, inside):
    page = open_page(alice)
    page.goto("deals/board/")
    page.locator(f"#deal-{deal.pk}").drag_to(page.locator(f"#cards-{stages[3].pk}"))
    page.locator("#alerts").get_by_role("link", name="Move past the rules").click()
    reason = page.get_by_label("Reason to pass the rules")
    expect(reason).to_be_focused()
    assert faults(page) == []
    reason.fill("Agreed by phone")
    page.locator(".past-rules").get_by_role("button").click()
    expect(page.locator(f"#cards-{stages[3].pk} #deal-{deal.pk}")).to_be_visible()
    with inside():
        assert Event.objects.get(kind="stage_changed").data["because"] == "Agreed by phone"


def test_a_rep_does_what_the_stages_ask_and_wins(open_page, javascript, bob, deal, inside):
    page = open_page(bob, javascript=javascript)
    page.goto(f"deals/{deal.pk}/")
    expect(button(page, "Proposal")).to_be_disabled()
    expect(page.locator("#rec-way")).to_contain_text("Add expected close before Qualified.")
    page.locator("#edit-expected_close").click()
    page.locator("[name=expected_close]").fill("2027-01-31")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(button(page, "Proposal")).to_be_enabled()
    press(page, "Proposal")
    expect(toast(page)).to_contain_text("“Fleet” moved to Proposal.")
    press(page, "Add task: Reference call")
    expect(toast(page).first).to_contain_text("Reference call created.")
    press(page, "Won")
    expect(page.get_by_role("main")).to_contain_text("Do before the deal is won: Security review.")
    expect(page.get_by_label("Reason to pass the rules")).to_have_count(0)
    page.goto(f"deals/{deal.pk}/")
    page.get_by_role("button", name="Mark done: Security review").click()
    expect(toast(page).first).to_contain_text("done")
    press(page, "Won")
    expect(toast(page).first).to_contain_text("“Fleet”: Won.")
    with inside():
        assert Deal.objects.get().status == "won"
        assert set(Activity.objects.values_list("subject", flat=True)) == {"Security review", "Reference call"}


def test_an_owner_moves_it_past_the_rules_and_says_why(open_page, javascript, alice, deal, inside):
    page = open_page(alice, javascript=javascript, viewport=PHONE)
    page.goto(f"deals/{deal.pk}/")
    assert faults(page) == [] if javascript else True
    page.get_by_role("link", name="Move past the rules").click()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    page.get_by_text("Move past the rules").click()
    page.get_by_label("Reason to pass the rules").fill("Agreed by phone")
    assert faults(page) == [] if javascript else True
    page.get_by_role("button", name="Proposal", exact=True).last.click()
    expect(toast(page)).to_contain_text("“Fleet” moved to Proposal.")
    expect(page.locator("#timeline")).to_contain_text("past the rules: Agreed by phone")
    assert stage_of(deal, inside) == "Proposal"
    with inside():
        assert Event.objects.get(kind="stage_changed").data["because"] == "Agreed by phone"
