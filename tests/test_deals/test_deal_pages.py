"""The pages of deals, through the battery of every record page and what is a deal's own."""

import datetime as dt

import pytest

from contacts.models import Position
from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline
from deals.pages import DealPage
from tests.battery_pages import PageBattery, PageCase, page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PipelineFactory, StageFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


def in_company(deal: Deal) -> None:
    """A deal with an organization, people and a stage change."""
    deal.organization = OrganizationFactory()
    deal.save()
    for person in ContactFactory.create_batch(3):
        deal.contact_links.create(contact=person)


class TestDealPages(PageBattery):
    case = PageCase(
        DealPage,
        DealFactory,
        values={"name": "Fleet renewal", "value": "24,500"},
        change=("name", "Fleet renewal 2027"),
        required="name",
        typed=("value", "24,500 or so"),
        refers={"organization": OrganizationFactory},
        furnish=in_company,
    )


@pytest.fixture
def sales(acme) -> Pipeline:
    """The pipeline that a new workspace starts with."""
    with workspace_scope(acme.pk):
        return Pipeline.objects.get()


def made(client, **data) -> Deal:
    """The deal that the form makes of this."""
    form = filled_form(page_text(client.get_w("deals:create")))
    answer = client.post_w("deals:create", data=form | data)
    assert answer.status_code == 303, page_text(answer)
    with workspace_scope(client.workspace.pk):
        return Deal.objects.select_related("stage", "organization").latest("pk")


def test_a_deal_begins_in_the_first_stage_in_the_currency_of_the_pipeline(client_of, bob, sales):
    deal = made(client_of(bob), name="Fleet renewal", value="24,500.50")
    assert (deal.stage.name, deal.pipeline_id) == ("Lead in", sales.pk)
    assert (deal.value, deal.currency, deal.status) == (2_450_050, "USD", "open")


def test_a_deal_may_have_no_value_yet(client_of, bob, sales):
    assert made(client_of(bob), name="Fleet renewal", value="").value is None


def test_a_deal_from_the_page_of_a_person_is_with_that_person_and_its_organization(client_of, bob, acme, sales):
    with workspace_scope(acme.pk):
        priya, northwind = ContactFactory(last_name="Raman"), OrganizationFactory(name="Northwind Freight")
        Position.objects.create(contact=priya, organization=northwind)
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:create", data={"contact": priya.pk})))
    client.post_w("deals:create", data=form | {"name": "Fleet renewal"})
    with workspace_scope(acme.pk):
        deal = Deal.objects.get(name="Fleet renewal")
        assert deal.organization == northwind
        assert [(person.contact, person.is_primary) for person in deal.people()] == [(priya, True)]


def test_stages_stand_below_their_pipelines_when_there_are_several(client_of, bob, acme, sales):
    StageFactory(workspace=acme, pipeline=PipelineFactory(workspace=acme, name="Renewals"), name="Due soon")
    page = page_text(client_of(bob).get_w("deals:create"))
    assert '<optgroup label="Renewals">' in page
    assert "Due soon" in page


def test_the_form_of_a_deal_moves_it(client_of, bob, acme, sales):
    client = client_of(bob)
    deal = made(client, name="Fleet renewal")
    with workspace_scope(acme.pk):
        proposal = sales.stages.get(name="Proposal")
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk)))
    client.post_w("deals:edit", deal.pk, data=form | {"stage": proposal.pk})
    with workspace_scope(acme.pk):
        change = deal.stage_changes.get()
        assert (change.from_stage.name, change.to_stage.name) == ("Lead in", "Proposal")


def test_a_closed_deal_is_edited_without_moving(client_of, bob, acme, sales):
    deal = DealFactory(workspace=acme, owner=bob, status="won")
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk)))
    answer = client.post_w("deals:edit", deal.pk, data=form | {"name": "Renamed"})
    assert answer.status_code == 303, page_text(answer)
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
        assert (deal.name, deal.status) == ("Renamed", "won")


@pytest.mark.parametrize(("field", "typed"), [("value", "-5"), ("value", "a lot"), ("currency", "XXQ"), ("stage", "0")])
def test_what_no_deal_can_have_is_said_beside_the_field(client_of, bob, sales, field, typed):
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:create")))
    answer = client.post_w("deals:create", data=form | {"name": "Fleet renewal", field: typed})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page_text(answer)


@pytest.mark.parametrize("name", ["organization", "contact", "stage", "owner"])
def test_ids_of_another_workspace_are_refused(client_of, bob, acme, elsewhere, charlie, sales, name):
    factories = {"organization": OrganizationFactory, "contact": ContactFactory, "stage": StageFactory}
    foreign = charlie if name == "owner" else factories[name](workspace=elsewhere)
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("deals:create")))
    form.pop(f"{name}_text", None)  # as a program posts it, past the field that finds records by their names
    answer = client.post_w("deals:create", data=form | {"name": "Stolen", name: foreign.pk})
    assert answer.status_code == 422
    with workspace_scope(acme.pk):
        assert not Deal.objects.filter(name="Stolen").exists()


def test_people_and_organizations_show_their_deals_with_the_open_ones_first(client_of, bob, acme, sales):
    with workspace_scope(acme.pk):
        priya, northwind = ContactFactory(last_name="Raman"), OrganizationFactory(name="Northwind Freight")
        stages = list(sales.stages.all())
        won = DealFactory(stage=stages[0], name="Pilot", status="won", organization=northwind, value=800_000)
        fleet = DealFactory(stage=stages[3], name="Fleet renewal", organization=northwind, value=2_450_000)
        gone = DealFactory(stage=stages[3], name="Mistake", organization=northwind, deleted_at="2026-01-01T00:00Z")
        for deal in (won, fleet, gone):
            deal.contact_links.create(contact=priya)
    for record in (priya, northwind):
        page = page_text(client_of(bob).get(f"/w/acme/{record.namespace.replace('contacts', 'people')}/{record.pk}/"))
        panel = page.partition('id="panel-deals"')[2].partition("</section>")[0]
        assert panel.index("Fleet renewal") < panel.index("Pilot")
        assert 'aria-label="Stage 4 of 6, Proposal"' in panel
        assert "$24,500" in panel
        assert "Mistake" not in panel


def test_the_page_says_when_and_why_a_deal_ended(client_of, bob, acme, sales):
    deal = DealFactory(workspace=acme, owner=bob)
    with workspace_scope(acme.pk):
        deal.lose("Too expensive", by=bob.actor, on=dt.date(2026, 3, 1))
    page = page_text(client_of(bob).get_w("deals:detail", deal.pk))
    assert "Too expensive" in page
    assert client_of(bob).url("deals:reopening", deal.pk) in page
    assert client_of(bob).url("deals:stage", deal.pk) not in page
