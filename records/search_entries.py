"""When new records get their entries in the search: at once, or, where thousands come in, soon after.

The keys of an entry cost as much as half of what else is written of a person. So an import has them written by a
connection of its own while the next rows come in (docs/decisions/08-search-catches-up.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from core.tenancy import set_local


@contextmanager
def entries_later() -> Iterator[None]:
    """What is added in this block, inside a transaction, is found when `catch_up` was called after it."""
    set_local(search_later="on")
    yield
    set_local(search_later=None)


def catch_up() -> None:
    """Write the entries that are still to come in the workspace whose scope is open. Others who do so wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_search_catch_up()")
