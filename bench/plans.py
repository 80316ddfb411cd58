"""How PostgreSQL answers what the pages ask: the plan of the dearest statements of each, with the rows they touched."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.test import Client

from core.tenancy import workspace_scope

from .data import Filled
from .steps import Step, steps

#: statements of a page whose plans are shown
MOST = 2
#: what each request asks before its page does: session, person, membership
EVERYWHERE = re.compile(r'FROM "(django_session|workspaces_user|workspaces_membership)"')
#: the lines of a plan that say what is read and by which index
NODE = re.compile(r"\(actual|\(never|SubPlan|InitPlan|CTE|Sort Method|Execution Time")


class Asked(NamedTuple):
    """A statement as a page sent it."""

    sql: str
    params: Any


class Listener:
    """Keeps the reading statements that pass while it is an execute wrapper."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def __call__(self, execute, sql, params, many, context):
        if re.match(r"\s*(SELECT|WITH)\b", sql) and not EVERYWHERE.search(sql):
            self.asked.append(Asked(sql, params))
        return execute(sql, params, many, context)


def plans(filled: Filled) -> str:
    """The plans of the dearest statements of all measured pages, each once, in Markdown."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(filled.user)
    return "".join(f"**{step.name}**\n\n{plan}\n" for step, plan in each(client, filled))


def each(client: Client, filled: Filled) -> Iterator[tuple[Step, str]]:
    seen: set[str] = set()
    for step in steps(filled):
        if step.data is not None:
            continue
        path = f"/w/{filled.workspace.slug}{step.path}"
        client.get(path)  # what is asked once a process is not the page's
        listener = Listener()
        with connection.execute_wrapper(listener):
            client.get(path)
        found = sorted((explain(filled, asked) for asked in listener.asked), reverse=True)[:MOST]
        fresh = [plan for plan in found if plan.sql not in seen]
        seen.update(plan.sql for plan in fresh)
        if fresh:
            yield step, "".join(f"```text\n{plan.text}\n```\n" for plan in fresh)


class Plan(NamedTuple):
    milliseconds: float
    sql: str
    text: str


def explain(filled: Filled, asked: Asked) -> Plan:
    """The plan as the application's role gets it, inside the workspace. Asked twice: the first one fills the cache."""
    with workspace_scope(filled.workspace.pk), connection.cursor() as cursor:
        for _round in range(2):
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) {asked.sql}", asked.params)
            lines = [line for (line,) in cursor.fetchall()]
    took = float(lines[-1].split()[2])
    nodes = [
        line.replace("(actual rows=", "(rows=").replace(".00 loops", " loops") for line in lines if NODE.search(line)
    ]
    return Plan(took, asked.sql, "\n".join(nodes))
