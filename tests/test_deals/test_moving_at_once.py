"""Many hands on one board, with real commits: no card is lost, none stands twice, no two have one place."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import connection, transaction

from core.tenancy import workspace_scope
from deals.models import BOTTOM, TOP, Deal, Pipeline, Place, Stage, StageChange
from records.models import ChangeSet, change_set
from tests.factories import PipelineFactory, StageFactory
from workspaces.rights import SYSTEM

CLIENTS, MOVES, DEALS = 8, 1000, 60


@pytest.fixture
def stages(acme) -> list[Stage]:
    with workspace_scope(acme.pk):
        far = StageFactory(name="Due soon", pipeline=PipelineFactory(name="Renewals"))
        return [*Pipeline.objects.exclude(pk=far.pipeline_id).get().stages.all()[:4], far]


def make_deals(stages: list[Stage]) -> list[int]:
    return [Deal.create(by=SYSTEM, name=f"{n}", stage=stages[n % len(stages)]).pk for n in range(DEALS)]


def anywhere(ids: list[int], rng: random.Random) -> Place:
    """Beside other cards, wherever these stand by now, or at an end."""
    return rng.choice([TOP, BOTTOM, Place(after=rng.choice(ids)), Place(after=rng.choice(ids), before=rng.choice(ids))])


def ranks_of(stage: Stage) -> list[str]:
    return list(stage.deals.open().values_list("rank", flat=True))


@pytest.mark.django_db(transaction=True)
def test_eight_clients_and_a_thousand_moves_leave_each_card_once_with_a_place_of_its_own(acme, stages):
    with workspace_scope(acme.pk):
        ids = make_deals(stages)

    def client(seed: int) -> int:
        rng, moved = random.Random(seed), 0
        try:
            for _move in range(MOVES // CLIENTS):
                with transaction.atomic(), workspace_scope(acme.pk):
                    stage, deal = rng.choice(stages), Deal.objects.get(pk=rng.choice(ids))
                    deal.move_to(stage, by=SYSTEM, at=anywhere(ids, rng))
                    moved += 1
        finally:
            connection.close()
        return moved

    connection.close()  # the pool has one for each client and none to spare
    with ThreadPoolExecutor(CLIENTS) as clients:
        assert sum(clients.map(client, range(CLIENTS))) == MOVES
    with workspace_scope(acme.pk):
        assert sorted(Deal.objects.open().values_list("pk", flat=True)) == sorted(ids)
        by_stage = Counter(Deal.objects.values_list("stage", flat=True))
        for stage in stages:
            ranks = ranks_of(stage)
            assert len(ranks) == by_stage[stage.pk]
            assert len(set(ranks)) == len(ranks)
            assert Deal.objects.filter(stage=stage).exclude(pipeline=stage.pipeline).count() == 0
        # Each change of stage is written down once, and together they lead to where the deal is.
        for deal in Deal.objects.prefetch_related("stage_changes"):
            way = [(change.from_stage_id, change.to_stage_id) for change in deal.stage_changes.order_by("pk")]
            assert all(one[1] == next_one[0] for one, next_one in pairwise(way))
            assert not way or way[-1][1] == deal.stage_id


@pytest.mark.django_db
def test_what_an_undo_brings_back_stands_on_top_with_a_rank_of_its_own(in_acme, bob, stages):
    ids = make_deals(stages)
    there, here = stages[0], stages[1]
    moved = list(there.deals.order_by("rank").values_list("pk", flat=True))[2:5]
    with change_set(by=bob.actor, source="web"):
        Deal.objects.filter(pk__in=moved).move_to(here, by=bob.actor)
        made = ChangeSet.current()
    # Meanwhile others come to stand where the moved ones were.
    for pk in ids[2::5]:
        Deal.objects.get(pk=pk).move_to(there, by=bob.actor)
    made.undo(by=bob.actor)
    column = list(there.deals.open().order_by("rank", "pk").values_list("pk", flat=True))
    assert set(column[:3]) == set(moved)
    assert len(set(ranks_of(there))) == len(column)
    assert not StageChange.objects.filter(deal__in=moved).exists()


@pytest.mark.django_db
def test_an_undo_of_a_new_value_leaves_the_card_where_it_is(in_acme, bob, stages):
    make_deals(stages)
    before = list(stages[0].deals.order_by("rank").values_list("pk", flat=True))
    deal = Deal.objects.get(pk=before[4])
    with change_set(by=bob.actor, source="web"):
        deal.edit(by=bob.actor, value=1)
        made = ChangeSet.current()
    made.undo(by=bob.actor)
    assert list(stages[0].deals.order_by("rank").values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_a_win_and_a_creation_that_are_undone_and_done_again_share_no_rank(in_acme, bob, stages):
    make_deals(stages)
    first = stages[0].deals.order_by("rank").first()
    with change_set(by=bob.actor, source="web"):
        first.win(by=bob.actor)
        won = ChangeSet.current()
    Deal.create(by=bob.actor, name="takes its place", stage=stages[0])
    won.undo(by=bob.actor)
    with change_set(by=bob.actor, source="web"):
        Deal.create(by=bob.actor, name="made", stage=stages[0])
        made = ChangeSet.current()
    undone = made.undo(by=bob.actor)
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)
    ranks = ranks_of(stages[0])
    assert len(set(ranks)) == len(ranks) == DEALS // 5 + 2


@pytest.mark.django_db
def test_cards_of_one_rank_are_spread_before_one_goes_between_them(in_acme, bob, stages):
    alike = Deal.objects.bulk_create(
        Deal(name=f"{n}", stage=stages[0], pipeline_id=stages[0].pipeline_id, currency="USD") for n in range(5)
    )
    Deal.create(by=bob.actor, name="new", stage=stages[1]).move_to(stages[0], by=bob.actor, at=Place(after=alike[2].pk))
    names = list(stages[0].deals.order_by("rank", "pk").values_list("name", flat=True))
    assert names == ["0", "1", "2", "new", "3", "4"]
    assert len(set(ranks_of(stages[0]))) == 6
