"""The board on the server: what it shows to whom, its moves, what it says of changes, and what it asks the database."""

import datetime as dt
import gzip
import re
from html import unescape

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from core.tenancy import workspace_scope
from deals.board_cells import FIRST_CARDS, LEAST_CARDS, MOST_CARDS, Cell, Column, sizes_of
from deals.listing import DealListing
from deals.models import BOTTOM, Deal, DealPulse, Pipeline, Stage, StageChange
from records.history.meanwhile import Deed
from records.listing import LISTINGS
from records.models import change_set
from tests.battery_pages import AROUND, statements
from tests.factories import DealFactory, MembershipFactory, OrganizationFactory, PipelineFactory, StageFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

MOST_STATEMENTS, MOST_OF_A_POLL = 10, 5
#: bytes as sent
MOST_OF_A_BOARD, MOST_OF_AN_ANSWER = 30_000, 10_000


@pytest.fixture
def bobs(client_of, bob):
    return client_of(bob)


def shown(client, query: str = "") -> str:
    answer = client.get(client.url("deals:board") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(page: str, stage: Stage) -> list[str]:
    """The names of the cards of a column, from the top."""
    column = re.search(rf'id="cards-{stage.pk}".*?</ol>', page, re.DOTALL)[0]
    return [unescape(name) for name in re.findall(r'class="t"[^>]*>([^<]*)<', column)]


def head(page: str, stage: Stage) -> str:
    """What the head of a column says, in one line."""
    html = re.search(rf'id="head-{stage.pk}".*?</header>', page, re.DOTALL)[0]
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html.partition(">")[2]).split())


def figures(page: str) -> list[str]:
    html = re.search(r'id="figures".*?</dl>', page, re.DOTALL)[0]
    return re.findall(r"<dd[^>]*>([^<]*)<", html)


def from_board(client, query: str = "") -> dict[str, str]:
    """The headers of htmx on a board."""
    return {"HX-Request": "true", "HX-Current-URL": f"http://testserver{client.url('deals:board')}{query}"}


# --- what stands on it ------------------------------------------------------------------------------------------------
def test_open_deals_stand_in_the_columns_of_their_stages_in_their_order(bobs, acme, bob, stages):
    for name, rank in (("last", "z"), ("first", "B"), ("between", "K")):
        DealFactory(workspace=acme, owner=bob, name=name, stage=stages[1], rank=rank)
    for gone in ({"status": "won"}, {"status": "lost"}, {"deleted_at": timezone.now()}):
        DealFactory(workspace=acme, owner=bob, stage=stages[1], **gone)
    page = shown(bobs)
    assert cards(page, stages[1]) == ["first", "between", "last"]
    assert cards(page, stages[0]) == []


def test_heads_and_figures_add_up_by_currency(bobs, acme, bob, stages):
    for value, currency in ((100_000, "USD"), (50_000, "USD"), (20_000, "EUR"), (None, "USD")):
        DealFactory(workspace=acme, owner=bob, stage=stages[2], value=value, currency=currency)
    DealFactory(workspace=acme, owner=bob, stage=stages[0], value=10_000, currency="USD")
    late = DealFactory(workspace=acme, owner=bob, stage=stages[0], value=None)
    with workspace_scope(acme.pk):
        DealPulse.objects.filter(record=late).update(next_activity_at=timezone.now() - dt.timedelta(days=2))
    page = shown(bobs)
    assert head(page, stages[2]).startswith("Demo booked 4 $1,500 + €200 Win chance 40%")
    assert head(page, stages[5]).startswith("Verbal yes 0 $0")
    assert figures(page) == ["$1,600 + €200", "$610 + €80", "6", "1"]


