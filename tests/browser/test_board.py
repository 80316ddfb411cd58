"""The board: cards are moved and closed by hand, by keys and without JavaScript; who comes too late is told."""

import pytest
from playwright.sync_api import Locator, Page, expect

from deals.board_cells import FIRST_CARDS
from deals.models import BOTTOM, Deal, Pipeline, Place, Stage, StageChange
from records.models import change_set
from tests.factories import DealFactory
from workspaces.models import Membership

from .conftest import PHONE
from .steps import faults, toast


@pytest.fixture
def stages(acme, inside) -> list[Stage]:
    with inside():
        return list(Pipeline.objects.get().stages.all())


@pytest.fixture
def cards(acme, bob, stages) -> dict[str, Deal]:
    """Three in Lead in, from the top: Alpha, Beta, Gamma; one in Proposal: Delta."""
    ranks = {"Alpha": (0, "C"), "Beta": (0, "D"), "Gamma": (0, "E"), "Delta": (3, "C")}
    return {
        name: DealFactory(workspace=acme, owner=bob, name=name, stage=stages[place], rank=rank)
        for name, (place, rank) in ranks.items()
    }


@pytest.fixture
def board(open_page, bob, cards) -> Page:
    """Bob before the board."""
    page = open_page(bob)
    page.goto("deals/board/")
    return page


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def names(page: Page, stage: str) -> list[str]:
    return column(page, stage).locator(".card .t").all_text_contents()


def card(page: Page, name: str) -> Locator:
    return page.locator(".card").filter(has=page.get_by_role("link", name=name, exact=True))


def stored(inside, stage: Stage) -> list[str]:
    """The column in the database."""
    with inside():
        return list(stage.deals.open().order_by("rank", "pk").values_list("name", flat=True))


def settled(page: Page) -> None:
    expect(page.locator(".saving")).to_have_count(0)


def drop_below(page: Page, moved: str, other: str) -> None:
    """Drag a card onto the lower half of another."""
    target = card(page, other)
    height = target.bounding_box()["height"]
    card(page, moved).drag_to(target, target_position={"x": 60, "y": height - 8})


def test_a_card_is_dragged_to_its_place_and_stands_there_after_a_reload(board, stages, inside):
    drop_below(board, "Gamma", "Delta")
    expect(toast(board)).to_contain_text("“Gamma” moved to Proposal.")
    settled(board)
    assert names(board, "Proposal") == ["Delta", "Gamma"]
    assert stored(inside, stages[3]) == ["Delta", "Gamma"]
    expect(column(board, "Lead in").locator("h2 .num")).to_have_text("2")
    expect(column(board, "Proposal").locator("h2 .num")).to_have_text("2")
    drop_below(board, "Alpha", "Delta")
    settled(board)
    assert stored(inside, stages[3]) == ["Delta", "Alpha", "Gamma"]
    board.reload()
    assert names(board, "Proposal") == ["Delta", "Alpha", "Gamma"]
    with inside():
        assert StageChange.objects.count() == 2


def test_a_card_is_dragged_within_its_column(board, stages, inside):
    drop_below(board, "Alpha", "Beta")
    settled(board)
    assert names(board, "Lead in") == ["Beta", "Alpha", "Gamma"]
    assert stored(inside, stages[0]) == ["Beta", "Alpha", "Gamma"]
    with inside():
        assert not StageChange.objects.exists()
    expect(toast(board)).to_contain_text("“Alpha” moved within Lead in.")
    board.keyboard.press("z")
    expect(column(board, "Lead in").locator(".card .t").first).to_have_text("Alpha")
    assert stored(inside, stages[0]) == ["Alpha", "Beta", "Gamma"]


def test_undo_takes_back_the_last_move_and_not_the_one_before(board, stages, inside):
    drop_below(board, "Gamma", "Delta")
    expect(toast(board)).to_contain_text("“Gamma” moved to Proposal.")
    settled(board)
    drop_below(board, "Alpha", "Beta")
    expect(board.locator("#toasts")).to_contain_text("“Alpha” moved within Lead in.")
    board.keyboard.press("z")
    expect(column(board, "Lead in").locator(".card .t").first).to_have_text("Alpha")
    assert stored(inside, stages[0]) == ["Alpha", "Beta"]
    assert stored(inside, stages[3]) == ["Delta", "Gamma"]


def test_a_board_by_next_step_takes_cards_into_a_column_and_keeps_its_order(board, stages, inside):
    board.goto("deals/board/?sort=next_step")
    drop_below(board, "Alpha", "Gamma")
    assert names(board, "Lead in") == ["Alpha", "Beta", "Gamma"]
    drop_below(board, "Alpha", "Delta")
    expect(toast(board)).to_contain_text("“Alpha” moved to Proposal.")
    settled(board)
    assert names(board, "Proposal") == ["Alpha", "Delta"]
    assert stored(inside, stages[0]) == ["Beta", "Gamma"]
    assert stored(inside, stages[3]) == ["Alpha", "Delta"]


