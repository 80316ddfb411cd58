"""The tables that belong to no workspace, what the application's role may do with each, and why.

A table that stands neither here nor under a workspace's policy is out of reach for the application and fails the
catalogue test.
"""

from django.db import connections

from .tenancy import ALL_GRANTS, APP_ROLE

READ = "SELECT"

#: table -> (grants, reason)
GLOBAL_TABLES: dict[str, tuple[str, str]] = {
    "workspaces_user": (ALL_GRANTS, "a person signs in before any workspace is known and may belong to several"),
    "workspaces_user_groups": (ALL_GRANTS, "Django admin of the platform's staff"),
    "workspaces_user_user_permissions": (ALL_GRANTS, "Django admin of the platform's staff"),
    "auth_group": (ALL_GRANTS, "Django admin of the platform's staff"),
    "auth_group_permissions": (ALL_GRANTS, "Django admin of the platform's staff"),
    "auth_permission": (READ, "names of Django's permissions, the same for all"),
    "django_content_type": (READ, "names of the models, the same for all"),
    "django_session": (ALL_GRANTS, "a session exists before sign-in; it holds the user's id, no workspace data"),
    "django_admin_log": (ALL_GRANTS, "what the platform's staff changed in global tables"),
    "django_migrations": (READ, "read by `migrate --check` of the health check"),
    "django_cache": (ALL_GRANTS, "counters of the rate limits, no workspace data"),
    "account_emailaddress": (ALL_GRANTS, "verification of sign-in addresses, before any workspace is known"),
    "account_emailconfirmation": (ALL_GRANTS, "verification of sign-in addresses, before any workspace is known"),
    "procrastinate_jobs": (ALL_GRANTS, "the queue; arguments hold ids only, the job opens its workspace's scope"),
    "procrastinate_events": (ALL_GRANTS, "the queue's log"),
    "procrastinate_periodic_defers": (ALL_GRANTS, "the queue's clock"),
    "procrastinate_workers": (ALL_GRANTS, "heartbeats of the workers"),
    "pghistory_context": ("", "installed by the history library, not used: our change sets are workspace rows"),
}

#: tables of workspaces, under their policy, that the application may not touch itself -> what it calls in their place
CLOSED_TABLES: dict[str, str] = {
    "records_search": "records_search_ids() asks, triggers on the records write: LIKE is not leakproof, so that under a"
    " policy it would read every workspace's rows",
}


def grant_global_tables(using: str = "owner", **kwargs: object) -> None:
    """Give the application's role what the table above says, after each migrate; repeated calls change nothing."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for table in existing & GLOBAL_TABLES.keys():
            grants = GLOBAL_TABLES[table][0]
            if grants:
                cursor.execute(f'GRANT {grants} ON "{table}" TO {APP_ROLE}')
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
