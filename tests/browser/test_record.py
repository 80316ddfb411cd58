"""The page of a record: facts edited where they stand, the way through a list, the star, parts that stay folded."""

import pytest
from playwright.sync_api import Page, expect

from contacts.models import Contact
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PipelineFactory, StageFactory

from .conftest import PHONE
from .steps import axe_violations, faults, toast


@pytest.fixture
def priya(acme, bob) -> Contact:
    return ContactFactory(
        workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer", owner=bob, email="priya@raman.example"
    )


def fact(page: Page, name: str):
    return page.locator(f"#fact-{name}")


def opened(page: Page, name: str, label: str):
    """The field of a fact, opened with the mouse."""
    fact(page, name).hover()
    fact(page, name).get_by_role("link", name=f"Edit {label}").click()
    return fact(page, name)


# --- facts ------------------------------------------------------------------------------------------------------------
def test_a_fact_is_edited_with_the_mouse_kept_with_its_error_and_undone(open_page, bob, priya, inside):
    page = open_page(bob)
    page.goto(f"people/{priya.pk}/")
    form = opened(page, "linkedin", "LinkedIn")
    expect(form.get_by_role("textbox", name="LinkedIn")).to_be_focused()
    form.get_by_role("textbox", name="LinkedIn").fill("http://linkedin.example/priya")
    form.get_by_role("button", name="Save").click()
    expect(form.locator(".err")).to_have_text("Start the address with https://")
    expect(form.get_by_role("textbox", name="LinkedIn")).to_have_value("http://linkedin.example/priya")
    expect(form.get_by_role("textbox", name="LinkedIn")).to_be_focused()
    assert axe_violations(page) == []
    with inside():
        assert Contact.objects.get().linkedin == ""

    form.get_by_role("textbox", name="LinkedIn").fill("https://www.linkedin.com/in/priya-raman")
    form.get_by_role("button", name="Save").click()
    expect(fact(page, "linkedin").get_by_role("link", name="in/priya-raman")).to_be_visible()
    expect(page.locator("#edit-linkedin")).to_be_focused()
    with inside():
        assert Contact.objects.get().linkedin == "https://www.linkedin.com/in/priya-raman"

    toast(page).get_by_role("button", name="Undo").click()
    expect(fact(page, "linkedin")).to_contain_text("–")
    with inside():
        assert Contact.objects.get().linkedin == ""


