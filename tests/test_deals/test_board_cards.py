"""Where a card of a grouped board is begun, where its menu sends it, and where one goes on from it."""

import re
from html import unescape

import pytest

from core.tenancy import workspace_scope
from deals.board_columns import OFFERED
from deals.models import Deal, Stage
from records.listing.periods import month_of
from tests.battery_pages import page_text
from tests.board import cell, from_board, now, shown
from tests.factories import DealFactory, MembershipFactory, PipelineFactory, StageFactory
from tests.fields import field
from tests.reading import undo_path

pytestmark = pytest.mark.django_db


# --- begun in a column ------------------------------------------------------------------------------------------------
def test_a_deal_is_begun_in_a_column_and_the_next_one_can_be_typed(bobs, acme, bob, stages):
    page = shown(bobs, "")
    add = unescape(re.search(r'hx-get="([^"]*/quick/[^"]*)"[^>]*aria-label="New deal in Proposal"', page)[1])
    asked = bobs.get(add, headers=from_board(bobs, "")).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asked))
    data = sent | {"name": "Fleet", "value": "1,200"}
    answer = bobs.post(add, data, headers=from_board(bobs, ""))
    said = answer.content.decode()
    with workspace_scope(acme.pk):
        deal = Deal.objects.get(name="Fleet")
    assert (deal.stage_id, deal.value, deal.currency, deal.owner_id) == (stages[3].pk, 1_200_00, "USD", bob.pk)
    assert cell(said, str(stages[3].pk)) == ["Fleet"]
    assert undo_path(said)
    fresh = said[said.index("<dialog") :]
    assert 'name="name"' in fresh
    assert "1,200" not in fresh
    wrong = bobs.post(add, sent | {"name": "", "value": "much"}, headers=from_board(bobs, ""))
    assert wrong.status_code == 422
    assert 'value="much"' in wrong.content.decode()
    assert f'href="{bobs.url("deals:create")}?stage={stages[3].pk}"' in page, "without JavaScript"


def test_a_deal_that_is_begun_in_a_month_closes_in_it_and_may_say_its_stage(bobs, acme, stages, day):
    field(acme, "deal", "text", name="Region", required=True)
    page = shown(bobs, "?by=month")
    add = unescape(re.search(r'id="add-\d+"[^>]*hx-get="([^"]*/quick/[^"]*)"', page)[1])
    asked = bobs.get(add, headers=from_board(bobs, "?by=month")).content.decode()
    assert '<select name="stage"' in asked
    assert "Region" in asked, "what the workspace requires is asked for"


def test_who_may_not_create_deals_begins_none(client_of, victor, stages):
    client = client_of(victor)
    assert client.get_w("deals:quick").status_code == 403
    assert "/quick/" not in shown(client, "?by=month")


# --- the menu of a card -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?by=forecast", ["Pipeline", "Best case", "Commit", "Omitted"]),
        ("?by=owner", ["Bob Lindqvist", "Without owner"]),
        ("?by=stage&lanes=owner", ["Lead in", "Verbal yes", "Bob Lindqvist"]),
    ],
)
def test_the_menu_of_a_card_offers_the_columns_and_the_lanes(bobs, acme, bob, stages, query, names):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    for headers in ({}, {"HX-Request": "true"}):
        page = bobs.get(bobs.url("deals:column", deal.pk) + query, headers=headers).content.decode()
        assert set(names) <= {unescape(name) for name in re.findall(r">([^<>]+)</button>", page)}
        assert bobs.url("deals:stage", deal.pk) in page


def test_of_many_owners_the_menu_offers_those_with_most_deals_and_finds_the_others(client_of, acme, alice, bob, stages):
    for number in range(OFFERED + 1):
        MembershipFactory(workspace=acme, name=f"Rep {number:02}", role="rep")
    deal = DealFactory(workspace=acme, owner=alice, stage=stages[0])
    DealFactory(workspace=acme, owner=bob, stage=stages[1])
    client = client_of(alice)

    def owners(query: str) -> list[str]:
        page = page_text(client.get(client.url("deals:column", deal.pk) + query, headers={"HX-Request": "true"}))
        group = page.partition('id="offered-owner"')[2].partition("</form>")[0]
        return re.findall(r">([^<>]+)</button>", group)

    offered = owners("?by=owner")
    assert len(offered) == OFFERED + 1, "and nobody"
    assert {"Alice Ostrowska", "Bob Lindqvist", "Without owner"} <= set(offered)
    assert owners("?by=owner&find=rep 1") == ["Rep 10"]
    assert owners("?lanes=owner&find=nobody") == []


def test_the_column_where_a_card_is_has_no_digit_and_the_others_keep_theirs(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, stage=stages[1])
    for page in ("deals:stage", "deals:column"):
        opts = page_text(bobs.get_w(page, deal.pk)).partition('<div class="opts">')[2].partition("</div>")[0]
        assert re.findall(r"<kbd>(\d)</kbd>", opts) == ["1", "3", "4", "5", "6"]


