"""Journeys in a real browser against a real server with real commits; each asserts the database.

Where there is no Chromium they are skipped with a word; CHROMIUM names another one than those on the PATH.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from core.tenancy import workspace_scope
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
ROOT = Path(__file__).resolve().parents[2]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
#: milliseconds that a page may take before a journey fails; the machine may be busy with other things
PATIENCE = 20_000

expect.set_options(timeout=PATIENCE)


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
def javascript(request: pytest.FixtureRequest) -> bool:
    """Main journeys run twice."""
    return request.param


@pytest.fixture
def answered() -> Iterator[Callable[[], None]]:
    """Call it to wait until the server has answered all that browsers asked for, which may have left meanwhile: the
    database closes behind a test, and would cut off an answer in the middle.
    """
    changed, asked = threading.Condition(), 0

    def count(step: int, sender: type | None) -> None:
        nonlocal asked
        if sender and issubclass(sender, WSGIHandler):  # the handler of a test's own client is none
            with changed:
                asked += step
                changed.notify_all()

    def begin(sender: type | None, **_signal: object) -> None:
        count(1, sender)

    def end(sender: type | None, **_signal: object) -> None:
        count(-1, sender)

    def wait() -> None:
        with changed:
            assert changed.wait_for(lambda: asked <= 0, PATIENCE / 1000), "the server still answers"

    request_started.connect(begin)
    request_finished.connect(end)
    yield wait
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def open_page(browser: Browser, live_server, answered: Callable[[], None]) -> Iterator[Callable[..., Page]]:
    """`open_page()` is a new browser window on the server, `open_page(bob)` one in which bob has signed in.

    Relative addresses are those of acme's pages: `page.goto("people/")`.
    What its console calls an error fails the test.
    """
    contexts, errors = [], []

    def open_window(
        member: Membership | None = None,
        *,
        javascript: bool = True,
        viewport: dict = WIDE,
        dark: bool = False,
        listens: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=f"{live_server.url}/w/acme/",
            java_script_enabled=javascript,
            viewport=viewport,
            has_touch=viewport["width"] == PHONE["width"],
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/Prague",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if member:
            context.add_cookies([session_of(member) | {"url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        if listens:  # a browser calls it an error as well that there was no answer
            page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if is_fault(said) else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    answered()
    assert errors == []


def session_of(member: Membership) -> dict[str, str]:
    """The cookie of a member who has signed in."""
    client = Client()
    client.force_login(member.user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def is_fault(message: ConsoleMessage) -> bool:
    """Violations of the Content-Security-Policy and errors of scripts; an answer of 4xx is for the test to judge, and
    who leaves a page gives up what it has asked for."""
    no_fault = "(status of|Status Error Code) 4|htmx:(afterRequest|sendAbort)"
    return message.type == "error" and not re.search(no_fault, message.text)


@pytest.fixture
def alice(alice: Membership) -> Membership:
    """She has confirmed her address, so that she can sign in through the form."""
    EmailAddress.objects.create(user=alice.user, email=alice.user.email, verified=True, primary=True)
    return alice


@pytest.fixture
def inside(acme: Workspace) -> Callable[[], object]:
    """`with inside():` looks into acme's database."""
    return lambda: workspace_scope(acme.pk)


def manage(*arguments: str, **environment: str) -> subprocess.Popen:
    """A command of manage.py as a process of its own, on the test's database."""
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=os.environ | environment)


@pytest.fixture
def post(db, tmp_path: Path) -> Callable[[str], str]:
    """`post("tom@acme.example")` has the worker do what is queued, and gives the text of the letter to the address."""

    def deliver(address: str) -> str:
        for _round in range(3):  # a job may leave the letter to another one, which the worker no longer sees
            assert manage("worker", "--once", EMAIL_FILE_PATH=str(tmp_path)).wait(timeout=60) == 0
            letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in tmp_path.iterdir()]
            for letter in letters:
                if letter["To"] == address:
                    return letter.get_body(("plain",)).get_content()
        raise AssertionError(f"no letter to {address}")

    return deliver


@pytest.fixture
def worker(db) -> Iterator[None]:
    """The worker, for as long as the test runs."""
    process = manage("worker")
    yield
    process.terminate()
    assert process.wait(timeout=30) == 0, "the worker ended with an error"
