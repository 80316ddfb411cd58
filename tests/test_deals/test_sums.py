"""Sums of deals in several currencies: below the list, in the heads of the board, on the overview."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import Deal
from deals.models.settling import put_rates
from tests.battery_pages import statements
from tests.factories import DealFactory, PipelineFactory, StageFactory
from workspaces.models import RateLine

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(2020, 1, 1)


def text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))).replace("\xa0", " ")


def footer(response) -> str:
    return text(response).partition(" Sum ")[2].partition("Previous")[0]


@pytest.fixture
def stage(acme):
    pipeline = PipelineFactory(workspace=acme, name="New business", currency="USD")
    return StageFactory(workspace=acme, pipeline=pipeline, name="Proposal", win_chance=50)


@pytest.fixture
def deals(acme, alice, stage) -> list[Deal]:
    """Open: 1,000 dollars, and 100 euros of a chance of 10 percent by hand. Won: 200 euros, at a rate of long ago."""
    with workspace_scope(acme.pk):
        put_rates([RateLine("EUR", LONG_AGO, Decimal("3"))], by=alice.actor)
        won = DealFactory(stage=stage, value=200_00, currency="EUR")
        won.win(by=alice.actor, on=LONG_AGO)
        put_rates([RateLine("EUR", dt.date(2021, 1, 1), Decimal("2"))], by=alice.actor)
        return [
            DealFactory(stage=stage, value=1000_00, currency="USD"),
            DealFactory(stage=stage, value=100_00, currency="EUR", probability=10),
            won,
        ]


def test_a_list_adds_up_what_is_closed_as_it_was_settled_and_weighs_what_is_open(client_of, bob, deals):
    client = client_of(bob)
    assert "≈ $1,800 $1,000 + €300 Weighted: ≈ $520" in footer(client.get_w("deals:list"))
    assert "€200" in footer(client.get_w("deals:list", data={"status": "won"}))
    assert "Weighted" not in footer(client.get_w("deals:list", data={"status": "won"}))


def test_what_is_about_so_much_has_no_cents(client_of, bob, acme, stage):
    DealFactory(workspace=acme, stage=stage, value=11_11, currency="USD")
    assert "$11.11 Weighted: $6" in footer(client_of(bob).get_w("deals:list"))


def test_what_has_no_rate_stands_beside_a_sum_everywhere(client_of, bob, acme, deals, stage):
    DealFactory(workspace=acme, stage=stage, value=7_00, currency="GBP")
    client, query = client_of(bob), {"pipeline": stage.pipeline_id}
    words = "≈ $1,800 + £7 $1,000 + €300 + £7 no rate for GBP Weighted: ≈ $520 + £4"
    assert words in footer(client.get_w("deals:list"))
    page = text(client.get_w("deals:board", data=query))
    assert "Open ≈ $1,200 + £7 ($1,000 + €100 + £7; no rate for GBP)" in page
    assert (
        "≈ $1,200 + £7 Win chance 50% $1,000 + €100 + £7 no rate for GBP Weighted: ≈ $520 + £4 $500 + €10 + £4" in page
    )
    assert "Open 3 ≈ $1,200 + £7 $1,000 + €100 + £7 no rate for GBP" in text(client.get_w("overview", data=query))


@pytest.mark.parametrize("name", ["deals:board", "overview", "reports:forecast"])
def test_who_may_write_the_rate_that_is_missing_is_led_there(client_of, alice, bob, acme, stage, name):
    DealFactory(workspace=acme, stage=stage, value=7_00, currency="GBP", expected_close=timezone.localdate())
    for member, is_led in ((alice, True), (bob, False)):
        client = client_of(member)
        page = client.get_w(name, data={"pipeline": stage.pipeline_id}).content.decode()
        assert "no rate for GBP" in page
        assert (f'href="{client.url("rates:rates")}">no rate for GBP' in page) == is_led


def test_a_deal_that_was_closed_without_a_rate_is_not_counted_at_one_of_today(client_of, alice, acme, deals):
    with workspace_scope(acme.pk):
        deals[1].win(by=alice.actor, on=dt.date(2019, 1, 1))
    assert "no rate for EUR" in footer(client_of(alice).get_w("deals:list"))


def test_the_board_adds_up_in_its_heads_and_figures(client_of, bob, deals, stage):
    page = text(client_of(bob).get_w("deals:board", data={"pipeline": stage.pipeline_id}))
    assert "Open ≈ $1,200 ($1,000 + €100)" in page
    assert page.partition("Proposal")[2].count("≈ $1,200") == 1


def test_the_overview_adds_up_by_status_and_stage(client_of, bob, deals, stage):
    page = text(client_of(bob).get_w("overview", data={"pipeline": stage.pipeline_id}))
    assert "Open 2 ≈ $1,200 $1,000 + €100 Weighted: ≈ $520" in page
    assert "Proposal 2 ≈ $1,200 $1,000 + €100 ≈ $520" in page
    assert "Won 1 €200" in page


@pytest.mark.parametrize("name", ["deals:list", "deals:board", "overview"])
def test_several_currencies_cost_one_statement_and_one_none(client_of, bob, acme, stage, name):
    DealFactory(workspace=acme, stage=stage, value=100_00, currency="USD")
    client = client_of(bob)
    path = f"{client.url(name)}?pipeline={stage.pipeline_id}"
    alone = statements(client, path)
    DealFactory(workspace=acme, stage=stage, value=100_00, currency="EUR")
    DealFactory(workspace=acme, stage=stage, value=100_00, currency="GBP")
    several = statements(client, path)
    assert not any("workspaces_rate" in sql for sql in alone)
    assert sum("workspaces_rate" in sql for sql in several) == 1
