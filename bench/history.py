"""What history costs, and undo: a bulk update with and without its triggers, and taking large changes back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import ChangeSet, change_set
from workspaces.models import Membership

from . import imports
from .data import Filled

ROWS, IMPORTED = 10_000, 12_000
#: in a transaction that is rolled back; the version of a row grows by a trigger too, which stays
BULK = (
    "UPDATE contacts_contact SET job_title = job_title || '!' WHERE id IN"
    f" (SELECT id FROM contacts_contact WHERE workspace_id = %s ORDER BY id LIMIT {ROWS})"
)
#: those that write versions; the others stay
TRIGGERS = """
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
     WHERE tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_' ORDER BY 1"""


def measure(url: str, filled: Filled) -> str:
    """The figures in words; nothing of it stays. `url` is the owner's."""
    with_history, imported = bulk(url, filled), imports.seconds(filled)
    with without_history(url):
        without, imported_without = bulk(url, filled), imports.seconds(filled)
    with workspace_scope(filled.workspace.pk):
        member = Membership.objects.select_related("workspace").get(user=filled.user)
    updated = undone(member, bulk_update(member))
    made = undone(member, imports.people(filled, IMPORTED).change_set_id)
    return (
        f"A bulk update of {ROWS:,} people takes {without:.2f} s without history and {with_history:.2f} s with it, "
        f"{with_history / without:.1f} times as long; an import of {imports.ROWS:,} people {imported_without:.2f} s "
        f"and {imported:.2f} s, {imported / imported_without:.1f} times as long. The undo of that update takes "
        f"{updated:.2f} s; the undo of an import of {IMPORTED:,} people with e-mail and phone {made:.2f} s.\n"
    )


@contextmanager
def without_history(url: str) -> Iterator[None]:
    """Nothing that is written inside the block gets a version."""
    turn(url, "DISABLE")
    try:
        yield
    finally:
        turn(url, "ENABLE")


def turn(url: str, what: str) -> None:
    with psycopg.connect(url) as owner:
        for table, trigger in owner.execute(TRIGGERS).fetchall():
            owner.execute(f"ALTER TABLE {table} {what} TRIGGER {trigger}")


def bulk(url: str, filled: Filled) -> float:
    """Seconds of one statement, the best of three."""
    found = []
    for _ in range(3):
        with psycopg.connect(url) as owner:
            owner.execute(f"SET LOCAL app.workspace_id = {filled.workspace.pk}")
            start = time.perf_counter()
            owner.execute(BULK, [filled.workspace.pk])
            found.append(time.perf_counter() - start)
            owner.rollback()
    return min(found)


def bulk_update(member: Membership) -> int:
    """Give the first people another job title; the id of the change set."""
    with workspace_scope(member.workspace_id), change_set("measured", by=member.actor):  # type: ignore[arg-type]
        ids = list(Contact.objects.order_by("pk").values_list("pk", flat=True)[:ROWS])
        Contact.objects.filter(pk__in=ids).update(job_title="measured")
        made = ChangeSet.current_id()
    assert made is not None
    return made


def undone(member: Membership, made: int) -> float:
    """Seconds that it takes to take a change set back. Raises RuntimeError where a row stays as it is."""
    start = time.perf_counter()
    with workspace_scope(member.workspace_id), change_set("", by=member.actor):  # type: ignore[arg-type]
        result = ChangeSet.objects.get(pk=made).undo(by=member.actor, patience=600)
    taken = time.perf_counter() - start
    if result.skipped:
        raise RuntimeError(f"Not all went back: {dict(result.skipped)}")
    return taken
