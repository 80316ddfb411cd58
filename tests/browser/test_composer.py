"""Journeys: what one writes about a record, and where it is read again."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from activities.models import Activity, Draft, Mention, Pin
from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from deals.models import Deal, Person, Pipeline
from organizations.models import Organization
from tests.factories import ContactFactory, OrganizationFactory

from .conftest import PHONE, WIDE
from .steps import PASSWORD, faults, press, sign_in, toast


class Northwind:
    """A deal of an organization with Priya, who works there."""

    def __init__(self, by):
        self.company: Organization = OrganizationFactory(name="Northwind Freight")
        self.priya: Contact = ContactFactory(first_name="Priya", last_name="Raman", owner=by)
        Position.objects.create(contact=self.priya, organization=self.company)
        stage = Pipeline.objects.get().stages.all()[0]
        people = [Person(self.priya)]
        self.deal = Deal.create(
            by=by.actor, name="Fleet renewal", stage=stage, organization=self.company, people=people
        )


@pytest.fixture
def northwind(acme, bob) -> Northwind:
    with workspace_scope(acme.pk, user_id=bob.user_id):
        return Northwind(bob)


def composer(page: Page) -> Locator:
    return page.locator("#composer")


def timeline(page: Page) -> Locator:
    return page.locator("#timeline")


def text_field(page: Page) -> Locator:
    return composer(page).get_by_role("textbox", name="Notes")


def wait_for_draft(page: Page) -> None:
    with page.expect_response(lambda answer: "/drafts/" in answer.url and answer.status == 204):
        page.keyboard.type(".")


# --- write ------------------------------------------------------------------------------------------------------------
def test_a_call_with_its_follow_up_is_saved_by_the_keyboard_and_taken_back_by_one_key(
    open_page, bob, northwind, inside
):
    page = open_page(bob)
    page.goto(f"people/{northwind.priya.pk}/")
    page.keyboard.press("l")
    expect(text_field(page)).to_be_focused()
    page.keyboard.type("She asks for **terms**.")
    composer(page).get_by_label("Direction").select_option("Incoming")
    composer(page).get_by_label("Outcome").select_option("Connected")
    composer(page).get_by_label("Minutes").fill("14")
    composer(page).get_by_role("checkbox", name="Follow up in").check()
    composer(page).get_by_label("Next steps").fill("Send the terms")
    page.keyboard.press("Control+Enter")
    expect(toast(page)).to_contain_text("Call saved.")
    expect(text_field(page)).to_be_focused()
    expect(timeline(page).locator(".call")).to_contain_text("Incoming call, 14 min, connected")
    expect(timeline(page).locator(".call strong")).to_have_text("terms")
    expect(timeline(page).locator(".upcoming")).to_contain_text("Send the terms")
    with inside():
        call, task = Activity.objects.order_by("pk")
        assert (call.direction, call.outcome, call.minutes, call.next_steps) == (
            "in",
            "connected",
            14,
            "Send the terms",
        )
        due = timezone.localtime(task.due_at, dt.UTC).date()
        assert (task.subject, due) == ("Send the terms", timezone.localdate() + dt.timedelta(days=3))

    page.locator("h1").click()  # out of the field
    page.keyboard.press("z")
    expect(toast(page)).to_contain_text("Undone")
    with inside():
        assert not Activity.objects.exists()


def test_a_task_is_due_on_a_day_with_a_name(open_page, bob, northwind, inside):
    page = open_page(bob)
    page.goto(f"deals/{northwind.deal.pk}/?compose=task")
    composer(page).get_by_label("Subject").fill("Send offer")
    composer(page).get_by_role("button", name="Next week").click()
    press(page, "Save task")
    expect(toast(page)).to_contain_text("Task planned.")
    with inside():
        due = Activity.objects.get().due_at
        assert due.weekday() == 0
        assert timezone.now() < due < timezone.now() + dt.timedelta(days=8)


def test_a_member_is_mentioned_by_keys_alone(open_page, bob, mara, victor, northwind, inside):
    page = open_page(bob)
    page.goto(f"people/{northwind.priya.pk}/")
    page.keyboard.press("n")
    expect(text_field(page)).to_be_focused()
    page.keyboard.type("Ask @")
    page.keyboard.type("ma")
    options = composer(page).get_by_role("listbox", name="People to mention").get_by_role("option")
    expect(options).to_have_text(["MLMara Lind"])
    assert not faults(page)
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    expect(text_field(page)).to_have_value("Ask @Mara Lind ")
    page.keyboard.type("and @vic")
    expect(options).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(text_field(page)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(timeline(page).locator(".mention")).to_have_text(["@Mara Lind"])
    with inside():
        mention = Mention.objects.select_related("member", "created_by").get()
        assert (mention.member, mention.created_by, mention.activity.body) == (mara, bob, "Ask @Mara Lind and @vic")
        assert [found.pk for found in Mention.objects.for_member(mara)] == [mention.pk]


def test_files_are_attached_to_a_note(open_page, bob, northwind, inside):
    page = open_page(bob)
    page.goto(f"people/{northwind.priya.pk}/")
    text_field(page).fill("The plan")
    files = [{"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"} for name in ("a.pdf", "b.pdf")]
    composer(page).get_by_label("Attach files").set_input_files(files)
    expect(composer(page)).to_contain_text("a.pdf, b.pdf")
    press(page, "Save note")
    expect(timeline(page).get_by_role("link", name="a.pdf")).to_be_visible()
    with inside():
        assert sorted(file.name for file in Activity.objects.get().files.all()) == ["a.pdf", "b.pdf"]


# --- drafts -----------------------------------------------------------------------------------------------------------
def test_what_is_typed_survives_tabs_a_reload_and_a_lost_session(open_page, alice, northwind, inside):
    page = open_page()
    sign_in(page, alice.user.email)
    page.goto(f"/w/acme/people/{northwind.priya.pk}/")
    text_field(page).click()
    page.keyboard.type("They want trackers")
    wait_for_draft(page)
    composer(page).get_by_role("link", name="Call").click()
    expect(composer(page).get_by_label("Direction")).to_be_visible()
    expect(composer(page).get_by_role("link", name="Note , draft")).to_be_visible()
    composer(page).get_by_role("link", name="Note").click()
    expect(text_field(page)).to_have_value("They want trackers.")
    page.reload()
    expect(text_field(page)).to_have_value("They want trackers.")
    expect(composer(page)).to_contain_text("Draft")

    page.context.clear_cookies()
    press(page, "Save note")
    page.wait_for_url("**/accounts/login/**")
    page.get_by_label("E-mail").fill(alice.user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1, name="Priya Raman")).to_be_visible()
    expect(text_field(page)).to_have_value("They want trackers.")
    press(page, "Save note")
    expect(toast(page)).to_contain_text("Note saved.")
    with inside():
        assert Activity.objects.get().body == "They want trackers."
        assert not Draft.objects.present().exists()
    page.reload()
    expect(text_field(page)).to_have_value("")


def test_a_draft_is_discarded_and_taken_back(open_page, bob, northwind, inside):
    page = open_page(bob)
    page.goto(f"deals/{northwind.deal.pk}/")
    text_field(page).click()
    page.keyboard.type("Half a thought")
    wait_for_draft(page)
    page.reload()
    assert not faults(page)
    composer(page).get_by_role("button", name="Discard").click()
    expect(text_field(page)).to_have_value("")
    with inside():
        assert not Draft.objects.present().exists()
    toast(page).get_by_role("button", name="Undo").click()
    expect(text_field(page)).to_have_value("Half a thought.")
    with inside():
        assert Draft.objects.present().get().data["body"] == "Half a thought."


# --- read -------------------------------------------------------------------------------------------------------------
def test_one_entry_stands_on_three_timelines_and_says_where_it_comes_from(
    open_page, bob, northwind, inside, javascript
):
    page = open_page(bob, javascript=javascript)
    page.goto(f"deals/{northwind.deal.pk}/")
    text_field(page).fill("Two depots first.")
    press(page, "Save note")
    note = timeline(page).locator(".note")
    expect(note).to_contain_text("Two depots first.")
    expect(note.get_by_role("link", name="Fleet renewal")).to_have_count(0)
    for path in (f"people/{northwind.priya.pk}/", f"organizations/{northwind.company.pk}/"):
        page.goto(path)
        expect(note).to_contain_text("on Fleet renewal")
    note.get_by_role("link", name="Fleet renewal").click()
    expect(page.get_by_role("heading", level=1, name="Fleet renewal")).to_be_visible()

    page.goto(f"people/{northwind.priya.pk}/")
    text_field(page).fill("Likes mornings.")
    press(page, "Save note")
    expect(note.filter(has_text="Likes mornings.")).to_be_visible()
    page.goto(f"organizations/{northwind.company.pk}/")
    expect(note.filter(has_text="Likes mornings.")).to_contain_text("with Priya Raman")
    page.goto(f"deals/{northwind.deal.pk}/")
    expect(note.filter(has_text="Likes mornings.")).to_have_count(0)
    with inside():
        assert {activity.body: activity.about for activity in Activity.objects.all()} == {
            "Two depots first.": [northwind.deal],
            "Likes mornings.": [northwind.priya],
        }


def test_a_search_within_the_timeline(open_page, bob, northwind, inside, javascript):
    with inside():
        for body in ("Pan Říha of the depot", "Wants trackers", "The weather"):
            Activity.log("note", by=bob.actor, body=body, about=[northwind.deal])
    page = open_page(bob, javascript=javascript)
    page.goto(f"people/{northwind.priya.pk}/")
    find = page.get_by_role("searchbox", name="Find in timeline")
    find.click()
    page.keyboard.type("riha")
    if not javascript:
        page.keyboard.press("Enter")
    expect(timeline(page).locator(".ev")).to_have_count(1)
    expect(timeline(page)).to_contain_text("Pan Říha")
    if javascript:
        expect(find).to_be_focused()
    timeline(page).get_by_role("link", name="Calls").click()
    expect(timeline(page)).to_contain_text("Nothing here says “riha”.")
    expect(find).to_have_value("riha")


def test_an_entry_is_edited_pinned_and_deleted_where_it_stands(open_page, bob, northwind, inside):
    with inside():
        for body in ("First note", "Second note"):
            Activity.log("note", by=bob.actor, body=body, about=[northwind.priya])
    page = open_page(bob)
    page.goto(f"people/{northwind.priya.pk}/")

    def act(title: str, what: str) -> None:
        entry = timeline(page).locator(".ev").filter(has_text=title)
        entry.hover()
        entry.get_by_role("button", name=f"Actions for: {title}").press("Enter")
        entry.locator(".menu").get_by_text(what, exact=True).click()

    act("First note", "Edit")
    field = timeline(page).get_by_role("textbox", name="Notes")
    expect(field).to_have_value("First note")
    assert not faults(page)
    field.fill("First, corrected")
    field.press("Control+Enter")
    expect(toast(page).last).to_contain_text("Entry saved.")
    expect(page.locator(":focus")).to_have_accessible_name("Actions for: First, corrected")

    act("First, corrected", "Pin to the top")
    expect(timeline(page).locator(".pinned")).to_contain_text("First, corrected")
    act("Second note", "Delete")
    expect(timeline(page)).not_to_contain_text("Second note")
    with inside():
        assert Activity.objects.present().get().body == "First, corrected"
        assert Pin.objects.get().record == northwind.priya
    page.locator("h1").click()
    page.keyboard.press("z")
    expect(timeline(page)).to_contain_text("Second note")


def test_what_is_open_is_put_off_and_ticked_on_the_timeline(open_page, bob, northwind, inside):
    with inside():
        Activity.plan("task", by=bob.actor, subject="Send scope", due_at=timezone.now(), about=[northwind.deal])
    page = open_page(bob)
    page.goto(f"people/{northwind.priya.pk}/")
    entry = timeline(page).locator(".upcoming .ev")
    entry.hover()
    entry.get_by_role("button", name="Actions for: Send scope").click()
    entry.get_by_role("button", name="Put off by a day").click()
    expect(entry).to_contain_text("Tomorrow")
    entry.get_by_role("button", name="Mark done: Send scope").click()
    expect(timeline(page).locator(".upcoming")).to_have_count(0)
    with inside():
        assert Activity.objects.get().done_at


def test_a_change_says_what_it_was_and_what_it_is(open_page, bob, northwind, javascript):
    page = open_page(bob, javascript=javascript)
    for value in ("8000", "9500"):
        page.goto(f"deals/{northwind.deal.pk}/edit/")
        page.get_by_label("Value").fill(value)
        press(page, "Save deal")
    page.goto(f"people/{northwind.priya.pk}/?only=change")
    expect(timeline(page)).to_contain_text("Value changed from $8,000 to $9,500")


# --- phones, no JavaScript --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["1440", "390"])
def test_a_meeting_is_written_down_without_javascript(open_page, bob, mara, northwind, inside, viewport):
    page = open_page(bob, javascript=False, viewport=viewport)
    page.goto(f"deals/{northwind.deal.pk}/")
    composer(page).get_by_role("link", name="Meeting").click()
    press(page, "Save meeting")
    expect(composer(page).locator(".err").first).to_be_visible()
    composer(page).get_by_label("Subject").fill("Demo with operations")
    composer(page).get_by_label("Location").fill("Leeds")
    composer(page).get_by_text("Participants").click()
    composer(page).get_by_role("checkbox", name="Priya Raman").check()
    composer(page).get_by_role("checkbox", name="Mara Lind").check()
    text_field(page).fill("Ask @Mara Lind")
    press(page, "Save meeting")
    expect(page.get_by_role("heading", level=1, name="Fleet renewal")).to_be_visible()
    expect(timeline(page).locator(".meeting")).to_contain_text("Leeds")
    with inside():
        meeting = Activity.objects.get()
        assert set(meeting.about) == {northwind.deal, northwind.priya}
        assert [row.member_id for row in meeting.participants.all()] == [mara.pk]
        assert Mention.objects.get().member == mara


def test_the_composer_of_a_phone(open_page, bob, mara, northwind, inside):
    page = open_page(bob, viewport=PHONE)
    page.goto(f"people/{northwind.priya.pk}/")
    text_field(page).tap()
    page.keyboard.type("Ask @ma")
    composer(page).get_by_role("option", name="Mara Lind").tap()
    expect(text_field(page)).to_have_value("Ask @Mara Lind ")
    assert not faults(page)
    press(page, "Save note")
    expect(timeline(page).locator(".mention")).to_have_text(["@Mara Lind"])
    for kind in ("Call", "Meeting", "Task"):
        composer(page).get_by_role("link", name=kind).click()
        expect(composer(page).get_by_role("button", name=f"Save {kind.lower()}")).to_be_visible()
        assert not faults(page)
    timeline(page).get_by_role("button", name="Actions for: Ask @Mara Lind").tap()
    expect(timeline(page).get_by_role("button", name="Delete")).to_be_visible()
    assert not faults(page)


def test_what_follows_a_mention_is_not_taken_for_a_name(open_page, bob, mara, victor, northwind):
    page = open_page(bob)
    page.goto(f"people/{northwind.priya.pk}/")
    options = composer(page).get_by_role("listbox", name="People to mention").get_by_role("option")
    text_field(page).click()
    page.keyboard.type("Ask @ma", delay=40)
    expect(options).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.type("before Friday", delay=60)
    page.wait_for_timeout(400)  # longer than the suggestions take
    expect(options).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("and @vic", delay=40)
    expect(options).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    expect(text_field(page)).to_have_value("Ask @Mara Lind before Friday\nand @Victor Prado ")
