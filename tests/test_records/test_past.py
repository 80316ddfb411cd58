"""The workspace as it stood at a moment: what is seen of it, by whom, and that nobody can change it."""

import datetime as dt
import re
from html import unescape
from threading import BoundedSemaphore
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact
from core import past
from core.tenancy import workspace_scope
from deals.models import Deal, Pipeline, Stage
from records.merging import merge
from records.models import Group, Reading, SavedView, Tag
from tests.battery_pages import page_text, statements
from tests.conftest import WorkspaceClient
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PositionFactory, TagFactory
from workspaces.past import middleware
from workspaces.rights import RIGHTS

pytestmark = pytest.mark.django_db


def moment() -> str:
    """Now, as the database's clock has it, for an address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0].isoformat().replace("+00:00", "Z")


def as_of(client: WorkspaceClient, at: str, path: str = "") -> str:
    """Path of a page of the client's workspace at a moment."""
    return f"/w/{client.workspace.slug}/@{at}/{path}"


def shown(client: WorkspaceClient, at: str, path: str) -> str:
    answer = client.get(as_of(client, at, path))
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def bobs(client_of, bob):
    return client_of(bob)


@pytest.fixture
def stages(acme) -> list[Stage]:
    with workspace_scope(acme.pk):
        return list(Pipeline.objects.get().stages.all())


# --- record -----------------------------------------------------------------------------------------------------------
def test_a_record_shows_what_was_known_then(bobs, acme, bob):
    with workspace_scope(acme.pk):
        priya = ContactFactory(first_name="Priya", last_name="Raman", job_title="Buyer", owner=bob)
        priya.rows().tag(TagFactory(name="VIP"), by=bob.actor)
        position = PositionFactory(contact=priya, organization=OrganizationFactory(name="Kestrel Freight"))
        Activity.log("note", body="Wants two depots", about=[priya], by=bob.actor)
        then = moment()
        priya.edit(job_title="Head of purchasing", by=bob.actor)
        priya.rows().untag(Tag.objects.get(), by=bob.actor)
        position.end(by=bob.actor)
        Activity.log("note", body="Wants three depots", about=[priya], by=bob.actor)

    page = shown(bobs, then, f"people/{priya.pk}/")
    assert "Buyer" in page
    assert "Head of purchasing" not in page
    assert "Kestrel Freight" in page
    assert ">VIP<" in page
    assert "Wants two depots" in page
    assert "Wants three depots" not in page
    assert "As it stood on" in page


def test_nobody_can_change_anything_there(client_of, alice, acme, bob):
    with workspace_scope(acme.pk):
        priya = ContactFactory(first_name="Priya", owner=bob)
        then = moment()
    client = client_of(alice)
    for path in (f"people/{priya.pk}/", "people/", "deals/board/", "deals/"):
        page = shown(client, then, path)
        main = page.partition("<main")[2].partition("</main>")[0]
        assert 'method="post"' not in main, path
        assert "hx-post" not in main, path
        assert "draggable" not in main, path
    assert client.post(as_of(client, then, f"people/{priya.pk}/trash/")).status_code == 405
    with workspace_scope(acme.pk):
        assert Contact.objects.present().filter(pk=priya.pk).exists()


def test_what_was_deleted_or_merged_since_is_there_and_what_came_later_is_not(bobs, acme, bob):
    with workspace_scope(acme.pk):
        one, two = (ContactFactory(first_name=name, last_name="Raman", owner=bob) for name in ("Priya", "Pria"))
        gone = ContactFactory(first_name="Tomáš", last_name="Novák", owner=bob)
        then = moment()
        gone.trash(by=bob.actor)
        merge(one, [two], {}, by=bob.actor, seen={one.pk: one.version, two.pk: two.version})
        late = ContactFactory(first_name="Late", last_name="Comer", owner=bob)
    assert bobs.get_w("contacts:detail", gone.pk).status_code == 404
    assert "Tomáš" in shown(bobs, then, f"people/{gone.pk}/")
    assert bobs.get(as_of(bobs, then, f"people/{late.pk}/")).status_code == 404
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]*)<', shown(bobs, then, "people/"))
    assert sorted(names) == ["Pria Raman", "Priya Raman", "Tomáš Novák"]


