"""The real files come in through the pages, and the product then shows their known figures."""

import datetime as dt

import pytest
from django.db.models import Count, Sum

from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline, StageChange
from organizations.models import Organization
from records.models import ChangeSet, Tag
from tests.importing import REAL_FILES, Importer, run_jobs
from workspaces.models import Membership, Team

FIXES = {"product": {"GTXPro": "GTX Pro"}}
PIPELINE = {"pipeline": "new", "pipeline_name": "Hardware", "stages": "Prospecting\nEngaging"}


@pytest.fixture
def loaded(importer: Importer) -> Importer:
    """Accounts, sales teams, products and the pipeline, one after the other."""
    importer.run("organization", REAL_FILES / "accounts.csv")
    importer.run("member", REAL_FILES / "sales_teams.csv")
    importer.run("tag", REAL_FILES / "products.csv")
    importer.run("deal", REAL_FILES / "sales_pipeline.csv", fixes=FIXES, **PIPELINE)
    return importer


def test_accounts(importer: Importer):
    done = importer.run("organization", REAL_FILES / "accounts.csv")
    assert (done.created, done.updated, done.refused) == (85, 0, 0)
    with workspace_scope(done.workspace_id):
        company = Organization.objects.get(name="Acme Corporation")
        assert (company.sector, company.year_established, company.employees) == ("technolgy", 1996, 2822)
        assert (company.revenue, company.currency, company.location) == (110_004, "USD", "United States")
        assert company.children.count() == 4
        assert Organization.objects.exclude(parent=None).count() == 15


def test_revenue_in_millions(importer: Importer):
    done = importer.run("organization", REAL_FILES / "accounts.csv", column_3="revenue_millions")
    with workspace_scope(done.workspace_id):
        assert Organization.objects.get(name="Acme Corporation").revenue == 1_100_040_000_00


def test_sales_teams(importer: Importer):
    done = importer.run("member", REAL_FILES / "sales_teams.csv")
    assert (done.created, done.refused) == (35, 0)
    with workspace_scope(done.workspace_id):
        anna = Membership.objects.select_related("team__manager").get(name="Anna Snelling")
        assert (anna.role, anna.region, anna.user_id) == ("rep", "Central", None)
        assert (anna.team.manager.name, anna.team.manager.role) == ("Dustin Brinkmann", "manager")
        assert Membership.objects.filter(role="manager").count() == Team.objects.count() == 6
        assert Membership.objects.filter(role="rep").count() == 35


def test_products(importer: Importer):
    done = importer.run("tag", REAL_FILES / "products.csv")
    assert (done.created, done.skipped, done.refused) == (7, 0, 0)
    again = importer.run("tag", REAL_FILES / "products.csv")
    assert (again.created, again.skipped, again.refused) == (0, 7, 0)
    with workspace_scope(done.workspace_id):
        assert set(Tag.objects.values_list("name", flat=True)) >= {"GTX Basic", "GTX Pro", "MG Special", "GTK 500"}


def test_pipeline(loaded: Importer):
    done = loaded.newest
    assert (done.state, done.created, done.refused) == ("done", 8_800, 0)
    with workspace_scope(done.workspace_id):
        deals = Deal.objects.filter(pipeline__name="Hardware")
        by_status = {
            (status, stage): (count, value)
            for status, stage, count, value in deals.values_list("status", "stage__name").annotate(
                Count("pk"), Sum("value")
            )
        }
        assert by_status == {
            ("won", "Engaging"): (4_238, 1_000_553_400),
            ("lost", "Engaging"): (2_473, 0),
            ("open", "Engaging"): (1_589, None),
            ("open", "Prospecting"): (500, None),
        }
        best = deals.filter(status="won").values("owner__name").annotate(won=Sum("value")).order_by("-won").first()
        assert best == {"owner__name": "Darcel Schlecht", "won": 115_321_400}
        assert deals.filter(organization=None).count() == 1_425
        assert deals.filter(tags__name="GTX Pro").count() == 1_480
        assert Tag.objects.count() == 7
        assert list(Pipeline.objects.get(name="Hardware").stages.values_list("name", flat=True)) == [
            "Prospecting",
            "Engaging",
        ]
        check_one_deal()
        check_ranks()


