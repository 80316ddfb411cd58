"""The pulse of an open deal has a copy of what is looked for together with it, whoever writes the deal."""

import datetime as dt

import pytest
from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.utils import timezone

from activities.models import Activity
from core.tenancy import workspace_scope
from deals.models import Deal, DealPulse, Pipeline, Stage
from records.models import ChangeSet, change_set
from tests.factories import DealFactory, StageFactory

pytestmark = pytest.mark.django_db

COPIES = ("owner_id", "stage_id", "stage_since", "expected_close", "value")
OTHER = """
    SELECT count(*) FROM deals_deal AS deal JOIN deals_dealpulse AS pulse ON pulse.record_id = deal.id
     WHERE (pulse.owner_id, pulse.stage_id, pulse.stage_since, pulse.expected_close, pulse.value) IS DISTINCT FROM
           (deal.owner_id, deal.stage_id, deal.stage_since, deal.expected_close, deal.value)"""


@pytest.fixture
def stages(in_acme) -> list[Stage]:
    return list(Pipeline.objects.get().stages.all())


@pytest.fixture
def deal(bob, stages) -> Deal:
    values = {"name": "Fleet", "stage": stages[0], "value": 100, "expected_close": dt.date(2026, 5, 1)}
    return Deal.create(by=bob.actor, **values)


def copied(deal: Deal) -> tuple:
    return DealPulse.objects.values_list(*COPIES).get(record=deal)


def of(deal: Deal) -> tuple:
    return Deal.objects.values_list(*COPIES).get(pk=deal.pk)


def test_it_follows_whatever_is_done_with_the_deal(alice, bob, mara, stages, deal):
    assert copied(deal) == of(deal) == (bob.pk, stages[0].pk, deal.stage_since, dt.date(2026, 5, 1), 100)
    deal.move_to(stages[1], by=bob.actor)
    assert copied(deal) == of(deal)
    Deal.objects.get(pk=deal.pk).edit(by=alice.actor, owner=mara, value=200, expected_close=None)
    assert copied(deal) == of(deal)


def test_it_is_empty_for_what_is_closed_or_in_the_trash(bob, deal):
    nothing = (None,) * len(COPIES)
    deal.win(by=bob.actor)
    assert copied(deal) == nothing
    Deal.objects.get(pk=deal.pk).reopen(by=bob.actor)
    assert copied(deal) == of(deal)
    with change_set(by=bob.actor, source="web"):
        Deal.objects.filter(pk=deal.pk).trash(by=bob.actor)
        trashed = ChangeSet.current()
    assert copied(deal) == nothing
    trashed.undo(by=bob.actor)
    assert copied(deal) == of(deal)


def test_it_follows_an_import_and_raw_sql_and_what_was_taken_back(bob, stages):
    with change_set(by=bob.actor, source="import"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO deals_deal (workspace_id, name, pipeline_id, stage_id, status, currency, close_reason,"
            " stage_since, external_id, value) SELECT workspace_id, 'raw ' || n, pipeline_id, id, 'open', 'USD', '',"
            " now(), '', n FROM deals_stage, generate_series(1, 30) AS n WHERE id = %s",
            [stages[0].pk],
        )
        made = ChangeSet.current()
        cursor.execute(OTHER)
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE deals_deal SET value = value + 1, stage_id = %s", [stages[2].pk])
        cursor.execute(OTHER)
        assert cursor.fetchone() == (0,)
    undone = made.undo(by=bob.actor)
    ChangeSet.objects.get(pk=undone.change_set_id).undo(by=bob.actor)
    with connection.cursor() as cursor:
        cursor.execute(OTHER)
        assert cursor.fetchone() == (0,)
    assert DealPulse.objects.filter(stage_id=stages[2].pk).count() == 30


def test_a_new_place_in_its_column_leaves_it_alone(stages, deal):
    """Who plans something about a deal writes its pulse, and does not wait for who sorts a column."""
    version = RawSQL("deals_dealpulse.ctid::text", (), output_field=models.TextField())
    before = DealPulse.objects.annotate(at=version).get().at
    stages[0].rebalance()
    assert DealPulse.objects.annotate(at=version).get().at == before


def test_idle_since_the_stage_or_the_last_activity(bob, deal):
    long_ago, later = timezone.now() - dt.timedelta(days=40), timezone.now() - dt.timedelta(days=3)
    Deal.objects.filter(pk=deal.pk).update(stage_since=long_ago)
    assert DealPulse.objects.get(record=deal).idle_since == long_ago
    Activity.plan("task", by=bob.actor, subject="Ask", due_at=later, about=[deal]).complete(by=bob.actor)
    pulse = DealPulse.objects.get(record=deal)
    assert pulse.idle_since == pulse.last_activity_at > long_ago


def test_deals_of_another_workspace_have_theirs(elsewhere):
    theirs = DealFactory(workspace=elsewhere, stage=StageFactory(workspace=elsewhere))
    with workspace_scope(elsewhere.pk):
        assert copied(theirs) == of(theirs)
