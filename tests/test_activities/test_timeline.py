"""The timeline: one entry on three records, upcoming on top, history by period, older pages behind a link."""

import datetime as dt
import json
import os
import re
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from activities.models import Activity, ActivityLink
from activities.panels import period
from activities.timeline import PAGE, Cursor, Timeline, plain
from contacts.models import Position
from core.tenancy import workspace_scope
from deals.models import Deal, Person, Pipeline
from tests.battery_pages import statements
from tests.factories import ActivityFactory, ContactFactory, DealFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def days(number: float) -> dt.datetime:
    return NOW + dt.timedelta(days=number)


class Northwind:
    """A company with Priya, who works there, and a deal with both."""

    def __init__(self, by):
        self.by = by
        self.company = OrganizationFactory(name="Northwind Freight")
        self.priya = ContactFactory(first_name="Priya", last_name="Raman")
        Position.objects.create(contact=self.priya, organization=self.company)
        stage = Pipeline.objects.get().stages.all()[0]
        people = [Person(self.priya)]
        self.deal = Deal.create(by=by, name="Fleet", stage=stage, organization=self.company, people=people)

    def note(self, text: str, about, day: float = -1) -> Activity:
        return Activity.log("note", by=self.by, body=text, about=[about], occurred_at=days(day))


@pytest.fixture
def northwind(in_acme, bob) -> Northwind:
    return Northwind(bob.actor)


def said(record, membership, **options) -> list[str]:
    """What the timeline says: texts of activities and kinds of events, with where they come from."""
    entries, _older = Timeline(record, membership, **options).page()
    return [
        (entry.activity.body or entry.activity.subject if entry.activity else entry.event_kind)
        + (f" on {entry.through}" if entry.through else "")
        for entry in entries
    ]


# --- one entry on three records ---------------------------------------------------------------------------------------
def test_a_note_on_a_deal_shows_on_the_deal_its_person_and_its_organization(northwind, bob):
    northwind.note("Two depots first.", northwind.deal)
    assert said(northwind.deal, bob, only="note") == ["Two depots first."]
    assert said(northwind.priya, bob, only="note") == ["Two depots first. on Fleet"]
    assert said(northwind.company, bob, only="note") == ["Two depots first. on Fleet"]


def test_a_note_on_a_person_shows_on_its_organization_and_not_on_its_deals(northwind, bob):
    northwind.note("Likes mornings.", northwind.priya)
    assert said(northwind.company, bob, only="note") == ["Likes mornings. on Priya Raman"]
    assert said(northwind.deal, bob, only="note") == []


def test_what_is_about_several_is_shown_once_as_the_record_s_own(northwind, bob):
    Activity.log("note", by=bob.actor, body="All of them", about=[northwind.priya, northwind.company, northwind.deal])
    for record in (northwind.priya, northwind.company, northwind.deal):
        assert said(record, bob, only="note") == ["All of them"]


def test_events_of_its_deals_show_on_people_and_organizations(northwind, bob):
    northwind.deal.win(by=bob.actor)
    assert said(northwind.deal, bob, only="change") == ["won", "created"]
    for buyer in (northwind.priya, northwind.company):
        assert sorted(said(buyer, bob, only="change")) == ["changed", "created on Fleet", "won on Fleet"], (
            "a customer now"
        )


def test_what_is_in_the_trash_is_not_shown(northwind, bob):
    note = northwind.note("Secret", northwind.deal)
    note.trash(by=bob.actor)
    assert said(northwind.deal, bob, only="note") == []
    note.restore(by=bob.actor)
    assert said(northwind.deal, bob, only="note") == ["Secret"]
    northwind.deal.rows().trash(by=bob.actor)
    assert said(northwind.priya, bob) == []


def test_a_person_who_left_takes_its_entries_along(northwind, bob):
    northwind.note("Likes mornings.", northwind.priya)
    Position.objects.get().delete()
    assert said(northwind.company, bob, only="note") == []


