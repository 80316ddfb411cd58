"""What the menus of a deal offer: nothing that the gate would refuse whatever one says."""

import re

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.board_columns import OFFERED
from deals.models import Pipeline, Stage
from deals.ways import look_ahead
from tests.battery_pages import page_text
from tests.factories import DealFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(acme) -> list[Stage]:
    with workspace_scope(acme.pk):
        return list(Pipeline.objects.get().stages.all())


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