def test_what_was_deleted_for_good_does_not_come_back(bobs, acme, bob):
    with workspace_scope(acme.pk):
        priya = ContactFactory(first_name="Priya", owner=bob)
        then = moment()
        Contact.objects.filter(pk=priya.pk).delete()
    assert bobs.get(as_of(bobs, then, f"people/{priya.pk}/")).status_code == 404
    assert "Priya" not in shown(bobs, then, "people/")


# --- lists ------------------------------------------------------------------------------------------------------------
def test_a_list_is_filtered_sorted_and_searched_by_what_was(bobs, acme, bob):
    with workspace_scope(acme.pk):
        for name, title in (("Ada", "Buyer"), ("Bea", "Clerk"), ("Cleo", "Buyer")):
            ContactFactory(first_name=name, last_name="Lind", job_title=title, owner=bob)
        then = moment()
        Contact.objects.update(job_title="Retired", first_name="Zoe")
    names = lambda query: re.findall(r'<th scope="row"><a[^>]*>([^<]*)<', shown(bobs, then, f"people/{query}"))  # noqa: E731
    assert names("?job_title=buy") == ["Ada Lind", "Cleo Lind"]
    assert names("?sort=-name") == ["Cleo Lind", "Bea Lind", "Ada Lind"]
    assert names("?q=BEA") == ["Bea Lind"]
    assert names("?q=zoe") == []


def test_links_of_a_page_stay_at_the_moment(bobs, acme, bob):
    with workspace_scope(acme.pk):
        ContactFactory(first_name="Priya", owner=bob)
        then = moment()
    page = shown(bobs, then, "people/")
    links = re.findall(r'href="(/w/acme/[^"]*)"', page.partition("<table")[2])
    assert links
    assert all(link.startswith(f"/w/acme/@{then}/") for link in links)


# --- the way there ----------------------------------------------------------------------------------------------------
def test_as_of_leads_to_the_page_at_the_moment_and_keeps_the_filters(bobs, bob):
    bob.user.time_zone = "Europe/Prague"
    bob.user.save()
    answer = bobs.get("/w/acme/deals/?owner=me&as_of=2026-03-02T10:00")
    assert answer.status_code == 302
    assert answer.url == "/w/acme/@2026-03-02T09:00:00Z/deals/?owner=me"
    here = quote("/w/acme/@2026-01-01T00:00:00Z/deals/board/?owner=me")
    answer = bobs.get(f"/w/acme/?as_of=2026-03-02T09:00:00Z&here={here}")
    assert answer.url == "/w/acme/@2026-03-02T09:00:00Z/deals/board/?owner=me"
    assert bobs.get("/w/acme/@2026-03-02T09:00:00Z/deals/?as_of=").url == "/w/acme/deals/"


def test_days_to_look_back(bobs):
    answer = bobs.get("/w/acme/people/?as_of=&as_of=7d")
    at = dt.datetime.fromisoformat(re.search("@([^/]*)/", answer.url)[1])
    assert abs(timezone.now() - dt.timedelta(days=7) - at) < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("yesterday", "is no moment"),
        ("2026-13-45T10:00", "is no moment"),
        ("2999-01-01T00:00", "has not come yet"),
        ("99999999d", "is no moment"),
    ],
)
def test_what_is_no_moment_is_said_on_the_page_that_was_meant(bobs, text, words):
    answer = bobs.get(f"/w/acme/people/?job_title=buy&as_of={text}", follow=True)
    assert answer.redirect_chain[-1][0] == "/w/acme/people/?job_title=buy"
    assert words in page_text(answer)


