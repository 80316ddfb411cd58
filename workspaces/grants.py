"""The tables that belong to no workspace, what the application's role may do with each, and why.

A table that stands neither here nor under a workspace's policy is out of reach for the application and fails the
catalogue test.
"""

from django.db import connections
from django.db.backends.utils import CursorWrapper

from core.postgres import SEARCH_PATH

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
    "records_search_due": "records_search_catch_up() gives new records their entries, triggers say which",
}

#: functions that run under their caller's own rights and that it needs -> what for. Every other one is closed: a helper
#: of a SECURITY DEFINER function that somebody called first would stay compiled with the types of that caller.
OPEN_FUNCTIONS: dict[str, str] = {
    "records_sort_key": "sort keys of the rows that the application writes; names everything in full",
    "records_change_set": "triggers ask for the change set of a row that the application writes",
    "records_open_change_set": "written by records_change_set()",
    "records_describe_change": "says what the change set is about",
    "workspaces_worth": "deals are settled as the application writes them; names everything in full",
    "workspaces_decimals": "asked by workspaces_worth()",
    "activities_state": "triggers on the application's own rows; names everything in full",
    "_pgtrigger_should_ignore": "asked by each trigger",
}
OPEN_PREFIX = "procrastinate_"  # the queue's own functions, on the tables of the queue


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
        for function in functions_for_all(cursor):
            cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        for function in functions_of_the_callers_path(cursor):
            cursor.execute(f"ALTER FUNCTION {function} SET search_path = {SEARCH_PATH}")


def functions_of_the_callers_path(cursor: CursorWrapper) -> list[str]:
    """The signatures of trigger functions, and of open ones, that would look for types and tables where their caller
    says. A cascade runs triggers as the owner of the tables."""
    cursor.execute(
        "SELECT function.oid::regprocedure::text FROM pg_proc AS function JOIN pg_language ON pg_language.oid = prolang"
        " WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql' AND NOT starts_with(proname, %s)"
        " AND (prorettype = 'trigger'::regtype OR proname = ANY (%s))"
        " AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=' || %s]",
        [OPEN_PREFIX, list(OPEN_FUNCTIONS), SEARCH_PATH],
    )
    return [signature for (signature,) in cursor.fetchall()]


def functions_for_all(cursor: CursorWrapper) -> list[str]:
    """The signatures of our functions that everybody may call and that are not said to be open."""
    cursor.execute(
        "SELECT function.oid::regprocedure::text FROM pg_proc AS function"
        " WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('public', function.oid, 'EXECUTE')"
        " AND proname <> ALL (%s) AND NOT starts_with(proname, %s)"
        " AND NOT EXISTS (SELECT FROM pg_depend AS part WHERE part.objid = function.oid AND part.deptype = 'e')",
        [list(OPEN_FUNCTIONS), OPEN_PREFIX],
    )
    return [signature for (signature,) in cursor.fetchall()]
