"""Choosing and changing many rows: what the battery of each record type does not ask."""

import datetime as dt
import re

import pytest

import crm.workspace_urls  # noqa: F401 - the pages are known by their addresses
from core.tenancy import workspace_scope
from organizations.models import Organization
from records.listing import LISTINGS, BulkAction, Listing, Name
from records.models import Outcome
from records.pages import PAGES
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TagFactory, TeamFactory
from tests.fields import TYPES
from workspaces.rights import RECORDS, ROLES, scope_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def three(acme, alice):
    return [OrganizationFactory(workspace=acme, owner=alice) for _ in range(3)]


def test_every_record_has_its_list():
    assert set(RECORDS) <= LISTINGS.keys()


@pytest.mark.parametrize("record", TYPES)
def test_what_one_fills_in_a_list_shows_and_its_builder_asks_for(record):
    listing = LISTINGS[record]
    asked = [column for column, _filter in listing.filters_class.conditions.values()]
    for columns in (listing.columns, [*asked, listing.by_name["name"]]):
        known = {name for column in columns for name in (column.fact, column.field)}
        missing = [
            fact.name for fact in PAGES[record].facts if fact.edits and known.isdisjoint({fact.name, *fact.edits})
        ]
        assert not missing


@pytest.mark.parametrize("factory", [ContactFactory, OrganizationFactory, DealFactory])
def test_when_a_row_was_changed_is_a_column_without_an_order(client_of, bob, acme, factory):
    row = factory(workspace=acme, owner=bob, updated_at=dt.datetime(2021, 5, 4, tzinfo=dt.UTC))
    page = page_text(client_of(bob).get_w(f"{row.namespace}:list", data={"columns": "updated_at"}))
    assert ">Changed</th>" in page
    assert "2021-05-04T00:00Z" in page


def test_with_htmx_an_action_asks_in_a_dialog_and_leads_back(client_of, alice, bob, three):
    client = client_of(alice)
    data = {"action": "owner", "ids": [row.pk for row in three], "query": "sort=-name"}
    asked = client.post_w("organizations:bulk", data=data, headers=HTMX)
    assert page_text(asked).strip().startswith("<dialog")
    assert "<html" not in page_text(asked)
    wrong = client.post_w("organizations:bulk", data=data | {"confirmed": "1", "owner": "77777"}, headers=HTMX)
    assert (wrong.status_code, 'class="err"' in page_text(wrong)) == (422, True)
    done = client.post_w("organizations:bulk", data=data | {"confirmed": "1", "owner": bob.pk}, headers=HTMX)
    assert done.headers["HX-Redirect"] == client.url("organizations:list") + "?sort=-name"


def test_all_that_match_are_those_that_matched_when_the_action_began(client_of, alice, bob, acme, three):
    tag = TagFactory(workspace=acme)
    data = {"action": "tag", "all": "1", "query": "tags=none", "confirmed": "1", "tag": tag.pk}
    client = client_of(alice)
    done = client.post_w("organizations:bulk", data=data)
    assert "3 records have the tag" in page_text(client.get(done.url))
    data = {"action": "owner", "all": "1", "query": "owner=me", "confirmed": "1", "owner": bob.pk}
    client.post_w("organizations:bulk", data=data)
    with workspace_scope(acme.pk):
        assert set(Organization.objects.values_list("owner", flat=True)) == {bob.pk}


def test_the_team_is_the_readers_own(client_of, acme, alice, bob, mara):
    with workspace_scope(acme.pk):
        bob.team = TeamFactory(manager=mara)
        bob.save()
        bobs, alices = OrganizationFactory(owner=bob), OrganizationFactory(owner=alice)
    path = client_of(mara).url("organizations:list") + "?owner=team"
    of_mara = page_text(client_of(mara).get(path))
    assert f"organization-{bobs.pk}" in of_mara
    assert f"organization-{alices.pk}" not in of_mara
    assert f"organization-{bobs.pk}" not in page_text(client_of(alice).get(path))


def test_the_action_of_a_room_stands_beside_the_common_ones(client_of, alice, three, monkeypatch):
    class Rename(BulkAction):
        name = "rename"
        label = "Rename"
        icon = "pencil"

        def run(self, rows, *, by, **wanted):
            return Outcome(done=rows.update(name="New name"))

        def says(self, outcome, **wanted):
            return f"{outcome.done} renamed."

    listing = LISTINGS["organization"]
    monkeypatch.setattr(listing, "actions", (*listing.actions, Rename()))
    client = client_of(alice)
    assert 'value="rename"' in page_text(client.get_w("organizations:list"))
    done = client.post_w("organizations:bulk", data={"action": "rename", "all": "1"})
    page = page_text(client.get(done.url))
    assert "3 renamed." in page
    assert len(re.findall(r">New name</a>", page)) == 3


@pytest.mark.parametrize("role", ROLES)
def test_the_bar_is_there_for_those_whose_role_has_it(client_of, alice, acme, role):
    OrganizationFactory(workspace=acme)
    with workspace_scope(acme.pk):
        type(alice).objects.filter(pk=alice.pk).update(role=role)
    page = page_text(client_of(alice).get_w("organizations:list"))
    assert ('value="delete"' in page) == (scope_of(role, "organization", "bulk") != "none")
    assert ('name="ids"' in page) == (scope_of(role, "organization", "bulk") != "none")


def test_blank_fields_of_a_form_leave_the_address(client_of, alice):
    client = client_of(alice)
    answer = client.get(client.url("organizations:list") + "?sector=&owner=me&name=%20&sort=-name")
    assert answer.url == client.url("organizations:list") + "?owner=me&sort=-name"
    assert client.get(client.url("organizations:list") + "?sector=").url == client.url("organizations:list")


def test_a_list_without_an_order_is_refused_when_it_is_declared():
    with pytest.raises(ValueError, match="default_sort"):
        type("Broken", (Listing,), {"model": Organization, "columns": (Name(),), "default_sort": "sector"})
    assert LISTINGS["organization"].__name__ == "OrganizationListing"


def test_a_text_that_finds_more_than_a_list_looks_through_says_so(client_of, alice, acme, monkeypatch):
    monkeypatch.setattr("records.listing.asked.MOST", 2)
    monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 1)
    rows = [OrganizationFactory(workspace=acme, name=f"Northwind {number}") for number in range(3)]
    client = client_of(alice)
    page = page_text(client.get(client.url("organizations:list") + "?q=northwind"))
    assert "1–1 of 2+" in page
    assert "1–1 of 3" in page_text(client.get(client.url("organizations:list") + "?q=northwind&count=exact"))
    client.post_w("organizations:bulk", data={"action": "delete", "all": "1", "query": "q=northwind"})
    with workspace_scope(acme.pk):
        assert not Organization.objects.present().filter(pk__in=[row.pk for row in rows]).exists()
