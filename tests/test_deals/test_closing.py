"""Closing a deal in the browser, and opening it again."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from records.models import change_set
from tests.factories import DealFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(acme, bob):
    return DealFactory(workspace=acme, owner=bob, name="Fleet renewal")


def state(deal) -> tuple[str, dt.date | None, str]:
    with workspace_scope(deal.workspace_id):
        deal.refresh_from_db()
        return deal.status, deal.closed_on, deal.close_reason


def test_one_button_wins_it_today_and_undo_takes_that_back(client_of, bob, deal):
    client = client_of(bob)
    answer = client.post_w("deals:closing", deal.pk, data={"status": "won"})
    assert answer.status_code == 303
    assert state(deal) == ("won", timezone.localdate(), "")
    client.post(undo_path(client.get(answer.url).content.decode()))
    assert state(deal) == ("open", None, "")


def test_it_is_lost_on_a_day_for_a_reason(client_of, bob, deal):
    data = {"status": "lost", "words": "Too expensive", "closed_on": "2026-03-01"}
    client_of(bob).post_w("deals:closing", deal.pk, data=data)
    assert state(deal) == ("lost", dt.date(2026, 3, 1), "Too expensive")


def test_it_is_abandoned(client_of, bob, deal):
    client_of(bob).post_w("deals:closing", deal.pk, data={"status": "abandoned", "words": "No answer"})
    assert state(deal)[0] == "abandoned"


def test_the_form_opens_with_what_was_chosen(client_of, bob, deal):
    page = client_of(bob).get_w("deals:closing", deal.pk, data={"status": "lost"}).content.decode()
    assert filled_form(page)["status"] == "lost"


@pytest.mark.parametrize(
    "data", [{}, {"status": "open"}, {"status": "lost", "closed_on": "2999-01-01"}, {"status": "won", "closed_on": "x"}]
)
def test_errors_keep_what_was_typed(client_of, bob, deal, data):
    answer = client_of(bob).post_w("deals:closing", deal.pk, data=data | {"words": "They went with Fjord"})
    assert answer.status_code == 422
    assert "They went with Fjord" in answer.content.decode()
    assert state(deal)[0] == "open"


def test_closing_twice_says_why_not(client_of, bob, deal):
    client = client_of(bob)
    client.post_w("deals:closing", deal.pk, data={"status": "won"})
    answer = client.post_w("deals:closing", deal.pk, data={"status": "lost"})
    assert answer.status_code == 409
    assert f"Not closed. {bob.name} won this deal at" in answer.content.decode()
    assert state(deal)[0] == "won"


@pytest.mark.parametrize("status", ["won", "lost", "abandoned"])
def test_the_reason_is_kept_whatever_the_end(client_of, bob, deal, status):
    client_of(bob).post_w("deals:closing", deal.pk, data={"status": status, "words": "They know us"})
    assert state(deal) == (status, timezone.localdate(), "They know us")


def on_board(client) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver{client.url('deals:board')}"}


@pytest.mark.parametrize("where", [lambda client: {}, on_board], ids=["page", "dialog"])
def test_who_closes_what_somebody_changed_is_told_and_can_send_it_again(client_of, acme, bob, mara, deal, where):
    with workspace_scope(acme.pk), change_set(by=mara.actor, source="web"):
        deal.edit(by=mara.actor, name="Fleet renewal 2027")
    client = client_of(bob)
    data = {"status": "lost", "words": "Too <expensive>", "version": 1}
    answer = client.post_w("deals:closing", deal.pk, data=data, headers=where(client))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Not closed. Mara Lind changed this record at" in page
    assert ('<dialog class="dlg"' in page) == bool(where(client))
    again = {name: unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1]) for name in ("words", "version")}
    again["status"] = re.search(r'name="status" value="(\w+)"[^>]*checked', page)[1]
    assert (again["status"], again["words"]) == ("lost", "Too <expensive>")
    assert state(deal)[0] == "open"
    assert client.post_w("deals:closing", deal.pk, data=again, headers=where(client)).status_code in (200, 303)
    assert state(deal) == ("lost", timezone.localdate(), "Too <expensive>")


@pytest.mark.parametrize("view", ["deals:stage", "deals:closing"])
def test_a_deal_that_somebody_deleted_says_so(client_of, acme, bob, alice, deal, view):
    with workspace_scope(acme.pk):
        deal.trash(by=alice.actor)
        stage = deal.stage_id
    client, data = client_of(bob), {"status": "won", "stage": stage, "version": 1}
    answer = client.post_w(view, deal.pk, data=data)
    assert answer.status_code == 409
    assert "Alice Ostrowska deleted “Fleet renewal” at" in answer.content.decode()
    card = client.post_w(view, deal.pk, data=data, headers=on_board(client))
    assert card.status_code == 409
    assert "Alice Ostrowska deleted “Fleet renewal” at" in card.content.decode()
    assert f"deal-{deal.pk}" in card.headers["HX-Trigger-After-Swap"]


def test_who_may_not_see_a_deal_is_not_told_that_it_was_deleted(client_of, bob, elsewhere):
    theirs = DealFactory(workspace=elsewhere, deleted_at=timezone.now())
    assert client_of(bob).post_w("deals:closing", theirs.pk, data={"status": "won"}).status_code == 404


def test_it_is_opened_again(client_of, bob, deal):
    client = client_of(bob)
    client.post_w("deals:closing", deal.pk, data={"status": "lost", "words": "Price"})
    assert client.post_w("deals:reopening", deal.pk).status_code == 303
    assert state(deal) == ("open", None, "")
    assert client.post_w("deals:reopening", deal.pk).status_code == 409


@pytest.mark.parametrize("view", ["deals:closing", "deals:reopening"])
def test_a_viewer_may_not_and_another_workspace_finds_nothing(client_of, victor, charlie, acme, deal, view):
    assert client_of(victor).post_w(view, deal.pk, data={"status": "won"}).status_code == 403
    assert client_of(charlie).post_w(view, deal.pk, data={"status": "won"}).status_code == 404
    assert client_of(charlie, acme).post_w(view, deal.pk, data={"status": "won"}).status_code == 404
    assert state(deal)[0] == "open"


def test_the_timeline_goes_on_after_it_is_won(client_of, bob, deal):
    client = client_of(bob)
    client.post_w("deals:closing", deal.pk, data={"status": "won"})
    note = {"kind": "note", "body": "They want the trackers first"}
    assert client.post_w("activities:compose", "deal", deal.pk, data=note).status_code == 303
    assert "They want the trackers first" in client.get_w("deals:detail", deal.pk).content.decode()
    assert state(deal)[0] == "won"


@pytest.mark.parametrize("where", ["edit", "fact", "cell"])
def test_who_changes_the_value_of_a_won_deal_is_told_of_what_was_won(where, client_of, acme, bob, deal):
    client = client_of(bob)
    path = client.url("deals:edit", deal.pk) if where == "edit" else client.url("deals:fact", deal.pk, "value")
    path += "?cell&list=" * (where == "cell")
    words = "The deal was won on March 1, 2026; what was won then changes with it."
    assert words not in client.get(path).content.decode()
    with workspace_scope(acme.pk):
        deal.win(by=bob.actor, on=dt.date(2026, 3, 1))
    assert words in client.get(path, headers={"HX-Request": "true"} if where == "cell" else {}).content.decode()
