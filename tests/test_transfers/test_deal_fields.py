"""What files say of reasons, forecasts and chances, and what an export says of deals."""

from decimal import Decimal

import pytest

from deals.imports import DealImport
from deals.models import CloseReason, Deal, Pipeline, Rival, Stage
from tests.factories import DealFactory, OrganizationFactory, PipelineFactory, StageFactory
from tests.importing import Importer, csv_bytes, run_jobs
from tests.test_transfers.test_export import exported
from transfers.record_target import RecordTarget
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db

COLUMNS = ["Deal id", "Name", "Stage", "Lost reason", "Reason in words", "Forecast category", "Probability", "Value"]


@pytest.fixture
def stage(in_acme) -> Stage:
    return StageFactory(pipeline=PipelineFactory(name="Hardware", currency="USD"), name="First", win_chance=40)


def run(importer: Importer, stage: Stage, *rows: list[str]):
    return importer.run("deal", csv_bytes([COLUMNS, *rows]), pipeline=str(stage.pipeline_id))


def test_a_file_fills_reasons_forecasts_and_chances(importer: Importer, stage):
    price = CloseReason.objects.get(status="lost", name="Too expensive")
    done = run(
        importer,
        stage,
        ["1", "Open", "First", "", "", "Best case", "65%", ""],
        ["2", "Of the list", "Lost", "too EXPENSIVE", "by a third", "", "", ""],
        ["3", "In words", "Won", "Too expensive", "", "", "", ""],  # no reason for winning
        ["4", "Wrong", "First", "", "", "", "165", ""],
    )
    assert (done.created, done.refused) == (3, 1)
    found = Deal.objects.order_by("external_id").values_list("forecast", "probability", "reason", "close_reason")
    assert list(found) == [
        ("best", 65, None, ""),
        ("pipeline", None, price.pk, "by a third"),
        ("pipeline", None, None, "Too expensive"),
    ]


def test_what_the_lines_of_a_deal_say_is_not_imported_over(importer: Importer, stage):
    for pk in ("1", "2"):
        deal = DealFactory(stage=stage, external_id=pk, name=f"Deal {pk}")
        deal.edit(by=SYSTEM, lines=[{"name": "Seats", "price": 500, "quantity": Decimal(1), "discount": Decimal(0)}])
    done = run(importer, stage, ["1", "Same", "", "", "", "", "", "5"], ["2", "Other", "", "", "", "", "", "6"])
    assert (done.updated, done.refused) == (1, 1)
    assert "sum of its lines" in importer.refusals()[3]
    assert list(Deal.objects.order_by("pk").values_list("name", "value")) == [("Same", 500), ("Deal 2", 500)]


def test_a_manager_gives_chances_to_the_deals_of_the_team_alone(client_of, mara, alice, stage):
    DealFactory(stage=stage, external_id="1", owner=alice)
    importer = Importer(client_of(mara))
    done = run(importer, stage, ["1", "", "", "", "", "", "65", ""])
    assert done.refused == 1
    assert Deal.objects.get().probability is None


def test_an_export_says_how_likely_how_sure_and_against_whom(client_of, alice, stage):
    reason = CloseReason.objects.get(status="lost", name="Too expensive")
    deal = DealFactory(stage=stage, name="Open", value=100_000, probability=65, forecast="commit")
    deal.add_rival(Rival(OrganizationFactory(name="Fjord Freight")), by=SYSTEM)
    DealFactory(stage=stage, name="Over").lose("by a third", by=SYSTEM, reason=reason)
    columns = "columns=name,chance,weighted,forecast,competitors,age,days_in_stage,reason,close_reason"
    cells = exported(client_of(alice), record="deal", all="1", query=columns)
    rows = {row[0]: row for row in cells}
    assert rows["Open"][1:] == ["65", "650.00", "commit", "Fjord Freight", "0", "0", "", ""]
    assert rows["Over"][1:] == ["", "", "pipeline", "", "", "", "Too expensive", "by a third"]


def test_the_currency_of_lines_is_not_imported_over(importer: Importer, stage):
    deal = DealFactory(stage=stage, external_id="1", name="Deal", currency="EUR")
    deal.edit(by=SYSTEM, lines=[{"name": "Seats", "price": 500, "quantity": Decimal(1), "discount": Decimal(0)}])
    assert run(importer, stage, ["1", "", "", "", "", "", "", "5"]).refused == 1
    assert "prices in this currency" in importer.refusals()[2]
    assert Deal.objects.get().currency == "EUR"


def test_a_new_pipeline_whose_name_was_taken_meanwhile_asks_for_another(importer: Importer, stage):
    PipelineFactory(name="Last", position=7)
    importer.upload("deal", csv_bytes([["Name", "Stage"], ["Fleet", "Talks"]]), name="leads.csv")
    importer.map(pipeline="new", pipeline_name="Leads", stages="Talks")
    PipelineFactory(name="Leads", position=8)
    run_jobs()
    page = importer.client.get_w("transfers:progress", importer.newest.pk, follow=True)
    assert page.redirect_chain  # to the mapping again
    assert "A pipeline of this name exists." in page.content.decode()
    assert importer.map().context["form"].errors == {"pipeline_name": ["A pipeline of this name exists."]}
    importer.map(pipeline_name="Other leads")
    run_jobs()
    assert (importer.newest.state, importer.newest.created) == ("done", 1)
    assert Pipeline.objects.get(name="Other leads").position == 9


@pytest.mark.parametrize("gate", [True, False])
def test_a_closed_deal_that_may_not_move_is_refused_in_words(importer: Importer, stage, monkeypatch, gate):
    second = StageFactory(pipeline=stage.pipeline, name="Second", position=stage.position + 1)
    Stage.objects.filter(pk=stage.pk).update(required=["expected_close"])
    deal = DealFactory(stage=stage, external_id="1", name="Deal", expected_close=None)
    deal.lose(by=SYSTEM)
    if not gate:  # the rule came between the gate and the verb
        monkeypatch.setattr(DealImport, "gate", RecordTarget.gate)
    done = run(importer, stage, ["1", "", second.name, "", "", "", "", ""])
    assert (done.updated, done.refused) == (0, 1)
    assert "Add expected close before Second." in importer.refusals()[2]
    assert Deal.objects.get().stage == stage
    assert not Deal.objects.get().is_open
