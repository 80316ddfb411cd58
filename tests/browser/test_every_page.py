"""Every page, in both themes, on a wide screen and on a phone: no barrier, nothing wider than the screen, nothing too
small for a finger, no fault in the console (`open_page` looks at that).

The pages are those of the URLconfs: a new one is visited as well, and asks in tests/office.py for what stands in it.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import INSIDE, PUBLIC, Address
from tests.factories import UserFactory
from tests.importing import REAL_FILES, run_jobs
from tests.office import Office
from workspaces.models import Membership

from .conftest import PHONE, WIDE
from .steps import axe_violations, faults, press, small_targets, too_wide

#: so tall that nothing lies half below what sticks to the edge of the screen: axe would call that a small target
SCREENS = {"1440": WIDE | {"height": 4_000}, "390": PHONE | {"height": 10_000}}
#: into which the walk through the rooms is cut, so that processes can divide it among them
SHARES = 8

#: the heading of the empty column in Django's own tables of rows; its template has no block there
HEADLESS = 'empty-table-header: <th class="original"></th>'

State = Callable[[Page, Office], None]


# --- all pages --------------------------------------------------------------------------------------------------------
def documents(page: Page, office: Office, addresses: list[Address]) -> Iterator[str]:
    """The addresses that are pages to whoever has signed in here; no download, part of a page or answer to a form."""
    seen = set()
    for address in addresses:
        for path in office.paths(address):
            for here in (path, *(path + query for query in office.variants(address))):
                answer = page.request.get(here)
                may_lack = address.name.endswith(("_history", ":panel"))  # no history of Django's, not every panel
                assert answer.status in (200, 403, 405, 410, 422, 404 * may_lack), (here, answer.status)
                kind = answer.headers.get("content-type", "")
                if answer.url not in seen and kind.startswith("text/html") and "<html" in answer.text():
                    seen.add(answer.url)
                    yield here


def visited(page: Page, office: Office, addresses: list[Address]) -> list[str]:
    """What is wrong with them on either screen."""
    found, count, looks = [], 0, Looks(page)
    for path in documents(page, office, addresses):
        page.goto(path)
        found += looks.faults()
        count += 1
    assert count > 5
    return [fault for fault in found if not fault.endswith(HEADLESS)]


class Looks:
    """A window that is turned from screen to screen; on a phone's it is touched with a finger."""

    def __init__(self, page: Page) -> None:
        self.page, self.screens, self.screen = page, list(SCREENS.values()), None
        self.devtools = page.context.new_cdp_session(page)  # touch ends with it

    def faults(self) -> list[str]:
        """What is wrong with the page on each screen, and in the dark on the one that it was loaded on. The next page
        is loaded on the last one, for a change.
        """
        found = []
        for screen in self.screens:
            self.turn(screen)
            found += faults(self.page, dark=screen is self.screens[0])
        self.screens.reverse()
        return found

    def turn(self, screen: dict[str, int]) -> None:
        if screen is self.screen:
            return
        self.screen, has_touch = screen, screen["width"] == PHONE["width"]
        self.page.set_viewport_size(screen)
        self.devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": has_touch})
        assert self.page.evaluate("matchMedia('(pointer: coarse)').matches") == has_touch


@pytest.fixture(params=SCREENS.values(), ids=SCREENS)
def viewport(request) -> dict[str, int]:
    return request.param


OUTSIDE = [address for address in PUBLIC if not address.site]
PLATFORM = [
    address for address in PUBLIC if address.site and address.name.endswith(("index", "changelist", "app_list"))
]
ADMIN = [address for address in INSIDE if address.site]
ROOMS = [address for address in INSIDE if not address.site]


@pytest.mark.parametrize("share", range(SHARES))
def test_the_pages_of_a_workspace_have_no_fault(open_page, alice, office, share):
    found = visited(open_page(alice), office, ROOMS[share::SHARES])
    assert not found, "\n".join(found)


def test_the_pages_of_the_admin_have_no_fault(open_page, alice, office):
    found = visited(open_page(alice), office, ADMIN)
    staff = Membership(user=UserFactory(is_staff=True, is_superuser=True))
    found += visited(open_page(staff), office, PLATFORM)
    assert not found, "\n".join(found)


def test_the_pages_outside_of_workspaces_have_no_fault(open_page, alice, bob, office):
    found = visited(open_page(), office, OUTSIDE)
    found += visited(open_page(alice), office, OUTSIDE)
    page = open_page(bob)
    looks = Looks(page)
    for path in ("no-such-page/", "settings/members/invite/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Not found" if "such" in path else "Not allowed")
        found += looks.faults()
    assert not found, "\n".join(found)


def test_the_pages_of_an_empty_workspace_have_no_fault(open_page, charlie):
    found, page = [], open_page(charlie)
    looks = Looks(page)
    for address in ROOMS:
        if not address.parameters and address.name.endswith(
            ("list", "today", "overview", "search", "members", "teams")
        ):
            page.goto(f"/w/elsewhere/{address.path}")
            found += looks.faults()
    assert not found, "\n".join(found)


# --- what a page can be brought into ----------------------------------------------------------------------------------
def refused(path: str, button: str, **typed: str) -> State:
    """A form that can't be saved so; `typed` are its fields by label."""

    def send(page: Page, office: Office) -> None:
        page.goto(path)
        for label, text in typed.items():
            page.get_by_role("main").get_by_label(label).first.fill(text)
        page.locator("main form").evaluate_all("forms => forms.forEach((form) => (form.noValidate = true))")
        press(page, button)
        expect(page.locator("main .err, main [role=alert]").first).to_be_visible()

    return send