def test_in_lanes_the_menu_says_why_a_stage_is_barred(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, stage=stages[0], value=None)
    with workspace_scope(acme.pk):
        Stage.objects.filter(pk=stages[0].pk).update(required=["value"])
    page = bobs.get(bobs.url("deals:column", deal.pk) + "?lanes=owner").content.decode()
    assert f'value="{stages[3].pk}" disabled aria-describedby="why-{stages[3].pk}"' in page
    assert "Add value before Proposal." in page


def test_a_deal_that_is_begun_in_a_month_comes_into_a_stage_of_this_board(bobs, acme, stages):
    other = StageFactory(workspace=acme)
    add = unescape(re.search(r'hx-get="([^"]*/quick/[^"]*)"', shown(bobs, "?by=month"))[1])
    page = bobs.get(add).content.decode()
    assert f'<option value="{stages[3].pk}"' in page
    assert f'<option value="{other.pk}"' not in page


def test_without_javascript_a_card_is_sent_by_its_menu_and_one_comes_back_to_the_board(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    board = bobs.url("deals:board") + "?by=forecast"
    assert f'href="{bobs.url("deals:column", deal.pk)}?by=forecast"' in shown(bobs, "?by=forecast")
    answer = bobs.post_w("deals:column", deal.pk, data={"forecast": "commit", "version": 1, "next": board})
    assert (answer.status_code, answer.url) == (303, board)
    assert now(deal).forecast == "commit"


# --- on from it -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("by", "following"), [("owner", "two"), ("month", "three")])
def test_from_a_card_one_walks_along_its_column(bobs, acme, bob, mara, stages, day, by, following):
    names = {"one": (bob, day), "two": (bob, month_of(day, 2)), "three": (mara, day)}
    deals = {
        name: DealFactory(workspace=acme, owner=owner, name=name, stage=stages[place], expected_close=close)
        for place, (name, (owner, close)) in enumerate(names.items())
    }
    board = f"http://testserver{bobs.url('deals:board')}?by={by}"
    page = bobs.get(bobs.url("deals:detail", deals["one"].pk), headers={"Referer": board}).content.decode()
    found = re.search(r'rel="next" href="([^"?]*)', page) or re.search(r'href="([^"?]*)[^>]*rel="next"', page)
    assert found[1] == bobs.url("deals:detail", deals[following].pk)


def led_on_to(client, deal: Deal, query: str) -> str:
    """The address of the record that the page of the deal leads on to, for who comes from the board; "" of none."""
    board = f"http://testserver{client.url('deals:board')}{query}"
    page = client.get(client.url("deals:detail", deal.pk), headers={"Referer": board}).content.decode()
    found = re.search(r'rel="next" href="([^"?]*)', page) or re.search(r'href="([^"?]*)[^>]*rel="next"', page)
    return found[1] if found else ""


@pytest.mark.parametrize("by", ["owner", "month", "forecast"])
def test_from_a_card_one_stays_in_the_pipeline_of_the_board(bobs, acme, bob, stages, day, by):
    with workspace_scope(acme.pk):
        other = PipelineFactory(workspace=acme, name="Renewals")
        elsewhere = StageFactory(workspace=acme, pipeline=other)
    given = {"expected_close": day, "owner": bob, "workspace": acme}
    first, _other, last = (
        DealFactory(**given, name=name, stage=stage, value=value)
        for name, stage, value in (("a", stages[0], 3_00), ("b", elsewhere, 2_00), ("c", stages[1], 1_00))
    )
    for query in (f"?by={by}", f"?by={by}&pipeline={stages[0].pipeline_id}"):
        assert led_on_to(bobs, first, query) == bobs.url("deals:detail", last.pk)
        assert led_on_to(bobs, last, query) == ""


@pytest.mark.parametrize("months", [(-3, -1), (8, 11)])
def test_from_a_card_that_is_late_or_far_ahead_one_walks_along_all_of_them(bobs, acme, bob, mara, stages, day, months):
    """With lanes along those of the owner."""
    days = [month_of(day, n) for n in months]
    first, maras, last = (
        DealFactory(workspace=acme, name=name, stage=stages[0], owner=owner, expected_close=close)
        for name, owner, close in (("a", bob, days[0]), ("b", mara, days[0]), ("c", bob, days[1]))
    )
    DealFactory(workspace=acme, name="now", stage=stages[0], owner=bob, expected_close=day)
    assert led_on_to(bobs, first, "?by=month") == bobs.url("deals:detail", maras.pk)
    assert led_on_to(bobs, maras, "?by=month") == bobs.url("deals:detail", last.pk)
    assert led_on_to(bobs, first, "?by=month&lanes=owner") == bobs.url("deals:detail", last.pk)
    assert led_on_to(bobs, last, "?by=month") == ""
