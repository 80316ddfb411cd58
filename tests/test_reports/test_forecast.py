"""The forecast: which deals stand in which month and column, how they are weighted, held against which goal."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import Deal
from deals.models.settling import put_rates
from records.listing.periods import month_of
from tests.battery_pages import statements
from tests.factories import DealFactory, GoalFactory, MembershipFactory, PipelineFactory, StageFactory, TeamFactory
from workspaces.models import RateLine

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 12


@pytest.fixture
def month() -> dt.date:
    return month_of(timezone.localdate())


@pytest.fixture
def stage(acme):
    pipeline = PipelineFactory(workspace=acme, currency="USD")
    return StageFactory(workspace=acme, pipeline=pipeline, win_chance=40)


@pytest.fixture
def deal(acme, bob, stage, month):
    """Makes a deal of bob's that is expected to close this month."""

    def make(**values):
        return DealFactory(**{"workspace": acme, "owner": bob, "stage": stage, "expected_close": month} | values)

    return make


def forecast(client, query: str = ""):
    answer = client.get(f"{client.url('reports:forecast')}?{query or 'view=none'}")
    assert answer.status_code == 200
    return answer.context["list"]


def texts(row) -> dict[str, str]:
    """What stands in the cells of a row that hold deals."""
    return {name: cell.text for name, cell in row.cells.items() if cell.count}


def first(client, query: str = ""):
    """The row of the first month."""
    return next(row for row, _owners in forecast(client, query).sections if row.days.is_month)


# --- what stands where ------------------------------------------------------------------------------------------------
def test_open_deals_stand_below_their_category_and_won_ones_in_the_month_that_they_were_won_in(client_of, bob, deal):
    for forecast_category, value in (("commit", 100_00), ("best", 200_00), ("pipeline", 300_00), ("omitted", 900_00)):
        deal(forecast=forecast_category, value=value)
    deal(status="won", value=50_00, expected_close=None)
    deal(status="lost", value=70_00)
    row = first(client_of(bob))
    assert texts(row) == {"won": "$50", "commit": "$100", "best": "$200", "pipeline": "$300", "omitted": "$900"}


def test_weighted_is_what_is_open_by_its_chance_that_of_a_manager_first(client_of, bob, deal):
    deal(value=1_000_00)
    deal(value=1_000_00, probability=90)
    deal(value=1_000_00, forecast="omitted")
    deal(value=10_00, status="won")
    row = first(client_of(bob))
    assert (row.weighted.text, row.expected.text) == ("$1,300", "$1,310")


def test_the_largest_value_that_a_deal_can_have_does_not_break_it(client_of, bob, deal):
    deal(value=2**63 - 1)
    deal(value=2**63 - 1)
    assert first(client_of(bob)).weighted.count == 2


def test_what_is_late_what_comes_later_and_what_has_no_day_have_rows_of_their_own(client_of, bob, deal, month):
    deal(expected_close=month - dt.timedelta(days=1), value=1_00)
    deal(expected_close=month_of(month, 6), value=2_00)
    deal(expected_close=None, value=3_00)
    rows = {str(row.label): texts(row) for row, _owners in forecast(client_of(bob)).sections if row.count}
    assert rows == {
        "Earlier": {"pipeline": "$1"},
        "Later": {"pipeline": "$2"},
        "No expected close": {"pipeline": "$3"},
    }


def test_currencies_come_together_at_their_rates_alone(client_of, acme, alice, bob, deal):
    deal(value=100_00)
    deal(value=300_00, currency="EUR")
    assert texts(first(client_of(bob))) == {"pipeline": "€300 + $100 (no rate for EUR)"}
    with workspace_scope(acme.pk):
        put_rates([RateLine("EUR", dt.date(2020, 1, 1), Decimal("1.1"))], by=alice.actor)
    assert texts(first(client_of(bob))) == {"pipeline": "€300 + $100 ≈\xa0$430"}


def test_what_was_won_counts_as_it_was_settled_and_without_a_rate_the_page_says_so(client_of, acme, alice, bob, deal):
    won, unrated = deal(value=100_00, currency="EUR"), deal(value=50_00, currency="GBP")
    with workspace_scope(acme.pk):
        put_rates([RateLine("EUR", dt.date(2020, 1, 1), Decimal("3"))], by=alice.actor)
        won.win(by=alice.actor)
        put_rates([RateLine("EUR", timezone.localdate(), Decimal("2"))], by=alice.actor)
    deal(status="won", value=10_00)
    client = client_of(bob)
    row = first(client)
    assert row.cells["won"].text == "€100 + $10 ≈\xa0$310"
    assert forecast(client).worth(row.cells["won"]) == 310_00
    assert forecast(client).unrated == unrated.currency
    assert "no rate for GBP" in client.get_w("reports:forecast").content.decode()


