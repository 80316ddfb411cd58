"""The numbers above the board: what they say of the deals that were closed, for whom, and where they lead."""

import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline, Stage, StageChange
from deals.models.settling import put_rates
from tests.battery_pages import statements
from tests.factories import DealFactory, StageFactory
from workspaces.models import RateLine

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def stages(acme) -> list[Stage]:
    with workspace_scope(acme.pk):
        return list(Pipeline.objects.get().stages.all()[:3])


@pytest.fixture(autouse=True)
def gone(acme, bob, mara, stages) -> dict[str, Deal]:
    """Four closed deals, each of which came another way, one that is open, and one that was closed long ago."""
    first, second, third = stages
    ways = {
        "Won": {"owner": bob, "status": "won", "way": [(first, 2), (second, 10)], "value": 300_00, "started": 20},
        "Jumped": {"owner": bob, "status": "won", "way": [(first, 6)], "value": 100_00, "started": 10},
        "Lost late": {"owner": mara, "status": "lost", "way": [(first, 1), (second, 2), (third, 3)], "started": 30},
        "Given up": {"owner": mara, "status": "abandoned", "way": [(first, 3)], "started": 5},
        "Long ago": {"owner": bob, "status": "won", "way": [(first, 100)], "started": 900, "closed": 400},
    }
    closed = {name: went(acme, name, **way) for name, way in ways.items()}
    started = {"created_at": timezone.now() - dt.timedelta(days=40), "value": 70_00}
    return closed | {"Open": DealFactory(workspace=acme, owner=bob, name="Open", stage=second, **started)}


def went(acme, name, *, owner, status, way, started, closed=0, value=None) -> Deal:
    """A deal that was in stages for so many days each, and was closed in the last one."""
    today = TODAY()
    deal = DealFactory(
        workspace=acme, name=name, owner=owner, status=status, stage=way[-1][0], value=value,
        started_on=today - dt.timedelta(days=started), closed_on=today - dt.timedelta(days=closed),
    )  # fmt: skip
    with workspace_scope(acme.pk):
        for place, (stage, days) in enumerate(way):
            last = place == len(way) - 1
            StageChange.objects.create(
                workspace=acme, deal=deal, from_stage=stage, to_stage=stage if last else way[place + 1][0],
                from_status="open", to_status=status if last else "open",
                changed_at=timezone.now(), stayed=dt.timedelta(days=days),
            )  # fmt: skip
    return deal


def numbers(client, query: str = ""):
    answer = client.get(f"{client.url('deals:board')}?panel=numbers{query}")
    assert answer.status_code == 200
    return answer.context["list"].numbers


def count_behind(client, url: str) -> int:
    """How many rows the list has that a number leads to."""
    page = client.get(url.replace("&amp;", "&"))
    assert page.status_code == 200
    return page.context["list"].count.total


# --- what they say ----------------------------------------------------------------------------------------------------
def test_how_many_were_won_of_those_that_were_closed_in_these_days_and_how_soon(client_of, bob):
    found = numbers(client_of(bob))
    assert (found.won.count, found.closed_count, found.win_rate) == (2, 4, "50%")
    assert found.won.average_days == 15
    assert found.average_won.first == "$200"


def test_how_old_the_open_ones_are_and_what_they_are_worth(client_of, bob):
    found = numbers(client_of(bob))
    assert (found.open.count, found.open.average_days, found.average_open.first) == (1, 40, "$70")


def test_how_much_is_to_be_won_in_a_day(client_of, bob, acme, stages):
    """Of open deals, as many as are won, each worth as much as those and as soon."""
    client = client_of(bob)
    assert numbers(client).velocity == f"${1 * 2 / 4 * 200 / 15:.0f}"
    DealFactory.create_batch(29, workspace=acme, owner=bob, stage=stages[0])
    assert numbers(client).velocity == f"${30 * 2 / 4 * 200 / 15:.0f}"
    assert numbers(client, "&over=yesterday").velocity is None
    won = {"workspace": acme, "owner": bob, "stage": stages[0], "status": "won", "started_on": TODAY()}
    DealFactory(**won, closed_on=TODAY(), value=500_00, currency="CZK")
    dollars, crowns = (30 * 3 / 5 * (amount / 3) / 10 for amount in (400, 500))
    assert numbers(client).velocity.lines == [f"CZK\xa0{crowns:.0f} + ${dollars:.0f}", "no rate for CZK"]


def test_how_many_came_to_each_stage_how_many_went_on_and_how_long_they_stayed(client_of, bob, stages):
    """Who was won got all the way, whichever stages were left out."""
    steps = numbers(client_of(bob)).steps[:3]
    assert [(step.came, step.share, step.days) for step in steps] == [
        (4, "75%", 3),
        (3, "100%", 6),
        (3, "67%", 3),
    ]


def test_a_deal_that_came_back_to_a_stage_was_in_it_for_both_times(client_of, bob, acme, gone, stages):
    with workspace_scope(acme.pk):
        StageChange.objects.create(
            workspace=acme, deal=gone["Lost late"], from_stage=stages[1], to_stage=stages[2], from_status="open",
            to_status="open", changed_at=timezone.now(), stayed=dt.timedelta(days=6),
        )  # fmt: skip
    assert numbers(client_of(bob)).steps[1].days == 9


def test_the_reader_says_in_which_days_they_were_closed(client_of, bob):
    client = client_of(bob)
    assert numbers(client, "&over=all").won.count == 3
    assert numbers(client, "&over=yesterday").closed_count == 0
    assert (
        "No deals were closed in these days."
        in client.get_w("deals:board", query_params={"panel": "numbers", "over": "yesterday"}).content.decode()
    )
    assert numbers(client, "&over=nonsense").over == "last_90_days"