def test_a_page_without_a_past_is_shown_as_it_is_now(bobs):
    answer = bobs.get("/w/acme/settings/?as_of=7d", follow=True)
    assert answer.redirect_chain[-1][0] == "/w/acme/settings/"
    assert "can only be shown as it is now" in page_text(answer)
    assert bobs.get("/w/acme/@2026-01-01T00:00:00Z/history/?x=1").url == "/w/acme/history/?x=1"


def test_what_is_no_address_is_no_page_to_come_back_to(bobs):
    assert bobs.get("/w/acme/people/?as_of=&here=//[").url == "/w/acme/people/"


def test_who_finds_no_seat_in_the_past_is_told(bobs, acme, monkeypatch):
    monkeypatch.setattr("workspaces.past.middleware.SEATS", BoundedSemaphore(1))
    monkeypatch.setattr("workspaces.past.middleware.PATIENCE", 0.01)
    at = moment()
    with middleware.SEATS:
        assert bobs.get(as_of(bobs, at, "people/")).url == "/w/acme/people/"
    assert "Many look back just now" in page_text(bobs.get("/w/acme/people/"))
    assert bobs.get(as_of(bobs, at, "people/")).status_code == 200


@pytest.mark.parametrize(
    "moment",
    ["@7d/", "@0001-01-01T00:00:00Z/", "@2026-01-01T00:00:00Z%0A/", "@nothing/", "@2999-01-01T00:00:00Z/", "@/"],
)
def test_an_address_of_no_moment_is_not_found(bobs, moment):
    assert bobs.get(f"/w/acme/{moment}people/").status_code == 404


# --- whose ----------------------------------------------------------------------------------------------------------
def test_the_past_of_another_workspace_is_not_there(client_of, charlie, acme, bob):
    with workspace_scope(acme.pk):
        priya = ContactFactory(first_name="Priya", owner=bob)
        then = moment()
    assert client_of(charlie, acme).get(f"/w/acme/@{then}/people/{priya.pk}/").status_code == 404
    at_home = client_of(charlie)
    assert at_home.get(as_of(at_home, then, f"people/{priya.pk}/")).status_code == 404
    assert "Priya" not in shown(at_home, then, "people/")


