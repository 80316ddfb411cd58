"""The rules of stages: each of them at every door, in the same words."""

import datetime as dt
import inspect
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.forms import DealForm
from deals.models import Deal, PipelineTeam, Stage, StageWay
from deals.models.rules import REQUIRABLE
from deals.ways import look_ahead
from tests.addresses import INSIDE
from tests.factories import DealFactory, PipelineFactory, StageFactory, TagFactory, TeamFactory
from tests.fields import field
from tests.gate import (
    BEGINNING,
    DOORS,
    MOVES,
    UNOFFERED,
    WINNING,
    WINS,
    by_verb_of,
    change,
    for_a_while,
    imported,
    knock,
    leads_to_demo_alone,
)
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(acme, mara, stages) -> Deal:
    """One of mara's, in Qualified, of which nothing is known but its name."""
    return DealFactory(workspace=acme, owner=mara, name="Fleet renewal", stage=stages[1], value=None)


#: what is posted to these moves no deal, wins none and begins none, or is asked for by tests of its own
OTHERS = {
    "list", "where", "density", "follow", "unfollow", "pick", "detail", "menu", "trash", "panel", "history",
    "readers", "tags", "files", "file", "file_delete", "claim", "visibility", "board", "board_where",
    "lines", "line_sums", "rivals", "rival", "people", "person",
    "merge", "pipeline", "place", "reopening", "restore",
}  # fmt: skip


def test_every_address_of_deals_is_a_door_here_or_moves_none():
    doors = [*DOORS.values(), *WINNING.values(), *BEGINNING.values()]
    knocked = {name for door in doors for name in re.findall(r'"deals:(\w+)"', inspect.getsource(door))}
    there = {address.name.removeprefix("deals:") for address in INSIDE if address.name.startswith("deals:")}
    assert there - knocked == OTHERS


# --- door x rule ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("door", DOORS)
def test_every_rule_holds_at_every_door_in_the_same_words(door, acme, mara, client_of, stages, deal):
    client = client_of(mara)
    for name, rule in MOVES.items():
        with for_a_while(), workspace_scope(acme.pk):
            rule.set_up(stages[1], stages[3])
            if door in ("import", "set a field") and name in UNOFFERED:
                continue
            said, stage = knock(DOORS[door], client, deal, stages[3])
            assert (rule.words in said, stage) == (True, "Qualified"), (name, said)
            if rule.satisfy:
                rule.satisfy(deal)
                assert knock(DOORS[door], client, deal, stages[3])[1] == "Proposal", name
    with workspace_scope(acme.pk):
        assert knock(DOORS[door], client, deal, stages[3])[1] == "Proposal", "without a rule"


def test_what_is_said_beforehand_is_what_the_gate_says(acme, mara, stages, deal):
    def said_of(stage: Stage) -> str:
        fresh = Deal.objects.select_related("stage", "pipeline").get(pk=deal.pk)
        around = list(fresh.pipeline.stages.all())
        look_ahead(fresh, around, mara)
        return next(one.barred for one in around if one == stage)

    for name, rule in MOVES.items():
        with for_a_while(), workspace_scope(acme.pk):
            rule.set_up(stages[1], stages[3])
            assert said_of(stages[3]) == rule.words == by_verb_of(mara, deal, stages[3]), name
            assert said_of(stages[1]) == "", "where it is"
            if rule.satisfy:
                rule.satisfy(deal)
                assert said_of(stages[3]) == "", name


@pytest.mark.parametrize("door", WINNING)
def test_the_rules_of_winning_hold_at_every_door(door, acme, mara, client_of, stages, deal):
    client = client_of(mara)
    for name, rule in WINS.items():
        with for_a_while(), workspace_scope(acme.pk):
            rule.set_up(stages[1], stages[3])
            said, stage = knock(WINNING[door], client, deal, stages[3])
            assert (rule.words in said, stage) == (True, "Qualified"), (name, said)
            if rule.satisfy:
                rule.satisfy(deal)
                assert knock(WINNING[door], client, deal, stages[3])[1] == "won", name
    with workspace_scope(acme.pk):
        assert knock(WINNING[door], client, deal, stages[3])[1] == "won", "without a rule"


@pytest.mark.parametrize("kind", ["text", "number", "choices", "yes_no", "member"])
def test_custom_fields_are_required_like_others_until_they_are_retired(kind, acme, mara, alice, stages, deal):
    made = field(acme, "deal", kind, name="Budget")
    change(stages[1], required=[made.key])
    with workspace_scope(acme.pk):
        assert by_verb_of(mara, deal, stages[3]) == "Add Budget before Proposal."
        with for_a_while():
            made.retire(by=alice.actor)
            assert by_verb_of(mara, deal, stages[3]) == ""
        choice = made.choices.first()
        values = {"text": "50", "number": 50, "choices": [choice], "yes_no": False, "member": mara}
        deal.edit(by=mara.actor, **{made.key: values[kind]})
        assert by_verb_of(mara, deal, stages[3]) == ""


