"""The board by owner, by month and by forecast category, in lanes, folded: what stands where, and what a drop does."""

import datetime as dt
import gzip
import re
from html import unescape

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.listing import DealListing
from deals.models import Deal, DealPulse, Pipeline, Rival, Stage, Stir
from records.listing.periods import month_of
from records.models import Tag, change_set
from tests.battery_pages import statements
from tests.board import cell, columns, drop, from_board, head, now, shown
from tests.factories import DealFactory, MembershipFactory, OrganizationFactory
from tests.fields import field
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

MOST_STATEMENTS, MOST_OF_AN_ANSWER = 11, 10_000


# --- by month ---------------------------------------------------------------------------------------------------------
def test_months_have_a_column_each_and_what_is_late_far_or_without_a_date_is_gathered(bobs, acme, bob, stages, day):
    ahead = {n: month_of(day, n) for n in range(-2, 10)}
    for name, close in {
        "long ago": ahead[-2], "last month": ahead[0] - dt.timedelta(days=1), "first": ahead[0],
        "last": ahead[1] - dt.timedelta(days=1), "next": ahead[1], "far": ahead[6], "farther": ahead[9], "open": None,
    }.items():  # fmt: skip
        DealFactory(workspace=acme, owner=bob, name=name, stage=stages[0], expected_close=close)
    found = columns(shown(bobs, "?by=month"))
    names = list(found)
    assert (names[0], *names[-2:]) == ("Late", "Later", "No date")
    assert len(names) == 9
    assert list(found.values()) == [
        ["long ago", "last month"], ["first", "last"], ["next"], [], [], [], [], ["far", "farther"], ["open"],
    ]  # fmt: skip


def test_a_card_that_is_dropped_on_a_month_closes_on_its_last_day(bobs, acme, bob, stages, day):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0], expected_close=day)
    page = shown(bobs, "?by=month")
    month = month_of(day, 2)
    last = month_of(day, 3) - dt.timedelta(days=1)
    place = re.search(rf'id="cards-{month:%Y%m}"[^>]*>', page)[0]
    assert f'data-drop="{bobs.url("deals:column", 0)}" data-name="expected_close" data-value="{last}"' in place
    for nowhere in ("late", "later"):
        assert "data-drop" not in re.search(rf'id="cards-{nowhere}"[^>]*>', page)[0]
    answer = drop(bobs, deal, "?by=month", expected_close=last.isoformat())
    said = answer.content.decode()
    assert now(deal).expected_close == last
    assert cell(said, f"{month:%Y%m}") == ["Fleet"]
    assert head(said, f"{day:%Y%m}").split()[2] == "0"
    assert "“Fleet” moved to" in said
    assert len(gzip.compress(answer.content)) < MOST_OF_AN_ANSWER
    bobs.post(undo_path(said))
    assert now(deal).expected_close == day
    drop(bobs, now(deal), "?by=month", expected_close="", version=now(deal).version)
    assert now(deal).expected_close is None


def test_a_stale_drop_changes_nothing_and_says_who_was_first(bobs, acme, bob, mara, stages, day):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0], expected_close=day)
    with workspace_scope(acme.pk):
        deal.edit(by=mara.actor, expected_close=month_of(day, 1))
    answer = drop(bobs, deal, "?by=month", expected_close=month_of(day, 2).isoformat())
    assert answer.status_code == 409
    assert "Not moved." in answer.content.decode()
    assert cell(answer.content.decode(), f"{month_of(day, 1):%Y%m}") == ["Fleet"]
    assert now(deal).expected_close == month_of(day, 1)


# --- by forecast category and by owner --------------------------------------------------------------------------------
def test_categories_are_columns_and_a_drop_changes_the_category(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0], value=100_00, forecast="best")
    DealFactory(workspace=acme, owner=bob, name="Storage", stage=stages[5], value=900_00)
    DealFactory(workspace=acme, owner=bob, name="Depot", stage=stages[5], value=1_000_00)
    found = columns(shown(bobs, "?by=forecast"))
    assert found == {"Pipeline": ["Depot", "Storage"], "Best case": ["Fleet"], "Commit": [], "Omitted": []}
    said = drop(bobs, deal, "?by=forecast", forecast="commit").content.decode()
    assert now(deal).forecast == "commit"
    assert cell(said, "commit") == ["Fleet"]
    assert "“Fleet” moved to Commit." in said
    assert drop(bobs, now(deal), "?by=forecast", forecast="certain").status_code == 404


