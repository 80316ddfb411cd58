"""What deals do: move, close, open again; for one and for many, with one gate."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import BOTTOM, TOP, Deal, DealPulse, Person, Pipeline, Stage, StageChange
from records.models import ChangeSet, Event, NotAllowed, Refusal, change_set
from tests.factories import (
    ContactFactory,
    DealFactory,
    OrganizationFactory,
    PipelineFactory,
    RoleFactory,
    StageFactory,
    TagFactory,
)
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(in_acme) -> list[Stage]:
    """Lead in, Qualified, Demo booked, Proposal, Negotiation, Verbal yes."""
    return list(Pipeline.objects.get().stages.all())


def opened(bob, stage: Stage, *names: str) -> list[Deal]:
    return [Deal.create(by=bob.actor, name=name, stage=stage) for name in names]


def column(stage: Stage) -> list[str]:
    return list(stage.deals.open().order_by("rank", "pk").values_list("name", flat=True))


# --- a new workspace --------------------------------------------------------------------------------------------------
def test_a_new_workspace_has_a_pipeline_of_six_stages(stages):
    assert [(stage.name, stage.win_chance) for stage in stages] == [
        ("Lead in", 10),
        ("Qualified", 25),
        ("Demo booked", 40),
        ("Proposal", 60),
        ("Negotiation", 80),
        ("Verbal yes", 95),
    ]
    assert {stage.idle_days for stage in stages} == {14}
    assert stages[0].pipeline.currency == "USD"


# --- creating ---------------------------------------------------------------------------------------------------------
def test_a_deal_is_opened_on_top_of_its_stage_with_its_pulse_and_its_event(bob, stages):
    first, second = opened(bob, stages[0], "first", "second")
    assert column(stages[0]) == ["second", "first"]
    assert (first.owner, first.created_by_id, first.currency) == (bob, bob.pk, "USD")
    assert DealPulse.objects.filter(record__in=[first, second]).count() == 2
    assert second.event_links.get().event.kind == "created"


def test_a_deal_comes_with_people_in_roles_and_tags(bob, stages):
    priya, colm = ContactFactory.create_batch(2)
    billing, tag = RoleFactory(name="Signs the order"), TagFactory(name="key")
    people = [Person(priya, billing), Person(colm, is_primary=True)]
    deal = Deal.create(by=bob.actor, name="Fleet", stage=stages[0], people=people, tags=[tag])
    assert [(p.contact, p.role, p.is_primary) for p in deal.people()] == [(colm, None, True), (priya, billing, False)]
    assert list(deal.tags.all()) == [tag]


def test_the_first_person_is_primary_when_nobody_is_named(bob, stages):
    priya, colm = ContactFactory.create_batch(2)
    deal = Deal.create(by=bob.actor, name="Fleet", stage=stages[0], people=[Person(priya), Person(colm)])
    assert [person.contact for person in deal.people() if person.is_primary] == [priya]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": " "}, "needs a name"),
        ({"value": -1}, "not negative"),
        ({"currency": "XXQ"}, "not a currency"),
        ({"organization": "trashed"}, "in the trash"),
        ({"people": "trashed"}, "in the trash"),
        ({"people": "twice"}, "twice"),
        ({"people": "two primaries"}, "Only one"),
    ],
)
def test_what_no_deal_can_have_is_refused_by_create_and_by_edit(bob, stages, values, reason):
    priya, colm = ContactFactory.create_batch(2)
    stand_ins = {
        ("organization", "trashed"): OrganizationFactory(deleted_at=timezone.now()),
        ("people", "trashed"): [Person(ContactFactory(deleted_at=timezone.now()))],
        ("people", "twice"): [Person(priya), Person(priya)],
        ("people", "two primaries"): [Person(priya, is_primary=True), Person(colm, is_primary=True)],
    }
    values = {name: stand_ins.get((name, value), value) for name, value in values.items()}
    deal = Deal.create(by=bob.actor, name="Fleet", stage=stages[0])
    with pytest.raises(Refusal, match=reason):
        Deal.create(by=bob.actor, **{"name": "Other", "stage": stages[0]} | values)
    with pytest.raises(Refusal, match=reason):
        deal.edit(by=bob.actor, **values)


def test_a_viewer_opens_no_deal(victor, stages):
    with pytest.raises(NotAllowed):
        Deal.create(by=victor.actor, name="Fleet", stage=stages[0])


# --- what the database guards, whoever writes -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        "value = -1",
        "status = 'won'",
        "closed_on = '2026-01-01'",
        "stage_id = (SELECT id FROM deals_stage WHERE name = 'Due soon')",
    ],
)
def test_raw_sql_breaks_no_rule_of_deals(bob, stages, change):
    StageFactory(name="Due soon", pipeline=PipelineFactory(name="Renewals"))
    [deal] = opened(bob, stages[0], "Fleet")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE deals_deal SET {change} WHERE id = %s", [deal.pk])


def test_deals_from_raw_sql_have_a_pulse_too(bob, stages):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO deals_deal (workspace_id, name, pipeline_id, stage_id, status, currency, close_reason,"
            " stage_since, external_id) SELECT workspace_id, 'raw ' || n, pipeline_id, id, 'open', 'USD', '', now(), ''"
            " FROM deals_stage, generate_series(1, 3) AS n WHERE id = %s",
            [stages[0].pk],
        )
    assert DealPulse.objects.filter(record__name__startswith="raw").count() == 3


# --- moving -----------------------------------------------------------------------------------------------------------
def test_a_move_leaves_a_stage_row_with_how_long_it_stayed(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    Deal.objects.filter(pk=deal.pk).update(stage_since=timezone.now() - dt.timedelta(days=3))
    deal.move_to(stages[2], by=bob.actor)
    deal.refresh_from_db()
    change = StageChange.objects.get()
    assert (deal.stage, change.from_stage, change.to_stage) == (stages[2], stages[0], stages[2])
    assert (change.changed_by, change.from_status, change.to_status) == (bob, "open", "open")
    assert dt.timedelta(days=3) <= change.stayed < dt.timedelta(days=3, minutes=1)
    assert timezone.now() - deal.stage_since < dt.timedelta(minutes=1)


def test_a_move_says_on_the_timeline_from_where_to_where(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    deal.move_to(stages[1], by=bob.actor)
    event = Event.objects.get(kind="stage_changed")
    assert (event.data, event.actor) == ({"from": "Lead in", "to": "Qualified"}, "Bob Lindqvist")
    assert event.dealevent_set.get().record == deal


@pytest.mark.parametrize(("at", "expected"), [(TOP, ["a", "b", "there"]), (BOTTOM, ["there", "a", "b"])])
def test_many_move_together_and_keep_their_order(bob, stages, at, expected):
    opened(bob, stages[1], "there")
    opened(bob, stages[0], "b", "a")
    outcome = Deal.objects.filter(name__in=["a", "b"]).move_to(stages[1], by=bob.actor, at=at)
    assert (outcome.done, outcome.refused) == (2, {})
    assert column(stages[1]) == expected


def test_a_move_within_the_stage_changes_the_order_alone(bob, stages):
    second, first = opened(bob, stages[0], "second", "first")
    before, version = column(stages[0]), Deal.objects.get(pk=first.pk).version
    last = {"first": first, "second": second}[before[-1]]
    last.move_to(stages[0], by=bob.actor)
    assert column(stages[0]) == before, "no place is said: it stays where it is"
    last.move_to(stages[0], by=bob.actor, at=TOP)
    assert column(stages[0]) == before[::-1]
    assert not StageChange.objects.exists()
    assert Deal.objects.get(pk=first.pk).version == version


def test_a_move_into_another_pipeline_takes_the_pipeline_along(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    due_soon = StageFactory(name="Due soon", pipeline=PipelineFactory(name="Renewals"))
    deal.move_to(due_soon, by=bob.actor)
    deal.refresh_from_db()
    assert deal.pipeline == due_soon.pipeline


def test_only_open_deals_move_and_the_others_do(bob, stages):
    still, won, trashed = opened(bob, stages[0], "still", "won", "trashed")
    won.win(by=bob.actor)
    trashed.rows().trash(by=bob.actor)
    outcome = Deal.objects.all().move_to(stages[3], by=bob.actor)
    assert outcome.done == 1
    assert outcome.refused == {
        won.pk: "Only open deals move. Open it again first.",
        trashed.pk: "The deal is in the trash.",
    }
    assert column(stages[3]) == ["still"]
    with pytest.raises(Refusal, match="Only open deals move"):
        won.move_to(stages[3], by=bob.actor)
    assert still.stage_changes.count() == 1


def test_a_stage_of_another_workspace_is_refused(bob, stages, elsewhere):
    foreign = StageFactory(workspace=elsewhere)
    [deal] = opened(bob, stages[0], "Fleet")
    with pytest.raises(Refusal, match="another workspace"):
        deal.move_to(foreign, by=bob.actor)


def test_a_viewer_moves_and_closes_nothing(bob, victor, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    attempts = (
        lambda: deal.move_to(stages[1], by=victor.actor),
        lambda: deal.win(by=victor.actor),
        lambda: deal.lose("", by=victor.actor),
        lambda: deal.abandon("", by=victor.actor),
        lambda: deal.reopen(by=victor.actor),
        lambda: deal.edit(by=victor.actor, name="Mine"),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert Deal.objects.all().move_to(stages[1], by=victor.actor).done == 0


def test_ranks_that_grew_long_are_spread_anew(bob, stages):
    first, second = opened(bob, stages[0], "first", "second")
    Deal.objects.filter(pk=second.pk).update(rank="0" * 30 + "1")
    opened(bob, stages[0], "third")
    assert column(stages[0]) == ["third", "second", "first"]
    assert max(len(rank) for rank in Deal.objects.values_list("rank", flat=True)) < 5
    assert first.stage_changes.count() == 0


def test_a_thousand_deals_move_in_as_many_statements_as_one(bob, stages):
    def cost(rows) -> int:
        with CaptureQueriesContext(connection) as queries:
            rows.move_to(stages[1], by=SYSTEM)
        return len(queries)

    opened(bob, stages[0], "one")
    Deal.objects.bulk_create(
        Deal(name=f"deal {n}", stage=stages[0], pipeline_id=stages[0].pipeline_id, currency="USD") for n in range(1000)
    )
    one = cost(Deal.objects.filter(name="one"))
    assert cost(Deal.objects.exclude(name="one")) <= one + 4  # events and their links come in batches


# --- closing ----------------------------------------------------------------------------------------------------------
def test_winning_writes_the_day_the_stage_row_and_the_event(bob, stages):
    [deal] = opened(bob, stages[4], "Fleet")
    deal.win(by=bob.actor)
    deal.refresh_from_db()
    change = deal.stage_changes.get()
    assert (deal.status, deal.closed_on, deal.stage) == ("won", timezone.localdate(), stages[4])
    assert (change.from_status, change.to_status, change.to_stage) == ("open", "won", stages[4])
    assert Event.objects.get(kind="won").dealevent_set.get().record == deal


@pytest.mark.parametrize("verb", ["lose", "abandon"])
def test_losing_keeps_the_reason(bob, stages, verb):
    [deal] = opened(bob, stages[4], "Fleet")
    getattr(deal, verb)("Too expensive", by=bob.actor, on=dt.date(2026, 3, 1))
    deal.refresh_from_db()
    assert (deal.status, deal.close_reason) == ({"lose": "lost", "abandon": "abandoned"}[verb], "Too expensive")
    assert deal.closed_on == dt.date(2026, 3, 1)
    assert Event.objects.get(kind=deal.status).data == {"reason": "Too expensive"}


@pytest.mark.parametrize("verb", ["win", "lose", "abandon"])
def test_no_deal_is_closed_in_the_future(bob, stages, verb):
    deal = DealFactory(stage=stages[0])
    with pytest.raises(Refusal, match="in the future"):
        getattr(deal.rows(), verb)(by=bob.actor, on=dt.date(2999, 1, 1))


def test_what_is_closed_is_not_closed_again_and_what_is_open_not_opened(bob, stages):
    won, still = opened(bob, stages[0], "won", "still")
    won.win(by=bob.actor)
    outcome = Deal.objects.all().lose("Price", by=bob.actor)
    assert (outcome.done, outcome.refused) == (1, {won.pk: "The deal is closed already."})
    assert won.stage_changes.count() == 1
    still.reopen(by=bob.actor)
    with pytest.raises(Refusal, match="The deal is open"):
        still.reopen(by=bob.actor)


def test_a_deal_opened_again_has_no_end(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    deal.lose("Price", by=bob.actor)
    deal.reopen(by=bob.actor)
    deal.refresh_from_db()
    assert (deal.status, deal.closed_on, deal.close_reason) == ("open", None, "")
    assert [change.to_status for change in deal.stage_changes.all()] == ["lost", "open"]


# --- undo -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ways", [("win", "reopen"), ("trash", "restore")])
def test_what_comes_back_stands_on_top_of_its_stage(bob, stages, ways):
    opened(bob, stages[0], "first", "second", "third")
    gone = Deal.objects.exclude(name="third")
    for verb in ways:
        assert getattr(gone, verb)(by=bob.actor).done == 2
    assert column(stages[0]) == ["second", "first", "third"]


def test_one_undo_takes_a_move_of_many_back_with_its_stage_rows(bob, stages):
    opened(bob, stages[0], "a", "b")
    with change_set(by=bob.actor, source="web"):
        Deal.objects.all().move_to(stages[3], by=bob.actor)
        moved = ChangeSet.current()
    assert moved.label == "Moved to Proposal"
    moved.undo(by=bob.actor)
    assert set(column(stages[0])) == {"a", "b"}
    assert not StageChange.objects.exists()


def test_a_move_that_cannot_go_back_keeps_its_stage_row(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    with change_set(by=bob.actor, source="web"):
        deal.move_to(stages[1], by=bob.actor)
        first = ChangeSet.current()
    deal.move_to(stages[2], by=bob.actor)
    result = first.undo(by=bob.actor)
    assert (result.total, result.skipped) == (0, {"changed since": 2})
    assert [change.to_stage for change in StageChange.objects.all()] == [stages[1], stages[2]]


def test_a_closing_that_cannot_go_back_keeps_its_row(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    with change_set(by=bob.actor, source="web"):
        deal.lose("Price", by=bob.actor)
        lost = ChangeSet.current()
    deal.reopen(by=bob.actor)
    lost.undo(by=bob.actor)
    assert [change.to_status for change in StageChange.objects.all()] == ["lost", "open"]


def test_a_deal_taken_back_and_brought_again_has_a_pulse(bob, stages):
    with change_set(by=bob.actor, source="web"):
        opened(bob, stages[0], "Fleet")
        made = ChangeSet.current()
    undone = made.undo(by=bob.actor)
    assert not Deal.objects.exists()
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)
    assert DealPulse.objects.get().record == Deal.objects.get()


# --- two at once ------------------------------------------------------------------------------------------------------
def test_a_stale_form_changes_nothing(bob, stages):
    [deal] = opened(bob, stages[0], "Fleet")
    seen = Deal.objects.get(pk=deal.pk).version
    deal.win(by=bob.actor)
    with pytest.raises(Refusal, match="changed this record"):
        deal.edit(by=bob.actor, seen=seen, name="Other", stage=stages[1])
    assert Deal.objects.get(pk=deal.pk).name == "Fleet"


def test_another_workspace_s_deals_are_out_of_reach(bob, stages, elsewhere):
    theirs = DealFactory(workspace=elsewhere)
    assert Deal.objects.filter(pk=theirs.pk).move_to(stages[1], by=bob.actor).done == 0
    with workspace_scope(elsewhere.pk):
        assert Deal.objects.get(pk=theirs.pk).stage == theirs.stage
