"""What people do in many journeys, and what is looked at in all of them."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

PASSWORD = "a long test password"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, email: str) -> None:
    """Through the form, as a person would."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def press(page: Page, name: str) -> None:
    """The button of the page's own part, not one of the frame around it."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def letter_path(letter: str) -> str:
    """The path of the link in a letter; the letter may name another host than the test's server."""
    return re.search(r"https?://[^/\s]+(/\S+)", letter)[1]


def axe_violations(page: Page) -> list[str]:
    """What axe says of the page under WCAG 2.2 A and AA and its best practices."""
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [
        f"{page.url}: {violation['id']}: {node['html'][:200]}"
        for violation in result.response["violations"]
        for node in violation["nodes"]
    ]


def toast(page: Page) -> Locator:
    """What the page says about what was just done."""
    return page.locator("#toasts .toast")