def test_the_weighted_figure_is_that_of_its_list(client_of, bob, deal):
    deal(value=50, probability=100)  # half a unit, which goes to the even one where it is rounded otherwise
    deal(value=10_00, status="won")
    client = client_of(bob)
    cell = first(client).weighted
    assert f"Weighted: {cell.text}" in client.get(cell.url).content.decode()


def test_it_goes_back_and_on_by_months_and_nonsense_is_this_month(client_of, bob, deal, month):
    deal(status="won", closed_on=month_of(month, -6), value=5_00)
    client = client_of(bob)
    page = forecast(client)
    earlier = forecast(client, page.back_url.removeprefix("?"))
    assert earlier.start == month_of(month, -6)
    assert texts(earlier.sections[0][0]) == {"won": "$5"}
    assert forecast(client, earlier.on_url.removeprefix("?")).start == month
    assert {forecast(client, f"month={text}").start for text in ("x", "9999-12", "2026-13")} == {month}


def test_the_rows_of_owners_stand_below_their_month(client_of, bob, mara, deal):
    deal(value=100_00)
    deal(value=200_00, owner=mara)
    deal(value=400_00, owner=None)
    [(_row, owners)] = [found for found in forecast(client_of(bob), "by=owner").sections if found[0].count]
    assert [(str(row.label), texts(row)) for row in owners] == [
        ("Bob Lindqvist", {"pipeline": "$100"}),
        ("Mara Lind", {"pipeline": "$200"}),
        ("No owner", {"pipeline": "$400"}),
    ]


def test_who_has_most_deals_has_a_row_and_the_others_have_one_together(
    client_of, acme, bob, mara, deal, month, monkeypatch
):
    monkeypatch.setattr("reports.forecast.MOST_OWNERS", 1)
    others = [mara, MembershipFactory(workspace=acme, name="Zoe Ash")]
    for owner, value in ((bob, 1_00), (bob, 1_00), (others[0], 100_00), (others[1], 200_00), (None, 400_00)):
        deal(owner=owner, value=value)
    for owner in (bob, *others):
        GoalFactory(workspace=acme, month=month, member=owner, amount=10_00)
    client = client_of(mara)
    owners = forecast(client, "by=owner").sections[0][1]
    assert [(str(row.label), texts(row), row.goal_text) for row in owners] == [
        ("Bob Lindqvist", {"pipeline": "$2"}, "$10"),
        ("Other owners", {"pipeline": "$300"}, "$20"),
        ("No owner", {"pipeline": "$400"}, ""),
    ]
    for cell in (owners[1].cells["pipeline"], owners[1].weighted):
        assert client.get(cell.url).context["list"].count.total == 2


# --- whose deals ------------------------------------------------------------------------------------------------------
def test_it_is_filtered_like_the_list(client_of, bob, mara, deal):
    deal(value=100_00, name="Rollout")
    deal(value=200_00, owner=mara)
    client = client_of(bob)
    assert texts(first(client, f"owner={mara.pk}")) == {"pipeline": "$200"}
    assert texts(first(client, 'where={"all":[{"p":"value_max","v":"150"}]}')) == {"pipeline": "$100"}
    assert texts(first(client, "q=rollout")) == {"pipeline": "$100"}
    page = client.get(f"{client.url('reports:forecast')}?value_min=999999").content.decode()
    assert "No deals match." in page


def test_a_saved_view_of_deals_opens_here_too(client_of, bob, mara, deal):
    deal(value=100_00)
    deal(value=200_00, owner=mara)
    client = client_of(bob)
    saved = client.post_w(
        "saved:create", "deal", data={"name": "Mine", "at": "forecast", "query": "owner=me", "audience": "private"}
    )
    assert saved["Location"].startswith(client.url("reports:forecast")), saved.content.decode()
    assert texts(first(client, saved["Location"].partition("?")[2])) == {"pipeline": "$100"}


def test_what_one_does_not_see_is_not_counted(client_of, bob, mara, acme, charlie, elsewhere, deal):
    private = deal(value=700_00, owner=mara)
    deal(value=100_00)
    DealFactory(workspace=elsewhere, value=900_00, expected_close=private.expected_close)
    with workspace_scope(acme.pk):
        Deal.objects.filter(pk=private.pk).update(is_private=True)
        type(acme).objects.filter(pk=acme.pk).update(is_guarded=True)
    assert texts(first(client_of(bob))) == {"pipeline": "$100"}
    assert texts(first(client_of(mara))) == {"pipeline": "$800"}


