"""The same work on a phone: cards for rows, one pane at a time, the bar of tabs below."""

from playwright.sync_api import expect

from activities.models import Activity
from deals.models import Deal, Pipeline, Stage

from .conftest import PHONE
from .steps import press, toast, too_wide


def test_a_person_is_found_and_spoken_to_on_a_phone(open_page, javascript, bob, office, inside):
    page = open_page(bob, javascript=javascript, viewport=PHONE)
    page.goto("")
    tabs = page.get_by_role("navigation", name="Main, phone")
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_hidden()
    tabs.get_by_role("link", name="People").click()
    expect(tabs.get_by_role("link", name="People")).to_have_attribute("aria-current", "page")

    card = page.get_by_role("row", name="Priya Raman")
    expect(card).to_contain_text("Northwind Freight")
    expect(page.locator("table.list thead")).not_to_be_in_viewport()
    expect(card.get_by_text("priya@northwind.example")).to_be_hidden()
    card.get_by_role("link", name="Dr Priya Raman").click()

    sections = page.get_by_role("navigation", name="Record sections")
    composer, facts, panels = (page.locator(f".record > .{name}") for name in ("center", "facts", "related"))
    expect(composer).to_be_visible()
    expect(facts).to_be_hidden()
    expect(panels).to_be_hidden()
    sections.get_by_role("link", name="Details").click()
    expect(facts).to_contain_text("priya@northwind.example")
    expect(composer).to_be_hidden()
    sections.get_by_role("link", name="Related").click()
    expect(panels).to_contain_text("rollout plan.pdf")
    expect(facts).to_be_hidden()
    sections.get_by_role("link", name="Timeline").click()

    page.get_by_role("textbox", name="Notes").fill("Met her on the stairs.")
    press(page, "Save note")
    expect(toast(page)).to_contain_text("Note saved.")
    expect(page.locator("#timeline")).to_contain_text("Met her on the stairs.")
    with inside():
        note = Activity.objects.get(body="Met her on the stairs.")
        assert note.about == [office.contact]

    tabs.get_by_role("button", name="More").click()
    page.get_by_role("navigation", name="More").get_by_role("link", name="Organizations").click()
    expect(page.get_by_role("heading", level=1, name="Organizations")).to_be_visible()


def test_pipelines_of_long_names_are_set_up_on_a_phone_without_scrolling_sideways(open_page, alice, inside):
    with inside():
        stage = Stage.objects.first()
        deal = Deal.create(by=alice.actor, name="Fleet", stage=stage)
        for name in ("Partners", "Renewals of long framework agreements in the north and the west"):
            Pipeline(name=name, currency="EUR").open((), by=alice.actor)
    page = open_page(alice, viewport=PHONE)
    page.goto(f"/w/acme/deals/pipeline/?ids={deal.pk}")
    page.get_by_label("Pipeline").select_option(name)
    press(page, "Show its stages")
    expect(page.get_by_text("does the deal go?")).to_be_visible()
    assert too_wide(page) == []
    page.goto(f"/w/acme/settings/pipelines/stages/{stage.pk}/")
    tasks = page.get_by_role("group", name="Tasks").locator(".scroll")
    assert tasks.evaluate("box => box.scrollWidth <= box.clientWidth")