def test_owners_are_columns_and_who_may_give_a_deal_away_does_so_by_a_drop(bobs, client_of, acme, bob, mara, stages):
    mine = DealFactory(workspace=acme, owner=bob, name="Mine", stage=stages[0])
    hers = DealFactory(workspace=acme, owner=mara, name="Hers", stage=stages[0])
    DealFactory(workspace=acme, owner=None, name="Free", stage=stages[0])
    page = shown(bobs, "?by=owner")
    assert columns(page) == {"Bob Lindqvist": ["Mine"], "Mara Lind": ["Hers"], "Without owner": ["Free"]}
    cards = {
        name: re.search(rf'<li class="card[^>]*>(?=<a [^>]*>{name}<)', page)[0] for name in ("Mine", "Hers", "Free")
    }
    assert ["draggable" in cards[name] for name in ("Mine", "Hers", "Free")] == [True, False, True]
    assert drop(bobs, hers, "?by=owner", page=page, owner=bob.pk).status_code == 403
    assert now(hers).owner_id == mara.pk
    said = drop(bobs, mine, "?by=owner", page=page, owner=mara.pk).content.decode()
    assert now(mine).owner_id == mara.pk
    assert cell(said, str(mara.pk)) == ["Mine"]
    drop(client_of(mara), hers, "?by=owner", owner="")
    assert now(hers).owner_id is None


def test_an_owner_whose_first_deal_comes_has_a_column_at_once(bobs, acme, bob, stages):
    other = MembershipFactory(workspace=acme, name="Nora")
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    page = shown(bobs, "?by=owner")
    assert "Nora" not in columns(page)
    answer = drop(bobs, deal, "?by=owner", page=page, owner=other.pk)
    assert answer.headers["HX-Retarget"] == "#board"
    assert columns(answer.content.decode())["Nora"] == ["Fleet"]


def test_what_a_reader_does_not_see_stands_in_no_column_and_no_count(client_of, acme, bob, mara, stages, day):
    DealFactory(workspace=acme, owner=mara, name="Secret", stage=stages[0], is_private=True, value=1_000_00)
    with workspace_scope(acme.pk):
        acme.is_guarded = True
        acme.save()
    for query in ("?by=owner", "?by=month", "?by=forecast", "?lanes=owner"):
        page = shown(client_of(bob), query)
        assert "Secret" not in page
        assert "$1,000" not in page


# --- lanes ------------------------------------------------------------------------------------------------------------
def test_lanes_part_each_column_by_owner_and_a_drop_gives_owner_and_stage(client_of, acme, alice, bob, mara, stages):
    one, two = (DealFactory(workspace=acme, owner=bob, name=name, stage=stages[0], rank=name) for name in ("B1", "B2"))
    DealFactory(workspace=acme, owner=mara, name="M1", stage=stages[0], value=100_00)
    DealFactory(workspace=acme, owner=mara, name="M2", stage=stages[3])
    client, first, fourth = client_of(alice), stages[0].pk, stages[3].pk
    page = shown(client, "?lanes=owner")
    assert cell(page, f"{first}-{bob.pk}") == ["B1", "B2"]
    assert cell(page, f"{first}-{mara.pk}") == ["M1"]
    assert cell(page, f"{fourth}-{bob.pk}") == []
    lane = re.search(rf'id="lane-{first}-{mara.pk}".*?</div>', page)[0]
    assert "$100" in lane
    place = re.search(rf'id="cards-{fourth}-{mara.pk}"[^>]*>', page)[0]
    assert f'data-drop="{client.url("deals:column", 0)}?owner={mara.pk}"' in place
    assert f'data-name="stage" data-value="{fourth}"' in place
    with workspace_scope(acme.pk):
        below = Deal.objects.get(name="M2").pk
    data = {"stage": fourth, "after": below, "before": ""}
    said = drop(client, one, "?lanes=owner", lane=f"?owner={mara.pk}", page=page, **data).content.decode()
    assert (now(one).owner_id, now(one).stage_id) == (mara.pk, fourth)
    assert cell(said, f"{fourth}-{mara.pk}") == ["B1"]
    assert cell(shown(client, "?lanes=owner"), f"{fourth}-{mara.pk}") == ["M2", "B1"]
    client.post(undo_path(said))
    assert (now(one).owner_id, now(one).stage_id) == (bob.pk, first)
    # In one's own lane it is a move like any other.
    drop(client, two, "?lanes=owner", lane=f"?owner={bob.pk}", page=page, stage=fourth)
    assert (now(two).owner_id, now(two).stage_id) == (bob.pk, fourth)


