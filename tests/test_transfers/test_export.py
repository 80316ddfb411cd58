"""What a list shows becomes a CSV file, made by a job."""

import csv
import io
from typing import Any

import pytest

from deals.models import Deal
from records.models import Tag
from tests.factories import DealFactory, OrganizationFactory, StageFactory
from tests.importing import run_jobs, start_worker
from transfers import exporting
from transfers.models import Export


@pytest.fixture
def client(alice, client_of):
    return client_of(alice)


def exported(client, **chosen: Any) -> list[list[str]]:
    """The cells of the file that the export of these rows gives."""
    answer = client.post_w("transfers:export", data=chosen)
    assert answer.status_code == 303
    assert "<progress" in client.get(answer.url).content.decode()
    assert run_jobs() == 1
    asked = Export.objects.latest("pk")
    assert asked.name in client.get(answer.url).content.decode()
    file = client.get_w("transfers:export_file", asked.pk)
    assert file.headers["Content-Disposition"] == f'attachment; filename="{asked.name}"'
    content = b"".join(file.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_all_rows_with_the_shown_columns(client, in_acme):
    OrganizationFactory(name="=HYPERLINK()", sector="-1+1", employees=1200)
    OrganizationFactory(name="Škoda", phone="+420602123456")
    rows = exported(client, record="organization", all="1", query="columns=sector,employees,phone")
    assert rows == [
        ["Name", "Sector", "Employees", "Phone"],
        ["'=HYPERLINK()", "'-1+1", "1200", ""],
        ["Škoda", "", "", "+420602123456"],
    ]


def test_filters_and_order_of_the_list(client, in_acme):
    for name, sector in (("A", "cars"), ("B", "steel"), ("C", "cars")):
        OrganizationFactory(name=name, sector=sector)
    rows = exported(client, record="organization", all="1", query="sector=cars&sort=-name&columns=name")
    assert rows == [["Name"], ["C"], ["A"]]


def test_chosen_rows_alone(client, in_acme, elsewhere):
    ours = [OrganizationFactory(name=name) for name in ("A", "B", "C")]
    foreign = OrganizationFactory(name="Theirs", workspace=elsewhere)
    ids = [ours[0].pk, ours[2].pk, foreign.pk]
    assert exported(client, record="organization", ids=ids, query="columns=name") == [["Name"], ["A"], ["C"]]


def test_money_dates_and_tags(client, in_acme, alice):
    stage = StageFactory(name="Demo", pipeline__name="Hardware", pipeline__currency="USD")
    deal = DealFactory(name="Fleet", stage=stage, value=123_450, owner=alice)
    Deal.objects.tag(Tag.named("vip", by=alice.actor), by=alice.actor)
    (heading, row) = exported(client, record="deal", all="1", query="columns=stage,value,owner,tags")
    cells = dict(zip(heading, row, strict=True))
    assert cells["Value"] == "1234.50"
    assert cells["Owner"] == deal.owner.name
    assert "vip" in row
    assert "Demo" in row


@pytest.mark.parametrize("sort", ["name", "-employees", "sector"])
def test_batches_follow_each_other_without_gap(client, in_acme, monkeypatch, sort):
    monkeypatch.setattr(exporting, "BATCH", 3)
    for n in range(10):
        OrganizationFactory(name=f"Org {n}", employees=n % 3 or None, sector="x" * (n % 2))
    rows = exported(client, record="organization", all="1", query=f"sort={sort}&columns=name")
    assert sorted(row[0] for row in rows[1:]) == [f"Org {n}" for n in range(10)]
    asked = Export.objects.latest("pk")
    assert (asked.state, asked.rows, asked.done) == ("done", 10, 10)


def test_an_empty_list(client, in_acme):
    assert exported(client, record="organization", all="1", query="columns=name") == [["Name"]]


def test_an_unknown_kind(client, in_acme):
    assert client.post_w("transfers:export", data={"record": "planet", "all": "1"}).status_code == 404


def test_an_export_comes_in_again(client, in_acme):
    from tests.importing import Importer, csv_bytes

    OrganizationFactory(name="=x", sector="cars", phone="+420602123456", employees=7)
    rows = exported(client, record="organization", all="1", query="columns=sector,phone,employees")
    done = Importer(client).run("organization", csv_bytes(rows))
    assert (done.created, done.updated, done.skipped, done.refused) == (0, 0, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_the_file(client, acme):
    OrganizationFactory(workspace=acme, name="Globex")
    asked = client.post_w("transfers:export", data={"record": "organization", "all": "1", "query": "columns=name"})
    assert start_worker("--once").wait(timeout=120) == 0
    page = client.get(asked.url)
    assert page.context["export"].state == "done", page.context["export"].error
