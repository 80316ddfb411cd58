"""The measured pages and interactions, with their targets: milliseconds of CPU, web and database together."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from uuid import uuid4

from records.pages.editing import mark_of_values

from .data import Filled


@dataclass
class Step:
    """A page (`path`), which eight clients ask for too, or a form of one: opened once, then sent with `data(n)` changed
    to `action`."""

    name: str
    path: str
    target: float | None = None
    action: str = ""
    data: Callable[[int], dict] | None = None
    most_statements: int | None = None
    #: requests a second of eight clients
    least_load: float | None = None
    #: asked by htmx on the page of this path, in its name
    asked_on: str = ""
    #: what is asked is what the page names: a pattern that finds the path in it
    follows: str = ""

    def headers(self, origin: str) -> dict[str, str]:
        """What htmx would say of itself; `origin` is the address of the workspace."""
        return {"HX-Request": "true", "HX-Current-URL": origin + self.asked_on} if self.asked_on else {}

    def asked(self, html: str, prefix: str) -> str:
        """The path that is measured, given the page at `path`; `prefix` is what stands before it."""
        if not self.follows:
            return self.path
        return unescape(re.findall(self.follows, html)[0]).removeprefix(prefix)


LIVE, OLDER = r'id="live" hidden hx-get="([^"]+)"', r'hx-get="([^"]+before=[^"]+)"'


def palette(name: str, text: str) -> Step:
    # One more than the search itself where something is typed: views and groups of that name.
    return Step(f"palette: {name}", f"/search/?q={text}", 12, most_statements=10 + bool(text), asked_on="/people/")


def steps(filled: Filled) -> list[Step]:
    contact, deal = f"/people/{filled.contact_id}/", f"/deals/{filled.deal_id}/"
    stages, board = filled.stage_ids, "/deals/board/"
    then = f"/@{filled.then.astimezone(dt.UTC).isoformat().replace('+00:00', 'Z')}"
    busy, task = f"/people/{filled.busiest_id}/", f"/today/{filled.task_id}/due/"
    return [
        Step("people, 50 rows", "/people/", 12, most_statements=10, least_load=150),
        Step("people, newest first", "/people/?sort=-created_at", 12, most_statements=10),
        Step("people of one owner", f"/people/?owner={filled.owner_id}", 12, most_statements=10),
        Step("people, three letters", "/people/?q=ram", 12, most_statements=10),
        Step("organizations, 50 rows", "/organizations/", 12, most_statements=10),
        Step("deals, 50 rows", "/deals/", 12, most_statements=10),
        Step("board of 10,000 open deals", board, 30, most_statements=10),
        Step("board of one owner", f"{board}?owner={filled.owner_id}", 30, most_statements=11),
        Step("board by next step", f"{board}?sort=next_step", 30, most_statements=10),
        Step("board by value", f"{board}?sort=-value", 30, most_statements=11),
        Step("board of owners", f"{board}?by=owner", 30, most_statements=12),
        Step("board of months", f"{board}?by=month", 30, most_statements=11),
        Step("board of forecast categories", f"{board}?by=forecast", 30, most_statements=11),
        Step("board, nothing new", board, 5, most_statements=8, asked_on=board, follows=LIVE),
        Step("activities, 50 rows", "/activities/", 12, most_statements=10),
        Step("person with timeline", contact, 15),
        Step("person with 10,000 entries", busy, 15),
        Step("load older", busy, 10, asked_on=busy, follows=OLDER),
        Step("find in 10,000 entries", f"{busy}panels/timeline/?find=depots", 15, asked_on=busy),
        Step("organization with timeline", f"/organizations/{filled.organization_id}/", 15),
        Step("deal with timeline", deal, 15),
        Step("search everything", "/search/?q=kowal", 12),
        palette("nothing typed", ""),
        palette("three letters", "ram"),
        palette("without accents, in part", "dvora"),
        palette("digits of a phone", "020%207946"),
        palette("a typing error", "kowalksi"),
        palette("what most have", "%40example"),
        Step("today", "/", 15, most_statements=12),
        Step("today of the team", "/?who=team", 15, most_statements=12),
        Step("overview", "/reports/"),
        Step("forecast of 10,000 open deals", "/reports/forecast/", most_statements=12),
        Step("numbers above the board", f"{board}?panel=numbers", most_statements=12),
        Step("person as of a moment", f"{then}{contact}", 3 * 15, most_statements=20),
        Step("board as of a moment", f"{then}{board}", 3 * 30, most_statements=20),
        Step("board as of a moment, compared", f"{then}{board}?compare=now"),
        Step("people as of a moment", f"{then}/people/", 2000, most_statements=20),
        Step("people as of a moment, by name", f"{then}/people/?q=ram", 2000, most_statements=20),
        Step("change log", "/history/", 12, most_statements=10),
        Step("history of a person", f"{contact}history/", 15),
        Step(
            "create a person",
            "/people/new/",
            15,
            "/people/new/",
            # nobody is like them: the form would ask whether it is the same person
            lambda n: {"first_name": f"Nora {uuid4().hex[:6]}", "last_name": f"Measured {uuid4().hex}"},
        ),
        Step(
            "edit a fact in its place",
            f"{contact}facts/job_title/",
            10,
            f"{contact}facts/job_title/",
            # the form says what it was opened with, at first what the page says
            lambda n: {"job_title": f"Buyer {n}"} | ({"was": mark_of_values([f"Buyer {n - 1}"])} if n else {}),
            asked_on=contact,
        ),
        Step(
            "save a note with a follow-up",
            contact,
            15,
            f"/activities/compose/contact/{filled.contact_id}/",
            lambda n: {"body": f"Wants two depots, {n}.", "follow_up": "on", "days": "3"},
            asked_on=contact,
        ),
        Step("put a task off on Today", task, 15, task, lambda n: {"days": "1"}, asked_on="/"),
        Step("move a deal", deal, 10, f"{deal}stage/", lambda n: {"stage": stages[n % len(stages)]}),
        Step(
            "move a card on the board",
            f"{deal}stage/",
            10,
            f"{deal}stage/",
            lambda n: {"stage": stages[n % len(stages)]},
            asked_on=board,
        ),
    ]
