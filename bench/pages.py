"""Measures all steps through the real web server, and says which targets were reached."""

import gzip
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from . import history, imports
from .__main__ import serve
from .data import Filled
from .forms import Form
from .measure import Browser, Figure, Processes, cold_weight, figure, load
from .steps import Step, steps

CSRF = "b" * 32
#: times the CPU of the bare view that a step may take
TIMES_FLOOR = 3
#: times the CPU that a step may take when everything is ten times as large
MOST_GROWTH = 1.3
#: megabytes of both web workers, kilobytes of a first visit
MOST_MEMORY, MOST_WEIGHT = 200, 60


class Report(NamedTuple):
    """The tables in Markdown, and the milliseconds of CPU of each step."""

    text: str
    cpu: dict[str, float]


def measure_all(server, filled: Filled) -> Report:
    """Measure everything."""
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
    words, imported = imports.measure(server, filled)
    words += "\n" + history.measure(server.url("crm", imports.server_database()), filled)
    goals = [goal for step, row in zip(steps(filled), rows[1:], strict=True) for goal in goals_of(step, row, floor.cpu)]
    goals += [Goal("memory of two web workers, MB", memory, MOST_MEMORY), Goal("first visit, kB", cold, MOST_WEIGHT)]
    goals.append(Goal("import, rows a second", imported, imports.TARGET, at_least=True))
    text = table(rows) + facts + "\n" + words + "\n" + not_reached(goals)
    return Report(text, {row.name: row.cpu for row in rows})


def growth(small: dict[str, float], large: dict[str, float], scale: int) -> str:
    """How much more each step costs with `scale` times the records, from figures of the same hour, in Markdown."""
    rows = [
        f"| {name} | {small[name]:.1f} | {cpu:.1f} | {cpu / small[name]:.2f} | "
        f"{'yes' if cpu <= small[name] * MOST_GROWTH else 'no'} |\n"
        for name, cpu in large.items()
        if name in small
    ]
    head = f"| step | CPU | CPU, {scale} times as large | ratio | <= {MOST_GROWTH} |\n|---|--:|--:|--:|:-:|\n"
    return head + "".join(rows)


@dataclass
class Goal:
    """What docs/performance.md promises of a figure."""

    name: str
    found: float
    target: float
    at_least: bool = False

    @property
    def is_reached(self) -> bool:
        return self.found >= self.target if self.at_least else self.found <= self.target


def goals_of(step: Step, row: Figure, floor: float) -> list[Goal]:
    """The targets of a step, and for all of them at most `TIMES_FLOOR` times the floor."""
    wanted = [
        ("CPU ms", row.cpu, step.target, False),
        ("x floor", row.cpu / floor, TIMES_FLOOR, False),
        ("statements", row.statements, step.most_statements, False),
        ("requests a second, 8 clients", row.load or 0, step.least_load, True),
    ]
    return [Goal(f"{step.name}: {what}", *numbers) for what, *numbers in wanted if numbers[1] is not None]


def not_reached(goals: list[Goal]) -> str:
    """The goals that were missed, in words."""
    missed = [goal for goal in goals if not goal.is_reached]
    if not missed:
        return f"All {len(goals)} targets reached.\n"
    lines = [f"- {g.name}: {g.found:,.1f}, {'at least' if g.at_least else 'at most'} {g.target:,}" for g in missed]
    return f"Not reached, {len(missed)} of {len(goals)} targets:\n\n" + "\n".join(lines) + "\n"


def asker(surfer: Browser, path: str, headers: Mapping[str, str] = {}) -> Callable[[], object]:
    """A client that asks for one page whenever it is called."""
    return lambda: surfer.get(path, **headers)


def browser(filled: Filled, port: int) -> Browser:
    client = Client()
    client.force_login(filled.user)
    cookies = {"sessionid": client.cookies[settings.SESSION_COOKIE_NAME].value, "csrftoken": CSRF}
    return Browser(port, f"/w/{filled.workspace.slug}", cookies)


def measure(step: Step, filled: Filled, port: int, web: Processes, database: Processes, statements: int) -> Figure:
    surfer = browser(filled, port)
    headers = step.headers(f"http://127.0.0.1{surfer.prefix}")
    page = gzip.decompress(surfer.get(step.path)[1]).decode()
    if step.data is not None:
        fields, data = fields_of(page, step), step.data
        made = lambda n: surfer.post(step.action, fields | data(n), **headers)[1]  # noqa: E731
        return figure(step.name, made, web, database, statements, step.target)
    path = step.asked(page, surfer.prefix)
    found = figure(step.name, lambda n: surfer.get(path, **headers)[1], web, database, statements, step.target)
    found.load, found.load_p95 = load(lambda: asker(browser(filled, port), path, headers))
    return found


def fields_of(page: str, step: Step) -> dict:
    """What the form of the page would send; not what it was opened with, so that it can be sent again and again."""
    fields = Form(page, step.action).fields
    return {name: value for name, value in fields.items() if name not in ("version", "csrfmiddlewaretoken")}


def count_statements(filled: Filled, step: Step) -> int:
    """Statements of one request, those of the session, the user and the scope included."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(filled.user)
    prefix = f"/w/{filled.workspace.slug}"
    headers = step.headers(f"http://127.0.0.1{prefix}")
    page = client.get(prefix + step.path).content.decode()
    path, fields = prefix + step.asked(page, prefix), fields_of(page, step)
    with CaptureQueriesContext(connection) as captured:
        if step.data is None:
            answer = client.get(path, headers=headers)
        else:
            answer = client.post(prefix + step.action, fields | step.data(0), headers=headers)
    if answer.status_code >= 400:
        raise RuntimeError(f"{step.name}: {answer.status_code}\n{answer.content.decode()[:2000]}")
    return len([q for q in captured if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", q["sql"])])


def table(rows: list[Figure]) -> str:
    """The figures in Markdown; `x floor` is the CPU time against that of the bare view of the same run."""
    head = (
        "| step | median ms | p95 ms | CPU web | CPU database | CPU | target | x floor | <= 3 x floor | statements "
        "| bytes | per s, 8 clients | p95, 8 clients |\n|---|--:|--:|--:|--:|--:|--:|--:|:-:|--:|--:|--:|--:|\n"
    )
    return head + "".join("| " + " | ".join(cells(row, rows[0].cpu)) + " |\n" for row in rows)


def cells(row: Figure, floor: float) -> list[str]:
    ratio = row.cpu / floor
    times = [f"{number:.1f}" for number in (row.median, row.p95, row.web_cpu, row.database_cpu, row.cpu)]
    verdict = [str(row.target or ""), f"{ratio:.1f}", "yes" if ratio <= TIMES_FLOOR else "no"]
    load = [f"{number:.0f}" if number else "" for number in (row.load, row.load_p95)]
    return [row.name, *times, *verdict, str(row.statements or ""), f"{row.bytes:,}", *load]