def test_a_card_says_with_whom_how_much_whose_and_what_is_next(bobs, acme, bob, stages):
    organization = OrganizationFactory(workspace=acme, name="Kestrel <Robotics>")
    since = timezone.now() - dt.timedelta(days=15, hours=1)
    deal = DealFactory(
        workspace=acme, owner=bob, name="Retainer & more", stage=stages[0], value=1_350_050, organization=organization,
        stage_since=since,
    )  # fmt: skip
    page = shown(bobs)
    card = re.search(rf'<li class="card rotting" id="deal-{deal.pk}".*?</li>', page)[0]
    for part in ("Retainer &amp; more", "Kestrel &lt;Robotics&gt;", "$13,500", "15d idle", "Owner Bob Lindqvist"):
        assert part in card
    with workspace_scope(acme.pk):
        Activity.plan("call", by=bob.actor, due_at=timezone.now() - dt.timedelta(days=2), about=[deal])
    card = re.search(rf'<li class="card" id="deal-{deal.pk}".*?</li>', shown(bobs))[0]
    assert "2d late" in card


def test_the_board_has_the_filters_of_the_list(bobs, acme, bob, mara, stages):
    DealFactory(workspace=acme, owner=bob, name="Fleet renewal", stage=stages[0], value=100_000)
    DealFactory(workspace=acme, owner=mara, name="Fleet pilot", stage=stages[0], value=200_000)
    DealFactory(workspace=acme, owner=mara, name="Storage", stage=stages[0], value=400_000)
    assert cards(shown(bobs, f"?owner={mara.pk}"), stages[0]) == ["Fleet pilot", "Storage"]
    page = shown(bobs, "?q=fleet&owner=me")
    assert cards(page, stages[0]) == ["Fleet renewal"]
    assert figures(page)[0] == "$1,000"
    assert "Clear filters" in shown(bobs, "?q=nothing")
    assert LISTINGS["deal"] is DealListing, "what exports and views read"
    # To the list and back with the same query.
    assert f'href="{bobs.url("deals:list")}?q=fleet&amp;owner=me"' in page
    listed = bobs.get(bobs.url("deals:list") + "?q=fleet&owner=me").content.decode()
    assert f'href="{bobs.url("deals:board")}?q=fleet&amp;owner=me"' in listed
    # What a list filters by and a board does not leaves it alone.
    assert len(cards(shown(bobs, f"?stage={stages[3].pk}&status=won"), stages[0])) == 3


def test_a_face_filters_by_its_owner_and_a_second_time_by_nobody(bobs, acme, bob, mara):
    assert f'href="?owner={mara.pk}" title="Mara Lind"' in shown(bobs)
    on = re.search(r'<a[^>]*title="Mara Lind"[^>]*>', shown(bobs, f"?owner={mara.pk}"))[0]
    assert 'aria-current="true"' in on
    assert 'href="?"' in on


def test_cards_can_stand_by_their_next_step(bobs, acme, bob, stages):
    days = {"later": 9, "soon": 1, "never": None, "late": -3}
    for name, ahead in days.items():
        deal = DealFactory(workspace=acme, owner=bob, name=name, stage=stages[0])
        if ahead is not None:
            at = timezone.now() + dt.timedelta(days=ahead)
            with workspace_scope(acme.pk):
                DealPulse.objects.filter(record=deal).update(next_activity_at=at)
    assert cards(shown(bobs, "?sort=next_step"), stages[0]) == ["late", "soon", "later", "never"]


@pytest.mark.parametrize("sort", ["", "?sort=next_step"])
def test_a_column_goes_on_where_it_was_left(bobs, acme, bob, stages, sort):
    for n in range(60):
        deal = DealFactory(workspace=acme, owner=bob, name=f"{n:02}", stage=stages[0], rank=f"{n:02}V")
        if n < 40:
            at = timezone.now() + dt.timedelta(days=1, minutes=n)
            with workspace_scope(acme.pk):
                DealPulse.objects.filter(record=deal).update(next_activity_at=at)
    page, found = shown(bobs, sort), []
    while True:
        found += re.findall(r'class="t"[^>]*>(\d\d)<', page)
        more = re.search(r'class="rest"[^>]*><a class="btn" href="([^"]+)"', page)
        if not more:
            break
        address = unescape(more[1])
        assert cards(bobs.get(address).content.decode(), stages[0])[0] == f"{len(found):02}"  # without JavaScript
        page = bobs.get(address, headers={"HX-Request": "true"}).content.decode()
        assert page.startswith("<li")
    assert found == [f"{n:02}" for n in range(60)]


