"""An import through the product's own mapping and job, against plain COPY into the same table."""

import csv
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from contacts.models import Contact
from core.tenancy import workspace_scope
from demo.files import DemoFile, bring_in
from workspaces.models import Membership

from .data import FIRST, LAST, Copy, Filled

ROWS = 20_000
TARGET = 10_000


def measure(server, filled: Filled) -> str:
    """Rows a second of both, in words; the copied rows are rolled back, the imported ones stay."""
    with workspace_scope(filled.workspace.pk):
        member = Membership.objects.select_related("workspace").get(user=filled.user)
    stamp = int(time.time())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        write(path, stamp)
        start = time.perf_counter()
        done = bring_in(DemoFile("people.csv", "contact"), path, filled.workspace, member)
        imported = time.perf_counter() - start
    copied = plain_copy(server, filled)
    if done.created != ROWS:
        raise RuntimeError(f"{done.created} of {ROWS} rows came in, {done.refused} were refused")
    return (
        f"Import of {ROWS:,} people with e-mail and phone, from upload to the last row, history, search and timeline "
        f"kept: {ROWS / imported:,.0f} rows a second (target {TARGET:,}). Plain COPY of as many rows into the table of "
        f"people alone, its triggers at work: {ROWS / copied:,.0f} rows a second; the import takes "
        f"{imported / copied:.1f} times as long and writes five tables more.\n"
    )


def write(path: Path, stamp: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["First name", "Last name", "Job title", "E-mail", "Phone"])
        for n in range(ROWS):
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