def test_an_average_of_several_currencies_is_one_amount_and_what_has_no_rate_stands_beside_it(
    client_of, bob, alice, acme, stages
):
    DealFactory(workspace=acme, owner=bob, stage=stages[0], value=1000_00, currency="CZK")
    found = numbers(client_of(bob)).average_open
    assert (found.first, found.why) == ("CZK\xa0500 + $35", "no rate for CZK")
    with workspace_scope(acme.pk):
        put_rates([RateLine("CZK", dt.date(2020, 1, 1), Decimal("0.05"))], by=alice.actor)
    assert numbers(client_of(bob)).average_open.first == "≈\xa0$60"


# --- of which deals ---------------------------------------------------------------------------------------------------
def test_they_are_about_what_the_board_is_filtered_by(client_of, bob, mara):
    client = client_of(bob)
    assert numbers(client, f"&owner={mara.pk}").closed_count == 2
    assert numbers(client, f"&owner={mara.pk}").steps[0].came == 2
    where = json.dumps({"all": [{"p": "owner", "v": [str(bob.pk)]}]})
    assert numbers(client, f"&where={where}").closed_count == 2


def test_deals_of_another_pipeline_or_in_the_trash_do_not_count(client_of, bob, acme, gone, stages):
    DealFactory(workspace=acme, stage=StageFactory(workspace=acme), status="won")
    with workspace_scope(acme.pk):
        Deal.objects.filter(pk=gone["Won"].pk).update(deleted_at=timezone.now())
    found = numbers(client_of(bob))
    assert (found.closed_count, found.steps[1].been) == (3, 1)


def test_who_does_not_see_a_deal_does_not_have_it_counted(client_of, bob, mara, acme, gone):
    with workspace_scope(acme.pk):
        Deal.objects.filter(pk=gone["Lost late"].pk).update(is_private=True)
        type(acme).objects.filter(pk=acme.pk).update(is_guarded=True)
    assert numbers(client_of(bob)).closed_count == 3
    assert numbers(client_of(bob)).steps[2].came == 2
    assert numbers(client_of(mara)).closed_count == 4


# --- where they lead --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("over", ["last_90_days", "all"])
def test_each_number_leads_to_the_list_of_just_these_deals(client_of, bob, over):
    client = client_of(bob)
    found = numbers(
        client, f"&over={over}&where=" + '{"any":[{"p":"status","v":["won"]},{"p":"status","v":["lost","open"]}]}'
    )
    assert count_behind(client, found.won_url) == found.won.count
    assert count_behind(client, found.open_url) == found.open.count
    assert count_behind(client, found.closed_url()) == found.closed_count
    for step in found.steps:
        assert count_behind(client, step.came_url) == step.came
        assert count_behind(client, step.been_url) == step.been
        assert count_behind(client, step.on_url) == step.went_on


def test_the_page_has_the_links(client_of, bob):
    client = client_of(bob)
    page = client.get(f"{client.url('deals:board')}?panel=numbers&owner=me").content.decode()
    section = re.search(r'aria-labelledby="numbers-title".*?</section>', page, re.DOTALL)[0]
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)<', section)
    assert all("owner=me" in url for url, _words in links)
    won = next(url for url, words in links if words == "2 won")
    assert count_behind(client, won) == 2
    assert '<input type="hidden" name="owner" value="me">' in section


def test_they_stay_open_while_the_board_is_filtered_and_follow_what_is_typed(client_of, bob, mara):
    client = client_of(bob)
    board = client.url("deals:board")
    page = client.get(f"{board}?over=all").content.decode()
    assert 'name="over" value="all"' in page, "the search carries it along"
    assert f'href="?over=all&amp;owner={mara.pk}"' in page, "and so does the link of an owner"
    part = client.get(f"{board}?over=all&q=jumped", headers={"HX-Request": "true"}).content.decode()
    assert 'id="numbers"' in part
    assert "1 won" in part
    assert 'id="numbers"' not in client.get(f"{board}?q=jumped", headers={"HX-Request": "true"}).content.decode()
    assert 'id="numbers"' not in client.get(f"{board}{numbers(client, '&over=all').close_url}").content.decode()


def test_the_builder_asks_for_stages_so_far(client_of, bob, stages):
    """The same question can be put together by hand, and is told in words."""
    client = client_of(bob)
    second = [str(stages[1].pk)]
    tree = {"all": [{"p": "course", "v": second, "not": True}, {"p": "course_to", "v": second}]}
    page = client.get(client.url("deals:list"), {"where": json.dumps(tree), "closed_on": "today"})
    assert page.context["list"].count.total == 1, "the one that jumped"
    text = page.content.decode()
    assert f"Stages so far don&#x27;t include {stages[1].name}" in text
    assert f"Stages so far get to {stages[1].name}" in text


# --- what it costs ----------------------------------------------------------------------------------------------------
def test_the_numbers_cost_two_statements_and_nobody_pays_for_them_who_did_not_ask(client_of, bob):
    client = client_of(bob)
    board = client.url("deals:board")
    plain, opened = statements(client, f"{board}?owner=me"), statements(client, f"{board}?owner=me&panel=numbers")
    assert len(opened) == len(plain) + 2, "\n".join(sql[:100] for sql in opened)


def test_the_changes_of_stages_are_added_up_from_the_index_alone(client_of, bob, acme):
    client = client_of(bob)
    asked = statements(client, client.url("deals:board") + "?panel=numbers")
    [sql] = [sql for sql in asked if "deals_stagechange" in sql]
    with workspace_scope(acme.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using deals_change_deal" in plan, plan