def test_nothing_of_another_workspace_is_found(northwind, bob, elsewhere, charlie):
    northwind.note("Ours", northwind.priya)
    with workspace_scope(elsewhere.pk):
        assert said(northwind.priya, charlie) == []
        assert Timeline(northwind.priya, charlie).top() == ([], [])


def test_who_sees_only_own_records_sees_no_note_that_is_about_a_hidden_deal_too(northwind, bob, mara, monkeypatch):
    """Priya belongs to nobody, so that everybody sees her; the deal is bob's."""
    northwind.note("On the deal", northwind.deal)
    Activity.log("note", by=bob.actor, body="On both", about=[northwind.priya, northwind.deal])
    northwind.note("Bob's", northwind.priya)
    Activity.log("note", by=mara.actor, body="Mara's", about=[northwind.priya])
    monkeypatch.setattr(type(mara), "scope", lambda self, record, action: "own")
    assert said(northwind.priya, mara) == ["Mara's", "Bob's"]


# --- order and pages --------------------------------------------------------------------------------------------------
def test_what_is_open_stands_above_the_most_urgent_first(northwind, bob):
    for day in (3, -2, 1):
        Activity.plan("task", by=bob.actor, subject=f"due {day}", due_at=days(day), about=[northwind.deal])
    upcoming, _pinned = Timeline(northwind.priya, bob).top()
    assert [entry.activity.subject for entry in upcoming] == ["due -2", "due 1", "due 3"]
    assert not any("due" in words for words in said(northwind.priya, bob))


@pytest.mark.parametrize("kind", ["note", "call", "meeting", "task", "change"])
def test_one_kind_alone(northwind, bob, kind):
    Activity.log("task", by=bob.actor, subject="task", about=[northwind.priya])
    for other in ("note", "call", "meeting"):
        Activity.log(other, by=bob.actor, subject=other, about=[northwind.deal])
    entries, _older = Timeline(northwind.priya, bob, kind).page()
    assert {entry.looks for entry in entries} == {kind}


def read_to_the_end(record, membership) -> list[tuple[str, int]]:
    timeline, found, cursor = Timeline(record, membership), [], None
    while True:
        entries, cursor = timeline.page(cursor)
        found += [(entry.source, entry.id) for entry in entries]
        if cursor is None:
            return found
        cursor = Cursor.read(str(cursor))


