"""A working day on Today: finished, put off, planned, by keys, without a script, on a phone; and the first run."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from activities.models import Activity
from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal, Person, Pipeline, Stage
from organizations.models import Organization
from records import panels
from tests.factories import ContactFactory, DealFactory

from .conftest import PHONE
from .steps import faults, press, toast, too_wide


@pytest.fixture
def work(acme, bob) -> dict[str, Activity]:
    """Of bob: a late task, two calls of today with a deal, a meeting tomorrow."""
    with workspace_scope(acme.pk, user_id=bob.user_id):
        priya = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", phone="+16465550142", owner=bob)
        stage = Stage.objects.in_order()[0]
        deal = Deal.create(by=bob.actor, name="Fleet renewal", stage=stage, people=[Person(priya, is_primary=True)])
        now = timezone.now()
        end_of_day = timezone.localtime(now).replace(hour=23, minute=58)
        plans = (
            ("task", "Send the scope", now - dt.timedelta(days=2), []),
            ("call", "Ask for the order", end_of_day, [deal, priya]),
            ("task", "Check the contract", end_of_day + dt.timedelta(minutes=1), []),
            ("meeting", "Kick-off", end_of_day + dt.timedelta(days=1), []),
        )
        return {
            subject: Activity.plan(kind, by=bob.actor, subject=subject, due_at=at, about=about)
            for kind, subject, at, about in plans
        }


def focused(page: Page, name: str) -> None:
    expect(page.locator(":focus")).to_have_accessible_name(name)


def row(page: Page, subject: str):
    return page.locator(".work > li").filter(has_text=subject)


def test_the_day_is_worked_through_by_keys_alone(open_page, bob, work, inside):
    page = open_page(bob)
    page.goto("")
    expect(page.locator("#due-side")).to_have_text("3")
    page.keyboard.press("j")
    focused(page, "Send the scope")
    page.keyboard.press("d")
    expect(toast(page)).to_contain_text("“Send the scope” done.")
    focused(page, "Ask for the order")
    expect(page.locator("#due-side")).to_have_text("2")
    expect(page.locator("#late")).to_be_hidden()
    with inside():
        assert not Activity.objects.get(pk=work["Send the scope"].pk).is_open

    # A call asks how it went; nothing is left for the deal, so the next step is planned.
    page.keyboard.press("d")
    expect(page.get_by_role("dialog", name="Finish “Ask for the order”")).to_be_visible()
    page.keyboard.press("4")
    follow_up = page.get_by_role("dialog", name="What comes next?")
    expect(follow_up.get_by_label("Subject")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Call again")
    page.keyboard.press("Enter")
    expect(follow_up).to_have_count(0)
    focused(page, "Check the contract")
    expect(row(page, "Call again")).to_have_count(1)
    with inside():
        call = Activity.objects.get(pk=work["Ask for the order"].pk)
        following = Activity.objects.get(subject="Call again")
        assert (call.outcome, call.is_open) == ("voicemail", False)
        assert (following.kind, following.is_open) == ("call", True)
        assert {str(one) for one in following.about} == {"Fleet renewal", "Priya Raman"}
        assert timezone.localdate(following.due_at) == timezone.localdate() + dt.timedelta(days=3)

    page.keyboard.press("s")
    expect(page.get_by_role("dialog", name="Put off “Check the contract”")).to_be_visible()
    page.keyboard.press("1")
    expect(toast(page).last).to_contain_text("“Check the contract” put off.")
    expect(page.locator("#today .work > li")).to_have_count(0)
    expect(page.locator("#tomorrow").get_by_text("Check the contract")).to_be_visible()
    expect(page.locator("#calm")).to_contain_text("Nothing due.")
    expect(page.locator("#due-side")).to_have_text("")
    with inside():
        put_off = Activity.objects.get(pk=work["Check the contract"].pk)
        assert timezone.localdate(put_off.due_at) == timezone.localdate() + dt.timedelta(days=1)

    page.keyboard.press("z")
    expect(toast(page)).to_contain_text("Undone")
    expect(page.locator("#today").get_by_text("Check the contract")).to_be_visible()
    with inside():
        assert timezone.localdate(Activity.objects.get(pk=put_off.pk).due_at) == timezone.localdate()


def test_the_next_step_is_planned_in_the_row_of_a_deal(open_page, bob, work, inside, acme):
    DealFactory(workspace=acme, name="Quiet deal", owner=bob)
    page = open_page(bob)
    page.goto("")
    stuck = row(page, "Quiet deal")
    stuck.locator(".t").focus()
    page.keyboard.press("p")
    expect(stuck.get_by_label("Subject")).to_be_focused()
    page.keyboard.press("Escape")
    focused(page, "Quiet deal")
    expect(stuck.locator("form")).to_have_count(0)
    page.keyboard.press("p")
    expect(stuck.get_by_label("Subject")).to_be_focused()
    stuck.get_by_label("Subject").fill("")
    page.keyboard.press("Enter")
    expect(stuck.locator(".err")).to_be_visible()
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)  # then the wrong field has the focus
    page.keyboard.type("Ask how they are")
    row(page, "Send the scope").locator(".t").focus()  # another form of the same fields
    page.keyboard.press("p")
    expect(row(page, "Send the scope").get_by_label("When")).to_be_visible()
    before = row(page, "Send the scope").get_by_label("When").input_value()
    stuck.get_by_role("button", name="Tomorrow").click()
    expect(row(page, "Send the scope").get_by_label("When")).to_have_value(before)
    assert not faults(page)
    stuck.get_by_role("button", name="Plan", exact=True).click()
    expect(toast(page)).to_contain_text("“Ask how they are” planned.")
    expect(page.locator("#tomorrow").get_by_text("Ask how they are")).to_be_visible()
    expect(page.locator("#stepless")).to_be_hidden()
    with inside():
        planned = Activity.objects.get(subject="Ask how they are")
        assert [str(one) for one in planned.about] == ["Quiet deal"]
        assert timezone.localdate(planned.due_at) == timezone.localdate() + dt.timedelta(days=1)


def test_the_keys_of_rows_stay_at_the_ends_and_off_other_pages(open_page, bob, work):
    page = open_page(bob)
    page.goto("")
    page.keyboard.press("j")
    focused(page, "Send the scope")
    page.keyboard.press("k")
    focused(page, "Send the scope")
    page.locator(".work .t").last.focus()
    page.keyboard.press("j")
    expect(page.locator(".work .t").last).to_be_focused()
    page.goto("settings/pipelines/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<a class=t href=#>Not a row</a>')")
    page.keyboard.press("j")
    expect(page.locator("a.t")).not_to_be_focused()


def test_a_finished_task_asks_what_comes_next_as_well(open_page, acme, bob, inside):
    with inside():
        deal = DealFactory(workspace=acme, name="Renewal", owner=bob)
        for subject in ("First", "Second"):
            Activity.plan("task", by=bob.actor, subject=subject, due_at=timezone.now(), about=[deal])
    page = open_page(bob)
    page.goto("")
    page.keyboard.press("j")
    page.keyboard.press("d")
    focused(page, "Second")
    page.keyboard.press("d")
    offer = page.get_by_role("dialog", name="What comes next?")
    expect(offer).to_contain_text("Nothing is planned for Renewal.")
    page.keyboard.press("Escape")
    expect(offer).to_have_count(0)
    focused(page, "Renewal")
    with inside():
        assert not Activity.objects.open().exists()


def test_another_day_can_be_chosen_and_a_past_one_is_refused(open_page, bob, work, inside):
    page = open_page(bob)
    page.goto("")
    page.keyboard.press("j")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Put off “Send the scope”")
    expect(dialog).to_be_visible()
    page.keyboard.press("5")
    day = dialog.get_by_label("Another day")
    expect(day).to_be_focused()
    day.fill("2020-01-01")
    page.keyboard.press("Enter")
    expect(dialog.locator(".err")).to_have_text("Choose today or a later day.")
    in_ten_days = timezone.localdate() + dt.timedelta(days=10)
    dialog.get_by_label("Another day").fill(in_ten_days.isoformat())
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    focused(page, "Ask for the order")
    with inside():
        assert timezone.localdate(Activity.objects.get(pk=work["Send the scope"].pk).due_at) == in_ten_days


def test_without_a_script_every_step_is_a_page(open_page, bob, work, inside):
    page = open_page(bob, javascript=False)
    page.goto("")
    page.get_by_role("button", name="Finish: Send the scope").click()
    expect(page).to_have_url("/w/acme/")
    expect(toast(page)).to_contain_text("“Send the scope” done.")
    page.get_by_role("link", name="Finish: Ask for the order").click()
    page.get_by_role("button", name="Connected").click()
    offer = page.get_by_role("region", name="What comes next?")
    offer.get_by_label("Subject").fill("Send the offer")
    offer.get_by_role("button", name="Plan").click()
    expect(toast(page)).to_contain_text("“Send the offer” planned.")
    page.get_by_role("link", name="Put off: Check the contract").click()
    page.get_by_role("button", name="By a week").click()
    expect(page.locator("#calm")).to_contain_text("Nothing due.")
    page.get_by_role("link", name="Plan the next step: Send the offer").click()
    page.get_by_label("Subject").fill("And call")
    press(page, "Plan")
    with inside():
        assert {activity.subject for activity in Activity.objects.open()} == {
            "Send the offer", "And call", "Check the contract", "Kick-off"
        }  # fmt: skip


def test_on_a_phone_the_day_is_worked_through_with_a_thumb(open_page, bob, work, inside):
    page = open_page(bob, viewport=PHONE)
    page.goto("")
    expect(page.locator("#due-tab")).to_have_text("3")
    expect(page.get_by_role("link", name="Call Priya Raman, (646) 555-0142")).to_have_attribute(
        "href", "tel:+16465550142"
    )
    assert too_wide(page) == []
    page.get_by_role("link", name="Put off: Check the contract").tap()
    page.get_by_role("button", name="By a day").tap()
    page.get_by_role("link", name="Finish: Ask for the order").tap()
    page.get_by_role("button", name="No answer").tap()
    page.get_by_role("button", name="Not now").tap()
    expect(page.locator("#due-tab")).to_have_text("1")
    with inside():
        assert Activity.objects.get(pk=work["Ask for the order"].pk).outcome == "no_answer"


@pytest.mark.parametrize("key", ["d", "s", "p"])
def test_no_menu_of_the_day_has_a_fault(open_page, bob, work, key):
    page = open_page(bob)
    page.goto("")
    page.locator("#today .t").first.focus()
    page.keyboard.press(key)
    expect(page.locator("dialog[open], .slot form")).to_be_visible()
    assert faults(page) == []


# --- first run --------------------------------------------------------------------------------------------------------
def test_an_empty_workspace_starts_with_a_sample_that_one_undo_takes_back(open_page, javascript, alice, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("")
    expect(page.get_by_role("heading", name="Welcome to Rapport")).to_be_visible()
    page.get_by_label("Pipeline").select_option("Real estate")
    press(page, "Add pipeline")
    expect(toast(page)).to_contain_text("Pipeline “Real estate” is ready.")
    expect(page.get_by_role("link", name="Flat at the park", exact=True)).to_be_visible()
    with inside():
        pipeline = Pipeline.objects.get(name="Real estate")
        assert pipeline.stages.count() == 5
        assert (pipeline.deals.count(), Contact.objects.count(), Activity.objects.open().count()) == (3, 3, 2)
    page.get_by_role("button", name="Undo").click()
    expect(toast(page)).to_contain_text("Undone")
    with inside():
        assert not Pipeline.objects.filter(name="Real estate").exists()
        for model in (Deal, Contact, Organization, Activity):
            assert not model.objects.exists()


def test_the_welcome_stays_away_once_it_was_closed(open_page, alice, elsewhere):
    page = open_page(alice)
    page.goto("people/")
    expect(page.get_by_role("heading", name="Welcome to Rapport")).to_be_visible()
    press(page, "Don't show this again")
    expect(page).to_have_url("/w/acme/")
    expect(page.get_by_role("heading", name="Welcome to Rapport")).to_have_count(0)
    page.goto("people/")
    expect(page.get_by_text("No people yet.")).to_be_visible()
    expect(page.get_by_role("heading", name="Welcome to Rapport")).to_have_count(0)


# --- what fails -------------------------------------------------------------------------------------------------------
def test_what_could_not_be_finished_stays_and_the_reader_is_told(open_page, bob, work, inside):
    page = open_page(bob, listens=False)
    page.goto("")
    page.keyboard.press("j")
    page.route("**/completion/", lambda route: route.abort())
    page.keyboard.press("d")
    expect(page.get_by_role("alert").filter(has_text="No answer from the server.")).to_be_visible()
    focused(page, "Send the scope")
    page.unroute("**/completion/")
    page.keyboard.press("d")
    expect(toast(page)).to_contain_text("done.")
    with inside():
        assert not Activity.objects.get(pk=work["Send the scope"].pk).is_open


def test_a_panel_that_did_not_load_offers_to_try_again(open_page, acme, bob, monkeypatch):
    monkeypatch.setitem(panels.PANELS, "contact", dict(panels.PANELS["contact"]))
    panels.register("contact", panels.Panel("slow", "Slow things", "activities/about.html", lazy=True))
    priya = ContactFactory(workspace=acme, owner=bob)
    page = open_page(bob, listens=False)
    page.route("**/panels/slow/", lambda route: route.abort())
    page.goto(f"people/{priya.pk}/")
    panel = page.locator("#panel-slow")
    expect(panel).to_contain_text("Could not load.")
    assert faults(page) == []
    page.unroute("**/panels/slow/")
    panel.get_by_role("button", name="Try again").click()
    expect(panel).to_contain_text("About nothing in particular.")
