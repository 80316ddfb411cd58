"""The read trail: what is noted and what is not, who may see it, how long it is kept, and what it costs a page."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.board_cells import FIRST_CARDS
from deals.models import Stir
from organizations.models import Organization
from records.erasing import erase
from records.erasure_views import in_words
from records.jobs import forget_readings
from records.models import ChangeSet, Reading, change_set
from records.trail import forgetting, noting
from tests.battery_pages import HTMX, page_text, statements
from tests.factories import (
    ActivityFactory,
    ContactEmailFactory,
    ContactFactory,
    DealFactory,
    OrganizationFactory,
    StageFactory,
)
from tests.history import read
from tests.importing import run_jobs
from workspaces.models import Workspace

pytestmark = pytest.mark.django_db

NAMESPACES = {"contact": "contacts", "organization": "organizations", "deal": "deals", "activity": "activities"}


@pytest.fixture
def priya(acme, bob):
    return ContactFactory(workspace=acme, owner=bob, first_name="Priya", last_name="Raman")


@pytest.fixture
def noted(acme, trail):
    """What the trail says once all is written: (who, how, ids), the first one first."""

    def look() -> list[tuple[str, str, list[int]]]:
        trail()
        with workspace_scope(acme.pk):
            rows = Reading.objects.select_related("member").order_by("pk")
            return [(row.member.name, row.way, sorted(row.ids)) for row in rows]

    return look


# --- what is noted ----------------------------------------------------------------------------------------------------
def test_who_opens_a_record_is_noted_with_when_and_from_where(client_of, acme, bob, priya, noted):
    client_of(bob).get_w("contacts:detail", priya.pk, REMOTE_ADDR="2001:db8::7")
    assert noted() == [("Bob Lindqvist", "opened", [priya.pk])]
    with workspace_scope(acme.pk):
        reading = Reading.objects.get()
    assert (reading.table, reading.address) == ("contacts_contact", "2001:db8::7")
    assert timezone.now() - reading.read_at < dt.timedelta(minutes=1)


@pytest.mark.parametrize("view", ["detail", "edit", "history", "panel"])
def test_every_page_that_shows_all_of_a_record_opens_it(client_of, alice, priya, noted, view):
    arguments = [priya.pk, "history"] if view == "panel" else [priya.pk]
    client_of(alice).get_w(f"contacts:{view}", *arguments)
    assert noted() == [("Alice Ostrowska", "opened", [priya.pk])]


@pytest.mark.parametrize("view", ["detail", "edit", "history"])
def test_a_header_makes_no_part_of_a_page(client_of, alice, priya, noted, view):
    client_of(alice).get_w(f"contacts:{view}", priya.pk, headers=HTMX)
    assert noted() == [("Alice Ostrowska", "opened", [priya.pk])]


def test_the_page_of_one_fact_and_the_page_of_a_refused_file_open_the_record(client_of, alice, priya, noted):
    client = client_of(alice)
    client.get_w("contacts:fact", priya.pk, "job_title", headers=HTMX)
    assert noted() == []
    client.get_w("contacts:fact", priya.pk, "job_title")
    assert noted() == [("Alice Ostrowska", "opened", [priya.pk])]
    noting.LATELY.noted.clear()
    assert client.post_w("contacts:files", priya.pk).status_code == 422
    assert len(noted()) == 2


def test_who_takes_a_file_along_has_opened_its_record(client_of, acme, bob, priya, noted):
    with workspace_scope(acme.pk):
        file = priya.files.create(name="x.pdf", size=3, file=ContentFile(b"pdf", "x.pdf"), content_type="text/plain")
    client = client_of(bob)
    assert client.get_w("contacts:file", priya.pk, file.pk + 1).status_code == 404
    assert noted() == []
    assert client.get_w("contacts:file", priya.pk, file.pk).status_code == 200
    assert noted() == [("Bob Lindqvist", "opened", [priya.pk])]


def test_a_board_that_asks_after_too_many_changes_gets_all_columns_and_is_noted(
    client_of, acme, bob, noted, monkeypatch
):
    monkeypatch.setattr("deals.board_views.MOST_STIRRED", 1)
    with workspace_scope(acme.pk):
        stage = StageFactory()
    client = client_of(bob)
    board = client.url("deals:board") + f"?pipeline={stage.pipeline_id}"
    with workspace_scope(acme.pk):
        deals = [DealFactory(stage=stage).pk for _each in range(2)]
    monkeypatch.setattr(Stir, "since", lambda word: (deals, word))
    assert client.get(f"{board}&v=x", headers=HTMX)["HX-Retarget"] == "#board"
    assert noted() == [("Bob Lindqvist", "listed", sorted(deals))]


def test_what_is_no_address_is_not_kept_and_a_zone_neither(client_of, acme, bob, noted, monkeypatch):
    client, addresses = client_of(bob), iter(["fe80::1%eth0", "a socket", "192.0.2.7"])
    monkeypatch.setattr(noting, "get_adapter", lambda: SimpleNamespace(get_client_ip=lambda request: next(addresses)))
    for contact in ContactFactory.create_batch(3, workspace=acme):
        client.get_w("contacts:detail", contact.pk)
    assert len(noted()) == 3
    with workspace_scope(acme.pk):
        assert [*Reading.objects.order_by("pk").values_list("address", flat=True)] == ["fe80::1", None, "192.0.2.7"]


@pytest.mark.parametrize("kind", NAMESPACES)
def test_all_kinds_of_records_leave_a_trail(client_of, acme, bob, noted, kind):
    factory = {"contact": ContactFactory, "organization": OrganizationFactory, "deal": DealFactory}
    record = factory.get(kind, ActivityFactory)(workspace=acme, owner=bob)
    client = client_of(bob)
    client.get_w(f"{NAMESPACES[kind]}:detail", record.pk)
    client.get_w(f"{NAMESPACES[kind]}:list")
    assert noted() == [("Bob Lindqvist", "opened", [record.pk]), ("Bob Lindqvist", "listed", [record.pk])]


def test_parts_of_a_page_what_is_not_found_and_what_is_sent_are_no_reading(client_of, bob, charlie, acme, priya, noted):
    client = client_of(bob)
    client.get_w("contacts:panel", priya.pk, "history", headers=HTMX)
    client.get_w("contacts:fact", priya.pk, "job_title", headers=HTMX)
    client.post_w("contacts:edit", priya.pk)
    client.get_w("contacts:detail", priya.pk + 1)
    client_of(charlie, acme).get_w("contacts:detail", priya.pk)
    client.get(client.url("contacts:list") + "?panel=filters", headers=HTMX)
    client.get(client.url("search") + "?q=raman", headers=HTMX)
    assert noted() == []


def test_a_list_is_noted_with_what_it_shows_and_no_more(client_of, acme, bob, noted):
    with workspace_scope(acme.pk):
        people = [ContactFactory(last_name=f"Person {place:02}") for place in range(60)]
    client = client_of(bob)
    client.get_w("contacts:list")
    client.get(client.url("contacts:list") + "?q=Person+59", headers=HTMX)
    first, typed = noted()
    assert first == ("Bob Lindqvist", "listed", sorted(one.pk for one in people[:50]))
    assert typed == ("Bob Lindqvist", "listed", [people[59].pk])


def test_the_cards_of_a_board_are_listed_as_they_come_into_sight(client_of, acme, bob, noted):
    with workspace_scope(acme.pk):
        stage = StageFactory()
        deals = [DealFactory(stage=stage, rank=f"a{place:03}").pk for place in range(FIRST_CARDS + 2)]
    client = client_of(bob)
    board = client.url("deals:board") + f"?pipeline={stage.pipeline_id}"
    page = client.get(board).context["list"]
    link = page_text(client.get(board)).partition('<li class="rest"')[2].partition('href="')[2].partition('"')[0]
    client.get(link.replace("&amp;", "&"), headers=HTMX)
    assert [ids for _who, _way, ids in noted()] == [sorted(deals[:FIRST_CARDS]), sorted(deals[FIRST_CARDS:])]

    word = Stir.word(page.stages[0].seen)
    with workspace_scope(acme.pk):
        DealFactory(stage=stage)
    client.get(f"{board}&v={word}", headers=HTMX)
    assert len(noted()) == 2, "a page that keeps up to date is not read again"


def test_the_page_of_a_search_lists_what_it_finds_and_the_palette_does_not(client_of, acme, bob, priya, noted):
    other = OrganizationFactory(workspace=acme, name="Raman Mills")
    client = client_of(bob)
    client.get(client.url("search") + "?q=raman")
    assert noted() == [("Bob Lindqvist", "listed", [priya.pk]), ("Bob Lindqvist", "listed", [other.pk])]


def test_who_compares_records_to_merge_them_has_opened_each(client_of, acme, bob, priya, noted):
    other = ContactFactory(workspace=acme, owner=bob, last_name="Raman")
    client = client_of(bob)
    path = f"{client.url('contacts:merge')}?ids={priya.pk}&ids={other.pk}"
    client.head(path)
    assert noted() == [], "nothing was shown"
    client.get(path)
    assert noted() == [("Bob Lindqvist", "opened", [priya.pk, other.pk])]


def test_pages_of_what_is_alike_and_of_what_was_deleted_are_lists(client_of, acme, bob, priya, noted):
    with workspace_scope(acme.pk):
        twin = ContactFactory(owner=bob, first_name="Priya", last_name="Raman")
        for contact in (priya, twin):
            ContactEmailFactory(contact=contact, address="priya@nw.example")
        gone = ContactFactory(owner=bob, last_name="Gone")
        gone.rows().trash(by=bob.actor)
        ContactFactory(last_name="Else")
    client = client_of(bob)
    client.get_w("contacts:duplicates")
    client.get_w("trash:kind", "contact")
    assert [(way, ids) for _who, way, ids in noted()] == [("listed", [priya.pk, twin.pk]), ("listed", [gone.pk])]
    noting.LATELY.noted.clear()
    client.get(f"{client.url('contacts:merge')}?ids={priya.pk}")
    assert noted()[2:] == [("Bob Lindqvist", "listed", [priya.pk, twin.pk])]


def test_today_lists_what_is_due_whom_it_is_about_and_stuck_deals(client_of, acme, bob, priya, noted):
    with workspace_scope(acme.pk):
        call = Activity.plan("call", subject="Ask", due_at=timezone.now(), about=[priya], by=bob.actor)
        stuck = DealFactory(owner=bob)
    client_of(bob).get_w("today")
    trail = noted()
    assert {way for _who, way, _ids in trail} == {"listed"}
    with workspace_scope(acme.pk):
        rows = set(Reading.objects.values_list("table", "ids__0"))
    assert rows == {("activities_activity", call.pk), ("contacts_contact", priya.pk), ("deals_deal", stuck.pk)}


def test_pages_about_changes_list_nobody(client_of, acme, alice, priya, noted):
    with workspace_scope(acme.pk), change_set("", by=alice.actor, source="web"):
        priya.edit(job_title="Buyer", by=alice.actor)
        made = ChangeSet.current_id()
    client = client_of(alice)
    assert client.get_w("records:change", made).status_code == client.get_w("records:undo", made).status_code == 200
    assert noted() == []


def test_an_export_is_one_entry_that_knows_all_its_records(client_of, acme, alice, noted, monkeypatch):
    monkeypatch.setattr("transfers.exporting.BATCH", 2)
    with workspace_scope(acme.pk):
        made = [OrganizationFactory(sector="cars").pk for _each in range(5)]
        OrganizationFactory(sector="steel")
    answer = client_of(alice).post_w(
        "transfers:export", data={"record": "organization", "all": "1", "query": "sector=cars"}
    )
    assert answer.status_code == 303
    assert noted() == [], "nothing is exported before the file is there"
    run_jobs()
    assert noted() == [("Alice Ostrowska", "exported", made)]


def test_a_workspace_that_wants_no_trail_has_none(client_of, acme, alice, priya, noted):
    with workspace_scope(acme.pk):
        Workspace.objects.update(trail_days=0)
    client = client_of(alice)
    client.get_w("contacts:detail", priya.pk)
    client.get_w("contacts:list")
    client.post_w("transfers:export", data={"record": "contact", "all": "1"})
    run_jobs()
    assert noted() == []
    assert "keeps no read trail" in page_text(client.get_w("contacts:panel", priya.pk, "readers", headers=HTMX))


# --- how it is noted --------------------------------------------------------------------------------------------------
def test_what_is_opened_again_within_minutes_is_noted_once(client_of, alice, bob, priya, noted, monkeypatch):
    client = client_of(bob)
    for _again in range(3):
        client.get_w("contacts:detail", priya.pk)
    client_of(alice).get_w("contacts:detail", priya.pk)
    assert [who for who, _way, _ids in noted()] == ["Bob Lindqvist", "Alice Ostrowska"]
    later = noting.monotonic() + noting.LATELY.seconds
    monkeypatch.setattr(noting, "monotonic", lambda: later)
    client.get_w("contacts:detail", priya.pk)
    assert len(noted()) == 3


def test_the_memory_of_what_was_noted_lately_has_an_end():
    lately = noting.Lately(seconds=60, most=2)
    assert [lately.is_new(1), lately.is_new(2), lately.is_new(1), lately.is_new(3)] == [True, True, False, True]
    assert len(lately.noted) == 2
    assert [lately.is_new(2), lately.is_new(1)] == [False, True]


def test_a_page_writes_itself_what_no_longer_fits_in_between(client_of, acme, bob, priya, monkeypatch):
    monkeypatch.setattr(noting.BUFFER, "most", 1)
    client = client_of(bob)
    client.get_w("contacts:list")
    with workspace_scope(acme.pk):
        assert not Reading.objects.exists(), "it waits"
    client.get_w("contacts:detail", priya.pk)
    with workspace_scope(acme.pk):
        assert Reading.objects.get().way == "opened"


def test_no_page_gets_a_statement_for_it(client_of, acme, bob, priya, trail):
    deal = DealFactory(workspace=acme, owner=bob)
    client = client_of(bob)
    board = client.url("deals:board") + f"?pipeline={deal.pipeline_id}"
    for path in (client.url("contacts:detail", priya.pk), client.url("contacts:list"), board):
        asked = statements(client, path)
        assert not [sql for sql in asked if "records_reading" in sql], path
    assert len(noting.BUFFER.waiting) == 3


# --- tenancy ----------------------------------------------------------------------------------------------------------
def test_another_workspace_finds_nothing_of_it(client_of, acme, bob, charlie, priya):
    read(bob, priya)
    with workspace_scope(charlie.workspace_id):
        assert not Reading.objects.of(priya, most=9).exists()
        Workspace.objects.update(trail_days=0)
        assert Reading.forget(9) == 0
    with workspace_scope(acme.pk):
        assert Reading.objects.of(priya, most=9).count() == 1
    assert client_of(charlie).get_w("contacts:readers", priya.pk).status_code == 404


def test_nobody_changes_or_deletes_an_entry(acme, bob, priya):
    read(bob, priya)
    with workspace_scope(acme.pk):
        for change in ("UPDATE records_reading SET ids = '{}'", "DELETE FROM records_reading"):
            with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
                cursor.execute(change)


# --- how long it is kept ----------------------------------------------------------------------------------------------
def test_the_job_forgets_what_is_older_than_the_workspace_wants(acme, elsewhere, bob, charlie, priya, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    theirs = ContactFactory(workspace=elsewhere)
    for days in (6, 8, 9, 10):
        read(bob, priya, ago=dt.timedelta(days=days))
    read(charlie, theirs, ago=dt.timedelta(days=8))
    with workspace_scope(acme.pk):
        Workspace.objects.update(trail_days=7)
    for workspace in (acme, elsewhere):
        forget_readings.defer(workspace_id=workspace.pk)
    run_jobs()
    with workspace_scope(acme.pk):
        assert (timezone.now() - Reading.objects.get().read_at).days == 6
    with workspace_scope(elsewhere.pk):
        assert Reading.objects.count() == 1, "90 days there"


def test_a_workspace_that_wants_none_any_more_has_none_the_next_day(acme, bob, priya):
    read(bob, priya)
    with workspace_scope(acme.pk):
        Workspace.objects.update(trail_days=0)
    forget_readings(workspace_id=acme.pk)
    with workspace_scope(acme.pk):
        assert not Reading.objects.exists()


def said_of_days() -> list[str]:
    """What the change log says of how long something is kept."""
    return [*ChangeSet.objects.filter(label__startswith="Days").order_by("pk").values_list("label", flat=True)]


def test_owners_and_admins_set_how_long_and_the_change_log_says_so(client_of, acme, alice, bob):
    client = client_of(alice)
    data = {"name": "Acme", "currency": "USD", "country": "US", "language": "en", "time_zone": "UTC", "trash_days": 30}
    assert client.post_w("workspaces:settings", data=data | {"trail_days": 3651}).status_code == 422
    assert client.post_w("workspaces:settings", data=data | {"trail_days": 0}).status_code == 303
    with workspace_scope(acme.pk):
        assert Workspace.objects.get().trail_days == 0
        assert said_of_days() == ["Days in the read trail set from 90 to 0."]
        logged = ChangeSet.objects.latest("pk")
        assert (logged.member, logged.source) == (alice, "web")
    assert client.post_w("workspaces:settings", data=data | {"trail_days": 0, "name": "Ac"}).status_code == 303
    assert client.post_w("workspaces:settings", data=data | {"trail_days": 7, "trash_days": 9}).status_code == 303
    assert "Days in the read trail set from 90 to 0." in page_text(client.get_w("records:log"))
    assert client.url("records:undo", logged.pk) not in page_text(client.get_w("records:change", logged.pk))
    client.post_w("records:undo", logged.pk)
    with workspace_scope(acme.pk):
        days = "Days in the trash set from 30 to 9. Days in the read trail set from 0 to 7."
        assert said_of_days() == ["Days in the read trail set from 90 to 0.", days]
        with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            cursor.execute("DELETE FROM records_changeset")
    assert "Days in the read trail" in page_text(client_of(bob).get_w("workspaces:settings"))


# --- erasure by law ---------------------------------------------------------------------------------------------------
def test_whoever_is_erased_leaves_the_trail_of_all_who_were_read_with_them(acme, alice, bob, priya):
    ann = ContactFactory(workspace=acme)
    with workspace_scope(acme.pk):
        same = Organization(pk=priya.pk, name="The same number")
    read(bob, priya)
    read(bob, priya, "listed", others=(ann,))
    read(bob, ann)
    read(bob, same)
    with workspace_scope(acme.pk):
        erasure = erase("contact", priya.pk, by=alice.actor)
        left = Reading.objects.order_by("pk").values_list("table", "ids")
        assert list(left) == [
            ("contacts_contact", [ann.pk]), ("contacts_contact", [ann.pk]), ("organizations_organization", [priya.pk]),
        ]  # fmt: skip
        assert erasure.deleted["records_reading"] == 2
        assert ("Entries of the read trail", 2, 0) in in_words(erasure.deleted)
        assert not Contact.objects.filter(pk=priya.pk).exists()