def test_two_fields_of_one_name_are_asked_for_each(acme, mara, client_of, stages, deal):
    twin = field(acme, "deal", "number", name="value")
    change(stages[1], required=["value", twin.key])
    with workspace_scope(acme.pk):
        assert by_verb_of(mara, deal, stages[3]) == "Add value and value before Proposal."
        change(deal, value=1)
        assert by_verb_of(mara, deal, stages[3]) == "Add value before Proposal."
    begun = BEGINNING["import"](client_of(mara), stages[3], value="100")
    assert "Add value before Proposal." in begun


# --- on and back ------------------------------------------------------------------------------------------------------
def test_back_lost_and_abandoned_need_nothing(acme, mara, stages, deal):
    change(stages[1], required=["value"])
    with workspace_scope(acme.pk):
        leads_to_demo_alone(stages[1], stages[3])
        for leave in (
            lambda: deal.move_to(stages[0], by=mara.actor),
            lambda: deal.lose("Price", by=mara.actor),
            lambda: deal.abandon(by=mara.actor),
            lambda: deal.trash(by=mara.actor),
        ):
            with for_a_while():
                leave()
                assert (Deal.objects.get(pk=deal.pk).stage_id, deal.rows().open().count()) != (stages[1].pk, 1)


def test_who_may_move_in_holds_on_the_way_back_too(acme, mara, stages, deal):
    change(stages[0], entry_roles=["owner"])
    with workspace_scope(acme.pk):
        assert by_verb_of(mara, deal, stages[0]) == "Only these roles put deals into Lead in: Owner."


def test_within_its_stage_a_deal_is_free(acme, mara, stages, deal):
    change(stages[1], required=["value"], entry_roles=["owner"])
    change(stages[1].pipeline, archived_at=timezone.now())
    with workspace_scope(acme.pk):
        assert by_verb_of(mara, deal, stages[1]) == ""


def test_back_and_on_again_is_no_way_round(acme, mara, stages, deal):
    change(stages[1], required=["value"])
    with workspace_scope(acme.pk):
        for stage, said in ((stages[0], ""), (stages[2], "Add value before Demo booked."), (stages[1], "")):
            assert by_verb_of(mara, deal, stage) == said


def test_another_pipeline_is_always_on_and_asks_for_what_its_stages_before_require(acme, mara, stages, deal):
    change(stages[1], required=["value"])
    change(stages[0], required=["source"])
    with workspace_scope(acme.pk):
        renewals = PipelineFactory(name="Renewals")
        first = StageFactory(pipeline=renewals, name="Due soon", position=0, required=["expected_close"])
        second = StageFactory(pipeline=renewals, name="Offered", position=1, required=["tags"])
        assert by_verb_of(mara, deal, first) == "Add value before Due soon."
        change(deal, value=1)
        assert by_verb_of(mara, deal, second) == "Add expected close before Offered."
        assert by_verb_of(mara, deal, first) == "", "what else its old pipeline requires is asked for no more"


def test_many_are_let_through_or_refused_one_by_one_each_by_its_own_way(acme, mara, stages, deal):
    change(stages[1], required=["value"])
    with workspace_scope(acme.pk):
        elsewhere = StageFactory(pipeline=PipelineFactory(name="Renewals"), required=["expected_close"])
        filled = DealFactory(owner=mara, stage=stages[0], value=1)
        further = DealFactory(owner=mara, stage=stages[4], value=None)
        foreign = DealFactory(owner=mara, stage=elsewhere, value=1)
        outcome = Deal.objects.all().move_to(stages[3], by=mara.actor)
        lacks = {deal.pk: "Add value before Proposal.", foreign.pk: "Add expected close before Proposal."}
        assert (outcome.done, outcome.refused) == (2, lacks)
        assert set(Deal.objects.filter(stage=stages[3])) == {filled, further}


def test_a_form_fills_what_the_stage_requires_and_moves_on_at_once(acme, mara, client_of, stages, deal):
    change(stages[1], required=["expected_close"])
    client = client_of(mara)
    data = filled_form(client.get_w("deals:edit", deal.pk).content.decode())
    data |= {"stage": str(stages[3].pk), "expected_close": "2027-01-31"}
    assert client.post_w("deals:edit", deal.pk, data=data).status_code == 303
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).stage == stages[3]


