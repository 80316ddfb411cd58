"""The measured pages and interactions, with their targets: milliseconds of CPU, web and database together."""

from collections.abc import Callable
from dataclasses import dataclass

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


def steps(filled: Filled) -> list[Step]:
    contact, deal = f"/people/{filled.contact_id}/", f"/deals/{filled.deal_id}/"
    stages = filled.stage_ids
    return [
        Step("people, 50 rows", "/people/", 12, most_statements=10, least_load=150),
        Step("people, newest first", "/people/?sort=-created_at", 12, most_statements=10),
        Step("people of one owner", f"/people/?owner={filled.owner_id}", 12, most_statements=10),
        Step("people, three letters", "/people/?q=ram", 12, most_statements=10),
        Step("organizations, 50 rows", "/organizations/", 12, most_statements=10),
        Step("deals, 50 rows", "/deals/", 12, most_statements=10),
        Step("activities, 50 rows", "/activities/", 12, most_statements=10),
        Step("person with timeline", contact, 15),
        Step("organization with timeline", f"/organizations/{filled.organization_id}/", 15),
        Step("deal with timeline", deal, 15),
        Step("search everything", "/search/?q=kowal", 12),
        Step("overview", "/"),
        Step("change log", "/history/", 12, most_statements=10),
        Step("history of a person", f"{contact}history/", 15),
        Step(
            "create a person",
            "/people/new/",
            15,
            "/people/new/",
            lambda n: {"first_name": "Nora", "last_name": f"Measured {n}"},
        ),
        Step("move a deal", deal, 10, f"{deal}stage/", lambda n: {"stage": stages[n % len(stages)]}),
    ]