def test_a_drop_that_is_refused_in_part_changes_nothing_of_the_rest(bobs, acme, bob, mara, stages):
    deal = DealFactory(workspace=acme, owner=mara, name="Hers", stage=stages[0])
    answer = drop(bobs, deal, "?lanes=owner", lane=f"?owner={bob.pk}", stage=stages[1].pk)
    assert answer.status_code == 403
    assert (now(deal).owner_id, now(deal).stage_id) == (mara.pk, stages[0].pk)


def test_a_lane_goes_on_where_it_was_left(bobs, acme, bob, stages):
    for n in range(60):
        DealFactory(workspace=acme, owner=bob, name=f"{n:02}", stage=stages[0], rank=f"{n:02}V")
    page = shown(bobs, "?lanes=owner")
    found = cell(page, f"{stages[0].pk}-{bob.pk}")
    more = unescape(re.search(r'class="rest"[^>]*><a class="btn" href="([^"]+)"', page)[1])
    assert cell(bobs.get(more).content.decode(), f"{stages[0].pk}-{bob.pk}")[0] == f"{len(found):02}"
    part = bobs.get(more, headers={"HX-Request": "true"}).content.decode()
    found += re.findall(r'class="t"[^>]*>(\d\d)<', part)
    assert found == [f"{n:02}" for n in range(len(found))]
    assert len(found) > 25
    wrong = more.replace(f"{stages[0].pk}-{bob.pk}", f"{stages[0].pk}-x")
    assert bobs.get(wrong, headers={"HX-Request": "true"}).status_code == 404


# --- what others do ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["?by=month", "?by=forecast", "?by=owner", "?lanes=owner"])
def test_every_grouping_follows_what_others_do(bobs, acme, bob, stages, day, query, monkeypatch):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0], expected_close=day)
    page = shown(bobs, query)
    with workspace_scope(acme.pk):
        deal.edit(by=bob.actor, name="Fleet two")
    monkeypatch.setattr(Stir, "since", lambda word: ([deal.pk], word))
    live = unescape(re.search(r'id="live" hidden hx-get="([^"]+)"', page)[1])
    answer = bobs.get(live, headers=from_board(bobs, query, page))
    said = answer.content.decode()
    assert "HX-Retarget" not in answer.headers
    assert re.search(r'<ol id="cards-[^"]*" hx-swap-oob="beforeend"><li[^>]*><a [^>]*>Fleet two<', said)
    assert len(gzip.compress(answer.content)) < MOST_OF_AN_ANSWER


# --- orders -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-value", ["b", "a", "c"]),
        ("created_at", ["c", "a", "b"]),
        ("expected_close", ["a", "c", "b"]),
        ("idle", ["b", "c", "a"]),
    ],
)
@pytest.mark.parametrize("by", ["stage", "owner"])
def test_cards_stand_in_the_order_that_is_asked_for(bobs, acme, bob, stages, day, sort, expected, by):
    at = timezone.now() - dt.timedelta(days=30)
    given = {"a": (200, 2, 1, 9), "b": (300, 3, None, 1), "c": (None, 1, 5, 4)}
    for name, (value, made, close, since) in given.items():
        deal = DealFactory(
            workspace=acme, owner=bob, name=name, stage=stages[0], value=value,
            expected_close=close and day + dt.timedelta(days=close), stage_since=at + dt.timedelta(days=since),
        )  # fmt: skip
        with workspace_scope(acme.pk):
            Deal.objects.filter(pk=deal.pk).update(created_at=at + dt.timedelta(days=made))
    page = shown(bobs, f"?by={by}&sort={sort}")
    [column] = [names for names in columns(page).values() if names]
    assert column == expected
    keys = re.findall(r'data-id="\d+" data-order="([^"]*)"', page)
    assert keys == sorted(keys), "the page puts new ones in their place by this"


