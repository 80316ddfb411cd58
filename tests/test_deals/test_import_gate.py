"""What a file may do to deals is what its sender may do by hand."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Deal
from tests.importing import Importer, csv_bytes, run_jobs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("owner", "comes_in"), [("Alice Ostrowska", False), ("Mara Lind", True)])
def test_a_chance_by_hand_comes_in_for_those_deals_that_the_sender_may_weigh(
    owner, comes_in, acme, alice, mara, client_of
):
    importer = Importer(client_of(mara))
    importer.upload("deal", csv_bytes([["Name", "Owner", "Win chance"], ["Fleet", owner, "97"]]))
    importer.map()
    run_jobs()
    with workspace_scope(acme.pk):
        assert [deal.probability for deal in Deal.objects.all()] == [97] * comes_in
    refused = {} if comes_in else {2: "Win chance by hand: You may do this only to records of your own."}
    assert {row: words.partition(": ")[2] for row, words in importer.refusals().items()} == {
        row: words.partition(": ")[2] for row, words in refused.items()
    }