def test_a_card_is_moved_by_keys_alone_and_back_again(board, stages, inside):
    board.get_by_role("link", name="Alpha", exact=True).focus()
    board.keyboard.press("ArrowDown")
    expect(board.get_by_role("link", name="Beta", exact=True)).to_be_focused()
    board.keyboard.press("ArrowRight")
    expect(board.get_by_role("link", name="Delta", exact=True)).to_be_focused()
    board.keyboard.press("ArrowLeft")
    board.keyboard.press("m")
    expect(board.get_by_role("dialog", name="Move “Alpha”")).to_be_visible()
    board.keyboard.press("3")
    expect(toast(board)).to_contain_text("“Alpha” moved to Demo booked.")
    expect(board.get_by_role("dialog")).to_have_count(0)
    expect(board.get_by_role("link", name="Move Alpha")).to_be_focused()
    assert stored(inside, stages[2]) == ["Alpha"]
    board.keyboard.press("z")
    expect(column(board, "Lead in").get_by_role("link", name="Alpha", exact=True)).to_be_visible()
    assert stored(inside, stages[0]) == ["Alpha", "Beta", "Gamma"]
    board.get_by_role("link", name="Alpha", exact=True).focus()
    board.keyboard.press("Enter")
    expect(board.get_by_role("heading", level=1)).to_contain_text("Alpha")


def test_a_card_goes_down_one_place_by_its_menu(board, stages, inside):
    board.get_by_role("link", name="Move Alpha").focus()
    board.keyboard.press("Enter")
    board.get_by_role("button", name="Down").click()
    expect(board.get_by_role("dialog")).to_have_count(0)
    expect(board.get_by_role("link", name="Move Alpha")).to_be_focused()
    assert names(board, "Lead in") == ["Beta", "Alpha", "Gamma"]
    assert stored(inside, stages[0]) == ["Beta", "Alpha", "Gamma"]


def drag_to_zone(page: Page, name: str, zone: str) -> None:
    """What is dropped on comes only while something is dragged."""
    box = card(page, name).bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 60, steps=3)
    target = page.locator(".drops span", has_text=zone)
    expect(target).to_be_visible()
    place = target.bounding_box()
    page.mouse.move(place["x"] + 40, place["y"] + 20, steps=5)
    page.mouse.up()


def test_a_card_that_is_dropped_on_won_may_say_why_and_leaves_the_board(board, cards, inside):
    drag_to_zone(board, "Beta", "Won")
    dialog = board.get_by_role("dialog", name="Close Beta")
    expect(dialog.get_by_role("radio", name="Won")).to_be_checked()
    expect(dialog.get_by_role("combobox", name="Reason", exact=True)).to_be_focused()
    board.keyboard.type("Trust")
    board.keyboard.press("Enter")
    expect(toast(board)).to_contain_text("“Beta”: Won.")
    expect(card(board, "Beta")).to_have_count(0)
    expect(column(board, "Lead in").locator("h2 .num")).to_have_text("2")
    drag_to_zone(board, "Gamma", "Won")
    expect(
        board.get_by_role("dialog", name="Close Gamma").get_by_role("combobox", name="Reason", exact=True)
    ).to_be_focused()
    board.keyboard.press("Enter")
    expect(card(board, "Gamma")).to_have_count(0)
    with inside():
        closed = Deal.objects.exclude(status="open").values_list("name", "status", "reason__name")
        assert sorted(closed) == [("Beta", "won", "Trust in us"), ("Gamma", "won", None)]


def test_a_dialog_that_comes_too_late_keeps_the_reason_and_closes_at_the_second_try(board, cards, mara, inside):
    drag_to_zone(board, "Beta", "Lost")
    dialog = board.get_by_role("dialog", name="Close Beta")
    dialog.get_by_label("Reason in words").fill("Too expensive")
    with inside(), change_set(by=mara.actor, source="web"):
        Deal.objects.get(name="Beta").edit(by=mara.actor, value=77_700)
    board.keyboard.press("Enter")
    expect(dialog).to_contain_text("Not closed. Mara Lind changed this record at")
    expect(dialog.get_by_label("Reason in words")).to_have_value("Too expensive")
    dialog.get_by_role("button", name="Close deal").click()
    expect(card(board, "Beta")).to_have_count(0)
    with inside():
        assert Deal.objects.get(name="Beta").close_reason == "Too expensive"


