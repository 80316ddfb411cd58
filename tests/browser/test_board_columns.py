"""The board by month and in lanes: cards are dragged from month to month, sent by keys, begun in a column."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from deals.models import Deal, Pipeline
from records.listing.periods import month_of
from records.models import change_set
from tests.factories import DealFactory

from .conftest import PHONE
from .steps import faults, toast


@pytest.fixture
def fleet(acme, bob, inside) -> Deal:
    with inside():
        stage = Pipeline.objects.get().stages.first()
    return DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stage, expected_close=timezone.localdate())


def ahead(months: int) -> str:
    return f"{month_of(timezone.localdate(), months):%Y%m}"


def cell(page: Page, key: str) -> Locator:
    return page.locator(f"#cards-{key}")


def closes(inside, deal: Deal) -> str:
    with inside():
        return f"{Deal.objects.get(pk=deal.pk).expected_close:%Y%m}"


def test_a_card_is_dragged_and_sent_from_month_to_month_and_a_refusal_puts_it_back(open_page, bob, fleet, inside):
    page = open_page(bob)
    page.goto("deals/board/?by=month")
    page.locator(".card").drag_to(cell(page, ahead(2)))
    expect(toast(page)).to_contain_text("“Fleet” moved to")
    expect(cell(page, ahead(2)).locator(".card")).to_have_count(1)
    assert closes(inside, fleet) == ahead(2)
    page.keyboard.press("z")
    expect(cell(page, ahead(0)).locator(".card")).to_have_count(1)
    page.wait_for_load_state()  # an undo draws the page anew
    # By keys alone: the menu of the card, the third column that takes it.
    page.get_by_role("link", name="Fleet", exact=True).focus()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog", name="Move “Fleet”")).to_be_visible()
    page.keyboard.press("3")
    expect(cell(page, ahead(2)).locator(".card")).to_have_count(1)
    expect(page.get_by_role("link", name="Move Fleet")).to_be_focused()
    assert closes(inside, fleet) == ahead(2)
    with inside(), change_set(by=bob.actor, source="web"):
        Deal.objects.get(pk=fleet.pk).edit(by=bob.actor, name="Fleet two")
    page.locator(".card").drag_to(cell(page, ahead(1)))
    expect(page.locator("#alerts")).to_contain_text("Not moved. Bob Lindqvist changed this record at")
    expect(cell(page, ahead(2)).locator(".card .t")).to_have_text("Fleet two")
    assert closes(inside, fleet) == ahead(2)


def test_deals_are_begun_one_after_the_other_in_a_column(open_page, bob, fleet, inside):
    page = open_page(bob)
    page.goto("deals/board/")
    page.get_by_role("link", name="New deal in Proposal").click()
    for name in ("One", "Two"):
        dialog = page.get_by_role("dialog", name="New deal")
        expect(dialog.get_by_label("Name")).to_be_focused()
        expect(dialog.get_by_label("Name")).to_have_value("")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(toast(page).filter(has_text=f"{name} created.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="New deal in Proposal")).to_be_focused()
    assert page.get_by_role("region", name="Proposal", exact=True).locator(".card .t").all_text_contents() == [
        "Two",
        "One",
    ]
    with inside():
        assert Deal.objects.filter(stage__name="Proposal").count() == 2


def test_in_lanes_a_card_is_given_away_by_a_drag_and_arrows_stay_in_the_lane(
    open_page, acme, alice, bob, mara, fleet, inside
):
    with inside():
        stages = list(Pipeline.objects.get().stages.all())
    DealFactory(workspace=acme, owner=mara, name="Depot", stage=stages[0])
    DealFactory(workspace=acme, owner=bob, name="Storage", stage=stages[1])
    page = open_page(alice)
    page.goto("deals/board/?lanes=owner")
    page.get_by_role("link", name="Fleet", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Storage", exact=True)).to_be_focused()
    page.locator(".card").filter(has_text="Fleet").drag_to(cell(page, f"{stages[1].pk}-{mara.pk}"))
    expect(toast(page)).to_contain_text("“Fleet” moved to Qualified · Mara Lind.")
    expect(cell(page, f"{stages[1].pk}-{mara.pk}").locator(".card .t")).to_have_text("Fleet")
    with inside():
        now = Deal.objects.get(pk=fleet.pk)
    assert (now.stage_id, now.owner_id) == (stages[1].pk, mara.pk)


def test_columns_are_chosen_and_folded_without_javascript(open_page, bob, fleet, inside):
    page = open_page(bob, javascript=False)
    page.goto("deals/board/?by=forecast")
    page.get_by_role("link", name="Fold Commit").click()
    expect(page.get_by_role("link", name="Unfold Commit")).to_be_visible()
    page.get_by_role("link", name="Move Fleet").click()
    page.get_by_role("main").get_by_role("button", name="Best case").click()
    assert "/deals/board/" in page.url
    expect(cell(page, "best").locator(".card")).to_have_count(1)
    with inside():
        assert Deal.objects.get(pk=fleet.pk).forecast == "best"


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("query", ["?by=month&folded=none", "?lanes=owner", "?by=owner"])
def test_no_grouping_has_a_fault(open_page, bob, fleet, viewport, query):
    page = open_page(bob, **({"viewport": viewport} if viewport else {}))
    page.goto(f"deals/board/{query}")
    found = faults(page)
    page.get_by_role("link", name="Move Fleet").first.click(force=True)
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    assert not found, "\n".join(found)


def test_the_digit_of_the_column_where_a_card_is_does_nothing_in_lanes(open_page, bob, acme, inside):
    with inside():
        first, second, *_others = Pipeline.objects.get().stages.all()
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet renewal", stage=second)
    DealFactory(workspace=acme, owner=None, stage=first)
    page = open_page(bob)
    page.goto("deals/board/?lanes=owner")
    page.get_by_role("link", name="Fleet renewal", exact=True).focus()
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with inside():
        deal.refresh_from_db()
        assert (deal.stage, deal.owner) == (first, bob)
