"""Alice follows, bob changes, alice hears of it and unfollows by the letter; and what bob leaves goes to others."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact, ContactFollower
from core.tenancy import workspace_scope
from deals.models import Deal
from records.models import Attention, Notice
from tests.factories import ContactFactory, DealFactory

from .steps import faults, letter_path, press


@pytest.fixture
def priya(acme) -> Contact:
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer")


def test_alice_follows_and_hears_of_it(
    open_page: Callable[..., Page], acme, alice, bob, priya, inside, post, javascript
):
    with inside():
        Attention.objects.create(member=alice, letters={"changed": "now"})
    hers, his = open_page(alice, javascript=javascript), open_page(bob, javascript=javascript)
    hers.goto(f"people/{priya.pk}/")
    hers.get_by_role("button", name="Follow", exact=True).click()
    expect(hers.get_by_role("button", name="Follow", exact=True)).to_have_attribute("aria-pressed", "true")

    his.goto(f"people/{priya.pk}/edit/")
    his.get_by_label("Job title").fill("Head of purchasing")
    press(his, "Save person")
    expect(his.get_by_role("heading", name="Priya Raman", level=1)).to_be_visible()
    letter = post("Alice Ostrowska <alice@acme.example>")
    assert "Job title: Buyer → Head of purchasing" in letter

    hers.goto("people/")
    bell = hers.get_by_role("link", name=re.compile("^Notifications"))
    expect(bell).to_contain_text("1")
    if javascript:
        hers.keyboard.press("g")
        hers.keyboard.press("n")
        expect(hers.get_by_role("dialog")).to_contain_text("Job title: Buyer → Head of purchasing")
        assert not faults(hers)
    else:
        bell.click()
    hers.get_by_role("link", name="Bob Lindqvist changed Priya Raman").click()
    expect(hers.get_by_role("heading", name="Priya Raman", level=1)).to_be_visible()
    expect(hers.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    with inside():
        assert Notice.objects.get().read_at

    outside = open_page(javascript=javascript)
    outside.goto(letter_path(letter.partition("Unfollow Priya Raman")[2]))
    expect(outside.get_by_role("heading", name="Unfollow Priya Raman")).to_be_visible()
    with inside():
        assert ContactFollower.objects.filter(member=alice).exists()
    press(outside, "Unfollow")
    expect(outside.get_by_role("status").filter(has_text="no longer")).to_be_visible()
    with inside():
        assert not ContactFollower.objects.exists()


def test_notifications_are_marked_in_their_place(open_page, acme, alice, bob, priya, inside):
    from tests.test_records.test_notices import does

    with inside():
        priya.follow(by=alice.actor)
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head"))
    page = open_page(alice)
    page.goto("notifications/")
    page.get_by_role("button", name=re.compile("^Mark as read")).click()
    expect(page.get_by_role("button", name=re.compile("^Mark as unread"))).to_be_focused()
    expect(page.locator("#news-count")).to_have_text("")
    with inside():
        assert Notice.objects.get().read_at
    assert not faults(page)


def test_what_bob_leaves_goes_to_mara(open_page, acme, alice, bob, mara, inside, worker, javascript):
    deals = DealFactory.create_batch(3, workspace=acme, owner=bob)
    page = open_page(alice, javascript=javascript)
    page.goto(f"settings/members/{bob.pk}/")
    page.get_by_role("link", name="Hand over records").click()
    page.get_by_label("3 deals").select_option(label="Mara Lind")
    press(page, "Hand over")
    expect(page.get_by_role("status").filter(has_text="3 deals")).to_be_visible(timeout=30_000)
    with workspace_scope(acme.pk):
        assert {deal.owner for deal in Deal.objects.filter(pk__in=[one.pk for one in deals])} == {mara}
    page.get_by_role("main").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts .toast")).to_contain_text("Undone")
    with workspace_scope(acme.pk):
        assert {deal.owner for deal in Deal.objects.all()} == {bob}