def test_the_views_show_the_application_its_own_workspace_alone_and_take_nothing(acme, elsewhere, bob, charlie):
    with workspace_scope(elsewhere.pk):
        ContactFactory(first_name="Foreign", owner=charlie)
    with workspace_scope(acme.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.as_of = 'infinity'")
        cursor.execute("SELECT table_name FROM information_schema.views WHERE table_schema = 'past'")
        views = [name for (name,) in cursor.fetchall()]
        assert len(views) > 20
        for view in views:
            cursor.execute(f"SELECT count(*) FROM past.{view} WHERE workspace_id <> %s", [acme.pk])
            assert cursor.fetchone() == (0,), view
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'past'::regnamespace AND (relkind <> 'v'"
            " OR NOT coalesce(reloptions, '{}') @> ARRAY['security_invoker=true']"
            " OR has_table_privilege('crm_app', oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))"
        )
        assert cursor.fetchall() == []


# --- the board ------------------------------------------------------------------------------------------------------
def names_in(page: str, stage: Stage) -> list[str]:
    column = re.search(rf'id="cards-{stage.pk}".*?</ol>', page, re.DOTALL)[0]
    return re.findall(r'class="t"[^>]*>([^<]*)<', column)


def test_the_board_shows_the_cards_where_they_were_and_what_became_of_them(bobs, acme, bob, stages, trail):
    with workspace_scope(acme.pk):
        make = lambda name, **values: DealFactory(  # noqa: E731
            name=name, stage=stages[0], owner=bob, value=1_000_00, currency="USD", **values
        )
        moved, grown, won, gone, _same = map(make, ("Moved", "Grown", "Won", "Deleted", "Same"))
        slipped = make("Slipped", expected_close=dt.date(2026, 3, 1))
        then = moment()
        moved.move_to(stages[2], by=bob.actor)
        grown.edit(value=1_500_00, by=bob.actor)
        slipped.edit(expected_close=dt.date(2026, 4, 1), by=bob.actor)
        won.win(by=bob.actor)
        gone.trash(by=bob.actor)
        make("Fresh")
    page = shown(bobs, then, "deals/board/")
    assert set(names_in(page, stages[0])) == {"Moved", "Grown", "Won", "Deleted", "Same", "Slipped"}
    assert names_in(page, stages[2]) == []

    page = shown(bobs, then, "deals/board/?compare=now")
    section = page.partition('class="since"')[2].partition("</section>")[0]
    since = " ".join(unescape(re.sub("<[^>]+>", " ", section)).split())
    assert f"Moved on 1 Moved {stages[0].name} → {stages[2].name}" in since
    assert "Grown 1 +$500 Grown $1,000 → $1,500" in since
    assert "Slipped 1 Slipped" in since
    assert f"New 1 +$1,000 Fresh {stages[0].name}" in since
    assert "Won 1 +$1,000 Won $1,000" in since
    assert "Gone 1 −$1,000 Deleted Deleted" in since
    assert f"Moved on: {stages[0].name} → {stages[2].name}" in page
    assert re.search(r'href="/w/acme/deals/\d+/">Fresh<', section)
    assert "Same" not in since
    trail()
    with workspace_scope(acme.pk):
        named = {"Moved", "Grown", "Slipped", "Won", "Deleted", "Fresh", "Same"}
        listed = Reading.objects.filter(way="listed").latest("pk").ids
        assert set(Deal.objects.filter(pk__in=listed).values_list("name", flat=True)) == named, "Fresh is no card"


def test_the_board_that_did_not_change_says_so(bobs, acme, bob, stages):
    with workspace_scope(acme.pk):
        DealFactory(name="Same", stage=stages[0], owner=bob)
        then = moment()
    assert "Nothing has changed since then." in shown(bobs, then, "deals/board/?compare=now")


def test_the_past_asks_as_little_as_the_present(bobs, acme, bob, stages):
    with workspace_scope(acme.pk):
        deal = DealFactory(name="Same", stage=stages[0], owner=bob)
        then = moment()
    for path in ("people/", "deals/board/", f"deals/{deal.pk}/"):
        live = statements(bobs, f"/w/acme/{path}")
        assert len(statements(bobs, as_of(bobs, then, path))) <= len(live) + 2, path


def test_as_of_leaves_the_connection_as_it_was(bobs, acme):
    with workspace_scope(acme.pk):
        then = moment()
    shown(bobs, then, "people/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path'), current_setting('app.as_of', true)")
        path, at = cursor.fetchone()
    assert "past" not in path
    assert not at


def test_deals_of_the_past_are_no_rows_to_write(acme, bob, stages):
    with workspace_scope(acme.pk):
        deal = DealFactory(name="Same", stage=stages[0], owner=bob)
        at = timezone.now() + dt.timedelta(seconds=1)
        with past.as_of(at), pytest.raises(Exception, match="cannot update view"):
            Deal.objects.filter(pk=deal.pk).update(name="Other")


def test_what_a_comparison_tells_of_values_and_dates(bobs, acme, bob, stages):
    first, second = dt.date(2026, 3, 1), dt.date(2026, 5, 1)
    with workspace_scope(acme.pk):
        changes = {
            "Exchanged": ({"value": 1_00, "currency": "EUR"}, {"value": 9_00, "currency": "USD"}),
            "Dated": ({"expected_close": None}, {"expected_close": first}),
            "Undated": ({"expected_close": first}, {"expected_close": None}),
            "Sooner": ({"expected_close": second}, {"expected_close": first}),
            "Zero": ({"value": None, "currency": "USD"}, {"value": 0}),
        }
        made = {
            name: DealFactory(name=name, stage=stages[0], owner=bob, **before) for name, (before, _) in changes.items()
        }
        then = moment()
        for name, (_before, after) in changes.items():
            made[name].edit(by=bob.actor, **after)
    page = shown(bobs, then, "deals/board/?compare=now")
    section = page.partition('class="since"')[2].partition("</section>")[0]
    since = " ".join(unescape(re.sub("<[^>]+>", " ", section)).split())
    assert "In another currency 1 Exchanged €1 → $9" in since
    assert "Close date set 1 Dated" in since
    assert "Close date removed 1 Undated" in since
    assert "Sooner 1 Sooner" in since
    assert "Zero" not in since


def test_without_the_views_the_past_is_away_and_not_the_present(bobs, acme, bob, monkeypatch):
    with workspace_scope(acme.pk):
        ContactFactory(first_name="Priya", owner=bob)
        then = moment()
    monkeypatch.setattr("core.past.SCHEMA", "gone")
    answer = bobs.get(as_of(bobs, then, "people/"))
    assert answer.url == "/w/acme/people/"
    assert "while the system is being renewed" in page_text(bobs.get("/w/acme/people/"))


def test_what_takes_too_long_is_said(bobs, acme, bob, monkeypatch):
    def slowly(*args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(5)")

    with workspace_scope(acme.pk):
        then = moment()
    monkeypatch.setattr("core.past.PATIENCE", 50)
    monkeypatch.setattr("records.listing.asked.page_of", slowly)
    answer = bobs.get(as_of(bobs, then, "people/"))
    assert answer.status_code == 409
    assert "too long" in page_text(answer)


def test_who_may_see_a_record_now_may_see_its_past(client_of, acme, alice, bob, mara, monkeypatch):
    monkeypatch.setitem(RIGHTS["rep"], "contact", RIGHTS["rep"]["contact"] | {"view": "own"})
    with workspace_scope(acme.pk):
        given, taken = ContactFactory(first_name="Given", owner=alice), ContactFactory(first_name="Taken", owner=bob)
        then = moment()
        given.rows().assign(bob, by=alice.actor)
        taken.rows().assign(alice, by=alice.actor)
    client = client_of(bob)
    assert client.get(as_of(client, then, f"people/{given.pk}/")).status_code == 200
    assert client.get(as_of(client, then, f"people/{taken.pk}/")).status_code == 404
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]*)<', shown(client, then, "people/"))
    assert [name.split()[0] for name in names] == ["Given"]


