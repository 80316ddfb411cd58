"""The measured pages and interactions, with their targets: milliseconds of CPU, web and database together."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from . import imports
from .__main__ import serve
from .data import Filled
from .forms import Form
from .measure import Browser, Figure, Processes, cold_weight, figure, load

CSRF = "b" * 32


@dataclass
class Step:
    """A page (`path`), or a form of one: opened once, then sent with `data(n)` changed to `action`."""

    name: str
    path: str
    target: float | None = None
    action: str = ""
    data: Callable[[int], dict] | None = None
    #: a list or page that is also asked for by eight clients at once
    under_load: bool = False


def steps(filled: Filled) -> list[Step]:
    contact, deal = f"/people/{filled.contact_id}/", f"/deals/{filled.deal_id}/"
    stages = filled.stage_ids
    return [
        Step("people, 50 rows", "/people/", 12, under_load=True),
        Step("people, newest first", "/people/?sort=-created_at", 12),
        Step("people of one owner", f"/people/?owner={filled.owner_id}", 12),
        Step("people, three letters", "/people/?q=ram", 12),
        Step("organizations, 50 rows", "/organizations/", 12),
        Step("deals, 50 rows", "/deals/", 12),
        Step("activities, 50 rows", "/activities/", 12),
        Step("person with timeline", contact, 15),
        Step("organization with timeline", f"/organizations/{filled.organization_id}/", 15),
        Step("deal with timeline", deal, 15),
        Step("search everything", "/search/?q=kowal", 12),
        Step("overview", "/"),
        Step(
            "create a person",
            "/people/new/",
            15,
            "/people/new/",
            lambda n: {"first_name": "Nora", "last_name": f"Measured {n}"},
        ),
        Step("move a deal", deal, 10, f"{deal}stage/", lambda n: {"stage": stages[n % len(stages)]}),
    ]


def measure_all(server, filled: Filled) -> str:
    """Measure everything; returns the tables in Markdown."""
    statements = {step.name: count_statements(filled, step) for step in steps(filled)}
    connection.close()
    connection.close_pool()
    floor_process, floor_port = serve("bench.floor:application")
    try:
        plain = Browser(floor_port)
        floor = figure(
            "bare view, 50 rows from memory", lambda n: plain.get("/")[1], Processes(floor_process.pid), None
        )
        floor.load, floor.load_p95 = load(lambda: asker(Browser(floor_port), "/"))
    finally:
        floor_process.terminate()
        floor_process.wait()
    process, port = serve("crm.wsgi:application")
    try:
        web, database = Processes(process.pid), Processes(server.pid)
        rows = [floor] + [measure(step, filled, port, web, database, statements[step.name]) for step in steps(filled)]
        memory = web.memory() / 1e6
        cold = cold_weight(browser(filled, port), "/people/") / 1000
    finally:
        process.terminate()
        process.wait()
    facts = f"\nTwo web workers hold {memory:.0f} MB; a first visit of the people list weighs {cold:.0f} kB.\n"
    return table(rows) + facts + "\n" + imports.measure(server, filled)


def asker(surfer: Browser, path: str) -> Callable[[], object]:
    """A client that asks for one page whenever it is called."""
    return lambda: surfer.get(path)


def browser(filled: Filled, port: int) -> Browser:
    client = Client()
    client.force_login(filled.user)
    cookies = {"sessionid": client.cookies[settings.SESSION_COOKIE_NAME].value, "csrftoken": CSRF}
    return Browser(port, f"/w/{filled.workspace.slug}", cookies)


def measure(step: Step, filled: Filled, port: int, web: Processes, database: Processes, statements: int) -> Figure:
    surfer = browser(filled, port)
    if step.data is None:
        found = figure(step.name, lambda n: surfer.get(step.path)[1], web, database, statements, step.target)
    else:
        fields = form_of(surfer, step)
        found = figure(
            step.name,
            lambda n: surfer.post(step.action, fields | step.data(n))[1],
            web,
            database,
            statements,
            step.target,
        )
    if step.under_load:
        found.load, found.load_p95 = load(lambda: asker(browser(filled, port), step.path))
    return found


def form_of(surfer: Browser, step: Step) -> dict:
    _status, content = surfer.get(step.path)
    fields = Form(gzip.decompress(content).decode(), step.action).fields
    return {name: value for name, value in fields.items() if name not in ("version", "csrfmiddlewaretoken")}


def count_statements(filled: Filled, step: Step) -> int:
    """Statements of one request, those of the session, the user and the scope included."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(filled.user)
    prefix = f"/w/{filled.workspace.slug}"
    page = client.get(prefix + step.path)
    if step.data is None:
        with CaptureQueriesContext(connection) as captured:
            client.get(prefix + step.path)
    else:
        fields = Form(page.content.decode(), step.action).fields
        fields = {k: v for k, v in fields.items() if k not in ("version", "csrfmiddlewaretoken")}
        with CaptureQueriesContext(connection) as captured:
            client.post(prefix + step.action, fields | step.data(0))
    return len([q for q in captured if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", q["sql"])])


def table(rows: list[Figure]) -> str:
    """The figures in Markdown; `x floor` is the CPU time against that of the bare view of the same run."""
    head = (
        "| step | median ms | p95 ms | CPU web | CPU database | CPU | target | x floor | statements | bytes | per s, "
        "8 clients | p95, 8 clients |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    )
    floor = rows[0].cpu
    return head + "".join(
        f"| {row.name} | {row.median:.1f} | {row.p95:.1f} | {row.web_cpu:.1f} | {row.database_cpu:.1f} | {row.cpu:.1f} "
        f"| {row.target or ''} | {row.cpu / floor:.1f} | {row.statements or ''} | {row.bytes:,} "
        f"| {f'{row.load:.0f}' if row.load else ''} | {f'{row.load_p95:.0f}' if row.load_p95 else ''} |\n"
        for row in rows
    )