def test_a_card_that_somebody_deleted_goes_and_says_who_it_was(board, alice, cards, stages, inside):
    with inside():
        cards["Alpha"].trash(by=alice.actor)
        cards["Beta"].trash(by=alice.actor)
    drop_below(board, "Alpha", "Delta")
    expect(board.locator("#alerts")).to_contain_text("Alice Ostrowska deleted “Alpha” at")
    expect(card(board, "Alpha")).to_have_count(0)
    drag_to_zone(board, "Beta", "Lost")
    expect(card(board, "Beta")).to_have_count(0)
    assert names(board, "Lead in") == ["Gamma"]
    assert stored(inside, stages[3]) == ["Delta"]


def test_a_board_that_is_offline_puts_the_card_back_and_breaks_nothing(open_page, bob, cards, stages, inside):
    board, faulty = open_page(bob, listens=False), []  # the browser calls it an error that there was no answer
    board.goto("deals/board/")
    board.on("pageerror", lambda error: faulty.append(error))
    board.context.set_offline(True)
    drop_below(board, "Alpha", "Delta")
    expect(board.locator("#alerts p")).to_be_visible()
    settled(board)
    board.context.set_offline(False)
    assert names(board, "Lead in") == ["Alpha", "Beta", "Gamma"]
    assert not faulty
    assert stored(inside, stages[3]) == ["Delta"]


def test_a_card_that_is_dropped_on_lost_asks_for_the_reason(board, cards, inside):
    drag_to_zone(board, "Beta", "Lost")
    dialog = board.get_by_role("dialog", name="Close Beta")
    expect(dialog.get_by_role("radio", name="Lost")).to_be_checked()
    expect(card(board, "Beta")).to_be_visible()
    dialog.get_by_role("combobox", name="Reason", exact=True).select_option("Too expensive")
    dialog.get_by_label("Reason in words").fill("By a third")
    dialog.get_by_role("button", name="Close deal").click()
    expect(toast(board)).to_contain_text("“Beta”: Lost.")
    expect(card(board, "Beta")).to_have_count(0)
    expect(board.get_by_role("link", name="Gamma", exact=True)).to_be_focused()
    with inside():
        beta = Deal.objects.select_related("reason").get(name="Beta")
        assert (beta.status, beta.reason.name, beta.close_reason) == ("lost", "Too expensive", "By a third")


def test_who_comes_too_late_is_told_who_did_what_and_the_card_goes_there(board, open_page, mara, stages, inside):
    other = open_page(mara)
    other.goto("deals/board/")
    drop_below(other, "Alpha", "Delta")
    expect(toast(other)).to_contain_text("“Alpha” moved to Proposal.")
    card(board, "Alpha").drag_to(column(board, "Negotiation").locator(".cards"))
    expect(board.locator("#alerts")).to_contain_text("Not moved. Mara Lind moved this deal to Proposal at")
    settled(board)
    assert names(board, "Proposal") == ["Delta", "Alpha"]
    assert names(board, "Negotiation") == []
    assert stored(inside, stages[3]) == ["Delta", "Alpha"]
    card(board, "Alpha").drag_to(column(board, "Negotiation").locator(".cards"))
    expect(toast(board)).to_contain_text("“Alpha” moved to Negotiation.")
    assert stored(inside, stages[4]) == ["Alpha"]


def test_a_card_that_the_server_does_not_take_goes_back(board, bob, stages, inside):
    with inside():
        Membership.objects.filter(pk=bob.pk).update(role="viewer")
    drop_below(board, "Alpha", "Delta")
    expect(board.locator("#alerts")).to_contain_text("That did not work")
    settled(board)
    assert names(board, "Lead in") == ["Alpha", "Beta", "Gamma"]
    assert stored(inside, stages[0]) == ["Alpha", "Beta", "Gamma"]


def poll(page: Page) -> int:
    """Do now what the page does every twenty seconds; the status of the answer."""
    with page.expect_response(lambda answer: "v=" in answer.url) as asked:
        page.evaluate("""() => { const live = document.querySelector("#live");
            htmx.ajax("GET", live.getAttribute("hx-get"), { source: live, swap: "none" }); }""")
    return asked.value.status


def test_the_board_follows_what_others_do(board, acme, mara, cards, stages, inside):
    assert poll(board) == 204
    board.get_by_role("link", name="Beta", exact=True).focus()
    with inside():
        cards["Alpha"].move_to(stages[3], by=mara.actor)
        cards["Beta"].edit(by=mara.actor, value=77_700)
        cards["Gamma"].win(by=mara.actor)
        Deal.create(by=mara.actor, name="Epsilon", stage=stages[0])
    assert poll(board) == 200
    expect(card(board, "Gamma")).to_have_count(0)
    assert names(board, "Proposal") == ["Alpha", "Delta"]
    assert names(board, "Lead in") == ["Epsilon", "Beta"]
    expect(card(board, "Beta")).to_contain_text("$777")
    expect(board.get_by_role("link", name="Beta", exact=True)).to_be_focused()
    expect(board.locator("#toasts > *, #alerts > *")).to_have_count(0)
    assert poll(board) == 204


