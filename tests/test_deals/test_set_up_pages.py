"""The pages on which admins set up pipelines, stages and reasons, and what others are offered of them."""

import re

import pytest
from django.http import QueryDict
from django.utils import translation

from core.tenancy import workspace_scope
from deals.models import CloseReason, Deal, Pipeline, Stage, StageTask
from deals.models.setting_up import TaskLine
from deals.setting.choices import requirable
from records.models import BulkRun, ChangeSet, CustomField, SavedView, change_set
from tests.importing import run_jobs
from tests.reading import filled_form, undo_path
from workspaces.models import Membership, Team
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def sales(acme) -> Pipeline:
    with workspace_scope(acme.pk):
        return Pipeline.objects.prefetch_related("stages").get()


@pytest.fixture
def partners(acme, alice, sales) -> Pipeline:
    with workspace_scope(acme.pk):
        pipeline = Pipeline(name="Partners", currency="EUR")
        pipeline.open((), by=alice.actor)
        return pipeline


def deal_in(workspace, stage: Stage, name: str, by: Membership) -> Deal:
    with workspace_scope(workspace.pk):
        return Deal.create(by=by.actor, name=name, stage=stage)


# --- words ------------------------------------------------------------------------------------------------------------
def test_what_a_stage_can_require_is_named_in_the_language_of_the_reader(acme):
    with workspace_scope(acme.pk), translation.override("cs"):
        named = dict(requirable(acme))
    assert (named["tags"], named["contacts"], named["value"]) == ("Štítky", "Osoby", "Hodnota")


# --- pipelines --------------------------------------------------------------------------------------------------------
def test_a_rep_sees_pipelines_and_their_rules_and_no_way_to_change_them(client_of, alice, bob, sales, acme):
    with workspace_scope(acme.pk):
        first, second, *_ = sales.stages.all()
        first.required, first.entry_roles = ["value", "expected_close"], ["manager"]
        first.keep_with([second], [], by=alice.actor)
    client = client_of(bob)
    assert "New pipeline" not in text_of(client.get_w("pipelines:pipelines"))
    page = text_of(client.get_w("pipelines:pipeline", sales.pk))
    for rule in ("Needed to go on: Value, Expected close", "Goes on to: Qualified", "May move in: Manager"):
        assert rule in page
    assert "<form" not in page.partition('class="topic"')[2].partition("</main>")[0]
    assert client.get_w("pipelines:pipeline_edit", sales.pk).status_code == 403


def test_what_cards_show_by_themselves_is_ticked_and_stays_nobody_s_choice(client_of, alice, sales, acme):
    client = client_of(alice)
    page = text_of(client.get_w("pipelines:pipeline_edit", sales.pk))
    ticked = re.findall(r'name="card_fields" value="(\w+)"[^>]*checked', page)
    assert set(ticked) == {"organization", "value", "next_step", "owner"}

    def kept(*chosen: str) -> list[str]:
        form = filled_form(page) | {"card_fields": [*chosen]}
        assert client.post_w("pipelines:pipeline_edit", sales.pk, data=form).status_code == 303
        with workspace_scope(acme.pk):
            return Pipeline.objects.get(pk=sales.pk).card_fields

    assert kept(*ticked, "tags") == [*ticked, "tags"]
    assert kept(*ticked) == []


def test_an_admin_makes_a_pipeline_with_the_stages_of_another(client_of, alice, sales, acme):
    client = client_of(alice)
    with workspace_scope(acme.pk):
        team = Team.objects.create(name="North")
        view = SavedView.make("deal", "Large", query="value_min=1000", audience="workspace", by=alice.actor)
        sales.stages.first().keep_with([], [], by=alice.actor)
    form = filled_form(text_of(client.get_w("pipelines:pipeline_create")))
    data = form | {"name": "Partners", "like": sales.pk, "teams": [team.pk], "card_fields": ["value", "tags"],
                   "view": f"view={view.pk}"}  # fmt: skip
    answer = client.post_w("pipelines:pipeline_create", data=data)
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        made = Pipeline.objects.get(name="Partners")
        assert (made.card_fields, made.opens_with, list(made.teams.all())) == (
            ["value", "tags"],
            f"view={view.pk}",
            [team],
        )
        assert made.stages.count() == sales.stages.count()
    page = text_of(client.get(answer.url))
    for shown in ("Value, Tags", "Large", "North"):
        assert shown in page
    client.post(undo_path(page))
    with workspace_scope(acme.pk):
        assert not Pipeline.objects.filter(name="Partners").exists()


