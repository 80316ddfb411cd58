"""Pipelines and stages as admins set them up: the verbs, their undo, where the deals of a stage go."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tenancy import workspace_scope
from deals.models import CloseReason, Deal, Pipeline, Stage, StageChange, StageTask, StageWay
from deals.models.setting_up import TaskLine
from records.models import ChangeSet, NotAllowed, Refusal, change_set
from records.undo import undo
from tests.factories import TeamFactory, WorkspaceFactory
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def sales(in_acme) -> Pipeline:
    return Pipeline.objects.get()


def stages_of(pipeline: Pipeline) -> list[Stage]:
    return list(Stage.objects.filter(pipeline=pipeline))


def names(pipeline: Pipeline) -> list[str]:
    return [stage.name for stage in stages_of(pipeline)]


def open_pipeline(name: str, by: Membership, **how) -> Pipeline:
    pipeline = Pipeline(name=name, currency="EUR")
    pipeline.open((), by=by.actor, **how)
    return pipeline


# --- pipelines --------------------------------------------------------------------------------------------------------
def test_a_new_pipeline_has_the_stages_of_a_new_workspace_and_stands_last(sales, alice):
    made = open_pipeline("Partners", alice)
    assert names(made) == names(sales)
    assert [pipeline.name for pipeline in Pipeline.objects.all()] == ["Sales", "Partners"]


def test_a_copy_has_the_rules_and_tasks_and_its_ways_lead_to_its_own_stages(sales, alice):
    first, second, third, *_ = stages_of(sales)
    first.required, first.card_limit = ["value"], 20
    first.keep_with([second, third], [TaskLine(None, "Call", 2, is_must=True)], by=alice.actor)
    made = open_pipeline("Partners", alice, like=sales)
    copy, *others = stages_of(made)
    assert (copy.name, copy.required, copy.card_limit) == (first.name, ["value"], 20)
    assert [stage.name for stage in copy.next_stages.all()] == [second.name, third.name]
    assert set(copy.next_stages.all()) <= set(others)
    assert list(copy.tasks.values_list("name", "due_days", "is_must")) == [("Call", 2, True)]
    assert StageTask.objects.filter(stage=first).count() == 1


def test_an_archived_pipeline_is_offered_to_nobody_and_the_last_one_is_not_archived(sales, alice, bob):
    made = open_pipeline("Partners", alice)
    made.archive(by=alice.actor)
    for member in (alice, bob):
        assert list(Pipeline.objects.open_to(member)) == [sales]
        assert {stage.pipeline for stage in Stage.objects.open_to(member)} == {sales}
        assert {stage.pipeline for stage in Stage.objects.open_to(member, kept=made.pk)} == {sales, made}
    with pytest.raises(Refusal, match="only pipeline"):
        sales.archive(by=alice.actor)
    made.revive(by=alice.actor)
    assert made in Pipeline.objects.open_to(bob)


def test_a_pipeline_of_a_team_is_offered_to_its_members_its_manager_and_who_sets_up(sales, alice, bob, mara, victor):
    north, south = TeamFactory(manager=mara), TeamFactory()
    Membership.objects.filter(pk=bob.pk).update(team=north)
    bob.refresh_from_db()
    sales.keep_with([north], by=alice.actor)
    for member, is_offered in ((alice, True), (bob, True), (mara, True), (victor, False)):
        assert Pipeline.objects.open_to(member).exists() is is_offered
    sales.keep_with([south], by=alice.actor)
    assert [Pipeline.objects.open_to(member).exists() for member in (alice, bob, mara)] == [True, False, False]
    sales.keep_with([], by=alice.actor)
    assert Pipeline.objects.open_to(victor).exists()


def test_teams_ways_and_tasks_come_back_with_an_undo(sales, alice, acme):
    first, second, third, *_ = stages_of(sales)
    first.keep_with([second], [TaskLine(None, "Call"), TaskLine(None, "Write")], by=alice.actor)
    call, write = first.tasks.all()
    with change_set("", by=alice.actor, source="web"):
        first.keep_with([third], [TaskLine(write.pk, "Write a letter", 3)], by=alice.actor)
        made = ChangeSet.objects.get(pk=ChangeSet.current_id())
    assert [(task.pk, task.name, task.due_days) for task in first.tasks.all()] == [(write.pk, "Write a letter", 3)]
    assert list(first.next_stages.all()) == [third]
    undo(made, by=alice.actor)
    assert [(task.pk, task.name) for task in first.tasks.all()] == [(call.pk, "Call"), (write.pk, "Write")]
    assert list(first.next_stages.all()) == [second]


@pytest.mark.parametrize("verb", ["keep_with", "open", "archive", "revive", "move", "give_way", "retire"])
def test_a_rep_sets_nothing_up(sales, bob, verb):
    first, second, *_ = stages_of(sales)
    calls = {
        "keep_with": lambda: first.keep_with([], [], by=bob.actor),
        "open": lambda: open_pipeline("Mine", bob),
        "archive": lambda: sales.archive(by=bob.actor),
        "revive": lambda: sales.revive(by=bob.actor),
        "move": lambda: first.move(1, by=bob.actor),
        "give_way": lambda: first.give_way(second, by=bob.actor),
        "retire": lambda: CloseReason.objects.first().retire(by=bob.actor),
    }
    with pytest.raises(NotAllowed):
        calls[verb]()


def test_a_pipeline_and_a_stage_that_hold_deals_are_not_simply_deleted(sales, alice, bob):
    first, *_ = stages_of(sales)
    Deal.create(by=bob.actor, name="One", stage=first).trash(by=bob.actor)
    for one in (first, sales):
        with pytest.raises(Refusal, match="holds 1 deal"):
            one.remove(by=alice.actor)


# --- a stage that goes ------------------------------------------------------------------------------------------------
def deals_in(stage: Stage, by: Membership) -> tuple[Deal, Deal, Deal, Deal]:
    """Two open ones, the second on top, one that is won, and one in the trash."""
    one, two, won, gone = (
        Deal.create(by=by.actor, name=name, stage=stage) for name in ("One", "Two", "Won", "In the trash")
    )
    won.win(by=by.actor)
    gone.trash(by=by.actor)
    return one, two, won, gone


def test_all_deals_of_a_deleted_stage_go_below_those_of_another_and_one_undo_brings_all_back(sales, alice, bob):
    first, second, *_ = stages_of(sales)
    there = Deal.create(by=bob.actor, name="There", stage=second)
    one, two, won, gone = deals_in(first, bob)
    pk, since = first.pk, Deal.objects.get(pk=won.pk).stage_since
    with change_set("", by=alice.actor, source="web"):
        assert first.give_way(second, by=alice.actor) == 4
        made = ChangeSet.objects.get(pk=ChangeSet.current_id())
    assert not Stage.objects.filter(pk=pk).exists()
    assert list(second.deals.open().order_by("rank")) == [there, two, one]
    assert set(second.deals.all()) == {there, one, two, won, gone}
    assert Deal.objects.get(pk=won.pk).stage_since == since
    assert set(StageChange.objects.filter(to_stage=second).values_list("deal", flat=True)) == {one.pk, two.pk}

    undo(made, by=alice.actor)
    assert set(Deal.objects.filter(stage=pk)) == {one, two, won, gone}
    assert list(second.deals.open()) == [there]
    assert not StageChange.objects.filter(to_stage=second).exists()


def test_deals_may_go_to_a_stage_of_another_pipeline_and_not_of_an_archived_one(sales, alice, bob):
    first, second, *_ = stages_of(sales)
    other = stages_of(open_pipeline("Partners", alice))
    deal = Deal.create(by=bob.actor, name="One", stage=first)
    first.give_way(other[2], by=alice.actor)
    deal.refresh_from_db()
    assert (deal.stage, deal.pipeline_id) == (other[2], other[2].pipeline_id)
    other[0].pipeline.archive(by=alice.actor)
    with pytest.raises(Refusal, match="in use"):
        second.give_way(Stage.objects.get(pk=other[3].pk), by=alice.actor)


def test_what_led_to_a_deleted_stage_leads_to_the_other(sales, alice):
    first, second, third, fourth, *_ = stages_of(sales)
    first.keep_with([second], [], by=alice.actor)
    third.keep_with([second, fourth], [], by=alice.actor)
    second.give_way(fourth, by=alice.actor)
    assert list(first.next_stages.all()) == [fourth]
    assert list(third.next_stages.all()) == [fourth]
    assert not StageWay.objects.filter(stage=fourth).exists()


def test_a_stage_goes_in_as_many_statements_however_many_deals_it_holds(sales, alice, bob):
    first, second, third, *_ = stages_of(sales)
    Deal.create(by=bob.actor, name="There", stage=third)
    counts = []
    for stage, many in ((first, 1), (second, 12)):
        for number in range(many):
            Deal.create(by=bob.actor, name=f"Deal {number}", stage=stage)
        with CaptureQueriesContext(connection) as asked:
            stage.give_way(third, by=alice.actor)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- another pipeline -------------------------------------------------------------------------------------------------
def test_deals_go_to_another_pipeline_stage_by_stage(sales, alice, bob):
    first, second, third, *_ = stages_of(sales)
    here, there, *_ = stages_of(open_pipeline("Partners", alice))
    one, two, three = (Deal.create(by=bob.actor, name=stage.name, stage=stage) for stage in (first, second, third))
    won = Deal.create(by=bob.actor, name="Won", stage=first)
    won.win(by=bob.actor)
    outcome = Deal.objects.filter(pipeline=sales).move_by({first.pk: here, second.pk: there}, by=bob.actor)
    assert outcome.done == 2
    assert outcome.refused == {
        three.pk: "Nothing was chosen for the stage that it is in.",
        won.pk: "Only open deals move. Open it again first.",
    }
    assert list(Deal.objects.filter(pipeline=here.pipeline_id).values_list("name", "stage")) == [
        (one.name, here.pk),
        (two.name, there.pk),
    ]
    assert StageChange.objects.filter(to_stage__in=[here, there]).count() == 2


def test_a_mapping_in_a_circle_moves_each_deal_once(sales, bob):
    first, second, third, *_ = stages_of(sales)
    one, two = (Deal.create(by=bob.actor, name=stage.name, stage=stage) for stage in (first, second))
    Deal.objects.all().move_by({first.pk: second, second.pk: third}, by=bob.actor)
    assert [Deal.objects.get(pk=deal.pk).stage for deal in (one, two)] == [second, third]


# --- what a new workspace begins with ---------------------------------------------------------------------------------
def test_a_new_workspace_begins_with_reasons_in_its_language():
    with workspace_scope(WorkspaceFactory(language="en").pk):
        assert {reason.status for reason in CloseReason.objects.all()} == {"won", "lost", "abandoned"}
        assert CloseReason.objects.filter(status="lost").first().name == "Too expensive"


def test_a_reason_in_use_is_retired_and_not_deleted(sales, alice, bob):
    reason, other = CloseReason.objects.filter(status="lost")[:2]
    deal = Deal.create(by=bob.actor, name="One", stage=stages_of(sales)[0])
    deal.lose(by=bob.actor)
    Deal.objects.filter(pk=deal.pk).update(reason=reason)
    with pytest.raises(Refusal, match="Retire it"):
        reason.remove(by=alice.actor)
    reason.retire(by=alice.actor)
    assert Deal.objects.get(pk=deal.pk).reason == reason
    other.remove(by=alice.actor)
    assert not CloseReason.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("verb", ["remove", "give_way"])
def test_no_stage_whose_only_way_is_deleted_leads_anywhere(sales, alice, verb):
    first, second, third, fourth, *_ = stages_of(sales)
    first.keep_with([second], [], by=alice.actor)
    third.keep_with([second], [], by=alice.actor)
    with change_set("", by=alice.actor, source="web"):
        second.remove(by=alice.actor) if verb == "remove" else second.give_way(third, by=alice.actor)
        made = ChangeSet.objects.get(pk=ChangeSet.current_id())
    assert (list(first.next_stages.all()), list(third.next_stages.all())) == ([third], [fourth])
    undo(made, by=alice.actor)
    assert [stage.name for stage in first.next_stages.all()] == ["Qualified"]
