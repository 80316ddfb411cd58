"""The tasks of stages: what must be done is planned and blocks winning, the rest is a click away."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline, Stage, StageTask
from deals.models.rules import KEEPERS, Rules
from records.models import ChangeSet, NotAllowed, Refusal, change_set
from records.trash.emptying import delete_for_good
from tests.factories import DealFactory
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import undo_path
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

WORDS = "Do before the deal is won: Security review."


@pytest.fixture
def stages(in_acme) -> list[Stage]:
    """In Proposal a security review must be done and a reference call may."""
    stages = list(Pipeline.objects.get().stages.all())
    StageTask.objects.create(stage=stages[3], name="Security review", is_must=True, due_days=3)
    StageTask.objects.create(stage=stages[3], name="Reference call", position=1)
    return stages


@pytest.fixture
def deal(stages, bob) -> Deal:
    return DealFactory(owner=bob, name="Fleet", stage=stages[1])


@pytest.fixture
def offered(stages) -> StageTask:
    return StageTask.objects.get(is_must=False)


def tasks(**of) -> list[str]:
    return [task.subject for task in Activity.objects.present().filter(**of).order_by("pk")]


# --- planned on entry -------------------------------------------------------------------------------------------------
def test_what_must_be_done_is_planned_for_the_owner_when_a_deal_comes_in(mara, bob, stages, deal):
    deal.move_to(stages[3], by=mara.actor)
    task = Activity.objects.get()
    assert (task.subject, task.owner, task.created_by_id, task.about) == ("Security review", bob, mara.pk, [deal])
    assert timezone.localdate(task.due_at) == timezone.localdate() + dt.timedelta(days=3)
    assert (task.due_at, task.is_open, task.event_links.get().event.kind) == (task.occurred_at, True, "created")
    assert Deal.objects.get().pulse.next_activity_at == task.due_at


def test_it_goes_with_the_undo_of_the_move(bob, stages, deal):
    with change_set(by=bob.actor, source="web"):
        deal.move_to(stages[3], by=bob.actor)
        made = ChangeSet.current()
    assert made.label == "Moved to Proposal"
    made.undo(by=bob.actor)
    assert (Deal.objects.get().stage, tasks()) == (stages[1], [])


def test_who_comes_back_has_it_already(bob, stages, deal):
    for stage in (3, 1, 3):
        deal.move_to(stages[stage], by=bob.actor)
    assert tasks() == ["Security review"]
    Activity.objects.get().complete(by=bob.actor)
    for stage in (1, 3):
        deal.move_to(stages[stage], by=bob.actor)
    assert tasks() == ["Security review"]


def test_a_deal_that_begins_there_has_it(bob, stages):
    Deal.create(by=bob.actor, name="New", stage=stages[3])
    assert tasks(owner=bob) == ["Security review"]


def test_a_deal_of_a_file_has_it_unless_it_is_over(alice, client_of, stages):
    importer = Importer(client_of(alice))
    rows = [["Name", "Stage"], ["Open", "Proposal"], ["Early", "Lead in"], ["Over", "Lost"]]
    importer.upload("deal", csv_bytes(rows))
    importer.map()
    run_jobs()
    assert [task.about for task in Activity.objects.all()] == [[Deal.objects.get(name="Open")]]


def test_many_cost_as_many_statements_as_one(stages):
    def cost(rows) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert rows.move_to(stages[3], by=SYSTEM).done == rows.count()
        return len(queries)

    for name in ("one", *["many"] * 300):
        DealFactory(stage=stages[1], name=name)
    one = cost(Deal.objects.filter(name="one"))
    assert cost(Deal.objects.filter(name="many")) <= one + 4  # inserts come in batches
    assert Activity.objects.count() == 301


# --- it blocks winning ------------------------------------------------------------------------------------------------
def test_a_deal_is_not_won_before_it_is_done(bob, stages, deal):
    deal.move_to(stages[3], by=bob.actor)
    with pytest.raises(Refusal, match=WORDS):
        deal.win(by=bob.actor)
    deal.move_to(stages[5], by=bob.actor)
    with pytest.raises(Refusal, match=WORDS):
        deal.win(by=bob.actor)
    Activity.objects.get().complete(by=bob.actor)
    deal.win(by=bob.actor)
    assert Deal.objects.get().status == "won"


def test_a_win_that_is_refused_names_what_must_be_done_and_leads_there(client_of, bob, stages, deal):
    StageTask.objects.create(stage=stages[4], name="Sign-off", is_must=True)
    for stage in (3, 4):
        deal.move_to(stages[stage], by=bob.actor)
    review, sign_off = Activity.objects.order_by("pk")
    sign_off.trash(by=bob.actor)
    client = client_of(bob)
    page = client.post_w("deals:closing", deal.pk, data={"status": "won"}).content.decode()
    assert "Do before the deal is won: Security review and Sign-off." in page
    deal_url, task_url = client.url("deals:detail", deal.pk), client.url("activities:detail", review.pk)
    for name, url in (("Security review", task_url), ("Sign-off", deal_url)):
        assert f'<a class="link" href="{url}">{name}</a>' in page
    page = client.post_w("deals:closing", deal.pk, data={"status": "lost", "closed_on": "x"}).content.decode()
    assert "Security review" not in page
    StageTask.objects.bulk_create(StageTask(stage=stages[n], name=f"Task {n}", is_must=True) for n in range(5))
    assert len(Rules.of(Deal, bob.actor).won()) == 1, "however many there are, they are asked about at once"


def test_a_task_that_is_done_while_the_gate_asks_for_its_name_refuses_nothing(monkeypatch, bob, stages, deal):
    deal.move_to(stages[3], by=bob.actor)
    done_meanwhile = KEEPERS[0]._replace(names_of=lambda deals: dict.fromkeys(deals, ()))
    monkeypatch.setattr("deals.models.rules.KEEPERS", [done_meanwhile])
    deal.win(by=bob.actor)
    assert Deal.objects.get().status == "won"


@pytest.mark.parametrize("emptied", [False, True])
def test_deleting_it_is_not_doing_it(emptied, client_of, bob, stages, deal):
    for stage in (3, 4):
        deal.move_to(stages[stage], by=bob.actor)
    Activity.objects.get().trash(by=bob.actor)
    if emptied:
        delete_for_good(Activity.objects.all(), by=SYSTEM, label="Trash emptied")
    with pytest.raises(Refusal, match=WORDS):
        deal.win(by=bob.actor)
    client, must = client_of(bob), StageTask.objects.get(is_must=True)
    path = client.url("activities:stage_task", deal.pk, must.pk)
    assert f'action="{path}"' in client.get_w("deals:detail", deal.pk).content.decode(), "it is offered anew"
    client.post(path)
    Activity.objects.present().get().complete(by=bob.actor)
    deal.win(by=bob.actor)


def test_lost_and_abandoned_wait_for_nothing_and_neither_does_who_says_why(alice, bob, stages, deal):
    deal.move_to(stages[3], by=bob.actor)
    deal.lose(by=bob.actor)
    deal.reopen(by=bob.actor)
    deal.abandon(by=bob.actor)
    deal.reopen(by=bob.actor)
    deal.win(by=alice.actor, because="Reviewed last year")
    assert Deal.objects.get().status == "won"


def test_a_task_that_the_stage_no_longer_asks_for_blocks_nothing(bob, stages, deal):
    deal.move_to(stages[3], by=bob.actor)
    StageTask.objects.filter(is_must=True).delete()
    deal.win(by=bob.actor)
    assert tasks() == ["Security review"], "it stays on the list"


# --- offered ----------------------------------------------------------------------------------------------------------
def test_the_page_offers_the_others_and_one_click_adds_them(client_of, bob, stages, deal, offered):
    client = client_of(bob)
    assert "Tasks of the stage" not in client.get_w("deals:detail", deal.pk).content.decode()
    deal.move_to(stages[3], by=bob.actor)
    path = client.url("activities:stage_task", deal.pk, offered.pk)
    page = client.get_w("deals:detail", deal.pk).content.decode()
    assert (f'action="{path}"' in page, "Must be done to win" in page) == (True, True)
    answer = client.post(path)
    assert tasks() == ["Security review", "Reference call"]
    page = client.get(answer.url).content.decode()
    assert f'action="{path}"' not in page
    client.post(undo_path(page))
    assert tasks() == ["Security review"]


def test_who_may_add_it_and_only_once(client_of, bob, victor, charlie, acme, stages, deal, offered):
    path = client_of(bob).url("activities:stage_task", deal.pk, offered.pk)
    assert client_of(victor).post(path).status_code == 403
    assert client_of(charlie, acme).post(path).status_code == 404
    assert client_of(charlie).post_w("activities:stage_task", deal.pk, offered.pk).status_code == 404
    with workspace_scope(acme.pk):
        Activity.objects.plan_offered(offered, deal, by=bob.actor)
        with pytest.raises(Refusal, match="has this task already"):
            Activity.objects.plan_offered(offered, deal, by=bob.actor)
        with pytest.raises(NotAllowed):
            Activity.objects.plan_offered(offered, deal, by=victor.actor)
        assert tasks() == ["Reference call"]


def test_only_tasks_of_its_stage_are_added_to_an_open_deal_that_one_may_change(client_of, bob, stages, deal, offered):
    client = client_of(bob)
    path = client.url("activities:stage_task", deal.pk, offered.pk)
    assert client.post(path).status_code == 404, "it is not of its stage"
    deal.move_to(stages[3], by=bob.actor)
    deal.lose(by=bob.actor)
    assert client.post(path).status_code == 404, "it is closed"
    assert tasks() == ["Security review"]


def test_a_task_that_must_be_done_keeps_its_deal(bob, stages, deal):
    deal.move_to(stages[3], by=bob.actor)
    task, other = Activity.objects.get(), DealFactory(owner=bob)
    with pytest.raises(Refusal, match=WORDS):
        task.edit(by=bob.actor, about=[other])
    task.edit(by=bob.actor, about=[deal, other])
    assert task.about == [deal, other]
