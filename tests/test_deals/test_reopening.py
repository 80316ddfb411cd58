"""A closed deal that is opened again is asked what a new one in its stage is asked."""

import pytest

from activities.models import Activity
from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline, Stage, StageTask
from tests.factories import DealFactory
from tests.importing import Importer, csv_bytes, run_jobs
from workspaces.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(in_acme) -> Stage:
    """Before it a value is required, in it a review must be done."""
    stages = list(Pipeline.objects.get().stages.all())
    Stage.objects.filter(pk=stages[1].pk).update(required=["value"])
    StageTask.objects.create(stage=stages[3], name="Review", is_must=True)
    return stages[3]


@pytest.fixture
def lost(proposal, mara) -> Deal:
    """One that came in closed, so that nothing was asked."""
    deal = DealFactory(owner=mara, name="Fleet", stage=proposal, value=None, external_id="d-1")
    deal.lose("Price", by=mara.actor)
    return deal


def test_it_has_what_the_stages_before_require_and_gets_what_must_be_done(lost, mara):
    with pytest.raises(Refusal, match=r"Add value before Proposal\."):
        lost.reopen(by=mara.actor)
    lost.edit(by=mara.actor, value=100)
    lost.reopen(by=mara.actor)
    assert Deal.objects.get().is_open
    assert [task.subject for task in Activity.objects.present()] == ["Review"]
    lost.refresh_from_db()
    lost.lose(by=mara.actor)
    lost.refresh_from_db()
    lost.reopen(by=mara.actor)
    assert Activity.objects.present().count() == 1


def test_who_puts_no_deals_into_the_stage_opens_none_there(lost, proposal, bob, mara):
    Stage.objects.filter(pk=proposal.pk).update(entry_roles=["manager"])
    lost.edit(by=mara.actor, value=100)
    assert "Only these roles put deals into Proposal" in lost.rows().reopen(by=bob.actor).refused[lost.pk]
    assert lost.rows().reopen(by=mara.actor).done == 1


@pytest.mark.parametrize(("value", "status"), [("", "lost"), ("100", "open")])
def test_a_row_of_a_file_opens_it_where_it_fills_what_is_required(value, status, lost, acme, mara, client_of):
    importer = Importer(client_of(mara))
    importer.upload("deal", csv_bytes([["External id", "Name", "Stage", "Value"], ["d-1", "", "open", value]]))
    importer.map(key="external_id")
    run_jobs()
    with workspace_scope(acme.pk):
        assert Deal.objects.get().status == status