@pytest.mark.parametrize("query", ["?sort=-value", "?by=month", "?by=owner&sort=idle"])
def test_every_column_goes_on_where_it_was_left(bobs, acme, bob, stages, day, query):
    for n in range(60):
        value = None if n > 50 else 10_000_00 - n * 100
        DealFactory(
            workspace=acme, owner=bob, name=f"{n:02}", stage=stages[0], value=value, expected_close=day,
            stage_since=timezone.now() - dt.timedelta(days=90 - n),
        )  # fmt: skip
    page, found = shown(bobs, query), []
    while True:
        found += re.findall(r'class="t"[^>]*>(\d\d)<', page)
        more = re.search(r'class="rest"[^>]*><a class="btn" href="([^"]+)"', page)
        if not more:
            break
        page = bobs.get(unescape(more[1]), headers={"HX-Request": "true"}).content.decode()
    assert sorted(found) == [f"{n:02}" for n in range(60)]
    assert query == "?by=month" or found[:51] == [f"{n:02}" for n in range(51)]


# --- heads, folded columns, limits ------------------------------------------------------------------------------------
def test_heads_add_up_and_weigh_with_the_chance_of_each_stage_or_of_the_deal(bobs, acme, bob, stages):
    for place, chance, value in ((0, None, 1_000_00), (5, None, 1_000_00), (5, 50, 1_000_00)):
        DealFactory(workspace=acme, owner=bob, stage=stages[place], value=value, probability=chance)
    assert "Bob Lindqvist 3" in head(shown(bobs, "?by=owner"), bob.pk)
    assert "$3,000 Weighted: $1,550" in head(shown(bobs, "?by=owner"), bob.pk)
    assert "Weighted: $1,450" in head(shown(bobs, ""), stages[5].pk)


def test_a_folded_column_says_how_many_and_shows_none(bobs, acme, bob, stages):
    deal = DealFactory(workspace=acme, owner=bob, name="Fleet", stage=stages[0])
    DealFactory(workspace=acme, owner=bob, name="Depot", stage=stages[1])
    page = shown(bobs, "")
    fold = unescape(re.search(rf'id="fold-{stages[0].pk}" href="([^"]+)" aria-label="Fold Lead in"', page)[1])
    page = shown(bobs, fold)
    assert columns(page)["Lead in"] == []
    assert columns(page)["Qualified"] == ["Depot"]
    assert head(page, stages[0].pk).startswith("Lead in 1")
    assert f'id="fold-{stages[0].pk}" href="?view=none" aria-label="Unfold Lead in"' in page
    # What goes into it leaves the sight.
    answer = bobs.post_w("deals:stage", deal.pk, data={"stage": stages[0].pk}, headers=from_board(bobs, fold))
    assert f"deal-{deal.pk}" in answer.headers["HX-Trigger-After-Swap"]


def test_a_stage_with_more_cards_than_it_should_hold_says_so(bobs, acme, bob, stages):
    with workspace_scope(acme.pk):
        Stage.objects.filter(pk=stages[0].pk).update(card_limit=1)
    DealFactory(workspace=acme, owner=bob, stage=stages[0])
    assert "more than" not in head(shown(bobs, ""), stages[0].pk)
    DealFactory(workspace=acme, owner=bob, stage=stages[0])
    assert "2 /1 more than the 1 that it should hold" in head(shown(bobs, ""), stages[0].pk)