def check_one_deal():
    deal = Deal.objects.get(external_id="1C1I7A6R")
    assert deal.name == "GTX Plus Basic, Cancity"
    assert (deal.owner.name, deal.organization.name, deal.value, deal.currency) == (
        "Moses Frase",
        "Cancity",
        105_400,
        "USD",
    )
    assert (deal.status, deal.started_on, deal.closed_on) == ("won", dt.date(2016, 10, 20), dt.date(2017, 3, 1))
    change = StageChange.objects.get(deal=deal)
    assert (change.from_status, change.to_status) == ("open", "won")
    assert change.stayed == dt.timedelta(days=132)
    assert deal.event_links.get().event.data == {"file": "sales_pipeline.csv"}
    without = Deal.objects.filter(status="open", closed_on=None, expected_close=None)
    assert without.count() == 2_089


def check_ranks():
    """The open deals of a stage stand in the order of the file."""
    board = Deal.objects.filter(status="open", stage__name="Prospecting").order_by("rank", "pk")
    assert list(board.values_list("pk", flat=True)) == sorted(board.values_list("pk", flat=True))
    assert board.values("rank").distinct().count() == 500


def test_the_mapping_screen_recognises_the_file(importer: Importer):
    importer.run("organization", REAL_FILES / "accounts.csv")
    importer.run("member", REAL_FILES / "sales_teams.csv")
    importer.run("tag", REAL_FILES / "products.csv")
    importer.upload("deal", REAL_FILES / "sales_pipeline.csv")
    page = importer.mapping_page()
    form = page.context["form"]
    assert importer.newest.mapping == [
        "external_id", "owner", "tags", "organization", "stage", "started_on", "close_date", "value",
    ]  # fmt: skip
    assert form["date_order"].value() == "MDY"
    assert form["key"].value() == "external_id"
    assert form["pipeline"].value() == "new"
    assert set(form["stages"].value().splitlines()) == {"Prospecting", "Engaging"}
    assert [row.fate for row in page.context["rows"]] == ["new"] * 10
    lists = {found.column: found for found in page.context["value_lists"]}
    assert {value.text for value in lists["product"].values} >= {"GTXPro", "GTX Basic"}
    assert {value.text: value.note for value in lists["product"].values if value.note} == {
        "GTXPro": "A new tag. Do you mean “GTX Pro”?"
    }
    assert not any(found.problems for found in lists.values())


def test_a_second_import_updates_instead_of_doubling(loaded: Importer):
    content = (REAL_FILES / "sales_pipeline.csv").read_text().splitlines()
    content[1] = "1C1I7A6R,Moses Frase,GTX Plus Basic,Cancity,Won,10/20/2016,3/2/2017,2000"
    engaging = next(n for n, line in enumerate(content) if ",Engaging," in line)
    open_id, agent, product, account = content[engaging].split(",")[:4]
    content[engaging] = f"{open_id},{agent},{product},{account},Won,10/20/2016,12/31/2017,300"
    done = loaded.run("deal", "\n".join(content).encode(), fixes=FIXES)
    assert (done.created, done.updated, done.skipped, done.refused) == (0, 2, 8_798, 0)
    with workspace_scope(done.workspace_id):
        assert Deal.objects.count() == 8_800
        deal = Deal.objects.get(external_id="1C1I7A6R")
        assert (deal.value, deal.closed_on) == (200_000, dt.date(2017, 3, 2))
        won = Deal.objects.get(external_id=open_id)
        assert (won.status, won.closed_on, won.value) == ("won", dt.date(2017, 12, 31), 30_000)
        assert won.stage_changes.get().to_status == "won"


def test_undo_takes_the_whole_import_back(loaded: Importer):
    change_set = loaded.newest.change_set_id
    answer = loaded.client.post_w("records:undo", change_set)
    assert answer.status_code == 303
    assert run_jobs() == 1, "so much is a job's work"
    with workspace_scope(loaded.newest.workspace_id):
        assert ChangeSet.objects.get(pk=change_set).label == "Import of sales_pipeline.csv"
        assert not Deal.objects.exists()
        assert not Pipeline.objects.filter(name="Hardware").exists()
        assert Organization.objects.count() == 85