def test_a_row_of_a_file_fills_what_the_stage_requires_and_moves_on_at_once(acme, mara, client_of, stages, deal):
    made = field(acme, "deal", "number", name="Budget")
    change(stages[1], required=["expected_close", "tags", "organization", made.key])
    change(deal, external_id="d-1")
    heads = ["External id", "Stage", "Close date", "Tags", "Organization", "Budget"]
    asked = {"date_order": "YMD", "missing": "create"}
    full = ["d-1", "Proposal", "2027-01-31", "fleet", "Northwind", "50"]
    with workspace_scope(acme.pk):
        TagFactory(name="fleet")
    lacks = {(2,): "expected close", (3,): "tags", (4,): "organization", (5,): "Budget", (3, 5): "tags and Budget"}
    for left_out, words in lacks.items():
        row = [cell if place not in left_out else "" for place, cell in enumerate(full)]
        with for_a_while():
            assert f"Add {words} before Proposal." in imported(client_of(mara), [heads, row], **asked)
    assert imported(client_of(mara), [heads, full], **asked) == ""
    with workspace_scope(acme.pk):
        moved = Deal.objects.get(pk=deal.pk)
        assert (moved.stage, moved.expected_close) == (stages[3], dt.date(2027, 1, 31))


@pytest.mark.parametrize("rule", UNOFFERED)
def test_a_pipeline_that_closes_while_a_file_waits_takes_none_of_its_rows(rule, acme, mara, client_of, stages, deal):
    change(deal, external_id="d-1")
    importer = Importer(client_of(mara))
    importer.upload(
        "deal", csv_bytes([["External id", "Name", "Stage"], ["d-1", "", "Proposal"], ["", "New", "Proposal"]])
    )
    importer.map(key="external_id")
    with workspace_scope(acme.pk):
        MOVES[rule].set_up(stages[1], stages[3])
    run_jobs()
    assert importer.refusals() == dict.fromkeys((2, 3), f"Stage or status: {MOVES[rule].words}")


def test_the_teams_that_may_use_a_pipeline_do_and_who_sets_pipelines_up(acme, mara, bob, alice, stages, deal):
    with workspace_scope(acme.pk):
        team = TeamFactory(name="Renewals")
        PipelineTeam.objects.create(pipeline=stages[0].pipeline, team=team)
        assert by_verb_of(mara, deal, stages[3]) == "The pipeline Sales is for other teams."
        for allow in (lambda: change(mara, team=team), lambda: change(team, manager=mara)):
            with for_a_while():
                allow()
                assert by_verb_of(mara, deal, stages[3]) == ""
        assert by_verb_of(alice, deal, stages[3]) == ""


# --- its price --------------------------------------------------------------------------------------------------------
def test_the_rules_cost_a_move_one_statement_however_many_there_are(acme, mara, stages, deal):
    def statements() -> list[str]:
        with for_a_while(), workspace_scope(acme.pk), CaptureQueriesContext(connection) as queries:
            deal.rows().move_to(stages[3], by=mara.actor)
        return [query["sql"] for query in queries]

    free = statements()
    assert sum("deals_stageway" in sql for sql in free) == 1
    change(stages[0], required=["value"])
    change(stages[1], required=["owner", "value"])
    change(stages[3], entry_roles=["manager"])
    change(deal, value=100_00)
    with workspace_scope(acme.pk):
        StageWay.objects.create(stage=stages[1], to=stages[3])
    assert len(statements()) == len(free)
    change(deal, value=None, owner=None)
    assert len(statements()) <= len(free), "a refusal that names all that is missing asks no more"


# --- what is required, and what comes back ----------------------------------------------------------------------------
def test_what_a_stage_can_require_can_be_filled_in_by_hand():
    on_pages_of_their_own = {"contacts", "tags"}
    assert set(REQUIRABLE) <= {*DealForm.Meta.fields} | on_pages_of_their_own


def test_no_deal_comes_back_into_an_archived_pipeline(acme, mara, stages, deal):
    words = MOVES["an archived pipeline"].words
    with workspace_scope(acme.pk):
        gone, lost = DealFactory(owner=mara, stage=stages[1]), DealFactory(owner=mara, stage=stages[1])
        gone.trash(by=mara.actor)
        lost.lose("Price", by=mara.actor)
        change(stages[1].pipeline, archived_at=timezone.now())
        assert lost.rows().reopen(by=mara.actor).refused == {lost.pk: words}
        assert gone.rows().restore(by=mara.actor).refused == {gone.pk: words}
        change(stages[1].pipeline, archived_at=None)
        assert lost.rows().reopen(by=mara.actor).done == gone.rows().restore(by=mara.actor).done == 1