def composer_with_an_error(page: Page, office: Office) -> None:
    page.goto(f"deals/{office.deal.pk}/")
    press(page, "Save note")
    expect(page.locator("#composer .err")).to_be_visible()


def bulk_bar(page: Page, office: Office) -> None:
    page.goto("people/")
    page.locator("tbody input[type=checkbox]").first.check()
    expect(page.get_by_role("form", name="Selected rows")).to_be_visible()


def bulk_dialog(page: Page, office: Office) -> None:
    bulk_bar(page, office)
    press(page, "Add tag")
    expect(page.get_by_role("dialog", name="Add tag")).to_be_visible()


def filters_over_the_list(page: Page, office: Office) -> None:
    page.goto("deals/")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.locator("#add-filter").get_by_text("Stage", exact=True).click()
    expect(page.locator("#add-filter details[open]")).to_be_visible()


def view_over_the_list(page: Page, office: Office) -> None:
    page.goto("deals/")
    page.get_by_role("button", name="View", exact=True).click()
    expect(page.get_by_label("Sort by")).to_be_visible()


def opened(path: str, menu: str) -> State:
    """A menu of a page."""

    def open_menu(page: Page, office: Office) -> None:
        page.goto(path.format(contact=office.contact.pk))
        page.locator(f"[popovertarget={menu}]:visible").first.click()
        expect(page.locator(f"#{menu}")).to_be_visible()

    return open_menu


def done_with_undo(page: Page, office: Office) -> None:
    page.goto(f"deals/{office.deal.pk}/")
    press(page, "Proposal")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def upload(page: Page, kind: str, file: str) -> None:
    page.goto("transfers/new/")
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("File").set_input_files(REAL_FILES / file)
    press(page, "Read the file")


def mapping_of_a_file(page: Page, office: Office) -> None:
    upload(page, "Deals", "sales_pipeline.csv")
    page.locator("summary").filter(has_text="product").click()


def mapping_with_errors(page: Page, office: Office) -> None:
    upload(page, "Organizations", "products.csv")
    press(page, "Start import")
    expect(page.get_by_text("No column is chosen for: Name.")).to_be_visible()


def finished_import(page: Page, office: Office) -> None:
    upload(page, "Organizations", "accounts.csv")
    press(page, "Start import")
    expect(page.get_by_role("progressbar")).to_be_visible()
    run_jobs()
    page.locator("main .figures").wait_for()


STATES = (
    refused("people/new/", "Save person", **{"E-mail": "no address"}),
    refused("organizations/new/", "Save organization"),
    refused("deals/new/", "Save deal", Value="twenty"),
    refused("activities/new/", "Save activity"),
    refused("people/positions/new/", "Save position"),
    refused("settings/members/invite/", "Send invitation", **{"E-mail": "no address"}),
    refused("settings/teams/new/", "Save team"),
    refused("settings/profile/", "Save profile", Name=""),
    refused("/workspaces/new/", "Create workspace"),
    refused("transfers/new/", "Read the file"),
    composer_with_an_error,
    bulk_bar,
    bulk_dialog,
    filters_over_the_list,
    view_over_the_list,
    opened("people/", "new-menu"),
    opened("people/", "account-menu"),
    opened("people/{contact}/", "rec-menu"),
    done_with_undo,
    mapping_of_a_file,
    mapping_with_errors,
    finished_import,
)
WIDE_STATES = (
    opened("people/", "workspace-menu"),
    opened("people/", "keys"),
    opened("people/{contact}/", "tags-head"),
)
PHONE_STATES = (opened("people/", "more-menu"),)
SIGNED_OUT = (
    refused("/accounts/login/", "Sign in", **{"E-mail": "nobody@acme.example", "Password": "a wrong one"}),
    refused("/accounts/signup/", "Create account", **{"E-mail": "no address", "Password": "short"}),
    refused("/accounts/password/reset/", "Send link", **{"E-mail": "no address"}),
)


def test_no_state_of_a_page_has_a_fault(open_page, alice, office, viewport):
    found, page, visitor = [], open_page(alice, viewport=viewport), open_page(viewport=viewport)
    for state in (*STATES, *(WIDE_STATES if viewport["width"] == WIDE["width"] else PHONE_STATES)):
        state(page, office)
        found += faults(page)
    for state in SIGNED_OUT:
        state(visitor, office)
        found += faults(visitor)
    assert not found, "\n".join(found)


def test_the_looks_at_a_page_see_what_is_wrong(open_page, alice):
    page = open_page(alice, viewport=PHONE)
    page.goto("people/")
    wrong = "<img src='/static/img/favicon.svg' width='3000'><button class='btn' id='tiny'>x</button>"
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", wrong)
    page.evaluate("document.querySelector('#tiny').style.cssText = 'height: 20px; min-height: 0'")
    assert "3000" in axe_violations(page)[0]
    assert "too wide" in too_wide(page)[0]
    assert any("tiny" in found for found in small_targets(page))
    page.evaluate("document.querySelector('h1').style.color = 'light-dark(black, #222)'")
    assert any(found.startswith("dark") and "color-contrast" in found for found in faults(page))
