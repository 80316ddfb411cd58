"""Why deals end: a reason of the workspace's list, words, or both."""

import pytest

from core.tenancy import workspace_scope
from deals.models import CloseReason, Deal
from records.models import Event, Refusal
from tests.battery_lists import ids_in
from tests.battery_pages import page_text
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def price(acme) -> CloseReason:
    with workspace_scope(acme.pk):
        return CloseReason.objects.get(status="lost", name="Too expensive")


@pytest.fixture
def deal(acme, bob) -> Deal:
    return DealFactory(workspace=acme, owner=bob, name="Fleet renewal")


def reason_of(deal) -> tuple[str, CloseReason | None, str]:
    with workspace_scope(deal.workspace_id):
        fresh = Deal.objects.select_related("reason").get(pk=deal.pk)
        return fresh.status, fresh.reason, fresh.close_reason


def test_a_deal_is_lost_for_a_reason_of_the_list_and_in_words(client_of, bob, deal, price):
    client = client_of(bob)
    data = {"status": "lost", "lost_reason": price.pk, "words": "by a third"}
    answer = client.post_w("deals:closing", deal.pk, data=data)
    assert answer.status_code == 303
    assert reason_of(deal) == ("lost", price, "by a third")
    page = page_text(client.get(answer.url))
    assert page.count("Too expensive, by a third") >= 2  # the head and the facts
    assert "Lost: Too expensive, by a third" in page
    client.post_w("deals:reopening", deal.pk)
    assert reason_of(deal) == ("open", None, "")


def test_each_end_offers_its_own_reasons(client_of, acme, bob, deal, price):
    with workspace_scope(acme.pk):
        CloseReason.objects.create(status="won", name="Best service")
        CloseReason.objects.create(status="lost", name="Of old times", retired_at="2026-01-01T00:00Z")
    page = page_text(client_of(bob).get_w("deals:closing", deal.pk, data={"status": "lost"}))
    options = {end: page.partition(f'name="{end}_reason"')[2].partition("</select>")[0] for end in ("won", "lost")}
    assert ("Too expensive" in options["lost"], "Best service" in options["lost"]) == (True, False)
    assert ("Too expensive" in options["won"], "Best service" in options["won"]) == (False, True)
    assert "Of old times" not in page


def test_without_reasons_one_is_asked_for_words_alone(client_of, acme, bob, deal):
    with workspace_scope(acme.pk):
        CloseReason.objects.all().delete()
    page = page_text(client_of(bob).get_w("deals:closing", deal.pk))
    assert 'name="words"' in page
    assert "_reason" not in page


def test_the_reason_of_an_end_that_was_chosen_first_does_not_count(client_of, bob, deal, price):
    """It lies in a list that is no longer shown."""
    client_of(bob).post_w("deals:closing", deal.pk, data={"status": "won", "lost_reason": price.pk, "words": "Us"})
    assert reason_of(deal) == ("won", None, "Us")


def test_the_verb_refuses_it_as_well(in_acme, bob, deal, price):
    with pytest.raises(Refusal, match="is a reason for “Lost”"):
        deal.win(by=bob.actor, reason=price)


def test_a_reason_of_another_workspace_is_none(client_of, bob, deal, price, elsewhere):
    with workspace_scope(elsewhere.pk):
        theirs = CloseReason.objects.create(status="lost", name="Theirs")
    answer = client_of(bob).post_w("deals:closing", deal.pk, data={"status": "lost", "lost_reason": theirs.pk})
    assert answer.status_code == 422
    assert reason_of(deal)[0] == "open"


def test_the_event_says_both(in_acme, bob, deal, price):
    deal.lose("by a third", by=bob.actor, reason=price)
    assert Event.objects.get(kind="lost").data == {"reason": "Too expensive, by a third"}


def test_a_list_shows_and_finds_it(client_of, acme, alice, deal, price):
    other = DealFactory(workspace=acme, status="lost", close_reason="Too expensive")
    with workspace_scope(acme.pk):
        deal.lose(by=alice.actor, reason=price)
        price.retired_at = "2026-01-01T00:00Z"
        price.save()
    answer = client_of(alice).get_w("deals:list", data={"reason": price.pk, "columns": "reason,close_reason"})
    assert ids_in(answer) == [deal.pk]
    assert "Lost: Too expensive" in page_text(answer)  # retired, and still there to be found by
    assert other.pk in ids_in(client_of(alice).get_w("deals:list", data={"reason": "none"}))
