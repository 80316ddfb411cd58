"""Following: a member's own mark on a record, and the list of what it follows."""

import pytest

from core.tenancy import workspace_scope
from deals.models import DealFollower
from records.models import ChangeSet
from tests.battery_lists import ids_in
from tests.battery_pages import HTMX, page_text
from tests.factories import ContactFactory, DealFactory
from tests.importing import Importer, csv_bytes
from tests.reading import undo_path

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_the_reader_follows(client_of, bob, mara, acme):
    with workspace_scope(acme.pk):
        his, hers, nobodys = ContactFactory.create_batch(3)
        his.follow(by=bob.actor)
        hers.follow(by=mara.actor)
    listed = "contacts:list"
    for member, expected in ((bob, his), (mara, hers)):
        client = client_of(member)
        page = client.get(f"{client.url(listed)}?followers=me")
        assert ids_in(page) == [expected.pk]
        assert 'aria-current="page">Followed by me</a>' in page_text(page)
    client = client_of(bob)
    assert ids_in(client.get(f"{client.url(listed)}?followers={mara.pk}&columns=followers")) == [hers.pk]
    assert ids_in(client.get(f"{client.url(listed)}?followers=none")) == [nobodys.pk]


def test_without_htmx_one_stays_on_the_page(client_of, bob, acme):
    deal = DealFactory(workspace=acme)
    client = client_of(bob)
    here = f"http://testserver{client.url('deals:detail', deal.pk)}?pane=related"
    answer = client.post_w("deals:follow", deal.pk, headers={"Referer": here})
    assert (answer.status_code, answer.url) == (303, here)
    page = page_text(client.get(answer.url))
    assert "You follow " in page
    assert client.url("deals:unfollow", deal.pk) in page


def test_it_is_no_change_of_the_record(client_of, bob, acme):
    deal = DealFactory(workspace=acme)
    client = client_of(bob)
    with workspace_scope(acme.pk):
        before = ChangeSet.objects.count()
    client.post_w("deals:follow", deal.pk, headers=HTMX)
    with workspace_scope(acme.pk):
        assert type(deal).objects.get(pk=deal.pk).version == deal.version
        assert ChangeSet.objects.count() == before


def test_what_a_file_brings_nobody_follows(client_of, alice, in_acme):
    Importer(client_of(alice)).run("deal", csv_bytes([["Name"], ["Fleet renewal"]]))
    assert not DealFollower.objects.exists()


def test_undoing_the_creation_takes_the_mark_along(client_of, bob, acme):
    client = client_of(bob)
    from tests.reading import filled_form

    form = filled_form(page_text(client.get_w("deals:create")))
    page = page_text(client.get(client.post_w("deals:create", data=form | {"name": "Fleet renewal"}).url))
    with workspace_scope(acme.pk):
        assert DealFollower.objects.get().member == bob
    client.post(undo_path(page))
    with workspace_scope(acme.pk):
        assert not DealFollower.objects.exists()