def test_other_pipelines_are_a_click_away(bobs, acme, bob, stages, elsewhere):
    assert "Switch pipeline" not in shown(bobs)
    renewals = PipelineFactory(workspace=acme, name="Renewals", position=5)
    assert "This pipeline has no stages yet." in shown(bobs, f"?pipeline={renewals.pk}")
    due = StageFactory(workspace=acme, pipeline=renewals, name="Due soon")
    DealFactory(workspace=acme, owner=bob, name="Retainer", stage=due)
    page = shown(bobs, f"?pipeline={renewals.pk}")
    assert "<h1>Renewals</h1>" in page
    assert cards(page, due) == ["Retainer"]
    assert "Retainer" not in shown(bobs)
    foreign = PipelineFactory(workspace=elsewhere)
    for wrong in (foreign.pk, 999_999, "x"):
        assert bobs.get(bobs.url("deals:board") + f"?pipeline={wrong}").status_code == 404


def test_an_empty_board_says_what_to_do(bobs, acme, alice, client_of):
    assert "No open deals here yet." in shown(bobs)
    with workspace_scope(acme.pk):
        Pipeline.objects.all().delete()
    assert "There is no pipeline yet. An admin of the workspace sets it up." in " ".join(shown(bobs).split())
    assert "Set up pipelines" in shown(client_of(alice))


def test_a_column_s_plus_opens_a_deal_in_it(bobs, stages):
    address = bobs.url("deals:create") + f"?stage={stages[3].pk}"
    assert re.search(rf'href="{re.escape(address)}"[^>]* aria-label="New deal in Proposal"', shown(bobs))
    assert f'<option value="{stages[3].pk}" selected>Proposal' in bobs.get(address).content.decode()


# --- who may what -----------------------------------------------------------------------------------------------------
def test_a_viewer_sees_the_board_and_nothing_to_change_it_with(client_of, victor, acme, bob, stages):
    DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    page = shown(client_of(victor))
    assert cards(page, stages[0]) == ["Fleet"]
    for offer in ('draggable="true"', 'class="more"', 'class="add"', 'class="drops"'):
        assert offer not in page


def test_another_workspace_s_deals_stand_on_no_board_and_take_no_move(bobs, elsewhere, stages):
    theirs = DealFactory(workspace=elsewhere, name="Theirs")
    assert "Theirs" not in shown(bobs)
    for name in ("deals:stage", "deals:closing"):
        answer = bobs.post_w(name, theirs.pk, data={"stage": stages[0].pk, "status": "won"}, headers=from_board(bobs))
        assert answer.status_code == 404


def test_a_viewer_who_posts_is_refused(client_of, victor, acme, bob, stages):
    deal, client = DealFactory(workspace=acme, owner=bob, stage=stages[0]), client_of(victor)
    for name in ("deals:stage", "deals:closing"):
        data = {"stage": stages[1].pk, "status": "won"}
        assert client.post_w(name, deal.pk, data=data, headers=from_board(client)).status_code == 403