def test_more_cards_come_as_one_scrolls(open_page, acme, bob, stages):
    for n in range(30):
        DealFactory(workspace=acme, owner=bob, name=f"Deal {n:02}", stage=stages[0], rank=f"{n:02}V")
    page = open_page(bob)
    page.goto("deals/board/")
    expect(page.locator(".card")).to_have_count(FIRST_CARDS)
    page.locator(".card").last.scroll_into_view_if_needed()
    expect(page.locator(".card")).to_have_count(30)
    expect(page.locator(".rest")).to_have_count(0)
    assert names(page, "Lead in") == [f"Deal {n:02}" for n in range(30)]


def test_a_card_that_others_put_beside_the_last_one_stands_there_once(open_page, acme, bob, mara, stages, inside):
    made = [
        DealFactory(workspace=acme, owner=bob, name=f"Deal {n:02}", stage=stages[0], rank=f"{n:02}V") for n in range(30)
    ]
    page = open_page(bob)
    page.set_viewport_size({"width": 1440, "height": 500})
    page.goto("deals/board/")
    with inside():
        # One comes right behind the last that is there, and one that is there goes behind it, unseen as yet.
        made[0].move_to(stages[0], by=mara.actor, at=Place(after=made[FIRST_CARDS - 1].pk))
    assert poll(page) == 200
    with inside():
        made[1].move_to(stages[0], by=mara.actor, at=BOTTOM)
    page.locator(".rest").scroll_into_view_if_needed()
    expect(page.locator(".rest")).to_have_count(0)
    expect(page.locator(".card")).to_have_count(30)
    assert names(page, "Lead in") == stored(inside, stages[0])


def test_all_of_it_works_without_javascript(open_page, bob, cards, stages, inside):
    page = open_page(bob, javascript=False)
    page.goto("deals/board/")
    page.get_by_role("link", name="Move Alpha").click()
    page.get_by_role("main").get_by_role("button", name="Proposal").click()
    expect(toast(page)).to_contain_text("“Alpha” moved to Proposal.")
    assert "/deals/board/" in page.url
    assert names(page, "Proposal") == ["Alpha", "Delta"]
    page.get_by_role("link", name="Move Beta").click()
    page.get_by_role("main").get_by_role("button", name="Bottom").click()
    assert names(page, "Lead in") == ["Gamma", "Beta"]
    page.get_by_role("link", name="Move Gamma").click()
    page.get_by_role("main").get_by_role("link", name="Lost").click()
    page.get_by_label("Reason in words").fill("Price")
    page.get_by_role("main").get_by_role("button", name="Close deal").click()
    with inside():
        assert Deal.objects.get(name="Gamma").close_reason == "Price"
    assert stored(inside, stages[0]) == ["Beta"]


def test_a_phone_shows_one_stage_and_moves_by_the_menu(open_page, bob, cards, stages, inside):
    page = open_page(bob, viewport=PHONE)
    page.goto(f"deals/board/?stage={stages[3].pk}")
    tabs = page.get_by_role("navigation", name="Stages")
    expect(tabs.get_by_role("link", name="Proposal")).to_be_in_viewport()
    expect(card(page, "Delta")).to_be_visible()
    expect(card(page, "Alpha")).to_be_hidden()
    tabs.get_by_role("link", name="Lead in").click()
    page.get_by_role("link", name="Move Alpha").click()
    page.get_by_role("dialog").get_by_role("button", name="Qualified").click()
    expect(toast(page)).to_contain_text("“Alpha” moved to Qualified.")
    expect(card(page, "Alpha")).to_be_hidden()
    expect(tabs.get_by_role("link", name="Lead in")).to_contain_text("2")
    assert stored(inside, stages[1]) == ["Alpha"]


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["1440", "390"])
def test_neither_the_board_nor_its_dialogs_have_a_fault(open_page, bob, cards, viewport):
    page = open_page(bob, **({"viewport": viewport} if viewport else {}))
    page.goto("deals/board/?owner=me")
    found = faults(page)
    page.get_by_role("link", name="Move Alpha").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += faults(page)
    page.get_by_role("dialog").get_by_role("link", name="Lost").click()
    expect(page.get_by_role("dialog", name="Close Alpha")).to_be_visible()
    found += faults(page)
    assert not found, "\n".join(found)
