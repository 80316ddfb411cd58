"""The rules of stages for deals that begin: each of them at every door, in the same words."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Deal
from records.models import CustomField
from tests.fields import field
from tests.gate import BEGINNING, HTMX, MOVES, UNOFFERED, change, for_a_while
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("door", BEGINNING)
def test_a_new_deal_begins_in_no_stage_that_a_rule_keeps_it_from(door, acme, mara, client_of, stages):
    def begun() -> bool:
        return Deal.objects.exclude(name="Old").exists()

    client, begin = client_of(mara), BEGINNING[door]
    for name, rule in MOVES.items():
        offered = name not in UNOFFERED or door in ("copy", "verb")
        if name == "allowed next stages" or (door == "import" and not offered):
            continue  # it comes from none; and what an import does not offer can't be asked for
        with for_a_while(), workspace_scope(acme.pk):
            rule.set_up(stages[1], stages[3])
            said = begin(client, stages[3])
            asks_each = (name, door) == ("two fields", "column of the board")  # beside its field
            words = ["Add organization before Proposal.", "Add value before Proposal."] if asks_each else [rule.words]
            assert ([one in said for one in words], begun()) == ([offered] * len(words), False), (name, said)
    change(stages[1], required=["value", "expected_close"])
    with workspace_scope(acme.pk):
        begin(client, stages[3], value="100", expected_close="2027-01-31")
        assert begun(), "what it is given counts"


def test_what_a_new_deal_lacks_is_asked_for_where_it_is_begun_and_nothing_typed_is_lost(acme, mara, client_of, stages):
    change(stages[1], required=["expected_close", "contacts"])
    client = client_of(mara)
    path = client.url("deals:quick") + f"?stage={stages[3].pk}"
    asked = filled_form(client.get(path).content.decode())
    refused = client.post(path, asked | {"name": "Fleet"}, headers=HTMX)
    page = refused.content.decode()
    assert (refused.status_code, 'value="Fleet"' in page) == (422, True)
    for name, word in (("expected_close", "expected close"), ("contact", "people")):
        field = page[page.index(f'for="id_{name}"') :]
        assert f"Add {word} before Proposal." in field.partition("</p>")[0]


def test_a_row_has_what_new_deals_begin_with(acme, mara, alice, client_of, stages):
    field(acme, "deal", "text", name="Region", default="North")
    other = field(acme, "deal", "text", name="Branch", default="Prague")
    with workspace_scope(acme.pk):
        keys = [made.key for made in CustomField.objects.all()]
    change(stages[1], required=keys)
    importer = Importer(client_of(mara))
    importer.upload(
        "deal", csv_bytes([["Name", "Stage", other.name], ["New", "Proposal", ""], ["Old", "Proposal", "Brno"]])
    )
    importer.map()
    run_jobs()
    assert importer.refusals() == {2: "Stage or status: Add Branch before Proposal."}
