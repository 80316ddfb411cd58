"""Values that many records get at once: fields that have rules of their own."""

import pytest

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal
from organizations.models import Organization
from records.models import Refusal
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PipelineFactory, StageFactory
from workspaces.models import Workspace

pytestmark = pytest.mark.django_db


def test_an_amount_goes_with_its_currency_and_each_event_says_so(in_acme, alice):
    rich, poor = OrganizationFactory(revenue=5_00, currency="EUR"), OrganizationFactory()
    outcome = Organization.objects.all().edit_all({"revenue": 9_00, "currency": "USD"}, by=alice.actor)
    said = [row.event_links.get(event__kind="changed").event.data["values"]["revenue"] for row in (rich, poor)]
    assert said == [[{"money": [5_00, "EUR"]}, {"money": [9_00, "USD"]}], [None, {"money": [9_00, "USD"]}]]
    assert outcome.done == 2


def test_what_a_row_has_already_is_no_event(in_acme, alice):
    row = OrganizationFactory(sector="Ships")
    outcome = Organization.objects.all().edit_all({"sector": "Ships"}, by=alice.actor)
    assert (outcome.done, row.event_links.filter(event__kind="changed").exists()) == (1, False)


def test_none_gets_a_parent_that_stands_below_it(in_acme, alice):
    holding = OrganizationFactory(name="Holding")
    works = OrganizationFactory(name="Works", parent=holding)
    other = OrganizationFactory(name="Other")
    outcome = Organization.objects.all().edit_all({"parent": works}, by=alice.actor)
    assert outcome.done == 1
    assert outcome.refused == {
        holding.pk: "Works belongs to Holding, so it can't be its parent.",
        works.pk: "An organization can't be its own parent.",
    }
    assert Organization.objects.get(pk=other.pk).parent_id == works.pk
    assert Organization.objects.get(pk=holding.pk).parent_id is None


def test_deals_are_moved_into_a_stage_and_closed_ones_stay(in_acme, alice):
    sales = PipelineFactory()
    first, second = StageFactory(pipeline=sales, position=1), StageFactory(pipeline=sales, position=2)
    open_deal, won = DealFactory(stage=first), DealFactory(stage=first, status="won")
    outcome = Deal.objects.all().edit_all({"stage": second}, by=alice.actor)
    assert (outcome.done, set(outcome.refused)) == (1, {won.pk})
    assert Deal.objects.get(pk=open_deal.pk).stage_id == second.pk
    assert open_deal.event_links.filter(event__kind="stage_changed").exists()


def test_what_no_deal_can_have_is_refused_for_all(in_acme, alice):
    DealFactory(value=5_00)
    with pytest.raises(Refusal):
        Deal.objects.all().edit_all({"value": -1, "currency": "USD"}, by=alice.actor)
    assert Deal.objects.get().value == 5_00


def test_what_no_party_can_have_is_refused_for_all(in_acme, alice):
    OrganizationFactory(tax_id="")
    ContactFactory(linkedin="")
    Workspace.objects.update(country="BR")
    with pytest.raises(Refusal, match="check digits"):
        Organization.objects.all().edit_all({"tax_id": "11.222.333/0001-80"}, by=alice.actor)
    with pytest.raises(Refusal, match="https://"):
        Contact.objects.all().edit_all({"linkedin": "javascript:alert()"}, by=alice.actor)
    assert (Organization.objects.get().tax_id, Contact.objects.get().linkedin) == ("", "")


def test_ids_are_no_field_to_set_on_many(client_of, acme, alice):
    row = OrganizationFactory(workspace=acme)
    data = {"action": "field", "ids": [row.pk]}
    asked = page_text(client_of(alice).post_w("organizations:bulk", data=data))
    assert '<option value="sector"' in asked
    assert '"tax_id"' not in asked
    assert '"registration_id"' not in asked
    sent = data | {"confirmed": "1", "name": "tax_id", "asked": "tax_id", "to-tax_id": "hello world"}
    client_of(alice).post_w("organizations:bulk", data=sent)
    with workspace_scope(acme.pk):
        assert Organization.objects.get().tax_id == ""
