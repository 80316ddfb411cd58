"""The scope of a workspace: while it is open, the database shows and takes only that workspace's rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_workspace_id: ContextVar[int | None] = ContextVar("workspace_id", default=None)


def current_workspace_id() -> int | None:
    """Id of the workspace whose scope is open, or None."""
    return _workspace_id.get()


def set_local(**settings: object) -> None:
    """Set `app.<name>` for the rest of the transaction, all in one round trip. None becomes ''.

    SET LOCAL and not set_config(): a distributed engine passes only the former on to its nodes.
    """
    with connection.cursor() as cursor:
        statements = "; ".join(f"SET LOCAL app.{name} = %s" for name in settings)
        cursor.execute(statements, ["" if value is None else str(value) for value in settings.values()])


@contextmanager
def workspace_scope(workspace_id: int, *, to_the_end: bool = False, **settings: object) -> Iterator[None]:
    """Open a transaction (or a savepoint of one) in which rows of this workspace are seen and written.

    Further `settings` are set with it (`user_id`, `change_meta`). On the way out the workspace that was in force
    before is in force again, and what the caller added is empty. `to_the_end` of the transaction that the caller has
    opened, there is no savepoint, and nothing that the commit does not put back by itself.
    """
    before = _workspace_id.get()
    token = _workspace_id.set(workspace_id)
    goes_on = connection.in_atomic_block and not (to_the_end and not connection.savepoint_ids)
    try:
        with transaction.atomic(savepoint=not to_the_end):
            set_local(workspace_id=workspace_id, **settings)
            yield
            if goes_on and not connection.needs_rollback:
                set_local(workspace_id=before, **dict.fromkeys(settings))
    finally:
        _workspace_id.reset(token)


@contextmanager
def setting_scope(**settings: object) -> Iterator[None]:
    """Open a transaction (or a savepoint of one) with `app.<name>` set, for what is read before a workspace is known:
    `user_id` shows a person's own memberships and their workspaces, `platform` the list of workspaces."""
    with transaction.atomic():
        set_local(**settings)
        yield
        if not connection.needs_rollback:
            set_local(**dict.fromkeys(settings))