# --- moving and closing on it -----------------------------------------------------------------------------------------
def test_a_move_answers_with_the_card_the_heads_and_the_undo(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    answer = bobs.post_w("deals:stage", deal.pk, data={"stage": stages[3].pk, "version": 1}, headers=from_board(bobs))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert cards(page, stages[3]) == ["Fleet"]
    assert (head(page, stages[0])[:9], head(page, stages[3])[:10]) == ("Lead in 0", "Proposal 1")
    assert page.count('id="head-') == 2, "of the columns that it touched, no others"
    assert figures(page)[1] == "$600"
    assert len(gzip.compress(answer.content)) < MOST_OF_AN_ANSWER
    bobs.post(undo_path(page))
    assert cards(shown(bobs), stages[0]) == ["Fleet"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"after": "a"}, ["a", "new", "b", "c"]),
        ({"before": "c"}, ["a", "b", "new", "c"]),
        ({"after": "gone", "before": "b"}, ["a", "new", "b", "c"]),
        ({"after": "gone", "before": "gone"}, ["new", "a", "b", "c"]),
        ({"place": "bottom"}, ["a", "b", "c", "new"]),
        ({"after": "x", "before": "-1"}, ["new", "a", "b", "c"]),
    ],
)
def test_a_card_goes_where_it_is_dropped(bobs, acme, bob, stages, where, expected):
    ids = {name: DealFactory(workspace=acme, owner=bob, name=name, stage=stages[1], rank=name).pk for name in "abc"}
    ids["gone"] = DealFactory(workspace=acme, owner=bob, stage=stages[2]).pk
    new = DealFactory(workspace=acme, owner=bob, name="new", stage=stages[0])
    data = {"stage": stages[1].pk} | {name: ids.get(value, value) for name, value in where.items()}
    bobs.post_w("deals:stage", new.pk, data=data, headers=from_board(bobs))
    assert cards(shown(bobs), stages[1]) == expected


@pytest.mark.parametrize(("word", "expected"), [("up", "bac"), ("down", "acb"), ("top", "bac"), ("bottom", "acb")])
def test_a_card_goes_up_and_down_in_its_column(bobs, acme, bob, stages, word, expected):
    ids = {name: DealFactory(workspace=acme, owner=bob, name=name, stage=stages[1], rank=name).pk for name in "abc"}
    bobs.post_w("deals:stage", ids["b"], data={"stage": stages[1].pk, "place": word})
    assert cards(shown(bobs), stages[1]) == list(expected)
    assert bobs.post_w("deals:stage", ids[expected[0]], data={"stage": stages[1].pk, "place": "up"}).status_code == 303
    assert cards(shown(bobs), stages[1]) == list(expected)


def test_a_closed_card_leaves_the_board(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, stage=stages[0])
    answer = bobs.post_w("deals:closing", deal.pk, data={"status": "won", "version": 1}, headers=from_board(bobs))
    assert answer.headers["HX-Trigger-After-Swap"] == f'{{"items:removed": {{"ids": ["deal-{deal.pk}"]}}}}'
    assert head(answer.content.decode(), stages[0]).startswith("Lead in 0")
    assert undo_path(answer.content.decode())


def test_a_card_that_leaves_the_filter_leaves_the_board(bobs, acme, bob, mara, stages):
    deal = DealFactory(workspace=acme, owner=bob, stage=stages[0])
    headers = from_board(bobs, f"?owner={mara.pk}")
    answer = bobs.post_w("deals:stage", deal.pk, data={"stage": stages[1].pk}, headers=headers)
    assert f"deal-{deal.pk}" in answer.headers["HX-Trigger-After-Swap"]
    assert head(answer.content.decode(), stages[1]).startswith("Qualified 0")


@pytest.mark.parametrize(
    ("deed", "sentence"),
    [
        (lambda deal, stages, by: deal.move_to(stages[3], by=by), "Mara Lind moved this deal to Proposal at"),
        (lambda deal, stages, by: deal.lose("Price", by=by), "Mara Lind closed this deal as lost at"),
        (lambda deal, stages, by: deal.edit(by=by, name="Other"), "Mara Lind changed this record at"),
    ],
)
def test_a_stale_card_stays_where_it_is_now_and_says_who_did_what(
    bobs, client_of, acme, bob, mara, stages, deed, sentence
):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    with workspace_scope(acme.pk), change_set(by=mara.actor, source="web"):
        deed(deal, stages, mara.actor)
    answer = bobs.post_w("deals:stage", deal.pk, data={"stage": stages[1].pk, "version": 1}, headers=from_board(bobs))
    assert answer.status_code == 409
    assert f"Not moved. {sentence}" in answer.content.decode()
    with workspace_scope(acme.pk):
        deal.refresh_from_db()
    if deal.is_open:
        [stage] = [stage for stage in stages if stage.pk == deal.stage_id]
        assert cards(answer.content.decode(), stage) == [deal.name]
    else:
        assert f"deal-{deal.pk}" in answer.headers["HX-Trigger-After-Swap"]
    answer = bobs.post_w("deals:stage", deal.pk, data={"stage": stages[1].pk, "version": 1})
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    with workspace_scope(acme.pk):
        assert Deal.objects.get(pk=deal.pk).stage_id != stages[1].pk
        assert not StageChange.objects.filter(changed_by=bob).exists()


