"""Journeys in a real browser against a real server with real commits; each asserts the database.

Where there is no Chromium they are skipped with a word; CHROMIUM names another one than those on the PATH.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from core.tenancy import workspace_scope
from tests.conftest import member, owner_of
from tests.factories import UserFactory, WorkspaceFactory
from workspaces.models import Membership, Workspace

# Playwright keeps an event loop in this thread; Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a long test password"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine; set CHROMIUM to its path"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request) -> bool:
    """Main journeys run twice."""
    return request.param


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`open_page()` is a new browser window on the server; what its console calls an error fails the test."""
    contexts, errors = [], []

    def open_window(*, javascript: bool = True, viewport: dict = WIDE, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if is_fault(message) else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert errors == []


def is_fault(message) -> bool:
    """Violations of the Content-Security-Policy and errors of scripts; an answer of 4xx is for the test to judge."""
    return message.type == "error" and "status of 4" not in message.text


@pytest.fixture
def acme(db) -> Workspace:
    alice = UserFactory(name="Alice Ostrowska", email="alice@acme.example")
    verify(alice)
    return WorkspaceFactory(name="Acme", user=alice, currency="USD", country="US")


@pytest.fixture
def alice(acme: Workspace) -> Membership:
    return owner_of(acme)


@pytest.fixture
def bob(acme: Workspace) -> Membership:
    membership = member(acme, "Bob Lindqvist", "rep")
    verify(membership.user)
    return membership


def verify(user) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def sign_in(page: Page, email: str) -> None:
    """Through the form, as a person would."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


@pytest.fixture
def inside(acme: Workspace) -> Callable[[], object]:
    """`with inside():` looks into acme's database."""
    return lambda: workspace_scope(acme.pk)


def axe_violations(page: Page) -> list[str]:
    """What axe says of the page under WCAG 2.2 A and AA and its best practices."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        f"{page.url}: {violation['id']}: {node['html'][:200]}"
        for violation in result.response["violations"]
        for node in violation["nodes"]
    ]
