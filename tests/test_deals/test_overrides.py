"""Past the rules of a stage, with a reason that is kept."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Deal, Person, Pipeline, Stage, StageWay
from records.models import ChangeSet, Event, NotAllowed, Refusal, change_set
from tests.factories import ContactFactory, DealFactory, TagFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
WORDS = "Add value before Proposal."
BECAUSE = "The board agreed by phone"


@pytest.fixture
def stages(in_acme) -> list[Stage]:
    """Of Qualified a deal needs a value to go on."""
    stages = list(Pipeline.objects.get().stages.all())
    Stage.objects.filter(pk=stages[1].pk).update(required=["value"])
    return stages


@pytest.fixture
def deal(stages, bob) -> Deal:
    return DealFactory(owner=bob, name="Fleet", stage=stages[1], value=None)


def where(deal: Deal) -> str:
    with workspace_scope(deal.workspace_id):
        deal = Deal.objects.select_related("stage").get(pk=deal.pk)
        return deal.stage.name if deal.is_open else deal.status


def test_the_reason_of_who_may_override_stands_in_event_and_change_set(alice, stages, deal):
    with change_set(by=alice.actor, source="web"):
        deal.move_to(stages[3], by=alice.actor, because=f" {BECAUSE} ")
        made = ChangeSet.current()
    assert where(deal) == "Proposal"
    assert Event.objects.get(kind="stage_changed").data == {"from": "Qualified", "to": "Proposal", "because": BECAUSE}
    assert made.label == f"Moved to Proposal, past the rules: {BECAUSE}"
    made.undo(by=alice.actor)
    assert where(deal) == "Qualified"


@pytest.mark.parametrize("because", ["", "  "])
def test_without_a_reason_the_rules_hold_for_everybody(because, alice, stages, deal):
    with pytest.raises(Refusal, match=WORDS):
        deal.move_to(stages[3], by=alice.actor, because=because)


@pytest.mark.parametrize("who", ["bob", "mara"])
def test_without_the_right_a_reason_helps_nobody(who, request, stages, deal):
    actor = request.getfixturevalue(who).actor
    for go in (lambda: deal.move_to(stages[3], by=actor, because=BECAUSE), lambda: deal.win(by=actor, because=BECAUSE)):
        with pytest.raises(Refusal, match="Add value before"):
            go()
    assert where(deal) == "Qualified"


def test_a_deal_is_won_past_the_rules_too(alice, deal):
    deal.win("Price", by=alice.actor, because=BECAUSE)
    assert where(deal) == "won"
    assert Event.objects.get(kind="won").data == {"reason": "Price", "because": BECAUSE}


def test_what_is_no_rule_of_a_stage_is_not_passed(alice, stages, deal):
    archived = Pipeline.objects.all()
    archived.update(archived_at="2026-01-01T00:00Z")
    with pytest.raises(Refusal, match="is archived"):
        deal.move_to(stages[3], by=alice.actor, because=BECAUSE)
    archived.update(archived_at=None)
    deal.lose(by=alice.actor)
    with pytest.raises(Refusal, match="Only open deals move"):
        deal.move_to(stages[3], by=alice.actor, because=BECAUSE)


def test_who_broke_no_rule_leaves_no_reason(alice, stages, deal):
    free = DealFactory(stage=stages[0], value=1)
    outcome = Deal.objects.filter(pk__in=[deal.pk, free.pk]).move_to(stages[3], by=alice.actor, because=BECAUSE)
    assert (outcome.done, outcome.refused) == (2, {})
    reasons = {
        e.dealevent_set.get().record_id: e.data.get("because") for e in Event.objects.filter(kind="stage_changed")
    }
    assert reasons == {deal.pk: BECAUSE, free.pk: None}


# --- in the browser ---------------------------------------------------------------------------------------------------
def test_the_dialog_says_why_a_stage_is_barred(client_of, bob, stages, deal):
    page = client_of(bob).get_w("deals:stage", deal.pk).content.decode()
    barred = f'<button name="stage" value="{stages[3].pk}" disabled aria-describedby="why-{stages[3].pk}">'
    assert (barred in page, page.count(WORDS)) == (True, 1)
    assert f'<button name="stage" value="{stages[0].pk}">' in page, "back it may go"
    assert 'name="because"' not in page, "a rep overrides nothing"


def test_the_page_of_the_deal_says_so_too(client_of, bob, stages, deal):
    page = client_of(bob).get_w("deals:detail", deal.pk).content.decode()
    assert '<a class="link" href="?pane=details#fact-value">Add value before Demo booked.</a>' in page
    assert page.count(' class="step ahead" type="button" aria-disabled="true"') == 4
    with workspace_scope(deal.workspace_id):
        Deal.objects.filter(pk=deal.pk).update(value=1)
    other = "Why other stages are locked"
    assert other not in page, "all four wait for the same"
    page = client_of(bob).get_w("deals:detail", deal.pk).content.decode()
    assert "Add value before" not in page
    assert 'aria-disabled="true"' not in page
    with workspace_scope(deal.workspace_id):
        Deal.objects.filter(pk=deal.pk).update(value=None)
        StageWay.objects.create(stage=stages[1], to=stages[3])
    page = client_of(bob).get_w("deals:detail", deal.pk).content.decode()
    assert f'href="{client_of(bob).url("deals:stage", deal.pk)}" hx-get' in page.partition(other)[0][-200:]


def test_an_owner_moves_past_the_rules_with_a_reason_and_back(client_of, alice, stages, deal):
    client = client_of(alice)
    assert 'name="because"' in client.get_w("deals:stage", deal.pk, headers=HTMX).content.decode()
    wrong = client.post_w("deals:stage", deal.pk, data={"stage": stages[3].pk, "because": ""})
    assert (wrong.status_code, WORDS in wrong.content.decode()) == (409, True)
    done = client.post_w("deals:stage", deal.pk, data={"stage": stages[3].pk, "because": BECAUSE})
    assert where(deal) == "Proposal"
    page = client.get(done.url).content.decode()
    assert f"past the rules: {BECAUSE}" in page
    client.post(undo_path(page))
    assert where(deal) == "Qualified"


def test_forms_ask_the_owner_for_a_reason_once_a_rule_refused(client_of, alice, bob, stages, deal):
    for who, asks in ((bob, False), (alice, True)):
        client = client_of(who)
        form = filled_form(client.get_w("deals:edit", deal.pk).content.decode()) | {
            "stage": stages[3].pk,
            "name": "New",
        }
        assert "because" not in form
        refused = client.post_w("deals:edit", deal.pk, data=form)
        page = refused.content.decode()
        assert (refused.status_code, WORDS in page, 'value="New"' in page) == (422, True, True)
        assert ('name="because"' in page) == asks
        fact = client.post_w("deals:fact", deal.pk, "stage", data={"stage": stages[3].pk, "version": 1}, headers=HTMX)
        assert ('name="because"' in fact.content.decode()) == asks
    assert where(deal) == "Qualified"
    client_of(alice).post_w("deals:edit", deal.pk, data=form | {"because": BECAUSE})
    assert (where(deal), Event.objects.get(kind="stage_changed").data["because"]) == ("Proposal", BECAUSE)


def test_a_fact_is_changed_past_the_rules_too(client_of, alice, stages, deal):
    data = {"stage": stages[3].pk, "version": 1, "because": BECAUSE}
    client_of(alice).post_w("deals:fact", deal.pk, "stage", data=data, headers=HTMX)
    assert where(deal) == "Proposal"


def test_many_go_past_the_rules_with_one_reason(client_of, alice, mara, stages, deal):
    chosen = {"action": "field", "ids": [deal.pk], "name": "stage", "confirmed": "1"}
    for who, asks in ((mara, False), (alice, True)):
        page = client_of(who).post_w("deals:bulk", data=chosen).content.decode()
        assert ('name="to-because"' in page) == asks
    moved = chosen | {"asked": "stage", "to-stage": stages[3].pk, "to-because": BECAUSE}
    client_of(mara).post_w("deals:bulk", data=moved)
    assert where(deal) == "Qualified", "without the right a reason helps nobody"
    client_of(alice).post_w("deals:bulk", data=moved)
    assert where(deal) == "Proposal"
    Stage.objects.update(required=[])
    page = client_of(alice).post_w("deals:bulk", data=chosen).content.decode()
    assert "because" not in page, "there is no rule to pass"


@pytest.mark.parametrize("lanes", ["", "?lanes=owner"])
def test_a_drag_that_a_rule_refuses_leads_who_may_to_the_dialog_with_its_target(
    lanes, client_of, alice, bob, stages, deal
):
    here = HTMX | {"HX-Current-URL": f"http://testserver{client_of(bob).url('deals:board')}{lanes}"}
    for who, led in ((bob, 0), (alice, 1)):
        client = client_of(who)
        path = client.url("deals:column", deal.pk) + "?owner=" * bool(lanes)
        data = {"stage": stages[3].pk, "version": 1} | ({} if lanes else {"place": "top"})
        said = client.post(path, data, headers=here)
        way = f"{client.url('deals:stage', deal.pk)}?stage={stages[3].pk}"
        alert = said.content.decode().partition('id="alerts"')[2]
        assert (said.status_code, WORDS in alert, alert.count(f'href="{way}"')) == (409, True, led)
        mended = f'href="{client.url("deals:detail", deal.pk)}">Open the deal<'
        assert (mended in alert) is not bool(led), "the others to the deal that lacks something"
    dialog = client.get(way, headers=HTMX).content.decode()
    past = dialog.partition('<details class="past-rules" open>')[2].partition("</details>")[0]
    assert ('name="because"' in past, past.count('name="stage"')) == (True, 1)
    moved = client.post(path, data | {"stage": stages[0].pk}, headers=here).content.decode()
    assert '<div id="alerts" hx-swap-oob="innerHTML"></div>' in moved, "a move that goes well leaves no older alert"


def test_the_menu_in_lanes_lets_the_owner_past_the_rules(client_of, alice, mara, deal):
    for who, asks in ((mara, False), (alice, True)):
        client = client_of(who)
        page = client.get(client.url("deals:column", deal.pk) + "?by=stage&lanes=owner").content.decode()
        assert (WORDS in page, 'name="because"' in page) == (True, asks)


def test_the_closing_form_asks_the_owner_for_a_reason_once_a_rule_refused(client_of, alice, bob, deal):
    for who, asked in ((bob, False), (alice, True)):
        refused = client_of(who).post_w("deals:closing", deal.pk, data={"status": "won"})
        page = refused.content.decode()
        assert (refused.status_code, "Add value before the deal is won." in page) == (409, True)
        assert ('name="because"' in page) == asked
    client_of(alice).post_w("deals:closing", deal.pk, data={"status": "won", "because": BECAUSE})
    assert where(deal) == "won"


# --- a merge is no way round ------------------------------------------------------------------------------------------
def test_a_merge_gives_no_stage_that_a_rule_keeps_the_deal_from(bob, stages, deal):
    further = DealFactory(owner=bob, stage=stages[3], value=None)
    with pytest.raises(Refusal, match=WORDS):
        deal.merge([further], {"pipeline": further.pk}, by=bob.actor)
    assert where(deal) == "Qualified"
    Deal.objects.filter(pk=further.pk).update(value=100_00)
    deal.merge([further], {"pipeline": further.pk}, by=bob.actor)  # it has now what was asked for
    assert where(deal) == "Proposal"


def test_people_and_tags_that_a_merge_brings_along_count(bob, stages, deal):
    Stage.objects.filter(pk=stages[1].pk).update(required=["contacts", "tags"])
    further = DealFactory(owner=bob, stage=stages[3])
    with pytest.raises(Refusal, match="Add people and tags before Proposal"):
        deal.merge([further], {"pipeline": further.pk}, by=bob.actor)
    further.edit(by=bob.actor, people=[Person(ContactFactory())])
    further.rows().tag(TagFactory(), by=bob.actor)
    deal.merge([further], {"pipeline": further.pk}, by=bob.actor)
    assert where(deal) == "Proposal"


def test_what_is_lost_comes_by_a_merge_no_further_than_an_open_deal_does(bob, stages, deal):
    further = DealFactory(owner=bob, stage=stages[3], value=None)
    deal.lose(by=bob.actor)
    with pytest.raises(Refusal, match=WORDS):
        deal.merge([further], {"pipeline": further.pk}, by=bob.actor)


def test_a_merge_gives_no_win_that_a_rule_keeps_the_deal_from(bob, stages, deal):
    won = DealFactory(owner=bob, stage=stages[3], value=None, status="won", closed_on="2026-01-31")
    with pytest.raises(Refusal, match="Add value before the deal is won"):
        deal.merge([won], {"pipeline": won.pk}, by=bob.actor)
    assert where(deal) == "Qualified"


def test_a_merge_gives_no_chance_to_who_may_not_weigh(alice, bob, stages, deal):
    weighed = DealFactory(owner=bob, stage=stages[1], probability=97)
    with pytest.raises(NotAllowed):
        deal.merge([weighed], {"probability": weighed.pk}, by=bob.actor)
    deal.merge([weighed], {"probability": weighed.pk}, by=alice.actor)
    assert Deal.objects.get(pk=deal.pk).probability == 97


def test_a_manager_weighs_new_deals_of_the_team_alone(alice, mara, stages):
    assert Deal.create(by=mara.actor, name="Own", stage=stages[0], owner=mara, probability=88).probability == 88
    with pytest.raises(NotAllowed):
        Deal.create(by=mara.actor, name="Of another", stage=stages[0], owner=alice, probability=88)