def test_a_change_of_another_day_says_the_day_and_one_of_nobody_says_somebody():
    deed = Deed("", dt.datetime(2026, 3, 7, 12, tzinfo=dt.UTC), "changed")
    assert re.match(r"Somebody changed this record at [^<]*:00[^<]* \([^<]*Mar[^<]*\)", deed.sentence(Deal))


def test_a_move_within_a_column_can_be_taken_back(bobs, acme, bob, stages):
    ids = {name: DealFactory(workspace=acme, owner=bob, name=name, stage=stages[1], rank=name).pk for name in "abcd"}
    data = {"stage": stages[1].pk, "after": ids["d"], "version": 1}
    page = bobs.post_w("deals:stage", ids["b"], data=data, headers=from_board(bobs)).content.decode()
    assert "“b” moved within Qualified." in page
    assert cards(shown(bobs), stages[1]) == ["a", "c", "d", "b"]
    back = re.search(r'action="([^"]+/place/[^"]+)"', page)[1]
    assert bobs.post(back).status_code == 303
    assert cards(shown(bobs), stages[1]) == ["a", "b", "c", "d"]


def test_a_stage_alone_moves_nothing_within_it(bobs, acme, bob, stages):
    ids = {name: DealFactory(workspace=acme, owner=bob, name=name, stage=stages[1], rank=name).pk for name in "ab"}
    bobs.post_w("deals:stage", ids["b"], data={"stage": stages[1].pk})
    assert cards(shown(bobs), stages[1]) == ["a", "b"]


def test_a_filter_that_nothing_matches_and_an_address_that_is_none_are_no_fault(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, stage=stages[0])
    assert figures(shown(bobs, "?owner=99999"))[2] == "0"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://["}
    assert bobs.post_w("deals:stage", deal.pk, data={"stage": stages[1].pk}, headers=headers).status_code == 200


def test_the_link_to_the_rest_stands_right_behind_the_last_card(bobs, acme, bob, stages):
    for n in range(FIRST_CARDS + 1):
        DealFactory(workspace=acme, owner=bob, stage=stages[0], rank=f"{n:02}V")
    rest = re.search(r'class="rest" data-order="([^"]*)"', shown(bobs))[1]
    assert f"{FIRST_CARDS - 1}V" < rest < f"{FIRST_CARDS - 1}V0", (
        "a card that is put behind the last one comes with the rest"
    )


def test_of_many_columns_those_in_sight_have_most_cards():
    plain: dict = {"sums": None, "condition": Q()}
    columns = [
        Column(key=key, name=key, value=key, cells=[Cell(key=key, **plain)], **plain) for key in map(str, range(40))
    ]
    for few in (columns[:1], columns[:10]):
        assert set(sizes_of(few, few[0]).values()) == {FIRST_CARDS}
    sizes = sizes_of(columns, columns[30])
    assert [key for key, size in sizes.items() if size == FIRST_CARDS] == ["0", "1", "2", "3", "4", "5", "30"]
    assert set(sizes.values()) == {FIRST_CARDS, LEAST_CARDS}
    assert sizes_of(columns[1:], columns[0]).keys() == sizes.keys() - {"0"}, "none of a folded one"
    assert sum(sizes_of(columns[:11], None).values()) in range(MOST_CARDS - 11, MOST_CARDS + 1)


