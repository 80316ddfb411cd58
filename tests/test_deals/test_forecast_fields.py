"""How likely and how sure a deal is: the chance by hand, which managers give, and the forecast category."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Deal
from tests.battery_lists import ids_in
from tests.battery_pages import facts_of, page_text
from tests.factories import DealFactory, StageFactory
from tests.reading import filled_form
from workspaces.refusals import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(acme, bob) -> Deal:
    with workspace_scope(acme.pk):
        return DealFactory(owner=bob, name="Fleet renewal", value=1_000_000, stage=StageFactory(win_chance=40))


def fresh(deal) -> Deal:
    with workspace_scope(deal.workspace_id):
        return Deal.objects.select_related("stage").get(pk=deal.pk)


def test_who_may_weigh_says_how_likely_it_is_against_the_stage(client_of, alice, deal):
    client = client_of(alice)
    assert "€4,000" in facts_of(page_text(client.get_w("deals:detail", deal.pk)))
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk)))
    answer = client.post_w("deals:edit", deal.pk, data=form | {"probability": "70"})
    assert answer.status_code == 303, page_text(answer)
    facts = facts_of(page_text(client.get(answer.url)))
    assert "70%, by hand; its stage says 40%" in facts
    assert "€7,000" in facts


def test_a_rep_is_not_offered_it_and_the_verbs_refuse(client_of, bob, deal, in_acme):
    client = client_of(bob)
    assert 'name="probability"' not in page_text(client.get_w("deals:edit", deal.pk))
    assert client.get_w("deals:fact", deal.pk, "win_chance").status_code == 404
    with pytest.raises(NotAllowed):
        deal.edit(by=bob.actor, probability=99)
    with pytest.raises(NotAllowed):
        Deal.create(by=bob.actor, stage=deal.stage, name="Sure thing", probability=99)
    outcome = Deal.objects.filter(pk=deal.pk).edit_all({"probability": 99}, by=bob.actor)
    assert list(outcome.refused) == [deal.pk]
    assert fresh(deal).probability is None


def test_no_chance_is_above_all(client_of, alice, deal):
    form = filled_form(page_text(client_of(alice).get_w("deals:edit", deal.pk)))
    answer = client_of(alice).post_w("deals:edit", deal.pk, data=form | {"probability": "101"})
    assert answer.status_code == 422
    assert 'id="id_probability_error"' in page_text(answer)


def test_a_rep_says_into_which_forecast_it_goes(client_of, bob, deal):
    client = client_of(bob)
    path = client.url("deals:fact", deal.pk, "forecast")
    form = filled_form(page_text(client.get(path)))
    assert client.post(path, form | {"forecast": "commit"}).status_code == 303
    assert fresh(deal).forecast == "commit"
    assert "Commit" in facts_of(page_text(client.get_w("deals:detail", deal.pk)))


def test_a_list_finds_the_chance_by_hand_else_by_stage(client_of, alice, acme, deal):
    with workspace_scope(acme.pk):
        likely = DealFactory(stage=deal.stage, probability=90)
        won = DealFactory(stage=deal.stage, probability=90, status="won")
    get = lambda **data: client_of(alice).get_w("deals:list", data=data)  # noqa: E731
    assert ids_in(get(chance_min=50)) == [likely.pk]
    assert ids_in(get(chance_min=40, chance_max=40)) == [deal.pk]
    page = page_text(get(columns="chance,weighted,age,days_in_stage"))
    assert '<td class="num">40%</td>' in page
    assert "€4,000" in page
    assert f'id="deal-{won.pk}"' in page
