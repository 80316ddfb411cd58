"""What went wrong is said inside the frame, in the reader's language, with a way on."""

import pytest
from django.utils.translation import gettext, override

from activities import today_views

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken(monkeypatch):
    def fail(*args: object) -> None:
        raise ValueError("broken for the test")

    monkeypatch.setattr(today_views, "today_of", fail)


def framed(page: str) -> bool:
    return 'class="side"' in page and 'id="main"' in page and page.count("<h1>") == 1


def test_a_page_that_fails_keeps_the_frame_and_offers_to_try_again(client_of, bob, broken):
    client = client_of(bob)
    client.raise_request_exception = False
    answer = client.get_w("today", query_params={"who": "team"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert framed(page)
    assert 'href="/w/acme/?who=team">Try again' in page
    assert "broken for the test" not in page


def test_a_page_that_is_not_there_leads_back_to_today(client_of, bob):
    page = client_of(bob).get_w("contacts:detail", 987654321).content.decode()
    assert framed(page)
    assert "or what it showed was deleted" in page
    assert 'href="/w/acme/">Go to Today' in page


def test_a_page_that_is_not_allowed_says_who_can_change_that(client_of, bob):
    answer = client_of(bob).get_w("workspaces:invite")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert framed(page)
    assert "An owner or admin of the workspace can change your role." in page


def test_who_is_no_member_sees_no_frame(client_of, acme, charlie):
    page = client_of(charlie, acme).get("/w/acme/people/").content.decode()
    assert 'class="side"' not in page
    assert "you are not a member of its workspace" in page


def test_it_is_said_in_the_readers_language(client_of, bob, broken):
    bob.user.language = "cs"
    bob.user.save()
    client = client_of(bob)
    client.raise_request_exception = False
    page = client.get_w("today").content.decode()
    with override("cs"):
        assert f"<h1>{gettext('Something failed')}</h1>" in page
    assert '<html lang="cs"' in page
