"""What lists ask the database, against plain SQL for the same question: rows of one page and the capped count.

The product's statements are those of the page, taken as they pass and asked again as `crm_app` under its policies; the
plain SQL is what one would type as the owner of the tables, whom no
policy binds. Bulk verbs run whole, history and all.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import psycopg
from django.db import connection
from django.test import Client

from core.tenancy import workspace_scope

from .data import Filled
from .plans import Asked, Listener

ROUNDS = 15
#: times the plain SQL that a question may take
MOST_RATIO = 3
COUNT = "SELECT count(*) FROM (SELECT FROM {rows} LIMIT 10001) AS some"


@dataclass(frozen=True)
class Question:
    """A list by its address below the workspace, and the rows of it in SQL: what stands behind FROM, and the order."""

    name: str
    path: str
    rows: str
    order: str
    table: str = "contacts_contact"

    @property
    def plain(self) -> list[str]:
        return [f"SELECT {self.table}.* FROM {self.rows} ORDER BY {self.order} LIMIT 51", COUNT.format(rows=self.rows)]


def where(text: str) -> str:
    return f"?where={quote(text)}"


def ratios(owner_url: str, filled: Filled, questions: list[Question]) -> list[tuple[str, float, float]]:
    """(name, milliseconds of the product's statements, milliseconds of the plain ones) of each."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(filled.user)
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(f"SET app.workspace_id = {filled.workspace.pk}")
        return [(one.name, product(client, filled, one.path), plain(owner, one.plain)) for one in questions]


def product(client: Client, filled: Filled, path: str) -> float:
    """Milliseconds of what the page asks, but for who asks it."""
    path = f"/w/{filled.workspace.slug}{path}"
    client.get(path)  # what is asked once a process is not the page's
    listener = Listener()
    with connection.execute_wrapper(listener):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    with workspace_scope(filled.workspace.pk), connection.cursor() as cursor:
        return milliseconds(lambda: ask(cursor, listener.asked))


def ask(cursor, statements: list[Asked]) -> None:
    for asked in statements:
        cursor.execute(asked.sql, asked.params)
        cursor.fetchall()


def plain(owner: psycopg.Connection, statements: list[str]) -> float:
    return milliseconds(lambda: [owner.execute(sql).fetchall() for sql in statements])


def milliseconds(act: Callable[[], object]) -> float:
    """The median of some rounds."""
    act()
    found = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        act()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)