# --- where it leads ---------------------------------------------------------------------------------------------------
def test_each_figure_leads_to_the_list_of_just_these_deals(client_of, bob, mara, deal, month):
    for category in ("commit", "best", "pipeline", "omitted"):
        deal(forecast=category, name=f"Rollout {category}")
        deal(forecast=category, owner=mara)
        deal(forecast=category, expected_close=None)
        deal(forecast=category, expected_close=month_of(month, 7), owner=None)
    deal(status="won", name="Rollout won")
    deal(status="won", closed_on=month - dt.timedelta(days=1))
    client = client_of(bob)
    for query in ("by=owner", "by=owner&q=rollout&expected_close=today&status=lost"):
        page = forecast(client, query)
        rows = [one for row, owners in page.sections for one in (row, *owners)] + [page.together]
        cells = [cell for row in rows for cell in (*row.cells.values(), row.weighted) if cell.count]
        assert len(cells) >= 5
        for cell in cells:
            assert client.get(cell.url).context["list"].count.total == cell.count, cell.url


# --- goals ------------------------------------------------------------------------------------------------------------
def test_a_month_is_held_against_the_goal_of_all(client_of, bob, acme, deal, month):
    deal(status="won", value=100_00)
    deal(forecast="commit", value=100_00)
    deal(forecast="best", value=900_00)
    GoalFactory(workspace=acme, month=month, amount=400_00)
    row = first(client_of(bob))
    assert (row.goal_text, row.reached) == ("$400", "50%")
    [bar, *_others] = forecast(client_of(bob)).chart.bars
    assert [part.name for part in bar.parts] == ["won", "commit", "best"]
    assert bar.goal > bar.parts[-1].top, "the line runs below the top of the bar"


def test_the_goal_is_that_of_whose_deals_are_shown(client_of, mara, bob, acme, month):
    team = TeamFactory(workspace=acme)
    with workspace_scope(acme.pk):
        type(mara).objects.filter(pk__in=[mara.pk, bob.pk]).update(team=team)
    GoalFactory(workspace=acme, month=month, member=bob, amount=10_00)
    GoalFactory(workspace=acme, month=month, member=mara, amount=20_00)
    client = client_of(mara)
    assert first(client).goal_text == "$30", "what its members have together"
    assert first(client, f"owner={bob.pk}").goal_text == "$10"
    assert first(client, "owner=team").goal_text == "$30"
    GoalFactory(workspace=acme, month=month, team=team, amount=50_00)
    GoalFactory(workspace=acme, month=month, amount=90_00)
    assert first(client).goal_text == "$90"
    assert first(client, "owner=team").goal_text == "$50"
    [(_row, owners)] = [found for found in forecast(client, "by=owner").sections if found[1]]
    assert [(str(row.label), row.goal_text) for row in owners] == [("Bob Lindqvist", "$10"), ("Mara Lind", "$20")]


def test_a_rep_is_not_shown_the_goals_of_others(client_of, bob, mara, acme, deal, month):
    deal(owner=mara)
    GoalFactory(workspace=acme, month=month, member=mara, amount=20_00)
    GoalFactory(workspace=acme, month=month, member=bob, amount=10_00)
    client = client_of(bob)
    assert first(client).goal_text == ""
    assert first(client, "owner=me").goal_text == "$10"
    assert "$20" not in client.get(f"{client.url('reports:forecast')}?by=owner").content.decode()


# --- the page ---------------------------------------------------------------------------------------------------------
def test_the_board_and_the_list_lead_here_with_their_filters(client_of, bob, deal):
    deal()
    client = client_of(bob)
    for name in ("deals:board", "deals:list"):
        page = client.get(f"{client.url(name)}?owner=me").content.decode()
        assert f'href="{client.url("reports:forecast")}?owner=me"' in page


def test_an_empty_one_says_what_stands_here(client_of, bob):
    page = client_of(bob).get_w("reports:forecast").content.decode()
    assert "Nothing to forecast in these months." in page


def test_while_one_types_htmx_gets_the_months_and_opened_panels_alone(client_of, bob, deal):
    deal()
    client = client_of(bob)
    path, htmx = client.url("reports:forecast"), {"HX-Request": "true"}
    part = client.get(f"{path}?q=", headers=htmx).content.decode()
    assert "<html" not in part
    assert re.search(r'id="months"', part)
    panel = client.get(f"{path}?panel=filters&by=owner", headers=htmx).content.decode()
    assert "<details" in panel
    assert '<input type="hidden" name="by" value="owner">' in panel


def test_it_costs_two_statements_for_deals_and_one_for_goals_however_many_there_are(
    client_of, bob, mara, acme, deal, month
):
    client = client_of(bob)
    path = f"{client.url('reports:forecast')}?by=owner&view=none"
    deal(owner=mara)
    before = statements(client, path)
    for place in range(5):
        deal(expected_close=month_of(month, place), status="open" if place % 2 else "won")
    made = statements(client, path)
    assert len(made) == len(before) <= MOST_STATEMENTS, "\n".join(sql[:100] for sql in made)
