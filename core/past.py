"""The past: while a moment is chosen, whatever has a history is read as it stood then.

The schema `past` has a view for each table with a history, of the table's own name and columns, that shows the rows of
the moment in `app.as_of` (`workspaces/past/views.py` writes them). With `past` first in the search path the same
statements read what was, so that no page has a second version of its questions. Such views can't be written to.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection
from django.utils import timezone

SCHEMA = "past"
#: milliseconds that a statement about the past may take: some would work out a past for each row of a large table
PATIENCE = 10_000

_moment: ContextVar[dt.datetime | None] = ContextVar("moment", default=None)


class PastIsAway(Exception):
    """The views of the past are being written anew: migrations run, or one failed on its way."""


def moment() -> dt.datetime | None:
    """The moment that is read; None for now."""
    return _moment.get()


def now() -> dt.datetime:
    """The moment that is read, for what tells late from early."""
    return _moment.get() or timezone.now()


@contextmanager
def as_of(at: dt.datetime | None) -> Iterator[None]:
    """Read as of a moment inside the block, None: as it is now; a transaction is open. Raises PastIsAway."""
    before = _moment.get()
    token = _moment.set(at)
    try:
        _look_at(at)
        yield
        if not connection.needs_rollback:
            _look_at(before)
    finally:
        _moment.reset(token)


def _look_at(at: dt.datetime | None) -> None:
    with connection.cursor() as cursor:
        if at is None:
            usual = "SET LOCAL search_path TO DEFAULT; SET LOCAL statement_timeout TO DEFAULT"
            cursor.execute(f"{usual}; SET LOCAL app.as_of = ''")
            return
        # PostgreSQL leaves a schema out of the path that is not there, and what is now would be shown as what was.
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [SCHEMA])
        if not cursor.fetchone()[0]:
            raise PastIsAway
        settings = f"SET LOCAL search_path = {SCHEMA}, public; SET LOCAL statement_timeout = {PATIENCE};"
        cursor.execute(f"{settings} SET LOCAL app.as_of = %s", [at.isoformat()])
