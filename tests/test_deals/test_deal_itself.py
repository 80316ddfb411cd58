"""What the page of a deal says of it: how long in each stage, how often put off, against whom, and what it is about."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.asides import slips
from deals.models import Deal, DealCompetitor, Person, Pipeline, Rival
from records.models import ChangeSet, Tag, change_set
from tests.battery_lists import ids_in
from tests.battery_pages import HTMX, facts_of, page_text, statements
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TagFactory
from tests.reading import filled_form, undo_path
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def sales(acme) -> Pipeline:
    with workspace_scope(acme.pk):
        return Pipeline.objects.get()


@pytest.fixture
def deal(acme, bob, sales) -> Deal:
    with workspace_scope(acme.pk):
        return DealFactory(stage=sales.stages.first(), owner=bob, name="Fleet renewal", value=500_00)


@pytest.fixture
def freight(acme, alice):
    return OrganizationFactory(workspace=acme, name="Fjord Freight", owner=alice)


def panel(page: str, name: str) -> str:
    return page.partition(f'id="panel-{name}"')[2].partition("</section>")[0]


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


# --- days in stages ---------------------------------------------------------------------------------------------------
def test_the_bar_says_how_long_the_deal_was_in_each_stage(client_of, acme, bob, deal, sales):
    with workspace_scope(acme.pk):
        first, second, *_others, last = sales.stages.all()
        for days, stage in ((3.5, second), (2.5, first), (9.5, last)):
            Deal.objects.filter(pk=deal.pk).update(stage_since=ago(days))
            deal.refresh_from_db()
            deal.move_to(stage, by=bob.actor)
        Deal.objects.filter(pk=deal.pk).update(stage_since=ago(4.5))
    bar = page_text(client_of(bob).get_w("deals:detail", deal.pk)).partition('id="rec-way"')[2].partition("</div>")[0]
    spent = [part.partition("</button>")[0] for part in bar.split('class="step ')[1:]]
    assert "13 days" in spent[0]  # both stays together
    assert "2 days" in spent[1]
    assert "days" not in spent[2]
    assert "4 days" in spent[-1]
    assert [part.partition('"')[0] for part in spent] == [
        "past",
        "past",
        *["skipped"] * (len(spent) - 3),
        "now",
    ]
    assert "Passed:" in spent[1]
    assert "Skipped:" in spent[2]


def test_a_closed_deal_shows_its_way_and_moves_no_more(client_of, acme, bob, deal):
    with workspace_scope(acme.pk):
        Deal.objects.filter(pk=deal.pk).update(stage_since=ago(6.5))
        deal.win(by=bob.actor)
        Deal.objects.filter(pk=deal.pk).update(stage_since=ago(5))
    bar = page_text(client_of(bob).get_w("deals:detail", deal.pk)).partition('id="rec-way"')[2].partition("</div>")[0]
    assert "6 days" in bar
    assert "5 days" not in bar
    assert "<button" not in bar


# --- slips ------------------------------------------------------------------------------------------------------------
def test_the_page_says_how_often_the_close_was_put_off_and_by_whom(client_of, acme, bob, mara, deal):
    days = [dt.date(2026, 3, 1), dt.date(2026, 3, 11), dt.date(2026, 3, 5), None, dt.date(2026, 4, 4)]
    assert "panel-slips" not in page_text(client_of(bob).get_w("deals:detail", deal.pk))
    with workspace_scope(acme.pk):
        for day, who in zip(days, (bob, bob, mara, mara, mara), strict=True):
            with change_set("test", by=who.actor, source="web"):
                deal.edit(by=who.actor, expected_close=day)
                deal.refresh_from_db()
    page = page_text(client_of(bob).get_w("deals:detail", deal.pk))
    assert "2 times, by 40 days in all" in facts_of(page)  # brought forward once, which is no slip
    told = panel(page, "slips")
    assert told.index("+10 days") < told.index("Bob Lindqvist") < told.index("+30 days") < told.index("Mara Lind")


def test_what_was_undone_is_no_slip_and_what_was_done_again_is_one(acme, bob, client_of, deal):
    def slipped() -> list[str]:
        page = page_text(client_of(bob).get_w("deals:detail", deal.pk))
        return re.findall(r"\+\d+ days", panel(page, "slips"))

    def change(do) -> ChangeSet:
        with workspace_scope(acme.pk), change_set("test", by=bob.actor, source="web"):
            do()
            deal.refresh_from_db()
            return ChangeSet.current()

    for day in (10, 20):
        put_off = change(lambda day=day: deal.edit(by=bob.actor, expected_close=dt.date(2026, 3, day)))
    assert slipped() == ["+10 days"]
    undone = change(lambda: put_off.undo(by=bob.actor))
    assert slipped() == []
    change(lambda: undone.undo(by=bob.actor))
    assert slipped() == ["+10 days"]
    again = change(lambda: put_off.undo(by=bob.actor))
    assert slipped() == []
    redone = change(lambda: again.undo(by=bob.actor))
    assert slipped() == ["+10 days"]
    change(lambda: redone.undo(by=bob.actor))
    brought_forward = change(lambda: deal.edit(by=bob.actor, expected_close=dt.date(2026, 3, 1)))
    change(lambda: brought_forward.undo(by=bob.actor))
    assert slipped() == []


def test_a_slip_stands_at_the_day_of_the_reader():
    before_midnight = {"was": "2026-03-01", "now": "2026-03-11", "who": "", "at": "2026-03-10T23:30:00+00:00"}
    with timezone.override("Europe/Prague"):
        assert [slip.on for slip in slips(SimpleNamespace(slip_list=[before_midnight]))] == [dt.date(2026, 3, 11)]


# --- competitors ------------------------------------------------------------------------------------------------------
def test_a_competitor_is_named_noted_and_taken_off(client_of, acme, bob, deal, freight):
    client = client_of(bob)
    answer = client.post_w("deals:rivals", deal.pk, data={"organization": freight.pk, "note": "Cheaper"})
    assert answer.status_code == 303
    page = page_text(client.get(answer.url))
    assert "Fjord Freight" in panel(page, "rivals")
    assert "Changed: competitors" in page
    with workspace_scope(acme.pk):
        link = DealCompetitor.objects.get()
    form = filled_form(page_text(client.get_w("deals:rival", deal.pk, link.pk)))
    assert form["note"] == "Cheaper"
    client.post_w("deals:rival", deal.pk, link.pk, data=form | {"note": "Slower"})
    page = page_text(client.get_w("organizations:detail", freight.pk))
    assert "Fleet renewal" in panel(page, "rival-deals")
    assert "Slower" in panel(page, "rival-deals")
    answer = client.post_w("deals:rival", deal.pk, link.pk, data={"remove": "1"})
    page = page_text(client.get(answer.url))
    assert "Fjord Freight" not in panel(page, "rivals")
    client.post(undo_path(page))
    assert "Slower" in panel(page_text(client.get(answer.url)), "rivals")


def test_a_deal_costs_as_many_statements_whatever_hangs_on_it(in_acme, bob, sales):
    def cost(count: int) -> int:
        people = [Person(one) for one in ContactFactory.create_batch(count)]
        rivals, tags = OrganizationFactory.create_batch(count), TagFactory.create_batch(count)
        with CaptureQueriesContext(connection) as made:
            deal = Deal.create(by=bob.actor, stage=sales.stages.first(), name="Fleet", people=people, tags=tags,
                               rivals=[Rival(one) for one in rivals])  # fmt: skip
            deal.edit(by=bob.actor, people=people[::-1], rivals=[Rival(one, "Cheaper") for one in rivals])
        assert (len(deal.people()), {rival.note for rival in deal.rivals()}) == (count, {"Cheaper"})
        assert deal.people()[0].contact == people[-1].contact  # the primary one stands first
        assert deal.tag_links.count() == count
        return len(made)

    assert cost(1) <= cost(4) == cost(8)


def test_the_same_competitor_is_named_once(client_of, bob, deal, freight):
    client, data = client_of(bob), {"organization": freight.pk}
    client.post_w("deals:rivals", deal.pk, data=data)
    answer = client.post_w("deals:rivals", deal.pk, data=data)
    assert answer.status_code == 422
    assert "is a competitor on the deal already" in page_text(answer)


def test_a_hidden_competitor_is_named_nowhere(client_of, acme, bob, alice, deal, freight):
    with workspace_scope(acme.pk):
        deal.add_rival(Rival(freight, "Cheaper"), by=alice.actor)
        freight.guard(by=alice.actor, is_private=True, members=[])
        link = deal.competitor_links.get()
    client = client_of(bob)
    assert "Fjord" not in page_text(client.get_w("deals:detail", deal.pk))
    assert "Fjord" not in page_text(client.get_w("deals:list", data={"columns": "competitors"}))
    assert client.get_w("deals:rival", deal.pk, link.pk).status_code == 404
    assert "Fjord Freight" in page_text(client_of(alice).get_w("deals:list", data={"columns": "competitors"}))


def test_an_organization_does_not_tell_of_hidden_deals(client_of, acme, bob, alice, freight, sales):
    with workspace_scope(acme.pk):
        secret = DealFactory(stage=sales.stages.first(), owner=alice, name="Secret")
        secret.add_rival(Rival(freight), by=alice.actor)
        secret.guard(by=alice.actor, is_private=True, members=[])
    assert "panel-rival-deals" not in page_text(client_of(bob).get_w("organizations:detail", freight.pk))
    assert "Secret" in panel(page_text(client_of(alice).get_w("organizations:detail", freight.pk)), "rival-deals")


def test_a_list_finds_deals_by_their_competitor(client_of, acme, alice, deal, freight, sales):
    with workspace_scope(acme.pk):
        DealFactory(stage=sales.stages.first())
        deal.add_rival(Rival(freight), by=alice.actor)
    assert ids_in(client_of(alice).get_w("deals:list", data={"competitors": freight.pk})) == [deal.pk]


# --- lines ------------------------------------------------------------------------------------------------------------
def lines_form(client, deal, *lines: dict[str, str]) -> dict[str, str]:
    """What a browser sends of these lines."""
    form = filled_form(page_text(client.get_w("deals:lines", deal.pk)))
    form["lines-TOTAL_FORMS"] = str(len(lines))
    return form | {f"lines-{place}-{name}": value for place, line in enumerate(lines) for name, value in line.items()}


SEATS = {"name": "Seats", "quantity": "2.5", "price": "1,000.50", "discount": "10"}
SET_UP = {"name": "Set-up", "quantity": "1", "price": "200", "discount": ""}


def test_lines_are_written_on_a_page_of_their_own_and_undone(client_of, bob, deal):
    client = client_of(bob)
    answer = client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS, SET_UP))
    assert answer.status_code == 303, page_text(answer)
    page = page_text(client.get(answer.url))
    assert "The value now follows the lines: $2,451.13 instead of $500.00." in page
    assert "$2,451.13" in facts_of(page)
    assert "2.5 ×" in panel(page, "lines")
    assert "less 10%" in panel(page, "lines")
    assert client.url("deals:fact", deal.pk, "value") not in page  # nobody types it
    assert "disabled" in page_text(client.get_w("deals:edit", deal.pk)).partition('name="value"')[2][:300]
    client.post(undo_path(page))
    page = page_text(client.get(answer.url))
    assert "No lines." in panel(page, "lines")
    assert client.url("deals:fact", deal.pk, "value") in page


def test_the_form_of_the_deal_leaves_the_lines_alone(client_of, acme, bob, deal):
    client = client_of(bob)
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS))
    form = filled_form(page_text(client.get_w("deals:edit", deal.pk)))
    assert client.post_w("deals:edit", deal.pk, data=form | {"name": "Renamed"}).status_code == 303
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
        assert (deal.name, deal.value, deal.lines.count()) == ("Renamed", 225_113, 1)


def test_who_typed_a_value_is_told_before_that_the_lines_take_its_place(client_of, acme, bob, deal):
    client = client_of(bob)
    warning = "is typed by hand: the first line takes its place."
    assert f"$500.00 {warning}" in page_text(client.get_w("deals:lines", deal.pk))
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS))
    assert warning not in page_text(client.get_w("deals:lines", deal.pk))


def test_the_blank_lines_of_the_page_are_none(client_of, acme, bob, deal):
    client = client_of(bob)
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS))
    form = filled_form(page_text(client.get_w("deals:lines", deal.pk)))
    assert form["lines-TOTAL_FORMS"] == "4", "three can be added at once without a button"
    answer = client.post_w("deals:lines", deal.pk, data=form | {"lines-0-price": "1"})
    assert answer.status_code == 303, page_text(answer)
    with workspace_scope(acme.pk):
        assert deal.lines.get().price == 100


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("quantity", "0"), ("quantity", "lots"), ("discount", "101")),
        *(("price", price) for price in ("-3", "", "9" * 30, "92,233,720,368,547,758.07")),  # less 10%, times 2.5
    ],
)
def test_what_no_line_can_be_is_said_beside_the_field_and_stays(client_of, bob, deal, field, value):
    client = client_of(bob)
    data = lines_form(client, deal, SEATS | {field: value})
    answer = client.post_w("deals:lines", deal.pk, data=data)
    assert answer.status_code == 422
    assert f'id="id_lines-0-{field}_error"' in page_text(answer)
    assert 'value="Seats"' in page_text(answer)


def test_two_who_edit_lines_at_once_lose_nothing(client_of, acme, bob, mara, deal):
    bobs, maras = client_of(bob), client_of(mara)
    stale = lines_form(bobs, deal, SEATS)
    maras.post_w("deals:lines", deal.pk, data=lines_form(maras, deal, SET_UP))
    answer = bobs.post_w("deals:lines", deal.pk, data=stale)
    assert answer.status_code == 422
    assert "Not saved. Mara Lind changed this record at" in page_text(answer)
    assert 'value="Seats"' in page_text(answer)
    with workspace_scope(acme.pk):
        assert deal.lines.get().name == "Set-up"


def test_the_sums_follow_while_one_types(client_of, acme, bob, deal):
    client = client_of(bob)
    data = lines_form(client, deal, SEATS, SET_UP | {"price": "nonsense"})
    answer = page_text(client.post_w("deals:line_sums", deal.pk, data=data, headers=HTMX))
    assert 'id="lines-0-sum"' in answer
    assert answer.count("2,251.13") == 2  # of the line, and in all
    with workspace_scope(acme.pk):
        assert not deal.lines.exists()


def test_the_sum_of_lines_that_are_taken_away_is_what_the_deal_keeps(client_of, acme, bob, deal):
    client = client_of(bob)
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS, SET_UP))
    form = filled_form(page_text(client.get_w("deals:lines", deal.pk)))
    for removed, total in (("1",), "$2,251.13"), (("0", "1"), "$2,451.13"):
        data = form | {f"lines-{place}-DELETE": "on" for place in removed}
        answer = page_text(client.post_w("deals:line_sums", deal.pk, data=data, headers=HTMX))
        assert answer.endswith(f">{total}</output>")
    client.post_w("deals:lines", deal.pk, data=data)
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
        assert (deal.money.format(), deal.adds_up) == ("$2,451.13", False)


def test_history_tells_of_prices_as_money(client_of, bob, deal):
    client = client_of(bob)
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS))
    form = lines_form(client, deal) | {"lines-TOTAL_FORMS": "1", "lines-0-price": "1,100"}
    client.post_w("deals:lines", deal.pk, data=form)
    page = page_text(client.get_w("deals:history", deal.pk))
    assert "1,000.50" in page
    assert "1,100" in page
    assert "100,050" not in page


@pytest.mark.parametrize("view", ["deals:lines", "deals:rivals", "deals:copy", "deals:line_sums"])
def test_a_viewer_may_not_and_another_workspace_finds_nothing(client_of, victor, charlie, acme, deal, view):
    assert client_of(victor).post_w(view, deal.pk, data={}).status_code == 403
    assert client_of(charlie).post_w(view, deal.pk, data={}).status_code == 404


# --- another like it --------------------------------------------------------------------------------------------------
def test_a_duplicate_has_what_the_deal_is_about_and_nothing_of_its_past(client_of, acme, alice, bob, deal, freight):
    client = client_of(bob)
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS))
    with workspace_scope(acme.pk):
        priya, gone = ContactFactory(last_name="Raman"), ContactFactory(last_name="Gone")
        deal.edit(by=SYSTEM, people=[Person(priya), Person(gone)], organization=freight)
        deal.edit(by=SYSTEM, forecast="commit", probability=70)
        gone.trash(by=SYSTEM)
        deal.rows().tag(Tag.named("VIP", by=SYSTEM), by=SYSTEM)
        deal.add_rival(Rival(freight, "Cheaper"), by=alice.actor)
        deal.win("They know us", by=alice.actor)
        deal.guard(by=alice.actor, is_private=True, members=[bob])
    answer = client.post_w("deals:copy", deal.pk)
    assert answer.status_code == 303
    with workspace_scope(acme.pk):
        made = Deal.objects.select_related("organization").latest("pk")
        assert (made.name, made.status, made.close_reason) == ("Fleet renewal (copy)", "open", "")
        assert (made.stage_id, made.owner_id, made.organization) == (deal.stage_id, bob.pk, freight)
        assert (made.value, made.adds_up, made.lines.get().name) == (225_113, True, "Seats")
        assert [person.contact for person in made.people()] == [priya]
        assert [(rival.organization, rival.note) for rival in made.rivals()] == [(freight, "Cheaper")]
        assert made.tag_links.get().tag.name == "VIP"
        assert (made.forecast, made.probability) == ("commit", None)  # a rep gives no chances
        assert made.is_private
        assert list(made.viewers.values_list("member", flat=True)) == [bob.pk]
    client.post(undo_path(page_text(client.get(answer.url))))
    with workspace_scope(acme.pk):
        assert not Deal.objects.filter(pk=made.pk).exists()


def test_all_of_it_costs_the_page_no_statement(client_of, acme, bob, deal, freight):
    client = client_of(bob)
    path = client.url("deals:detail", deal.pk)
    client.get(path)
    before = len(statements(client, path))
    with workspace_scope(acme.pk):
        deal.add_rival(Rival(freight), by=SYSTEM)
        deal.edit(by=SYSTEM, expected_close=dt.date(2026, 3, 1))
        deal.edit(by=SYSTEM, expected_close=dt.date(2026, 4, 1))
    client.post_w("deals:lines", deal.pk, data=lines_form(client, deal, SEATS))
    assert len(statements(client, path)) == before