def test_what_is_wrong_with_a_pipeline_stands_beside_the_field_and_nothing_is_lost(client_of, alice, sales, partners):
    client = client_of(alice)
    form = filled_form(text_of(client.get_w("pipelines:pipeline_edit", partners.pk)))
    wrong = "what=now&as_of=2026-01-01&compare=1&by=mood&sort=colour&lanes=x&owner=x&where=x"
    answer = client.post_w("pipelines:pipeline_edit", partners.pk, data=form | {"name": "Sales", "opens_with": wrong})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "A pipeline of this name exists." in page
    assert "There are no filters and no order in this address." in page
    assert 'value="what=now' in page


def test_a_default_view_is_what_a_board_understands_of_an_address(client_of, alice, sales, partners, acme):
    client = client_of(alice)
    form = filled_form(text_of(client.get_w("pipelines:pipeline_edit", sales.pk)))
    address = f"http://testserver/w/acme/deals/board/?owner=me&pipeline={partners.pk}&sort=next_step&panel=filters"
    address += "&as_of=2026-01-01&compare=1&utm=x&value_min=much&q="
    assert client.post_w("pipelines:pipeline_edit", sales.pk, data=form | {"opens_with": address}).status_code == 303
    with workspace_scope(acme.pk):
        assert Pipeline.objects.get(pk=sales.pk).opens_with == "owner=me&sort=next_step"
    form = filled_form(text_of(client.get_w("pipelines:pipeline_edit", sales.pk)))
    assert form["opens_with"] == "owner=me&sort=next_step"


def test_an_archived_pipeline_is_read_and_not_offered(client_of, alice, bob, sales, partners, acme):
    deal = deal_in(acme, sales.stages.first(), "Fleet", bob)
    client, bobs = client_of(alice), client_of(bob)
    assert "Sales" in text_of(bobs.get_w("deals:create"))
    answer = client.post_w("pipelines:pipeline_archiving", sales.pk)
    assert answer.status_code == 303
    assert 'label="Sales"' not in text_of(bobs.get_w("deals:create"))
    assert "<h1>Partners</h1>" in text_of(bobs.get_w("deals:board"))
    board = text_of(bobs.get_w("deals:board", query_params={"pipeline": sales.pk}))
    assert "Fleet" in board
    assert "Archived" in board
    assert 'label="Sales"' in text_of(bobs.get_w("deals:edit", deal.pk)), "where the deal is it may stay"
    undo = undo_path(text_of(client.get(answer.url)))
    assert client.post_w("pipelines:pipeline_archiving", partners.pk).status_code == 409
    client.post(undo)
    assert "<h1>Sales</h1>" in text_of(bobs.get_w("deals:board"))


def test_a_pipeline_of_another_team_is_read_and_not_offered(client_of, alice, bob, sales, partners, acme):
    with workspace_scope(acme.pk):
        sales.keep_with([Team.objects.create(name="North")], by=alice.actor)
    bobs = client_of(bob)
    assert "Lead in" in text_of(bobs.get_w("deals:create"))
    assert 'label="Sales"' not in text_of(bobs.get_w("deals:create"))
    assert 'label="Sales"' in text_of(client_of(alice).get_w("deals:create"))
    assert "<h1>Partners</h1>" in text_of(bobs.get_w("deals:board"))
    assert "<h1>Sales</h1>" in text_of(bobs.get_w("deals:board", query_params={"pipeline": sales.pk}))


def test_pipelines_of_others_are_not_found(client_of, charlie, sales):
    assert client_of(charlie).get_w("pipelines:pipeline", sales.pk).status_code == 404


