"""Facts edited where they stand: what each kind of field does there, beside what the battery asks of every record."""

import pytest

from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from tests.battery_pages import HTMX, page_text
from tests.factories import (
    ContactFactory,
    DealFactory,
    OrganizationFactory,
    PipelineFactory,
    SourceFactory,
    StageFactory,
)
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme, bob) -> Contact:
    with workspace_scope(acme.pk):
        return Contact.create(
            by=bob.actor,
            first_name="Priya",
            last_name="Raman",
            emails=[{"kind": "work", "address": "priya@northwind.example", "is_primary": True}],
            phones=[{"kind": "mobile", "number": "+12125550143"}],
        )


@pytest.fixture
def edit(client_of):
    """`edit(bob, record, "owner", owner="7")`: open the fact's form as a browser with htmx does, type, press Enter."""

    def send(member, record, fact: str, **typed: str):
        client = client_of(member)
        path = client.url(f"{record.namespace}:fact", record.pk, fact)
        form = filled_form(page_text(client.get(path, headers=HTMX)), "in-place")
        return client.post(path, form | typed, headers=HTMX)

    return send


def fresh(record):
    with workspace_scope(record.workspace_id):
        return type(record).objects.select_related("owner").get(pk=record.pk)


class TestKindsOfFields:
    def test_a_choice(self, edit, bob, priya, acme):
        webinar = SourceFactory(workspace=acme, name="Webinar")
        assert 'id="fact-source"><dt>Source</dt><dd>Webinar<' in page_text(
            edit(bob, priya, "source", source=webinar.pk)
        )
        assert fresh(priya).source_id == webinar.pk

    def test_the_owner_goes_to_somebody_else(self, edit, bob, mara, priya):
        assert "Mara Lind" in page_text(edit(bob, priya, "owner", owner=mara.pk))
        assert fresh(priya).owner == mara

    def test_a_date(self, edit, bob, priya):
        edit(bob, priya, "birthday", birthday="1984-02-29")
        assert str(fresh(priya).birthday) == "1984-02-29"

    def test_an_amount_with_its_currency(self, edit, bob, acme):
        company = OrganizationFactory(workspace=acme, owner=bob)
        answer = edit(bob, company, "revenue", revenue="1,250,000", currency="CZK")
        assert "CZK" in page_text(answer)
        assert (fresh(company).revenue, fresh(company).currency) == (125_000_000, "CZK")

    def test_an_organization_without_revenue_keeps_its_currency_while_its_sector_changes(self, edit, bob, acme):
        """What a form checks beside its fields is no reason to write them."""
        company = OrganizationFactory(workspace=acme, owner=bob, currency="EUR")
        edit(bob, company, "sector", sector="Haulage")
        assert (fresh(company).sector, fresh(company).currency) == ("Haulage", "EUR")

    def test_another_record_by_its_name(self, edit, bob, acme):
        northwind = OrganizationFactory(workspace=acme, name="Northwind Freight")
        deal = DealFactory(workspace=acme, owner=bob)
        text = page_text(edit(bob, deal, "organization", organization_text="northwind freight"))
        assert "Northwind Freight</a>" in text
        assert 'class="crumbs"' in text, "the head says it as well"
        assert fresh(deal).organization_id == northwind.pk

    def test_a_parent_that_would_make_a_circle_is_refused_beside_the_field(self, edit, bob, acme):
        with workspace_scope(acme.pk):
            top = OrganizationFactory(owner=bob, name="Holding")
            below = OrganizationFactory(owner=bob, name="Works", parent=top)
        refused = edit(bob, top, "parent", parent_text="Works")
        assert refused.status_code == 422
        assert "can&#x27;t be its parent" in page_text(refused)
        assert fresh(below).parent_id == top.pk

    def test_the_stage_and_what_follows_from_it(self, edit, bob, acme):
        with workspace_scope(acme.pk):
            sales = PipelineFactory(currency="USD")
            first, second = (StageFactory(pipeline=sales, position=n, win_chance=n * 40) for n in (1, 2))
            deal = DealFactory(stage=first, owner=bob, value=100_000)
        text = page_text(edit(bob, deal, "stage", stage=second.pk))
        assert 'id="fact-win_chance" hx-swap-oob="true"><dt>Win chance</dt><dd>80%' in text
        assert 'id="fact-weighted" hx-swap-oob="true"><dt>Weighted value</dt><dd><span class="num">$800<' in text
        assert 'id="rec-way" hx-swap-oob="true"' in text
        assert 'id="fact-owner"' not in text, "what says the same as before is not sent"
        assert fresh(deal).stage_id == second.pk

    def test_a_name_of_several_fields_and_the_heading(self, edit, bob, priya):
        text = page_text(edit(bob, priya, "name", title_prefix="Dr", first_name="Priyanka"))
        assert "<h1>Dr Priyanka Raman</h1>" in text
        assert str(fresh(priya)) == "Dr Priyanka Raman"

    def test_addresses_with_their_kinds(self, edit, bob, priya):
        typed = {"emails-1-address": "p@home.example", "emails-1-kind": "private", "emails-primary": "1"}
        text = page_text(edit(bob, priya, "emails", **typed))
        assert text.index("mailto:p@home.example") < text.index("mailto:priya@northwind.example")
        assert fresh(priya).email == "p@home.example"
        assert fresh(priya).phone == "+12125550143"

    def test_a_first_number(self, edit, bob, acme):
        contact = ContactFactory(workspace=acme, owner=bob)
        typed = {"phones-0-number": "(212) 555-0143", "phones-0-kind": "work"}
        assert "<dt>Work</dt>" in page_text(edit(bob, contact, "phones", **typed))
        assert fresh(contact).phone == "+12125550143"


