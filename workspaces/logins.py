"""Whoever serves people logs in to the database with a role that row-level security binds."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection


class TooPowerful(ImproperlyConfigured):
    """The login could read every workspace whatever the policies say."""


def refuse_powerful_login(cursor: Any = None) -> None:
    """Raises TooPowerful when the login is superuser, bypasses row-level security or owns a table under a policy.

    Web server and worker call it when they start. Without a cursor it looks at the application's own connection.
    """
    if cursor is None:
        with connection.cursor() as own:
            refuse_powerful_login(own)
            return
    cursor.execute(
        "SELECT rolname, rolsuper, rolbypassrls,"
        " EXISTS (SELECT FROM pg_class WHERE relrowsecurity AND pg_has_role(relowner, 'MEMBER'))"
        " FROM pg_roles WHERE rolname = current_user"
    )
    name, superuser, bypasses, owns = cursor.fetchone()
    reasons = {"is superuser": superuser, "bypasses row-level security": bypasses, "owns the tables": owns}
    found = [reason for reason, holds in reasons.items() if holds]
    if found:
        raise TooPowerful(
            f"The database role {name} {' and '.join(found)}, so the workspaces would not be kept apart."
            " Log in as crm_app."
        )