def test_pipelines_and_stages_are_moved_up_and_down(client_of, alice, sales, partners, acme):
    client = client_of(alice)
    assert client.post_w("pipelines:pipeline_place", partners.pk, data={"way": "up"}).status_code == 303
    second = sales.stages.all()[1]
    assert client.post_w("pipelines:stage_place", second.pk, data={"way": "up"}).status_code == 303
    assert client.post_w("pipelines:stage_place", second.pk, data={"way": "round"}).status_code == 404
    with workspace_scope(acme.pk):
        assert [one.name for one in Pipeline.objects.all()] == ["Partners", "Sales"]
        assert [one.name for one in Stage.objects.filter(pipeline=sales)][:2] == ["Qualified", "Lead in"]


# --- stages -----------------------------------------------------------------------------------------------------------
def test_a_stage_is_made_with_rules_and_tasks_and_its_tasks_are_changed(client_of, alice, sales, acme):
    client, lead = client_of(alice), sales.stages.first()
    page = text_of(client.get_w("pipelines:stage_create", sales.pk))
    data = filled_form(page) | {
        "name": "Contract", "win_chance": "97", "card_limit": "12", "required": ["value", "contacts"],
        "entry_roles": ["manager", "owner"], "next_stages": [lead.pk],
        "tasks-0-name": "Check the credit", "tasks-0-due_days": "2", "tasks-0-is_must": "on", "tasks-0-ORDER": "2",
        "tasks-1-name": "Send the contract", "tasks-1-ORDER": "1",
    }  # fmt: skip
    assert client.post_w("pipelines:stage_create", sales.pk, data=data).status_code == 303
    with workspace_scope(acme.pk):
        made = Stage.objects.get(name="Contract")
        assert (made.win_chance, made.card_limit, made.required) == (97, 12, ["value", "contacts"])
        assert (sorted(made.entry_roles), list(made.next_stages.all())) == (["manager", "owner"], [lead])
        assert list(Stage.objects.filter(pipeline=sales))[-1] == made
        tasks = list(made.tasks.values_list("name", "due_days", "is_must"))
        assert tasks == [("Send the contract", None, False), ("Check the credit", 2, True)]
    form = filled_form(text_of(client.get_w("pipelines:stage", made.pk)))
    answer = client.post_w("pipelines:stage", made.pk, data=form | {"tasks-0-DELETE": "on"})
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        assert [task.name for task in StageTask.objects.filter(stage=made)] == ["Check the credit"]


def test_what_is_wrong_with_a_task_stands_beside_it(client_of, alice, sales):
    client, lead = client_of(alice), sales.stages.first()
    form = filled_form(text_of(client.get_w("pipelines:stage", lead.pk)))
    wrong = form | {"win_chance": "120", "tasks-0-due_days": "3", "tasks-1-name": "Call them"}
    answer = client.post_w("pipelines:stage", lead.pk, data=wrong)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Say what is to be done." in page
    assert 'value="Call them"' in page
    assert re.search(r'name="win_chance"[^>]*aria-invalid="true"', page)


def test_a_stage_with_deals_asks_where_they_go_and_one_undo_takes_it_back(client_of, alice, bob, sales, acme):
    lead, qualified, *_ = sales.stages.all()
    deal = deal_in(acme, lead, "Fleet", bob)
    client = client_of(alice)
    page = text_of(client.get_w("pipelines:stage_removal", lead.pk))
    assert "“Lead in” holds 1 deal, open, closed or in the trash." in page
    assert client.post_w("pipelines:stage_removal", lead.pk, data={"to": ""}).status_code == 422
    assert client.post_w("pipelines:stage_removal", lead.pk, data={"to": lead.pk}).status_code == 422
    answer = client.post_w("pipelines:stage_removal", lead.pk, data={"to": qualified.pk})
    assert answer.status_code == 303
    after = text_of(client.get(answer.url))
    assert "Stage “Lead in” deleted. 1 deal went to Qualified." in after
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).stage == qualified
    client.post(undo_path(after))
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).stage == lead