@pytest.mark.parametrize("text", ["0001-01-01T00:00%2B14:00", "9999-12-31T23:59-14:00"])
def test_moments_at_the_ends_of_time_are_none(bobs, text):
    assert "is no moment" in page_text(bobs.get(f"/w/acme/people/?as_of={text}", follow=True))
    assert bobs.get(f"/w/acme/@{text}/people/").status_code == 404


# --- views and groups -------------------------------------------------------------------------------------------------
def test_a_view_that_was_saved_since_opens_over_the_rows_of_then_and_groups_are_those_of_then(bobs, acme, bob):
    with workspace_scope(acme.pk):
        person = ContactFactory(owner=bob)
        ContactFactory()
        group = Group.make("contact", "Trade fair", by=bob.actor)
        group.take_in(person.rows(), by=bob.actor)
    then = moment()
    with workspace_scope(acme.pk):
        group.take_out(person.rows(), by=bob.actor)
        view = SavedView.make("contact", "Mine now", query="owner=me", by=bob.actor)
    page = shown(bobs, then, f"people/?view={view.pk}")
    assert "Mine now" in page
    assert "1–1 of 1<" in page
    assert "1–1 of 1<" in shown(bobs, then, f"people/?group={group.pk}")
    assert "1–1 of 1<" not in page_text(bobs.get(f"{bobs.url('contacts:list')}?group={group.pk}"))