class TestErrors:
    def test_what_was_typed_stays_beside_the_reason(self, edit, bob, priya):
        refused = edit(bob, priya, "linkedin", linkedin="http://linkedin.example/priya")
        assert refused.status_code == 422
        text = page_text(refused)
        assert 'value="http://linkedin.example/priya"' in text
        assert "Start the address with https://" in text
        assert 'aria-invalid="true"' in text
        assert fresh(priya).linkedin == ""

    def test_a_wrong_number_keeps_the_others(self, edit, bob, priya):
        refused = edit(bob, priya, "phones", **{"phones-1-number": "12"})
        assert refused.status_code == 422
        assert 'value="12"' in page_text(refused)

    def test_an_address_of_somebody_else_is_asked_about_first(self, edit, bob, priya, acme):
        twin = ContactFactory(workspace=acme, owner=bob)
        typed = {"emails-0-address": "priya@northwind.example"}
        warned = edit(bob, twin, "emails", **typed)
        assert warned.status_code == 422
        assert "already used by Priya Raman" in page_text(warned)
        assert edit(bob, twin, "emails", **typed, anyway="1").status_code == 200

    def test_a_fault_of_another_field_is_none_of_this_one_s(self, edit, bob, acme):
        """A file may have brought what the form would refuse."""
        company = OrganizationFactory(workspace=acme, owner=bob, website="ftp://old.example")
        assert edit(bob, company, "sector", sector="Haulage").status_code == 200

    def test_lines_that_somebody_changed_meanwhile(self, client_of, bob, mara, priya):
        bobs, maras = client_of(bob), client_of(mara)
        path = bobs.url("contacts:fact", priya.pk, "emails")
        stale = filled_form(page_text(bobs.get(path, headers=HTMX)), "in-place")
        theirs = filled_form(page_text(maras.get(path, headers=HTMX)), "in-place")
        maras.post(path, theirs | {"emails-0-address": "raman@northwind.example"}, headers=HTMX)
        refused = bobs.post(path, stale | {"emails-0-address": "p@northwind.example"}, headers=HTMX)
        assert refused.status_code == 409
        assert "Not saved. Mara Lind changed this to “raman@northwind.example”" in page_text(refused)
        assert 'value="p@northwind.example"' in page_text(refused)


class TestPencils:
    def test_who_may_not_give_it_away_has_none_for_the_owner(self, client_of, bob, alice, acme):
        contact = ContactFactory(workspace=acme, owner=alice)
        page = page_text(client_of(bob).get_w("contacts:detail", contact.pk))
        assert 'id="edit-job_title"' in page
        assert 'id="edit-owner"' not in page
        assert client_of(bob).get_w("contacts:fact", contact.pk, "owner").status_code == 404

    def test_the_stage_of_a_closed_deal_has_none(self, client_of, bob, acme):
        deal = DealFactory(workspace=acme, owner=bob, status="won")
        page = page_text(client_of(bob).get_w("deals:detail", deal.pk))
        assert 'id="edit-value"' in page
        assert 'id="edit-stage"' not in page
        assert client_of(bob).get_w("deals:fact", deal.pk, "stage").status_code == 404

    def test_a_changed_mind_brings_the_fact_back(self, client_of, bob, priya):
        client = client_of(bob)
        path = client.url("contacts:fact", priya.pk, "emails")
        text = page_text(client.get(f"{path}?shown", headers=HTMX))
        assert text.startswith('<div class="fact" id="fact-emails">')
        assert "autofocus" in text

    def test_without_javascript_the_pencil_leads_to_a_page_with_the_field(self, client_of, bob, priya):
        client = client_of(bob)
        path = client.url("contacts:fact", priya.pk, "birthday")
        page = page_text(client.get(path))
        assert "<h1>Birthday of Priya Raman</h1>" in page
        in_place = page_text(client.get(path, headers=HTMX))
        assert 'class="in-place one"' in in_place, "which hides the label of the field: it stands above already"
        wrong = client.post(path, filled_form(page) | {"birthday": "soon"})
        assert wrong.status_code == 422
        assert 'value="soon"' in page_text(wrong)

    def test_what_others_did_meanwhile_comes_without_closing_a_form(self, client_of, bob, priya):
        """A note that is saved brings the derived facts anew, and no fact that somebody may be typing into."""
        client = client_of(bob)
        data = {"kind": "note", "body": "Pricing"}
        text = page_text(client.post_w("activities:compose", "contact", priya.pk, data=data, headers=HTMX))
        assert 'id="fact-last_activity_at" hx-swap-oob="true"' in text
        assert 'id="fact-job_title"' not in text


def test_facts_stand_under_their_headings(client_of, bob, acme):
    with workspace_scope(acme.pk):
        contact = ContactFactory(owner=bob, external_id="NW-20418")
        for name in ("Northwind Freight", "Harbour Co"):
            Position.objects.create(contact=contact, organization=OrganizationFactory(name=name))
    page = page_text(client_of(bob).get_w("contacts:detail", contact.pk))
    details, other = page.index('data-fold="details"'), page.index('data-fold="other"')
    assert details < page.index('id="fact-owner"') < other < page.index("NW-20418")
    fact = page.partition('id="fact-organization"')[2].partition("</div>")[0]
    assert fact.count("<dt>Organization</dt>") == 2


def test_an_empty_fact_that_is_optional_takes_no_room_and_can_come_by_itself(client_of, bob, acme):
    deal = DealFactory(workspace=acme, owner=bob, value=None)
    assert '<div class="fact" id="fact-weighted" hidden></div>' in page_text(
        client_of(bob).get_w("deals:detail", deal.pk)
    )