# --- what it costs ----------------------------------------------------------------------------------------------------
@pytest.fixture
def full(acme, bob, stages) -> list[Deal]:
    """Three hundred cards, of which each column shows the first twenty-five."""
    with workspace_scope(acme.pk):
        team = MembershipFactory.create_batch(8)
        made = [
            Deal(name=f"Rollout of phase {n}", stage=stages[n % 6], pipeline_id=stages[0].pipeline_id, currency="USD",
                 value=n * 1000_00, owner=team[n % 8], rank=f"{n:04}V", organization=None)
            for n in range(300)
        ]  # fmt: skip
        return Deal.objects.bulk_create(made)


def test_a_full_board_asks_little_and_weighs_little(bobs, full):
    shown(bobs)
    made = statements(bobs, bobs.url("deals:board"))
    assert len(made) <= MOST_STATEMENTS, "\n".join(made)
    answer = bobs.get_w("deals:board")
    assert answer.content.decode().count('<li class="card') == 6 * FIRST_CARDS
    assert len(gzip.compress(answer.content)) < MOST_OF_A_BOARD
    assert answer.content.decode().count('<symbol id="i-') == 6


@pytest.mark.django_db(transaction=True)
def test_the_board_is_told_what_happened_and_nothing_when_nothing_did(bobs, acme, bob, mara, stages, elsewhere):
    with workspace_scope(acme.pk):
        moved, edited, won, same = (Deal.create(by=bob.actor, name=name, stage=stages[0]) for name in "mews")
    live = unescape(re.search(r'id="live" hidden hx-get="([^"]+)"', shown(bobs))[1])

    def poll():
        nonlocal live
        answer = bobs.get(live, headers={"HX-Request": "true"})
        if answer.status_code == 200:
            live = unescape(re.search(r'id="live" hidden hx-get="([^"]+)"', answer.content.decode())[1])
        return answer

    with CaptureQueriesContext(connection) as asked:
        assert poll().status_code == 204
    assert len([q for q in asked if not q["sql"].startswith((*AROUND, "BEGIN", "COMMIT"))]) <= MOST_OF_A_POLL
    DealFactory(workspace=elsewhere)
    assert poll().status_code == 204
    with workspace_scope(acme.pk):
        moved.move_to(stages[2], by=mara.actor)
        edited.edit(by=mara.actor, name="edited")
        won.win(by=mara.actor)
        Deal.create(by=mara.actor, name="new", stage=stages[1])
    answer = poll()
    page = answer.content.decode()
    assert [cards(page, stages[place]) for place in (1, 2)] == [["new"], ["m"]]
    assert cards(page, stages[0]) == ["edited"]
    assert f"deal-{won.pk}" in answer.headers["HX-Trigger-After-Swap"]
    assert "toast" not in re.sub(r'id="toasts"', "", page)
    assert poll().status_code == 204
    # A place in the column, which history knows nothing of; a deal that an undo removes for good.
    with workspace_scope(acme.pk):
        same.move_to(stages[0], by=mara.actor, at=BOTTOM)
    assert f'id="deal-{same.pk}"' in poll().content.decode()
    data = {"name": "Mistake", "stage": stages[0].pk, "currency": "USD", "forecast": "pipeline"}
    made = bobs.get(bobs.post_w("deals:create", data=data).url).content.decode()
    assert poll().status_code == 200
    bobs.post(undo_path(made))
    assert "items:removed" in poll().headers["HX-Trigger-After-Swap"]
    # What is to be done next, which is not the deal's own.
    with workspace_scope(acme.pk):
        Activity.plan("call", by=mara.actor, due_at=timezone.now() - dt.timedelta(days=3), about=[same])
    assert "3d late" in re.search(rf'id="deal-{same.pk}".*?</li>', poll().content.decode())[0]
    assert poll().status_code == 204
    # Many at once: the whole board.
    with workspace_scope(acme.pk):
        Deal.objects.bulk_create(
            Deal(name="b", stage=stages[0], pipeline_id=stages[0].pipeline_id, currency="USD") for _n in range(101)
        )
    assert poll().headers["HX-Retarget"] == "#board"
    assert bobs.get(live.partition("v=")[0] + "v=x", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