def test_facts_are_edited_by_keys_alone(open_page, bob, mara, priya, inside):
    page = open_page(bob)
    page.goto(f"people/{priya.pk}/")
    page.locator("#edit-job_title").focus()
    page.keyboard.press("Enter")
    expect(fact(page, "job_title").get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Head of Operations")
    page.keyboard.press("Enter")
    expect(fact(page, "job_title")).to_contain_text("Head of Operations")
    expect(page.locator("#edit-job_title")).to_be_focused()
    with inside():
        assert Contact.objects.get().job_title == "Head of Operations"

    page.keyboard.press("Enter")
    expect(fact(page, "job_title").get_by_role("textbox")).to_be_focused()
    page.keyboard.type(" and more")
    page.keyboard.press("Escape")
    expect(page.locator("#edit-job_title")).to_be_focused()
    expect(fact(page, "job_title")).not_to_contain_text("and more")

    page.locator("#edit-owner").focus()
    page.keyboard.press("Enter")
    expect(fact(page, "owner").get_by_role("combobox", name="Owner")).to_be_focused()
    fact(page, "owner").get_by_role("combobox").select_option(label="Mara Lind")
    page.keyboard.press("Enter")
    expect(fact(page, "owner")).to_be_focused()  # the record is bob's no longer, nor is its pencil
    expect(fact(page, "owner")).to_contain_text("Mara Lind")
    with inside():
        assert Contact.objects.get().owner == mara
        assert Contact.objects.get().job_title == "Head of Operations"


def test_a_linked_record_is_found_while_one_types_and_esc_closes_the_suggestions_first(open_page, bob, acme, inside):
    northwind = OrganizationFactory(workspace=acme, name="Northwind Freight")
    deal = DealFactory(workspace=acme, owner=bob)
    page = open_page(bob)
    page.goto(f"deals/{deal.pk}/")
    form = opened(page, "organization", "organization")
    form.get_by_role("combobox").type("north")
    expect(form.get_by_role("option", name="Northwind Freight")).to_be_visible()
    page.keyboard.press("Escape")
    expect(form.get_by_role("option", name="Northwind Freight")).to_be_hidden()
    form.get_by_role("combobox").type("w")
    expect(form.get_by_role("option", name="Northwind Freight")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(form.get_by_role("option", name="Northwind Freight")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(fact(page, "organization").get_by_role("link", name="Northwind Freight")).to_be_visible()
    expect(page.get_by_label("Breadcrumb")).to_contain_text("Northwind Freight")
    with inside():
        deal.refresh_from_db()
        assert deal.organization_id == northwind.pk


def test_two_who_edit_one_fact_hear_of_each_other_and_what_else_is_typed_stays(open_page, bob, mara, priya, inside):
    bobs, maras = open_page(bob), open_page(mara)
    for page in (bobs, maras):
        page.goto(f"people/{priya.pk}/")
    opened(bobs, "linkedin", "LinkedIn").get_by_role("textbox").fill("https://linkedin.com/in/half-typed")
    opened(bobs, "job_title", "Job title").get_by_role("textbox").fill("Head of Purchasing")
    opened(maras, "job_title", "Job title").get_by_role("textbox").fill("Head of Operations")
    maras.keyboard.press("Enter")
    expect(fact(maras, "job_title")).to_contain_text("Head of Operations")

    bobs.locator("#fact-job_title").get_by_role("button", name="Save").click()
    refusal = fact(bobs, "job_title").get_by_role("alert")
    expect(refusal).to_contain_text("Not saved. Mara Lind changed this to “Head of Operations”")
    expect(fact(bobs, "job_title").get_by_role("textbox")).to_have_value("Head of Purchasing")
    with inside():
        assert Contact.objects.get().job_title == "Head of Operations"

    fact(bobs, "job_title").get_by_role("button", name="Save").click()
    expect(bobs.locator("#edit-job_title")).to_be_focused()
    expect(fact(bobs, "linkedin").get_by_role("textbox")).to_have_value("https://linkedin.com/in/half-typed")
    with inside():
        assert Contact.objects.get().job_title == "Head of Purchasing"


def test_without_javascript_the_pencil_leads_to_a_page_of_the_field(open_page, bob, priya, inside):
    page = open_page(bob, javascript=False)
    page.goto(f"people/{priya.pk}/")
    opened(page, "job_title", "Job title")
    expect(page.get_by_role("heading", level=1)).to_have_text("Job title of Priya Raman")
    page.get_by_label("Job title").fill("Head of Operations")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(fact(page, "job_title")).to_contain_text("Head of Operations")
    expect(toast(page)).to_contain_text("Priya Raman saved.")
    with inside():
        assert Contact.objects.get().job_title == "Head of Operations"


def test_a_fact_is_edited_on_a_phone(open_page, bob, priya, inside):
    page = open_page(bob, viewport=PHONE)
    page.goto(f"people/{priya.pk}/?pane=details")
    page.locator("#edit-emails").tap()
    form = fact(page, "emails")
    form.get_by_label("E-mail", exact=True).first.fill("priya@northwind.example")
    assert faults(page) == []
    form.get_by_role("button", name="Save").tap()
    expect(form).to_contain_text("priya@northwind.example")
    with inside():
        assert Contact.objects.get().email == "priya@northwind.example"


# --- the way through a list -------------------------------------------------------------------------------------------
def test_one_walks_through_the_list_one_came_from(open_page, javascript, acme, bob, alice):
    for name, owner in (("Amari", bob), ("Beck", alice), ("Cole", bob), ("Daly", bob)):
        ContactFactory(workspace=acme, first_name="", last_name=name, owner=owner)
    page = open_page(bob, javascript=javascript)
    page.goto("people/?owner=me")
    page.get_by_role("link", name="Amari", exact=True).click()
    heading, way = page.get_by_role("heading", level=1), page.get_by_role("navigation", name="In the list")
    expect(heading).to_have_text("Amari")
    expect(way.get_by_text("Previous").locator("..")).to_have_attribute("aria-disabled", "true")
    page.wait_for_load_state()
    if javascript:
        page.keyboard.press("j")
    else:
        way.get_by_role("link", name="Next").click()
    expect(heading).to_have_text("Cole")  # Beck is alice's
    page.get_by_role("link", name="Edit all").click()
    page.get_by_label("Job title").fill("Buyer")
    page.get_by_role("main").get_by_role("button", name="Save person").click()
    expect(heading).to_have_text("Cole")
    way.get_by_role("link", name="Next").click()
    expect(heading).to_have_text("Daly")
    page.wait_for_load_state()
    if javascript:
        page.keyboard.press("k")
        expect(heading).to_have_text("Cole")
    page.goto("people/?q=daly")
    page.get_by_role("link", name="Daly", exact=True).click()
    expect(heading).to_have_text("Daly")
    expect(way.get_by_text("Next").locator("..")).to_have_attribute("aria-disabled", "true")


# --- the star ---------------------------------------------------------------------------------------------------------
def test_a_viewer_follows_finds_it_in_the_list_and_stops(open_page, javascript, victor, priya, inside):
    page = open_page(victor, javascript=javascript)
    page.goto(f"people/{priya.pk}/")
    star = page.get_by_role("button", name="Follow")
    if javascript:
        page.keyboard.press("s")
        expect(star).to_have_attribute("aria-pressed", "true")
    else:
        star.click()
    expect(toast(page)).to_contain_text("You follow Priya Raman.")
    expect(star).to_have_attribute("aria-pressed", "true")
    with inside():
        assert priya.followers.get().member == victor
    page.goto("people/")
    page.get_by_role("link", name="Followed by me").click()
    page.get_by_role("link", name="Priya Raman").click()
    star.click()
    expect(star).to_have_attribute("aria-pressed", "false")
    if javascript:
        expect(star).to_be_focused()
    with inside():
        assert not priya.followers.exists()
    toast(page).get_by_role("button", name="Undo").click()
    expect(star).to_have_attribute("aria-pressed", "true")
    with inside():
        assert priya.followers.get().member == victor


# --- folding ----------------------------------------------------------------------------------------------------------
def test_what_is_folded_stays_so_on_every_person_and_after_a_reload(open_page, acme, bob, priya):
    other = ContactFactory(workspace=acme, first_name="Colm", last_name="Daly")
    page = open_page(bob)
    page.goto(f"people/{priya.pk}/")
    files = page.get_by_role("region", name="Files")
    expect(files.get_by_text("No files yet.")).to_be_visible()
    files.locator("summary").focus()
    page.keyboard.press("Enter")
    page.locator(".facts summary").filter(has_text="Other data").click()
    page.wait_for_function("document.cookie.includes('contact-other')")
    expect(files.get_by_text("No files yet.")).to_be_hidden()
    for path in (f"people/{priya.pk}/", f"people/{other.pk}/"):
        page.goto(path)
        expect(files.get_by_text("No files yet.")).to_be_hidden()
        expect(fact(page, "source")).to_be_hidden()
        expect(fact(page, "owner")).to_be_visible()
    files.locator("summary").click()
    page.wait_for_function("!document.cookie.includes('contact-files')")
    page.reload()
    expect(files.get_by_text("No files yet.")).to_be_visible()
    expect(fact(page, "source")).to_be_hidden()


# --- actions ----------------------------------------------------------------------------------------------------------
def test_a_call_opens_the_composer_for_what_is_said(open_page, acme, bob):
    company = OrganizationFactory(
        workspace=acme, name="Northwind", phone="+442079460018", website="https://north.example"
    )
    page = open_page(bob)
    page.goto(f"organizations/{company.pk}/")
    call = page.get_by_role("main").get_by_role("link", name="Call").first
    expect(call).to_have_attribute("href", "tel:+442079460018")
    call.evaluate("link => (link.href = '#')")  # no telephone here
    call.click()
    expect(page.locator("#compose-call")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="Website", exact=True)).to_have_attribute("href", "https://north.example")
    page.get_by_role("main").get_by_role("link", name="New person").first.click()
    expect(page.get_by_role("combobox", name="Organization")).to_have_value("Northwind")


def test_the_way_through_the_stages_moves_a_deal(open_page, javascript, acme, bob, inside):
    sales = PipelineFactory(workspace=acme, currency="USD")
    stages = [StageFactory(workspace=acme, pipeline=sales, name=f"Step {n}", position=n) for n in range(1, 4)]
    deal = DealFactory(workspace=acme, stage=stages[0], owner=bob)
    with inside():
        deal.move_to(stages[1], by=bob.actor)
    page = open_page(bob, javascript=javascript)
    page.goto(f"deals/{deal.pk}/")
    way = page.get_by_role("form", name="Stage")
    expect(way.get_by_role("button", name="Passed: Step 1")).to_be_visible()
    expect(way.get_by_role("button", name="Step 2")).to_have_attribute("aria-current", "true")
    way.get_by_role("button", name="Step 3").click()
    expect(way.get_by_role("button", name="Step 3")).to_have_attribute("aria-current", "true")
    with inside():
        deal.refresh_from_db()
        assert deal.stage_id == stages[2].pk


def test_a_long_way_through_the_stages_scrolls_by_itself_on_a_phone(open_page, acme, bob):
    sales = PipelineFactory(workspace=acme, currency="USD")
    names = ("Lead in", "Qualified", "Demo booked", "Proposal", "Negotiation", "Verbal yes")
    stages = [StageFactory(workspace=acme, pipeline=sales, name=name, position=n) for n, name in enumerate(names)]
    deal = DealFactory(workspace=acme, stage=stages[-1], owner=bob)
    page = open_page(bob, viewport=PHONE)
    page.goto(f"deals/{deal.pk}/")
    expect(page.get_by_role("button", name="Verbal yes")).to_be_in_viewport()
    assert faults(page) == []
