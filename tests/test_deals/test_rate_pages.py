"""The settings of exchange rates: who sees and changes them, what they say is missing, pasting, undo, history."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import Deal
from deals.models.settling import put_rates
from tests.factories import DealFactory
from tests.importing import run_jobs
from tests.reading import filled_form, undo_path
from workspaces.models import Rate, RateLine

from .test_sums import text

pytestmark = pytest.mark.django_db


def kept(workspace) -> list[tuple[str, str, Decimal]]:
    with workspace_scope(workspace.pk):
        return [(rate.currency, f"{rate.day}", rate.value) for rate in Rate.objects.order_by("currency", "day")]


@pytest.fixture
def euro(acme, alice) -> Rate:
    with workspace_scope(acme.pk):
        put_rates([RateLine("EUR", dt.date(2026, 3, 1), Decimal("1.1"))], by=alice.actor)
        return Rate.objects.get()


def test_an_admin_types_a_rate_and_takes_it_back(client_of, alice, acme):
    client = client_of(alice)
    page = client.get_w("rates:create").content.decode()
    answer = client.post_w("rates:create", data=filled_form(page) | {"currency": "EUR", "value": "1,0855"})
    assert answer.status_code == 303
    assert kept(acme) == [("EUR", f"{timezone.localdate()}", Decimal("1.0855"))]
    shown = client.get(answer.url)
    assert "1 EUR = 1.0855 USD" in text(shown)
    client.post(undo_path(shown.content.decode()))
    assert kept(acme) == []


@pytest.mark.parametrize(
    ("value", "words"), [("x", "is not a number"), ("0", "more than nothing"), ("1.23.4", "is not a number"), ("", "")]
)
def test_a_wrong_rate_is_said_beside_the_field_and_kept(client_of, alice, acme, value, words):
    data = {"currency": "EUR", "day": "2026-03-01", "value": value}
    answer = client_of(alice).post_w("rates:create", data=data)
    assert answer.status_code == 422
    assert words in text(answer)
    assert filled_form(answer.content.decode())["value"] == value
    assert kept(acme) == []


def test_a_rate_is_changed_and_deleted_and_history_says_so(client_of, alice, acme, euro):
    client = client_of(alice)
    page = client.get_w("rates:rate", euro.pk).content.decode()
    assert filled_form(page)["value"] == "1.1"
    answer = client.post_w("rates:rate", euro.pk, data=filled_form(page) | {"value": "1.2"})
    assert kept(acme) == [("EUR", "2026-03-01", Decimal("1.2"))]
    change = undo_path(client.get(answer.url).content.decode()).removesuffix("undo/")
    assert "1.1" in text(client.get(change)).partition("Rate")[2].partition("1.2")[0]
    client.post_w("rates:removal", euro.pk)
    assert kept(acme) == []


def test_two_rates_of_a_day_are_refused_in_words(client_of, alice, acme, euro):
    with workspace_scope(acme.pk):
        put_rates([RateLine("EUR", dt.date(2026, 3, 2), Decimal(1))], by=alice.actor)
    data = {"currency": "EUR", "day": "2026-03-02", "value": "1.2"}
    answer = client_of(alice).post_w("rates:rate", euro.pk, data=data)
    assert answer.status_code == 422
    assert "This currency has a rate of this day already." in text(answer)


def test_rates_are_pasted_or_come_in_a_file(client_of, alice, acme, euro):
    client = client_of(alice)
    answer = client.post_w("rates:paste", data={"text": "EUR 2026-03-01 1.2\nGBP 2026-03-01 1.3\nUSD 2026-03-01 1"})
    assert answer.status_code == 303
    assert kept(acme) == [("EUR", "2026-03-01", Decimal("1.2")), ("GBP", "2026-03-01", Decimal("1.3"))]
    client.post(undo_path(client.get(answer.url).content.decode()))
    assert kept(acme) == [("EUR", "2026-03-01", Decimal("1.1"))]
    file = SimpleUploadedFile("rates.txt", "27.02.2026 #41\nkód|kurz\nCHF|1,25".encode("utf-16"))
    assert client.post_w("rates:paste", data={"file": file}).status_code == 303
    assert kept(acme)[0] == ("CHF", "2026-02-27", Decimal("1.25"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": "GBP one\nEUR 0"}, "Line 1: there is no rate in it. Line 2: A rate is more than nothing."),
        ({"text": "EUR 0.0000000001 900000000"}, "Line 1: The rate is too large."),
        ({"text": "EUR x\n" * 30}, "Line 20: there is no rate in it. and 10 more"),
        ({"text": "nothing"}, "There are no rates in it."),
    ],
)
def test_a_paste_without_a_rate_changes_nothing_and_loses_nothing(client_of, alice, acme, data, words):
    answer = client_of(alice).post_w("rates:paste", data=data)
    assert answer.status_code == 422
    assert words in text(answer)
    assert filled_form(answer.content.decode())["text"].splitlines() == data["text"].splitlines()
    assert kept(acme) == []


def test_the_lines_that_were_right_are_kept_and_the_others_told(client_of, alice, acme):
    client, pasted = client_of(alice), {"text": "GBP 2026-03-01 1.3\nEUR 2026-03-01\nCHF 2026-03-01 1.1"}
    answer = client.post_w("rates:paste", data=pasted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2: there is no rate in it." in text(answer)
    assert "2 rates saved" in text(answer)
    assert filled_form(page)["text"].splitlines() == pasted["text"].splitlines()
    assert [code for code, _day, _value in kept(acme)] == ["CHF", "GBP"]
    client.post(undo_path(page))
    assert kept(acme) == []


def test_dates_that_could_be_either_are_asked_about(client_of, alice, acme):
    client, pasted = client_of(alice), {"text": "EUR 1/2/2026 1.1\nGBP 3/2/2026 1.3"}
    answer = client.post_w("rates:paste", data=pasted)
    assert answer.status_code == 422
    assert "Say whether the day or the month comes first." in text(answer)
    assert kept(acme) == []
    form = filled_form(answer.content.decode())
    assert client.post_w("rates:paste", data=form | {"order": "DMY"}).status_code == 303
    assert [on for _code, on, _value in kept(acme)] == ["2026-02-01", "2026-02-03"]


def test_a_file_with_a_fault_comes_back_as_text_to_be_put_right(client_of, alice, acme):
    file = SimpleUploadedFile("rates.csv", b"EUR;2026-03-01;1,1\nGBP;2026-03-01;x")
    answer = client_of(alice).post_w("rates:paste", data={"file": file})
    assert answer.status_code == 422
    assert "GBP;2026-03-01;x" in filled_form(answer.content.decode())["text"]
    large = SimpleUploadedFile("rates.csv", b"EUR 1\n" * 100_000)
    assert "too large" in text(client_of(alice).post_w("rates:paste", data={"file": large}))


def test_the_page_says_which_deals_wait_for_a_rate_as_far_as_the_reader_sees_them(client_of, alice, bob, acme, euro):
    with workspace_scope(acme.pk):
        DealFactory(owner=alice, value=1, currency="GBP")
        DealFactory(owner=bob, value=1, currency="EUR").win(by=bob.actor, on=dt.date(2026, 2, 1))
        acme.visibility = {"deal": {"rep": "own"}}
        acme.save(update_fields=["visibility"])
    page = text(client_of(alice).get_w("rates:rates"))
    assert "GBP : 1 open deal is not added up in USD." in page
    assert "EUR : 1 closed deal has no value in USD, of 1 Feb." in page
    assert "Add a rate of GBP" in page
    bobs = text(client_of(bob).get_w("rates:rates"))
    assert "EUR : 1 closed deal has no value" in bobs
    assert "GBP" not in bobs
    assert "Add a rate" not in bobs


def test_all_rates_of_a_currency_stand_on_a_page_and_older_ones_behind_it(client_of, victor, alice, acme, monkeypatch):
    monkeypatch.setattr("deals.rates.views.PAGE", 2)
    with workspace_scope(acme.pk):
        lines = [RateLine("EUR", dt.date(2025, 1, number), Decimal(number)) for number in range(1, 6)]
        put_rates(lines, by=alice.actor)
    client = client_of(victor)
    page = client.get_w("rates:currency", "EUR")
    assert [f"{number} Jan 2025" in text(page) for number in (5, 4, 3)] == [True, True, False]
    older = text(client.get(client.url("rates:currency", "EUR") + "?before=2025-01-04"))
    assert [f"{number} Jan 2025" in older for number in (4, 3, 2, 1)] == [False, True, True, False]
    assert client.get_w("rates:currency", "XXZ").status_code == 404


def test_closed_deals_are_valued_anew_after_a_correction(client_of, alice, acme, euro):
    with workspace_scope(acme.pk):
        deal = DealFactory(value=100_00, currency="EUR")
        deal.win(by=alice.actor)
        put_rates([RateLine("EUR", euro.day, Decimal("1.5"))], by=alice.actor)
    client = client_of(alice)
    answer = client.post_w("rates:settling", "EUR")
    assert "1 closed deal valued anew." in text(client.get(answer.url))
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
        assert deal.closed_value == 150_00


def test_many_are_valued_by_a_job_that_shows_how_far_it_is(client_of, alice, acme, euro, monkeypatch):
    monkeypatch.setattr("deals.models.settling.AT_ONCE", 1)
    with workspace_scope(acme.pk):
        deals = [DealFactory(value=100_00, currency="GBP") for _number in range(3)]
        for deal in deals:
            deal.win(by=alice.actor)
        deals[0].trash(by=alice.actor)
    client = client_of(alice)
    answer = client.post_w("rates:create", data={"currency": "GBP", "day": "2026-03-01", "value": "1.5"})
    assert "0 of 3" in text(client.get(answer.url))
    assert run_jobs() == 1
    assert "Records changed 3" in text(client.get(answer.url))
    with workspace_scope(acme.pk):
        assert {deal.closed_value for deal in Deal.objects.all()} == {150_00}
        put_rates([RateLine("GBP", euro.day, Decimal(2))], by=alice.actor)
    answer = client.post_w("rates:settling", "GBP")
    run_jobs()
    client.post(undo_path(client.get(answer.url).content.decode()))
    with workspace_scope(acme.pk):
        assert {deal.closed_value for deal in Deal.objects.all()} == {150_00}
    assert "Value closed deals" not in text(client.get_w("deals:list"))


def test_others_look_and_change_nothing(client_of, mara, victor, charlie, acme, euro):
    for member in (mara, victor):
        client = client_of(member)
        assert "New rate" not in text(client.get_w("rates:rates"))
        assert client.get_w("rates:currency", "EUR").status_code == 200
        for name, *args in (("rates:create",), ("rates:paste",), ("rates:rate", euro.pk)):
            assert client.get_w(name, *args).status_code == 403
        for name, arg in (("rates:removal", euro.pk), ("rates:settling", "EUR")):
            assert client.post_w(name, arg).status_code == 403
    elsewhere = client_of(charlie)
    assert elsewhere.get_w("rates:rate", euro.pk).status_code == 404
    assert "EUR" not in text(elsewhere.get_w("rates:rates")).partition("Exchange rates")[2].partition("Counts")[2]
    assert kept(acme) == [("EUR", "2026-03-01", Decimal("1.1"))]
