"""What the menus of a deal offer: nothing that the gate would refuse whatever one says."""

import re

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.board_columns import OFFERED
from deals.models import Pipeline, Stage
from deals.ways import look_ahead
from records.models import change_set
from tests.battery_pages import page_text
from tests.factories import DealFactory, MembershipFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


def test_of_many_owners_nobody_is_offered_who_may_have_no_deals(client_of, acme, alice, stages):
    for number in range(OFFERED + 1):
        MembershipFactory(workspace=acme, name=f"Rep {number:02}", role="rep")
    for name, values in (("Gone", {"is_active": False}), ("Looks on", {"role": "viewer"})):
        member = MembershipFactory(workspace=acme, name=name, **values)
        DealFactory.create_batch(3, workspace=acme, owner=member, stage=stages[0])
    deal = DealFactory(workspace=acme, owner=alice, stage=stages[0])
    client = client_of(alice)
    page = page_text(client.get(client.url("deals:column", deal.pk) + "?by=owner", headers={"HX-Request": "true"}))
    offered = re.findall(r">([^<>]+)</button>", page.partition('id="offered-owner"')[2].partition("</form>")[0])
    assert "Alice Ostrowska" in offered
    assert not {"Gone", "Looks on"} & set(offered)


def test_a_way_past_the_rules_is_offered_where_it_leads_somewhere(acme, alice, stages):
    deal = DealFactory(workspace=acme, owner=alice, stage=stages[1], value=None)
    with workspace_scope(acme.pk):
        Stage.objects.filter(pk=stages[1].pk).update(required=["value"])

        def is_offered() -> bool:
            fresh = type(deal).objects.select_related("stage", "pipeline").get(pk=deal.pk)
            look_ahead(fresh, list(fresh.pipeline.stages.all()), alice)
            return fresh.may_override

        assert is_offered()
        Pipeline.objects.update(archived_at=timezone.now())
        assert not is_offered()


def test_nothing_is_begun_on_the_board_of_an_archived_pipeline(client_of, acme, alice, bob, stages):
    client = client_of(bob)
    board = client.url("deals:board") + f"?pipeline={stages[0].pipeline_id}"
    assert "New deal in" in client.get(board).content.decode()
    with workspace_scope(acme.pk):
        Pipeline.objects.update(archived_at=timezone.now())
    assert "New deal in" not in client.get(board).content.decode()
    data = {"name": "Fleet", "stage": stages[0].pk}
    answer = client.post_w("deals:quick", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode()


def test_who_edits_a_fact_of_a_deal_that_was_closed_meanwhile_is_told_who_did_it(client_of, acme, bob, mara, stages):
    deal = DealFactory(workspace=acme, owner=bob, stage=stages[0], name="Fleet", value=100)
    client = client_of(bob)
    form = filled_form(client.get_w("deals:fact", deal.pk, "name").content.decode())
    with workspace_scope(acme.pk), change_set(by=mara.actor, source="web"):
        deal.lose("Price", by=mara.actor)
    answer = client.post_w("deals:fact", deal.pk, "name", data=form | {"name": "Fleet two"})
    assert answer.status_code == 409
    assert "Mara Lind closed this deal as lost at" in page_text(answer)
    again = filled_form(answer.content.decode())
    assert again["name"] == "Fleet two"
    assert client.post_w("deals:fact", deal.pk, "name", data=again).status_code in (302, 303)
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
    assert (deal.name, deal.status) == ("Fleet two", "lost")