def test_pages_lose_and_double_nothing_even_at_one_moment(northwind, bob):
    """Imports write hundreds of entries of one moment; each is about the deal, some about the person as well."""
    deals = [northwind.deal, *DealFactory.create_batch(3, organization=northwind.company)]
    for n in range(PAGE * 2 + 5):
        about = [deals[n % 4]] if n % 3 else [deals[n % 4], northwind.priya, deals[(n + 1) % 4]]
        Activity.log("note", by=bob.actor, body=f"note {n}", occurred_at=days(-(n // 20)), about=about)
    found = read_to_the_end(northwind.company, bob)
    assert len(found) == len(set(found))
    assert len([source for source, _id in found if source == "activity"]) == PAGE * 2 + 5
    times = [Activity.objects.get(pk=pk).occurred_at for source, pk in found if source == "activity"]
    assert times == sorted(times, reverse=True)


def test_many_deals_with_few_entries_each_fill_a_page(northwind, bob):
    for n, deal in enumerate(DealFactory.create_batch(40, organization=northwind.company)):
        Activity.log("note", by=bob.actor, body=f"note {n}", occurred_at=days(-n - 1), about=[deal])
    words = [text.partition(" on ")[0] for text in said(northwind.company, bob, only="note")]
    assert words == [f"note {n}" for n in range(PAGE)]


@pytest.mark.parametrize(
    "text", ["", "x", "20261101", "2026130100000000000a1", "99999999999999999999a1", "20261101000000000000b1"]
)
def test_nonsense_is_no_cursor(text):
    assert Cursor.read(text) is None


def test_a_cursor_survives_its_address():
    cursor = Cursor(NOW, "event", 7)
    assert Cursor.read(str(cursor)) == cursor


# --- words ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "heading"),
    [
        ((2026, 11, 18), "Today"),
        ((2026, 11, 17), "This week"),
        ((2026, 11, 16), "This week"),
        ((2026, 11, 15), "Earlier this month"),
        ((2026, 11, 1), "Earlier this month"),
        ((2026, 10, 31), "October"),
        ((2025, 11, 18), "November 2025"),
    ],
)
def test_the_periods_of_a_wednesday(day, heading):
    with translation.override("en-gb"):
        assert period(dt.date(*day), dt.date(2026, 11, 18)) == heading


def test_periods_speak_the_language_of_the_reader():
    with translation.override("cs"):
        assert period(dt.date(2026, 10, 31), dt.date(2026, 11, 18)) == "Říjen"


# --- the page ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def fleet(acme, bob) -> Northwind:
    with workspace_scope(acme.pk):
        return Northwind(bob.actor)


def timeline_of(response) -> str:
    text = response.content.decode()
    return re.sub(r"\s+", " ", text[text.index('id="timeline"') :].partition('<aside class="related"')[0])


def test_the_page_words_events_and_says_where_they_come_from(client_of, bob, acme, fleet):
    with workspace_scope(acme.pk):
        stages = list(Pipeline.objects.get().stages.all())
        fleet.deal.move_to(stages[3], by=bob.actor)
        fleet.deal.lose("Too expensive", by=bob.actor)
        fleet.deal.edit(by=bob.actor, value=8_000_00, people=[])
        fleet.deal.edit(by=bob.actor, value=9_500_00, expected_close=dt.date(2020, 12, 4))
        fleet.deal.edit(by=bob.actor, value=None, currency="EUR")
    on_deal = timeline_of(client_of(bob).get_w("deals:detail", fleet.deal.pk))
    for words in (
        "Stage changed from Lead in to Proposal",
        "Lost: Too expensive",
        "Value set to $8,000 · Changed: people",
        "Value changed from $8,000 to $9,500 · Expected close set to 4 Dec 2020",
        "Value removed, was $9,500<",
        "Created",
    ):
        assert words in on_deal
    on_company = timeline_of(client_of(bob).get_w("organizations:detail", fleet.company.pk))
    path = client_of(bob).url("deals:detail", fleet.deal.pk)
    assert f'on <a class="link" href="{path}">Fleet</a>' in on_company


def test_what_was_typed_is_text(client_of, bob, acme, fleet):
    with workspace_scope(acme.pk):
        fleet.note("<script>alert(1)</script>\nsee https://example.com/a", fleet.priya)
    text = timeline_of(client_of(bob).get_w("contacts:detail", fleet.priya.pk))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>see <a" in text
    assert 'href="https://example.com/a" rel="nofollow"' in text
    assert "<script>" not in text


def test_a_viewer_gets_no_boxes_to_tick(client_of, bob, victor, acme, fleet):
    with workspace_scope(acme.pk):
        Activity.plan("task", by=bob.actor, subject="Send scope", due_at=days(1), about=[fleet.priya])
    assert "Mark done" in timeline_of(client_of(bob).get_w("contacts:detail", fleet.priya.pk))
    assert "Mark done" not in timeline_of(client_of(victor).get_w("contacts:detail", fleet.priya.pk))


def test_older_entries_are_a_link_away_with_and_without_javascript(client_of, bob, acme, fleet):
    with workspace_scope(acme.pk):
        for n in range(PAGE + 3):
            fleet.note(f"note {n}.", fleet.priya, day=-n - 40)
    client = client_of(bob)
    first = timeline_of(client.get_w("contacts:detail", fleet.priya.pk))
    query = re.search(r'class="btn more" href="[^"?]*\?([^"#]+)#timeline" hx-get="([^"]+)"', first)
    assert f"note {PAGE + 2}." not in first
    older = timeline_of(client.get_w("contacts:detail", fleet.priya.pk, query_params=dict([query[1].split("=")])))
    assert f"note {PAGE + 2}." in older
    assert "note 0." not in older
    chunk = client.get(query[2].replace("&amp;", "&"), headers={"HX-Request": "true"}).content.decode()
    assert f"note {PAGE + 2}." in chunk
    assert 'id="timeline"' not in chunk


def test_a_person_of_another_workspace_has_no_timeline(client_of, charlie, acme, fleet):
    for client in (client_of(charlie), client_of(charlie, acme)):
        assert client.get_w("contacts:panel", fleet.priya.pk, "timeline").status_code == 404


@pytest.mark.parametrize("kind", ["priya", "company", "deal"])
def test_a_full_page_costs_few_statements(client_of, bob, acme, fleet, kind):
    with workspace_scope(acme.pk):
        for n in range(30):
            fleet.note(f"note {n}", [fleet.priya, fleet.company, fleet.deal][n % 3], day=-n)
            ActivityFactory(owner=bob).set_about([fleet.priya, fleet.company, fleet.deal])
    record = getattr(fleet, kind)
    client = client_of(bob)
    made = statements(client, client.url(f"{record.namespace}:detail", record.pk))
    assert len(made) <= 14, "\n".join(sql[:150] for sql in made)


# --- ten thousand entries ---------------------------------------------------------------------------------------------
MANY = 10_000


@pytest.fixture
def much(acme, bob) -> Iterator[Northwind]:
    """Priya has ten thousand notes of her own, committed and with the statistics that a planner has of such tables."""
    with workspace_scope(acme.pk):
        northwind = Northwind(bob.actor)
        notes = [
            Activity(
                kind="note",
                subject=f"Note {n}",
                body="Wants two depots." if n else "Wants a trailer.",
                occurred_at=days(-1 - (MANY - n) / 24),
                done_at=NOW,
                owner=bob,
            )
            for n in range(MANY)
        ]
        notes = Activity.objects.bulk_create(notes, batch_size=5_000)
        ActivityLink.objects.bulk_create(
            [ActivityLink(activity=note, contact=northwind.priya, occurred_at=note.occurred_at) for note in notes],
            batch_size=5_000,
        )
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        owner.execute("ANALYZE activities_activity, activities_activitylink")
    with workspace_scope(acme.pk):
        yield northwind


def rows_read(record, membership, **options) -> dict[str, int]:
    """How many rows of each table the page of a timeline reads, by the server's own count."""
    with CaptureQueriesContext(connection) as queries:
        Timeline(record, membership, **options).page()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + queries[-1]["sql"])
        [[plan]] = cursor.fetchall()
    read: Counter[str] = Counter()

    def walk(node: dict) -> None:
        if "Relation Name" in node:
            looked_at = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            read[node["Relation Name"]] += round(looked_at * node["Actual Loops"])
        for part in node.get("Plans", ()):
            walk(part)

    walk((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
    return read


@pytest.mark.django_db(transaction=True)
def test_a_page_of_ten_thousand_entries_reads_a_page(much, bob, monkeypatch):
    monkeypatch.setattr("activities.timeline.fetch", plain)  # a prepared statement can't be explained
    read = rows_read(much.priya, bob)
    assert read["activities_activitylink"] <= 2 * (PAGE + 1)
    assert read["activities_activity"] <= PAGE + 1


@pytest.mark.django_db(transaction=True)
def test_a_search_stops_when_a_page_is_full_and_reads_no_other_record(much, bob):
    with workspace_scope(bob.workspace_id):
        for n in range(50):
            Activity.log("note", by=bob.actor, body=f"other {n}", about=[much.company])
    common = rows_read(much.priya, bob, find="depot")
    assert common["activities_activity"] <= 3 * (PAGE + 1)
    rare = rows_read(much.priya, bob, find="trailer")
    assert MANY <= rare["activities_activity"] <= MANY + PAGE + 1
