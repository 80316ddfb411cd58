"""Moving a deal in the browser."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Pipeline
from tests.factories import DealFactory, StageFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def stages(acme):
    with workspace_scope(acme.pk):
        return list(Pipeline.objects.get().stages.all())


@pytest.fixture
def deal(acme, bob, stages):
    return DealFactory(workspace=acme, owner=bob, name="Fleet renewal", stage=stages[0])


def stage_of(deal) -> str:
    with workspace_scope(deal.workspace_id):
        deal.refresh_from_db()
        return deal.stage.name


def test_the_page_offers_the_stages_of_the_pipeline(client_of, bob, deal):
    page = client_of(bob).get_w("deals:stage", deal.pk).content.decode()
    assert page.index("Lead in") < page.index("Verbal yes")
    assert "data-autoshow" not in page


def test_htmx_gets_a_dialog(client_of, bob, deal):
    answer = client_of(bob).get_w("deals:stage", deal.pk, headers={"HX-Request": "true"}).content.decode()
    assert answer.lstrip().startswith("<dialog")
    assert "<html" not in answer


def test_a_move_is_saved_and_can_be_undone(client_of, bob, deal, stages):
    client = client_of(bob)
    answer = client.post_w("deals:stage", deal.pk, data={"stage": stages[3].pk})
    assert answer.status_code == 303
    assert stage_of(deal) == "Proposal"
    page = client.get(answer.url).content.decode()
    assert "“Fleet renewal” moved to Proposal." in page
    client.post(undo_path(page))
    assert stage_of(deal) == "Lead in"


@pytest.mark.parametrize("stage", ["", "x", "0", "999999999999"])
def test_nonsense_is_not_found(client_of, bob, deal, stage):
    assert client_of(bob).post_w("deals:stage", deal.pk, data={"stage": stage}).status_code == 404


def test_a_stage_of_another_workspace_is_not_found(client_of, bob, deal, elsewhere):
    foreign = StageFactory(workspace=elsewhere)
    assert client_of(bob).post_w("deals:stage", deal.pk, data={"stage": foreign.pk}).status_code == 404
    assert stage_of(deal) == "Lead in"


def test_a_closed_deal_does_not_move(client_of, bob, deal, stages):
    with workspace_scope(deal.workspace_id):
        deal.win(by=bob.actor)
    answer = client_of(bob).post_w("deals:stage", deal.pk, data={"stage": stages[3].pk})
    assert answer.status_code == 409
    assert f"Not moved. {bob.name} won this deal at" in answer.content.decode()


def test_a_viewer_does_not_move_it(client_of, victor, deal, stages):
    assert client_of(victor).post_w("deals:stage", deal.pk, data={"stage": stages[3].pk}).status_code == 403


def test_another_workspace_does_not_find_it(client_of, charlie, acme, deal):
    for client in (client_of(charlie), client_of(charlie, acme)):
        assert client.get_w("deals:stage", deal.pk).status_code == 404
        assert client.post_w("deals:stage", deal.pk).status_code == 404