def test_a_stage_without_deals_is_deleted_at_once(client_of, alice, sales, acme):
    lead = sales.stages.first()
    assert client_of(alice).post_w("pipelines:stage_removal", lead.pk).status_code == 303
    with workspace_scope(acme.pk):
        assert not Stage.objects.filter(pk=lead.pk).exists()


# --- moving deals to another pipeline ---------------------------------------------------------------------------------
def mapping(client, **query) -> str:
    answer = client.get_w("deals:pipeline", query_params=query)
    assert answer.status_code == 200
    return text_of(answer)


def test_chosen_deals_go_to_another_pipeline_stage_by_stage(client_of, mara, bob, sales, partners, acme):
    lead, qualified, *_ = sales.stages.all()
    one, two = deal_in(acme, lead, "One", bob), deal_in(acme, qualified, "Two", bob)
    client = client_of(mara)
    asked = client.post_w("deals:bulk", data={"action": "pipeline", "ids": [one.pk, two.pk]})
    assert asked.status_code == 303
    page = text_of(client.get(asked.url))
    assert "Lead in (1)" in page
    with workspace_scope(acme.pk):
        demo = partners.stages.get(name="Demo booked")
    data = QueryDict(mutable=True)
    data.update(filled_form(page))
    data.setlist("ids", [one.pk, two.pk])
    data[f"from_{lead.pk}"] = str(demo.pk)
    answer = client.post(
        client.url("deals:pipeline"), data.urlencode(), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 303
    assert "2 deals moved to Partners." in text_of(client.get(answer.url))
    with workspace_scope(acme.pk):
        assert [deal.stage.name for deal in Deal.objects.filter(pipeline=partners).order_by("name")] == [
            "Demo booked",
            "Qualified",
        ]


def test_from_its_page_whoever_may_change_a_deal_moves_it(client_of, bob, alice, sales, partners, acme):
    deal = deal_in(acme, sales.stages.first(), "Hers", alice)
    client = client_of(bob)
    assert f"/deals/pipeline/?ids={deal.pk}" in text_of(client.get_w("deals:detail", deal.pk))
    form = filled_form(mapping(client, ids=deal.pk))
    answer = client.post_w("deals:pipeline", data=form)
    assert (answer.status_code, answer.url) == (303, client.url("deals:detail", deal.pk))
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).pipeline == partners


def test_the_gate_is_asked_and_an_owner_passes_it_with_a_reason(client_of, alice, bob, sales, partners, acme):
    lead = sales.stages.first()
    with workspace_scope(acme.pk):
        lead.required = ["value"]
        lead.keep_with([], [], by=alice.actor)
    deal = deal_in(acme, lead, "Fleet", bob)
    bobs, alices = client_of(bob), client_of(alice)
    form = filled_form(mapping(bobs, ids=deal.pk))
    assert "because" not in form
    refused = bobs.post_w("deals:pipeline", data=form | {"because": "I want to"})
    assert "Add value before" in text_of(bobs.get(refused.url))
    form = filled_form(mapping(alices, ids=deal.pk))
    alices.post_w("deals:pipeline", data=form | {"because": "The board said so"})
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).pipeline == partners
        event = deal.event_links.filter(event__kind="stage_changed").get().event
        assert event.data["because"] == "The board said so"


def test_a_rep_moves_many_only_of_its_own(client_of, bob, alice, sales, partners, acme):
    lead = sales.stages.first()
    hers, his = deal_in(acme, lead, "Hers", alice), deal_in(acme, lead, "His", bob)
    client = client_of(bob)
    form = filled_form(mapping(client, all="1", query=""))
    answer = client.post_w("deals:pipeline", data=form)
    assert "You may do this only to records of your own." in text_of(client.get(answer.url))
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=his.pk).pipeline == partners
        assert Deal.objects.get(pk=hers.pk).pipeline == sales