def test_cards_show_what_their_pipeline_says(bobs, acme, bob, stages, day):
    field(acme, "deal", "text", name="Region", on_card=True)
    organization = OrganizationFactory(workspace=acme, name="Kestrel")
    deal = DealFactory(
        workspace=acme, owner=bob, name="Fleet", stage=stages[0], value=77_00, organization=organization,
        expected_close=day,
    )  # fmt: skip

    def card() -> str:
        return re.search(rf'id="deal-{deal.pk}".*?</li>', shown(bobs, ""))[0]

    assert all(part in card() for part in ("Kestrel", "$77", "No next step", "Bob Lindqvist"))
    assert "Expected close" not in card()
    with workspace_scope(acme.pk):
        Pipeline.objects.update(card_fields=["value", "expected_close", "status", "gone"])
    assert all(part in card() for part in ("$77", "Expected close: ", "Status: Open"))
    assert not any(part in card() for part in ("Kestrel", "No next step", "Bob Lindqvist"))


def test_every_column_of_the_list_can_stand_on_a_card(bobs, acme, bob, stages, day):
    organization = OrganizationFactory(workspace=acme, name="Kestrel")
    DealFactory(workspace=acme, owner=bob, stage=stages[0], organization=organization, expected_close=day, value=1_00)
    with workspace_scope(acme.pk):
        Pipeline.objects.update(card_fields=[column.name for column in DealListing.columns])
    page = shown(bobs, "")
    assert "Stage: Lead in" in page
    assert "Pipeline: Sales" in page


@pytest.mark.parametrize("query", ["", "by=owner", "by=month", "by=forecast", "lanes=owner", "sort=-value"])
def test_each_column_of_the_list_stands_on_a_card_by_itself(bobs, acme, bob, stages, day, query):
    rival = OrganizationFactory(workspace=acme, name="Other & Sons")
    with workspace_scope(acme.pk), change_set(by=bob.actor, source="web"):
        deal = Deal.create(by=bob.actor, name="Fleet", stage=stages[0], owner=bob, value=100_00, expected_close=day)
        deal.edit(by=bob.actor, rivals=[Rival(rival)])
        deal.rows().put_tag(Tag.objects.create(name="VIP"))
    said = {"weighted": "$10", "tags": "VIP", "competitors": "Other &amp; Sons"}
    for column in DealListing.columns:
        with workspace_scope(acme.pk):
            Pipeline.objects.update(card_fields=[column.name])
        assert said.get(column.name, "Fleet") in shown(bobs, f"?{query}"), column.name


def test_a_pipeline_opens_with_its_view_unless_one_asks_for_another(bobs, acme, stages):
    with workspace_scope(acme.pk):
        Pipeline.objects.update(opens_with="by=month&owner=me")
    board, pipeline = bobs.url("deals:board"), stages[0].pipeline_id
    assert bobs.get(board).url == f"{board}?pipeline={pipeline}&by=month&owner=me"
    assert bobs.get(f"{board}?pipeline={pipeline}").url == f"{board}?pipeline={pipeline}&by=month&owner=me"
    page = shown(bobs, f"?pipeline={pipeline}&by=month&owner=me")
    plain = f"?pipeline={pipeline}&amp;by=month"
    assert f'href="{plain}"' in page
    assert len(columns(shown(bobs, f"?pipeline={pipeline}&view=none"))) == 6


# --- what it costs ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["?by=owner", "?by=month", "?by=forecast", "?lanes=owner", "?sort=-value"])
def test_every_grouping_asks_little(bobs, acme, bob, mara, stages, day, query):
    with workspace_scope(acme.pk):
        made = [
            Deal(name=f"Phase {n}", stage=stages[n % 6], pipeline_id=stages[0].pipeline_id, currency="USD",
                 value=n * 100_00, owner=(bob, mara)[n % 2], rank=f"{n:04}V", expected_close=day)
            for n in range(120)
        ]  # fmt: skip
        Deal.objects.bulk_create(made)
        DealPulse.objects.filter(record__in=made[:40]).update(next_activity_at=timezone.now())
    shown(bobs, query)
    asked = statements(bobs, bobs.url("deals:board") + query)
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
