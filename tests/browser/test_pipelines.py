"""Setting up a pipeline, moving a deal into it, deleting a stage that holds it, and taking that back."""

import re

import pytest
from playwright.sync_api import expect

from deals.models import Deal, Pipeline, Stage

from .steps import press


@pytest.fixture
def deal(acme, bob, inside) -> Deal:
    with inside():
        return Deal.create(by=bob.actor, name="Fleet renewal", stage=Pipeline.objects.get().stages.all()[1])


def test_a_pipeline_is_set_up_and_used_and_a_stage_gives_way(open_page, javascript, alice, deal, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/settings/pipelines/")
    page.get_by_role("link", name="New pipeline").click()
    page.get_by_label("Name").fill("Partners")
    press(page, "Save pipeline")
    page.get_by_role("link", name="Qualified", exact=True).click()
    page.get_by_role("group", name="Needed to go on").get_by_label("Expected close").check()
    page.get_by_label("Task", exact=True).first.fill("Check the credit")
    page.get_by_label("Must be done to win").first.check()
    press(page, "Save stage")
    expect(page.get_by_role("row", name="Qualified")).to_contain_text("Needed to go on: Expected close")

    page.goto(f"/w/acme/deals/pipeline/?ids={deal.pk}")
    expect(page.get_by_label("Qualified")).to_have_value(str(stage_id(inside, "Qualified")))
    press(page, "Move")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fleet renewal")
    assert place_of(inside, deal) == ("Partners", "Qualified")

    page.goto(f"/w/acme/settings/pipelines/stages/{stage_id(inside, 'Qualified')}/removal/")
    page.get_by_label("Its deals go to").select_option(label="Demo booked")
    press(page, "Delete stage")
    expect(page.get_by_role("row", name="Qualified")).to_have_count(0)
    assert place_of(inside, deal) == ("Partners", "Demo booked")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="Qualified")).to_contain_text("Must be done to win: Check the credit")
    assert place_of(inside, deal) == ("Partners", "Qualified")


def test_who_moves_a_stage_with_the_keyboard_is_led_to_its_new_place(open_page, javascript, alice):
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/settings/pipelines/")
    page.get_by_role("main").get_by_role("row").nth(1).get_by_role("link").click()
    page.get_by_role("button", name="Move Lead in down").press("Enter")
    expect(page.get_by_role("main").get_by_role("row", name="Lead in")).to_have_id(re.compile("stage-"))
    expect(page).to_have_url(re.compile("#stage-"))
    # Where Tab goes on from: the browser's own doing, as soon as it has drawn the page.
    expect(page.locator("tr:target")).to_contain_text("Lead in")


def stage_id(inside, name: str) -> int:
    with inside():
        return Stage.objects.get(pipeline__name="Partners", name=name).pk


def place_of(inside, deal: Deal) -> tuple[str, str]:
    with inside():
        found = Deal.objects.select_related("stage__pipeline").get(pk=deal.pk)
        return found.stage.pipeline.name, found.stage.name
