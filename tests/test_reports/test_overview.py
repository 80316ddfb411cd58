"""The overview answers how the pipelines stand, from the rows that the reader may see."""

import re

import pytest
from django.utils import timezone

from tests.battery_pages import statements
from tests.factories import DealFactory, PipelineFactory, StageFactory

pytestmark = pytest.mark.django_db


def text(response) -> str:
    """What a reader sees, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def proposal(acme):
    pipeline = PipelineFactory(workspace=acme, name="New business", currency="USD")
    return StageFactory(workspace=acme, pipeline=pipeline, name="Proposal")


def test_it_counts_deals_by_status_and_stage_and_sums_what_was_won(client_of, alice, bob, acme, proposal):
    DealFactory(workspace=acme, stage=proposal, value=None)
    DealFactory(workspace=acme, stage=proposal, status="lost", value=50_000)
    DealFactory.create_batch(2, workspace=acme, stage=proposal, status="won", value=123_450, owner=bob)
    page = text(client_of(alice).get_w("overview"))
    assert "Deals 4" in page
    assert "Won 2 $2,469" in page
    assert "Lost 1" in page
    assert "Proposal 1 –" in page
    assert re.search(r"Bob Lindqvist 2 \$2,469", page)


def test_the_best_seller_stands_first(client_of, alice, bob, mara, acme, proposal):
    DealFactory(workspace=acme, stage=proposal, status="won", value=100_000, owner=bob)
    DealFactory(workspace=acme, stage=proposal, status="won", value=300_000, owner=mara)
    page = text(client_of(alice).get_w("overview")).partition("Won by member")[2]
    assert page.index("Mara Lind") < page.index("Bob Lindqvist")


def test_who_won_most_in_the_currency_of_the_pipeline_stands_first(client_of, alice, bob, mara, acme, proposal):
    DealFactory(workspace=acme, stage=proposal, status="won", value=100_000, owner=bob)
    DealFactory(workspace=acme, stage=proposal, status="won", value=900_000, currency="JPY", owner=mara)
    answer = client_of(alice).get_w("overview")
    assert [(tally.label, minor) for tally, minor in answer.context["figures"].bars] == [
        ("Bob Lindqvist", 100_000),
        ("Mara Lind", 0),
    ]


def test_currencies_are_not_added_up_without_a_rate(client_of, alice, acme, proposal):
    DealFactory(workspace=acme, stage=proposal, status="won", value=100_000, currency="USD")
    DealFactory(workspace=acme, stage=proposal, status="won", value=200_000, currency="EUR")
    assert "Won 2 €2,000 + $1,000 no rate for EUR" in text(client_of(alice).get_w("overview"))


def test_it_opens_with_the_pipeline_of_most_deals_and_shows_another_on_request(client_of, alice, acme, proposal):
    DealFactory(workspace=acme, stage=proposal)
    other = DealFactory(workspace=acme)
    DealFactory(workspace=acme, stage=proposal)
    client = client_of(alice)
    assert client.get_w("overview").context["figures"].pipeline == proposal.pipeline
    chosen = client.get_w("overview", query_params={"pipeline": other.pipeline_id})
    assert chosen.context["figures"].pipeline == other.pipeline


@pytest.mark.parametrize("nonsense", ["x", "999999999999999999999", "-1", ""])
def test_an_unknown_pipeline_shows_the_usual_one(client_of, alice, acme, proposal, nonsense):
    DealFactory(workspace=acme, stage=proposal)
    page = client_of(alice).get_w("overview", query_params={"pipeline": nonsense})
    assert page.context["figures"].pipeline == proposal.pipeline


def test_what_lies_in_the_trash_does_not_count(client_of, alice, acme, proposal):
    DealFactory(workspace=acme, stage=proposal)
    DealFactory(workspace=acme, stage=proposal, deleted_at=timezone.now())
    assert "Deals 1" in text(client_of(alice).get_w("overview"))


def test_an_empty_pipeline_offers_a_first_deal_to_those_who_may_make_one(client_of, alice, victor):
    assert "New deal" in text(client_of(alice).get_w("overview"))
    main = client_of(victor).get_w("overview").content.decode().partition("<main")[2]
    assert "New deal" not in main


def test_nothing_of_another_workspace_is_counted(client_of, alice, acme, elsewhere, proposal):
    DealFactory(workspace=acme, stage=proposal)
    DealFactory.create_batch(3, workspace=elsewhere)
    assert "Deals 1" in text(client_of(alice).get_w("overview"))


def test_each_number_leads_to_the_list_of_just_these_deals(client_of, alice, bob, acme, proposal):
    DealFactory(workspace=acme, stage=proposal, name="Open one", owner=bob)
    DealFactory(workspace=acme, stage=proposal, name="Won one", status="won", owner=bob)
    client = client_of(alice)
    figures = client.get_w("overview").context["figures"]
    tallies = {"Open one": figures.stages[0], "Won one": figures.sellers[0]}
    for name, tally in tallies.items():
        page = client.get(f"{client.url('deals:list')}?{tally.query}").content.decode()
        assert name in page
        assert not any(other in page for other in tallies.keys() - {name})


def test_it_costs_few_statements(client_of, alice, acme, proposal):
    DealFactory.create_batch(5, workspace=acme, stage=proposal, status="won", owner=alice)
    client = client_of(alice)
    made = statements(client, client.url("overview"))
    assert len(made) <= 10, "\n".join(sql[:150] for sql in made)
