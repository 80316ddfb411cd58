"""An import through the product's own mapping and job, against plain COPY into the same table."""

import csv
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from contacts.models import Contact
from core.tenancy import workspace_scope
from transfers.intake import bring_in
from transfers.models import Import
from workspaces.models import Membership

from .data import FIRST, LAST, Copy, Filled
from .measure import Processes

ROWS = 20_000
TARGET = 10_000


def measure(server, filled: Filled) -> tuple[str, float]:
    """Rows a second of both, in words, and those of the import. The copied rows are rolled back, the others stay."""
    python, database = Processes(os.getpid()), Processes(server.pid)
    time.sleep(2)  # the connections of the web server that was measured before end, and their share with them
    before = python.cpu(), database.cpu()
    imported = seconds(filled)
    python_cpu, database_cpu = python.cpu() - before[0], database.cpu() - before[1]
    copied = plain_copy(server, filled)
    words = (
        f"Import of {ROWS:,} people with e-mail and phone, from the start of the job to the last row, history, search "
        f"and timeline kept: {ROWS / imported:,.0f} rows a second (target {TARGET:,}); a row costs "
        f"{python_cpu / ROWS * 1e6:.0f} microseconds of CPU in Python and {database_cpu / ROWS * 1e6:.0f} in the "
        f"database, on two cores side by side. Plain COPY of as many rows into the table of people alone, its triggers "
        f"at work: {ROWS / copied:,.0f} rows a second; the import takes {imported / copied:.1f} times as long and "
        f"writes five tables more.\n"
    )
    return words, ROWS / imported


def seconds(filled: Filled) -> float:
    """Seconds of an import, from the start of the job to its end."""
    done = people(filled, ROWS)
    return (done.finished_at - done.started_at).total_seconds()


def people(filled: Filled, count: int) -> Import:
    """Import so many people with e-mail and phone; they stay. Raises RuntimeError where one was refused."""
    with workspace_scope(filled.workspace.pk):
        member = Membership.objects.select_related("workspace").get(user=filled.user)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        write(path, count, time.time_ns())
        done = bring_in(path, "contact", by=member)
    if done.created != count:
        raise RuntimeError(f"{done.created} of {count} rows came in, {done.refused} were refused")
    return done


def write(path: Path, count: int, stamp: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["First name", "Last name", "Job title", "E-mail", "Phone"])
        for n in range(count):
            name = (FIRST[n % len(FIRST)], f"{LAST[n % len(LAST)]} {n}")
            out.writerow([*name, "Buyer", f"import{stamp}.{n}@example.com", f"+44207946{n % 10000:04d}"])


def plain_copy(server, filled: Filled) -> float:
    """Seconds of COPY into the table of people; rolled back."""
    with psycopg.connect(server.url("crm", server_database())) as connection:
        connection.execute(f"SET LOCAL app.workspace_id = {filled.workspace.pk}")
        copy = Copy(connection, filled.workspace.pk, keep=False)
        start = time.perf_counter()
        copy(Contact, ({"first_name": FIRST[n % 18], "last_name": f"Copied {n}"} for n in range(ROWS)))
        seconds = time.perf_counter() - start
        connection.rollback()
    return seconds


def server_database() -> str:
    from django.db import connection

    return connection.settings_dict["NAME"]
