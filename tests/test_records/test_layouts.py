"""A saved view opens as the page that it was saved on: list, board or forecast."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Pipeline, Stage
from records.models import SavedView
from tests.battery_pages import HTMX, page_text
from tests.factories import DealFactory, StageFactory
from tests.reading import side, undo_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_board(client_of, bob, acme) -> SavedView:
    """A segment of bob's that he saved on the board."""
    query = {"query": "owner=me&lanes=owner", "at": "board"}
    answer = client_of(bob).post_w(
        "saved:create", "deal", data={"name": "Lanes", "audience": "private", "is_segment": "on"} | query
    )
    with workspace_scope(acme.pk):
        view = SavedView.objects.get()
    assert answer.url == f"{client_of(bob).url('deals:board')}?view={view.pk}"
    return view


def test_a_view_opens_as_the_page_that_it_was_saved_on_from_wherever(client_of, bob, alice, acme, on_board):
    with workspace_scope(acme.pk):
        stage = Stage.objects.in_order()[0]
        mine, hers = (DealFactory(stage=stage, owner=owner) for owner in (bob, alice))
    client, url = client_of(bob), f"/deals/board/?view={on_board.pk}"
    menu = page_text(client.get_w("saved:menu", "deal", headers=HTMX))
    places = [
        menu,
        page_text(client.get_w("saved:shelf")),
        side(client),
        page_text(client.get_w("search", data={"q": "lanes"}, headers=HTMX)),
    ]
    for place in places:
        assert f'{url}"' in place
    page = page_text(client.get(f"{client.url('deals:board')}?view={on_board.pk}"))
    assert f'id="deal-{mine.pk}"' in page
    assert f'id="deal-{hers.pk}"' not in page
    assert "Save changes" not in page


def test_a_view_that_is_saved_over_on_another_page_moves_there_until_that_is_undone(client_of, bob, acme, on_board):
    client = client_of(bob)
    page = page_text(client.get(f"{client.url('deals:list')}?view={on_board.pk}"))
    assert "Save changes" in page
    answer = client.post_w("saved:save_over", on_board.pk, data={"query": f"view={on_board.pk}", "at": "list"})
    assert answer.url == f"{client.url('deals:list')}?view={on_board.pk}"
    client.post(undo_path(page_text(client.get(answer.url))))
    with workspace_scope(acme.pk):
        on_board.refresh_from_db()
    assert (on_board.layout, on_board.query) == ("board", "lanes=owner&owner=me")


def test_what_opens_first_opens_as_its_page_from_the_navigation(client_of, bob, on_board):
    client = client_of(bob)
    client.post_w("saved:default", on_board.pk)
    for name in ("deals:board", "deals:list", "reports:forecast"):
        page = page_text(client.get_w(name))
        assert "Leave the view" in page, "who asks for another layout gets it, with the filters"
    client.post_w("saved:save_over", on_board.pk, data={"query": "owner=me", "at": "list"})
    assert client.get_w("deals:board").url == f"{client.url('deals:list')}?view={on_board.pk}"
    assert client.get_w("deals:board", data={"view": "none"}).status_code == 200


def test_a_view_that_outlived_its_pipeline_opens_the_first_one(client_of, bob, acme, on_board):
    client = client_of(bob)
    client.post_w("saved:default", on_board.pk)
    client.post_w("saved:save_over", on_board.pk, data={"query": "pipeline=999999&owner=me", "at": "board"})
    assert client.get_w("deals:board").status_code == 200
    assert client.get_w("deals:board", data={"pipeline": 999999}).status_code == 404


def test_a_segment_of_the_board_counts_what_the_board_shows(client_of, bob, acme, on_board):
    with workspace_scope(acme.pk):
        first = Pipeline.objects.get().stages.all()[0]
    DealFactory(workspace=acme, owner=bob, stage=first)
    DealFactory(workspace=acme, owner=bob, stage=first, status="lost")
    DealFactory(workspace=acme, owner=bob, stage=StageFactory(workspace=acme))
    assert 'class="count num">1<' in side(client_of(bob))
