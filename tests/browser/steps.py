"""What people do in many journeys, and what is looked at in all of them."""

import re
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

PASSWORD = "a long test password"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: those that can depend on the theme
COLOURS = ["color-contrast", "link-in-text-block"]
#: timers never run out where scripts are off, and axe would wait for its own for ever: the short ones run out at once
NO_TIMERS = """window.setTimeout = (then, milliseconds, ...given) => {
    if (typeof then === "function" && !(milliseconds > 100)) Promise.resolve().then(() => then(...given));
    return 0;
}"""
#: until what has just changed is laid out and drawn; where scripts are off nobody would say when
DRAWN = """matchMedia("(scripting: none)").matches
    || new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))"""
#: pixels; text that is zoomed to 400 % on a wide screen has as few
NARROWEST, WIDEST_PHONE = 320, 760
#: what is touched all day; Django's admin has sizes of its own
TARGETS = (
    "main#main :is(.btn, button, select, textarea, .field-inline),"
    " main#main :is(.field, .row, .check, td) input:not([type=checkbox], [type=radio], [type=hidden]),"
    " .top :is(a, button), .tabbar :is(a, button), .menu:popover-open :is(a, button), dialog[open] :is(.btn, button)"
)
#: pixels that a finger hits
FINGER = 40


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


def axe_violations(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What axe says of the page under WCAG 2.2 A and AA and its best practices, or under some `rules` of theirs."""
    if not page.evaluate("'axe' in window"):
        if page.evaluate("matchMedia('(scripting: none)').matches"):
            page.evaluate(NO_TIMERS)
        page.evaluate(AXE_SCRIPT)
    wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    found = page.evaluate(
        """async (wanted) => {
            const preload = { assets: ["media"] }; // none of these rules reads the style sheets
            const { violations } = await axe.run(document, { runOnly: wanted, resultTypes: ["violations"], preload });
            return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
        }""",
        wanted,
    )
    return [f"{page.url}: {violation}" for violation in found]


def toast(page: Page) -> Locator:
    """What the page says about what was just done."""
    return page.locator("#toasts .toast")


def too_wide(page: Page) -> list[str]:
    """What stands out of the screen to the side, unless it scrolls inside its own box; empty on a page that fits."""
    return page.evaluate(
        """() => {
            const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
            if (wide <= 0) return [];
            const out = [...document.body.querySelectorAll("*")].filter(
                (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
            return [`${location.pathname}${location.search}: ${wide}px too wide: ` +
                out.slice(0, 4).map((element) => `${element.tagName}.${element.className}`).join(" ")];
        }"""
    )


def small_targets(page: Page) -> list[str]:
    """Buttons, links that look like buttons, tabs and fields that are too small for a finger."""
    return page.evaluate(
        """([targets, least]) => [...document.querySelectorAll(targets)].filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            return element.checkVisibility() && width > 1 && Math.min(width, height) < least;
        }).map((element) => `${location.pathname}: small target: ${element.outerHTML.slice(0, 160)}`)""",
        [TARGETS, FINGER],
    )


def turn_to(page: Page, theme: Literal["light", "dark"]) -> None:
    """As if its colours had had the time to change."""
    page.emulate_media(color_scheme=theme)
    page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")


def faults(page: Page, *, dark: bool = True) -> list[str]:
    """What is wrong with the page as it stands, in both themes; a phone is turned into the narrowest one as well."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    page.evaluate(DRAWN)
    found = axe_violations(page) + too_wide(page)
    if dark:
        turn_to(page, "dark")
        found += [f"dark: {violation}" for violation in axe_violations(page, rules=COLOURS)]
        turn_to(page, "light")
    size = page.viewport_size
    if size and size["width"] < WIDEST_PHONE:
        found += small_targets(page)
        page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        found += too_wide(page)
        page.set_viewport_size(size)
    return found