def test_more_deals_than_a_request_moves_are_moved_by_a_job(client_of, mara, bob, sales, partners, acme, monkeypatch):
    monkeypatch.setattr("records.listing.running.AT_ONCE", 1)
    for number in range(3):
        deal_in(acme, sales.stages.all()[number], f"Deal {number}", bob)
    client = client_of(mara)
    answer = client.post_w("deals:pipeline", data=filled_form(mapping(client, all="1", query="status=open")))
    with workspace_scope(acme.pk):
        assert answer.url == client.url("records:bulk_run", BulkRun.objects.get().pk)
        assert not Deal.objects.filter(pipeline=partners).exists()
    run_jobs()
    with workspace_scope(acme.pk):
        assert Deal.objects.filter(pipeline=partners).count() == 3


def test_a_closed_deal_a_stage_of_elsewhere_and_no_rows_are_answered_in_words(
    client_of, mara, bob, sales, partners, acme
):
    deal = deal_in(acme, sales.stages.first(), "Won", bob)
    client = client_of(mara)
    wrong = {"ids": deal.pk, "pipeline": partners.pk, f"from_{deal.stage_id}": deal.stage_id}
    assert client.post_w("deals:pipeline", data=wrong).status_code == 422
    with workspace_scope(acme.pk):
        deal.win(by=bob.actor)
    assert "None of these deals is open." in mapping(client, ids=deal.pk)
    assert client.get_w("deals:pipeline").status_code == 303
    with workspace_scope(acme.pk):
        partners.archive(by=SYSTEM)
        deal.reopen(by=bob.actor)
    assert "There is no other pipeline that takes your deals." in mapping(client, ids=deal.pk)


# --- reasons ----------------------------------------------------------------------------------------------------------
def test_an_admin_adds_renames_orders_retires_and_deletes_reasons(client_of, alice, acme):
    client = client_of(alice)
    form = filled_form(text_of(client.get_w("reasons:reason_create", query_params={"status": "lost"})))
    assert form["status"] == "lost"
    assert client.post_w("reasons:reason_create", data=form | {"name": "No budget"}).status_code == 422
    assert client.post_w("reasons:reason_create", data=form | {"name": "Went in-house"}).status_code == 303
    with workspace_scope(acme.pk):
        made = CloseReason.objects.get(name="Went in-house")
    assert client.post_w("reasons:reason_place", made.pk, data={"way": "up"}).status_code == 303
    with workspace_scope(acme.pk):
        assert [one.name for one in CloseReason.objects.filter(status="lost")][-2:] == ["Went in-house", "Bad timing"]
    renamed = client.post_w("reasons:reason", made.pk, data={"name": "Built it themselves"})
    assert "Built it themselves" in text_of(client.get(renamed.url))
    retired = client.post_w("reasons:reason_retirement", made.pk)
    assert "They are not offered" in text_of(client.get(retired.url))
    with workspace_scope(acme.pk):
        assert CloseReason.objects.get(pk=made.pk).retired_at
    client.post_w("reasons:reason_revival", made.pk)
    client.post_w("reasons:reason_removal", made.pk)
    with workspace_scope(acme.pk):
        assert not CloseReason.objects.filter(pk=made.pk).exists()


def test_a_rep_sees_the_reasons_and_changes_none(client_of, bob):
    client = client_of(bob)
    page = text_of(client.get_w("reasons:reasons"))
    assert "Too expensive" in page
    assert "New reason" not in page
    assert client.get_w("reasons:reason_create").status_code == 403


# --- history ----------------------------------------------------------------------------------------------------------
def test_history_tells_of_the_rules_in_words(client_of, alice, sales, acme):
    with workspace_scope(acme.pk):
        lead, qualified, *_ = sales.stages.all()
        field = CustomField(record="deal", kind="text", name="Budget code")
        field.keep(by=alice.actor)
        with change_set("", by=alice.actor, source="web"):
            lead.required, lead.entry_roles = ["contacts", field.key], ["manager", "owner"]
            lead.keep_with([qualified], [TaskLine(None, "Check the credit")], by=alice.actor)
            made = ChangeSet.current_id()
    page = text_of(client_of(alice).get_w("records:change", made))
    for told in ("People, Budget code", "Manager, Owner", "Check the credit", "Qualified"):
        assert told in page
