"""Previous and next within the list that one came from."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import DealPulse, Pipeline
from tests.battery_pages import page_text, statements
from tests.factories import ContactFactory, DealFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(acme, bob, alice):
    """Amari, Beck, Cole, Daly; Beck and Daly are bob's."""
    names = {"Amari": alice, "Beck": bob, "Cole": alice, "Daly": bob}
    return {
        name: ContactFactory(workspace=acme, first_name="", last_name=name, owner=owner)
        for name, owner in names.items()
    }


def neighbours(answer) -> dict[str, str]:
    """Where the links lead: rel -> address; "" where there is nobody."""
    nav = page_text(answer).partition('<nav class="walk"')[2].partition("</nav>")[0]
    found = re.findall(r'rel="(\w+)"(?: href="([^"]*)")?', nav)
    return {rel: unescape(url) for rel, url in found}


def visit(client, record, query: str = "", referer: str = ""):
    headers = (
        {"Referer": f"http://testserver{client.url(f'{record.namespace}:list')}{referer}"} if referer != "" else {}
    )
    return client.get(record_path(client, record) + query, headers=headers)


def record_path(client, record) -> str:
    return client.url(f"{record.namespace}:detail", record.pk)


def test_who_comes_from_nowhere_walks_nowhere(client_of, bob, people):
    client = client_of(bob)
    assert neighbours(visit(client, people["Beck"])) == {}
    elsewhere = client.get(
        record_path(client, people["Beck"]), headers={"Referer": "https://evil.example/w/acme/people/"}
    )
    assert neighbours(elsewhere) == {}
    assert neighbours(client.get(record_path(client, people["Beck"]), headers={"Referer": "//["})) == {}


def test_the_list_that_led_here_gives_the_neighbours_and_they_keep_it(client_of, bob, people):
    client = client_of(bob)
    found = neighbours(visit(client, people["Beck"], referer="?"))
    assert found == {
        "prev": f"{record_path(client, people['Amari'])}?list=",
        "next": f"{record_path(client, people['Cole'])}?list=",
    }
    on = neighbours(client.get(found["next"]))
    assert on["next"] == f"{record_path(client, people['Daly'])}?list="
    assert neighbours(client.get(on["next"]))["next"] == ""


def test_filter_order_and_text_count(client_of, bob, people):
    client = client_of(bob)
    mine = neighbours(visit(client, people["Beck"], referer="?owner=me&sort=-name&after=xyz"))
    assert mine["prev"].startswith(record_path(client, people["Daly"]))
    assert mine["next"] == ""
    assert "after" not in mine["prev"]
    again = neighbours(client.get(mine["prev"]))
    assert again["next"].startswith(record_path(client, people["Beck"]))
    found = neighbours(visit(client, people["Amari"], "?list=q%3Ddaly"))
    assert found["next"].startswith(record_path(client, people["Daly"]))


def test_who_left_the_list_meanwhile_still_stands_at_its_place(client_of, bob, people, mara):
    client = client_of(bob)
    with workspace_scope(mara.workspace_id):
        people["Beck"].rows().update(owner=mara)
    found = neighbours(visit(client, people["Beck"], "?list=owner%3Dme"))
    assert found["next"].startswith(record_path(client, people["Daly"]))


def test_an_order_by_the_next_step_and_rows_without_a_value(client_of, bob, people):
    client = client_of(bob)
    found = neighbours(visit(client, people["Beck"], "?list=sort%3Dnext_step"))
    assert set(found) == {"prev", "next"}
    assert all(found.values()), "none of them has a next step: they follow one another by age"


@pytest.mark.parametrize("query", ["owner=nonsense", "sort=nonsense", "created_at_from=2026-02-30", "%00"])
def test_an_address_may_say_anything(client_of, bob, people, query):
    from urllib.parse import quote

    assert visit(client_of(bob), people["Beck"], f"?list={quote(query)}").status_code == 200


def test_tabs_and_the_form_keep_the_list(client_of, bob, people):
    client = client_of(bob)
    page = page_text(visit(client, people["Beck"], "?list=owner%3Dme&pane=details"))
    assert '?pane=related&amp;list=owner%3Dme"' in page
    assert f'{client.url("contacts:edit", people["Beck"].pk)}?list=owner%3Dme"' in page
    path = f"{client.url('contacts:edit', people['Beck'].pk)}?list=owner%3Dme"
    form = page_text(client.get(path))
    assert f'href="{record_path(client, people["Beck"])}?list=owner%3Dme">Cancel' in form
    saved = client.post(path, filled_form(form) | {"job_title": "Buyer"})
    assert saved.url == f"{record_path(client, people['Beck'])}?list=owner%3Dme"
    assert "pane=details" in neighbours(visit(client, people["Beck"], "?list=&pane=details"))["next"]


def test_it_costs_two_statements_and_none_for_who_came_from_elsewhere(client_of, bob, acme):
    deals = [DealFactory(workspace=acme, owner=bob) for _ in range(3)]
    client = client_of(bob)
    path = record_path(client, deals[1])
    client.get(path)
    plain, walking = statements(client, path), statements(client, f"{path}?list=")
    assert len(walking) - len(plain) <= 2, "\n".join(walking)


@pytest.mark.parametrize(("sort", "expected"), [("", ("Alpha", "Gamma")), ("&sort=next_step", ("Gamma", ""))])
def test_who_comes_from_the_board_walks_along_the_column(client_of, bob, acme, alice, sort, expected):
    client = client_of(bob)
    with workspace_scope(acme.pk):
        here, there = Pipeline.objects.get().stages.all()[:2]
    deals = {
        name: DealFactory(workspace=acme, owner=bob, name=name, stage=here, rank=rank)
        for name, rank in (("Beta", "M"), ("Alpha", "C"), ("Gamma", "T"))
    }
    DealFactory(workspace=acme, owner=alice, name="another's", stage=here, rank="K")
    DealFactory(workspace=acme, owner=bob, name="elsewhere", stage=there, rank="L")
    DealFactory(workspace=acme, owner=bob, name="won", stage=here, rank="N", status="won")
    if sort:
        for days, name in enumerate(("Alpha", "Gamma", "Beta")):
            with workspace_scope(acme.pk):
                at = timezone.now() + dt.timedelta(days=days)
                DealPulse.objects.filter(record=deals[name]).update(next_activity_at=at)
    board = f"http://testserver{client.url('deals:board')}?owner=me{sort}"
    answer = client.get(record_path(client, deals["Beta"]), headers={"Referer": board})
    found = {rel: url.partition("?")[0] for rel, url in neighbours(answer).items()}
    previous, following = (record_path(client, deals[name]) if name else "" for name in expected)
    assert found == {"prev": previous, "next": following}
    assert neighbours(client.get(neighbours(answer)["prev"]))["next"].partition("?")[0] == record_path(
        client, deals["Beta"]
    )
