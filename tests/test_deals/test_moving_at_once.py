"""Many hands on one board, with real commits: no card is lost, none stands twice, no two have one place."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction

from core.tenancy import workspace_scope
from deals.board import Column
from deals.models import BOTTOM, TOP, Deal, Pipeline, Place, Stage, StageChange
from records.models import ChangeSet, Refusal, change_set
from tests.database import WAITING
from tests.factories import PipelineFactory, StageFactory
from workspaces.rights import SYSTEM

CLIENTS, DEEDS, DEALS, VALUE = 8, 1000, 60, 1000_00


@pytest.fixture
def stages(acme) -> list[Stage]:
    with workspace_scope(acme.pk):
        far = StageFactory(name="Due soon", pipeline=PipelineFactory(name="Renewals"))
        return [*Pipeline.objects.exclude(pk=far.pipeline_id).get().stages.all()[:4], far]


def make_deals(stages: list[Stage]) -> list[int]:
    return [Deal.create(by=SYSTEM, name=f"{n}", stage=stages[n % len(stages)], value=VALUE).pk for n in range(DEALS)]


def anywhere(ids: list[int], rng: random.Random) -> Place:
    """Beside other cards, wherever these stand by now, or at an end."""
    return rng.choice([TOP, BOTTOM, Place(after=rng.choice(ids)), Place(after=rng.choice(ids), before=rng.choice(ids))])


def once(acme, deed: Callable[[], Any]) -> ChangeSet | None:
    """One request of somebody: a transaction, the workspace, a change set."""
    with transaction.atomic(), workspace_scope(acme.pk), change_set(by=SYSTEM, source="web"):
        deed()
        return ChangeSet.current()


def ranks_of(stage: Stage) -> list[str]:
    return list(stage.deals.open().values_list("rank", flat=True))


class Hand:
    """Somebody who works on the board, with requests one after the other."""

    def __init__(self, acme, stages: list[Stage], ids: list[int], seed: int):
        self.acme, self.stages, self.ids, self.rng = acme, stages, ids, random.Random(seed)
        self.made: list[int] = []

    def work(self, times: int) -> list[int]:
        """Do so many deeds; returns the deals that it made and left."""
        deeds = [self.move] * 12 + [self.edit, self.move_and_undo, self.win_and_undo, self.create, self.create_and_undo]
        try:
            for _time in range(times):
                with suppress(Refusal):  # somebody closed it meanwhile
                    self.rng.choice(deeds)()
        finally:
            connection.close()
        return self.made

    def deal(self) -> Deal:
        return Deal.objects.get(pk=self.rng.choice(self.ids))

    def once(self, deed: Callable[[], Any]) -> ChangeSet | None:
        return once(self.acme, deed)

    def undo(self, made: ChangeSet | None) -> None:
        if made:  # a place alone is in no history
            self.once(lambda: made.undo(by=SYSTEM))

    def move(self) -> ChangeSet | None:
        stage, at = self.rng.choice(self.stages), anywhere(self.ids, self.rng)
        return self.once(lambda: self.deal().move_to(stage, by=SYSTEM, at=at))

    def edit(self) -> None:
        name, stage = f"{self.rng.random()}", self.rng.choice(self.stages)
        self.once(lambda: self.deal().edit(by=SYSTEM, name=name, stage=stage))

    def move_and_undo(self) -> None:
        self.undo(self.move())

    def win_and_undo(self) -> None:
        self.undo(self.once(lambda: self.deal().win(by=SYSTEM)))

    def create(self) -> None:
        stage = self.rng.choice(self.stages)
        self.once(lambda: self.made.append(Deal.create(by=SYSTEM, name="new", stage=stage, value=VALUE).pk))

    def create_and_undo(self) -> None:
        stage = self.rng.choice(self.stages)
        self.undo(self.once(lambda: Deal.create(by=SYSTEM, name="mistake", stage=stage, value=VALUE)))


@pytest.mark.django_db(transaction=True)
def test_eight_clients_and_a_thousand_deeds_leave_each_card_once_with_a_place_of_its_own(acme, stages, bob, client_of):
    with workspace_scope(acme.pk):
        ids = make_deals(stages)
    connection.close()  # the pool has one for each client and none to spare
    hands = [Hand(acme, stages, ids, seed) for seed in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        made = [pk for left in clients.map(lambda hand: hand.work(DEEDS // CLIENTS), hands) for pk in left]
    assert made
    with workspace_scope(acme.pk):
        assert sorted(Deal.objects.open().values_list("pk", flat=True)) == sorted(ids + made)
        for stage in stages:
            ranks = ranks_of(stage)
            assert len(set(ranks)) == len(ranks)
            assert Deal.objects.filter(stage=stage).exclude(pipeline=stage.pipeline).count() == 0
        # Each change of stage is written down once, and together they lead to where the deal is.
        for deal in Deal.objects.prefetch_related("stage_changes"):
            way = [(change.from_stage_id, change.to_stage_id) for change in deal.stage_changes.order_by("pk")]
            assert all(one[1] == next_one[0] for one, next_one in pairwise(way))
            assert not way or way[-1][1] == deal.stage_id
    # What the boards count and add up is what was made, each once.
    shown = [column for stage in (stages[0], stages[-1]) for column in board_of(client_of(bob), stage)]
    assert sum(column.count for column in shown) == len(ids) + len(made)
    assert sum(sum(column.minor.values()) for column in shown) == VALUE * (len(ids) + len(made))


def board_of(client, stage: Stage) -> list[Column]:
    """The columns of the pipeline of a stage, as the board shows them."""
    answer = client.get(client.url("deals:board") + f"?pipeline={stage.pipeline_id}")
    return answer.context["list"].columns_shown


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", ["edit", "undo"])
def test_who_writes_a_card_waits_for_its_column_without_holding_it(acme, stages, deed):
    with workspace_scope(acme.pk):
        deal = Deal.create(by=SYSTEM, name="Fleet", stage=stages[0])
    made = once(acme, lambda: deal.move_to(stages[1], by=SYSTEM))

    def other() -> None:
        try:
            with workspace_scope(acme.pk):
                fresh = Deal.objects.get(pk=deal.pk)
            if deed == "edit":
                once(acme, lambda: fresh.edit(by=SYSTEM, name="Fleet 2", stage=stages[0]))
            else:
                once(acme, lambda: made.undo(by=SYSTEM))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another:
        with transaction.atomic(), workspace_scope(acme.pk):
            stages[0].lock()
            done = another.submit(other)
            until = time.monotonic() + 10
            while not somebody_waits() and time.monotonic() < until:
                time.sleep(0.02)
            assert somebody_waits()
            deal.rows().move_to(stages[1], by=SYSTEM, at=BOTTOM)  # a deadlock, if the other held the card by now
        done.result(timeout=10)
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).stage_id == stages[0].pk


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
