"""Who read a record is for owners and admins to see."""

import datetime as dt

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from records.models import Reading, change_set
from records.trail import panel as readers
from tests.battery_pages import HTMX, page_text, statements
from tests.factories import ContactFactory, DealFactory
from tests.history import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme, bob):
    return ContactFactory(workspace=acme, owner=bob, first_name="Priya", last_name="Raman")


def test_owners_and_admins_see_who_read_a_record_newest_first(client_of, acme, alice, bob, mara, priya):
    other = ContactFactory(workspace=acme)
    read(bob, priya, ago=dt.timedelta(days=2))
    read(mara, priya, "listed", others=(other,))
    read(bob, other)
    client = client_of(alice)
    page = page_text(client.get_w("contacts:panel", priya.pk, "readers", headers=HTMX))
    assert page.index("Mara Lind") < page.index("Bob Lindqvist")
    assert "one of 2" in page
    assert page.count('<th scope="row">') == 2
    assert f'hx-get="{client.url("contacts:panel", priya.pk, "readers")}"' in page_text(
        client.get_w("contacts:detail", priya.pk)
    )


@pytest.mark.parametrize("who", ["mara", "bob", "victor"])
def test_nobody_else_sees_that_there_is_a_trail(client_of, priya, who, request):
    client = client_of(request.getfixturevalue(who))
    page = page_text(client.get_w("contacts:detail", priya.pk))
    assert "panel-readers" not in page
    assert client.get_w("contacts:panel", priya.pk, "readers", headers=HTMX).status_code == 404
    assert client.get_w("contacts:readers", priya.pk).status_code == 403


def test_the_whole_trail_goes_on_from_page_to_page(client_of, alice, bob, priya, monkeypatch):
    monkeypatch.setattr(readers, "PAGE", 2)
    for days in (3, 2, 1):
        read(bob, priya, ago=dt.timedelta(days=days))
    client = client_of(alice)
    first = client.get_w("contacts:readers", priya.pk)
    second = client.get(f"{client.url('contacts:readers', priya.pk)}?{first.context['older']}")
    ages = [[(timezone.now() - each.read_at).days for each in page.context["readings"]] for page in (first, second)]
    assert ages == [[1, 2], [3]]
    assert second.context["older"] == ""


def test_it_is_narrowed_down_to_a_member_and_to_a_way(client_of, alice, bob, mara, priya):
    for member, way in ((bob, "opened"), (bob, "exported"), (mara, "opened")):
        read(member, priya, way)
    client = client_of(alice)
    path = client.url("contacts:readers", priya.pk)

    def found(query: str) -> list[tuple[str, str]]:
        return [(each.member.name, each.way) for each in client.get(path + query).context["readings"]]

    assert found(f"?member={bob.pk}") == [("Bob Lindqvist", "exported"), ("Bob Lindqvist", "opened")]
    assert found(f"?member={bob.pk}&way=exported") == [("Bob Lindqvist", "exported")]
    assert found(f"?member={priya.pk + 10**6}&way=stolen&before=x") == found("")
    assert "Nobody has read it so." in page_text(client.get(f"{path}?way=listed"))


def test_a_record_of_another_type_with_the_same_number_has_its_own(acme, alice, bob):
    with workspace_scope(acme.pk):
        contact = ContactFactory()
        deal = DealFactory(pk=contact.pk)
        read(bob, deal)
        assert not Reading.objects.of(contact, most=9).exists()
        assert Reading.objects.of(deal, most=9).count() == 1


def test_who_read_what_was_merged_into_a_record_has_read_that_record(acme, alice, bob, priya):
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        other = ContactFactory(first_name="Pri", last_name="Raman")
        read(bob, other)
        priya.merge([other], {}, by=alice.actor)
        assert [each.member for each in Reading.objects.of(priya, most=9)] == [bob]


def test_it_costs_an_admin_few_statements(client_of, alice, bob, priya):
    read(bob, priya)
    client = client_of(alice)
    client.get_w("contacts:readers", priya.pk)
    assert len(statements(client, client.url("contacts:readers", priya.pk))) <= 8
