"""The catalogue of the database decides what is tenant-safe, not a list that somebody keeps."""

import pytest
from django.apps import apps
from django.db import connection

from core.postgres import SEARCH_PATH
from workspaces.grants import (
    CLOSED_TABLES,
    GLOBAL_TABLES,
    OPEN_FUNCTIONS,
    functions_for_all,
    functions_of_the_callers_path,
)
from workspaces.tenancy import ALL_GRANTS, CURRENT_WORKSPACE, CompositeForeignKey, WorkspaceForeignKey

pytestmark = pytest.mark.django_db


def query(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def tables() -> set[str]:
    return {name for (name,) in query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def tenant_tables() -> set[str]:
    return tables() - GLOBAL_TABLES.keys()


def grants(table: str) -> set[str]:
    rows = query(
        "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = 'crm_app'",
        table,
    )
    return {privilege for (privilege,) in rows}


def column_grants(table: str) -> list[tuple[str, str]]:
    return query(
        "SELECT privilege_type, column_name FROM information_schema.column_privileges AS one"
        " WHERE table_name = %s AND grantee = 'crm_app' AND NOT EXISTS (SELECT FROM"
        " information_schema.role_table_grants AS whole WHERE whole.table_name = one.table_name"
        " AND whole.grantee = one.grantee AND whole.privilege_type = one.privilege_type)",
        table,
    )


def policies(table: str) -> list[tuple[str, str, str | None]]:
    return query(
        "SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = %s AND permissive = 'PERMISSIVE'", table
    )


def test_the_application_is_neither_owner_nor_superuser_nor_above_the_policies():
    ((superuser, bypasses),) = query("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    assert (superuser, bypasses) == (False, False)
    owned = query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
    assert owned == []


def test_every_table_is_under_a_policy_or_in_the_list_of_global_tables_with_a_reason():
    unprotected = {
        table
        for (table,) in query(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relrowsecurity"
        )
    }
    assert unprotected <= GLOBAL_TABLES.keys(), (
        "tables that belong to no workspace need a reason in workspaces/grants.py"
    )
    assert all(reason for _grants, reason in GLOBAL_TABLES.values())


def test_no_global_table_has_a_workspace():
    named = {
        t for (t,) in query("SELECT table_name FROM information_schema.columns WHERE column_name = 'workspace_id'")
    }
    assert not named & GLOBAL_TABLES.keys()


def test_every_policy_compares_the_workspace_and_holds_no_subselect():
    normal = CURRENT_WORKSPACE.replace("'app.workspace_id'", "'app.workspace_id'::text").replace("''", "''::text")
    for table in tenant_tables():
        everything = [rule for rule in policies(table) if rule[0] == "ALL"]
        assert len(everything) == 1, table
        _command, using, check = everything[0]
        column = "id" if table == "workspaces_workspace" else "workspace_id"
        assert using.lower() == check.lower() == f"({column} = ({normal.replace('::bigint', '')})::bigint)".lower(), (
            table
        )
        assert all("select" not in (rule[1] or "").lower() for rule in policies(table)), table


def test_only_three_questions_are_answered_before_the_workspace_is_known():
    further = {table for table in tenant_tables() for rule in policies(table) if rule[0] != "ALL"}
    assert further == {"workspaces_workspace", "workspaces_membership"}


def test_what_runs_as_the_owner_looks_for_types_in_the_schema_of_the_caller_last():
    definers = query(
        "SELECT proname, coalesce(proconfig, '{}') FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert definers
    for name, config in definers:
        assert "search_path=pg_catalog, public, pg_temp" in config, name


def test_what_a_cascade_runs_as_the_owner_looks_for_types_in_the_catalogue_first():
    """A cascade is the owner's, and so are the triggers that it fires: a type of the caller's own is code there."""
    functions = dict(
        query(
            "SELECT proname, coalesce(proconfig, '{}') FROM pg_proc WHERE prorettype = 'trigger'::regtype"
            " AND pronamespace = 'public'::regnamespace AND NOT starts_with(proname, 'procrastinate')"
        )
    )
    assert {"contacts_copy_primary_email", "activities_links_changed"} <= functions.keys()
    assert [name for name, config in functions.items() if f"search_path={SEARCH_PATH}" not in config] == []


def test_no_function_is_for_everybody_but_the_few_that_say_why():
    with connection.cursor() as cursor:
        assert functions_for_all(cursor) == []
        assert functions_of_the_callers_path(cursor) == []
    open_to_all = query(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('public', oid, 'EXECUTE')"
    )
    assert open_to_all == [], "none of them runs as the owner"
    assert all(OPEN_FUNCTIONS.values())


def test_every_tenant_table_has_a_workspace_and_its_own_id_unique_in_it():
    events = {m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")}
    for table in tenant_tables() - {"workspaces_workspace"}:
        columns = dict(
            query("SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass", table)
        )
        assert columns.get("workspace_id") == "bigint", table
        if table in events or table in CLOSED_TABLES:
            continue
        uniques = [
            set(names)
            for (names,) in query(
                "SELECT array_agg(attname::text) FROM pg_constraint c JOIN pg_attribute a"
                " ON attrelid = conrelid AND attnum = ANY (conkey)"
                " WHERE conrelid = %s::regclass AND contype = 'u' GROUP BY c.oid",
                table,
            )
        ]
        assert {"workspace_id", "id"} in uniques, table


def test_every_reference_between_tenant_tables_carries_the_workspace():
    """Read from the catalogue: no foreign key of a tenant table points into another with less than both columns."""
    keys = query(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, conname,"
        " (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)),"
        " condeferrable, condeferred FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )
    tenant = tenant_tables()
    for table, target, name, columns, deferrable, deferred in keys:
        if table in tenant and target in tenant:
            assert "workspace_id" in columns, f"{name} of {table} could reach into another workspace"
            assert (deferrable, deferred) == (True, False), (
                f"{name} is checked at its statement and can be told to wait"
            )


def test_every_workspace_key_of_a_model_stands_in_the_database():
    standing = {name for (name,) in query("SELECT conname FROM pg_constraint WHERE contype = 'f'")}
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        fields = [f.name for f in model._meta.local_fields if isinstance(f, WorkspaceForeignKey)]
        rules = {r.field: r.name for r in model._meta.constraints if isinstance(r, CompositeForeignKey)}
        assert set(fields) <= rules.keys(), model
        assert set(rules.values()) <= standing, model


def test_the_application_may_do_what_is_written_and_no_more():
    events = {m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")}
    declared = {m._meta.db_table: getattr(m, "row_level_security", {}).get("grants") for m in apps.get_models()}
    for table in tenant_tables():
        wanted = "SELECT, INSERT" if table in events else declared.get(table) or ALL_GRANTS
        if table == "workspaces_workspace":
            wanted = "SELECT, INSERT, UPDATE"
        given = grants(table) | {f"{privilege} ({column})" for privilege, column in column_grants(table)}
        assert given == (set() if table in CLOSED_TABLES else set(wanted.split(", "))), table
    for table, (wanted, _reason) in GLOBAL_TABLES.items():
        if table in tables():
            assert grants(table) == set(filter(None, wanted.split(", "))), table


def test_the_application_may_not_truncate_or_reference_or_make_tables():
    ((may_create,),) = query("SELECT has_schema_privilege('public', 'CREATE')")
    assert not may_create


def test_every_unique_rule_and_list_index_of_a_tenant_table_leads_with_the_workspace():
    rows = query(
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname !~ '_pkey$'"
    )
    tenant = tenant_tables() - {"workspaces_workspace"}
    #: what is asked across workspaces before one is known: a user's memberships, an invitation's secret
    across = {"workspaces_member_user", "workspaces_invitation_token"}
    for table, name, definition in rows:
        if table in tenant and not any(name.startswith(allowed) for allowed in across):
            first = definition.partition("(")[2].split(",")[0].strip(" )")
            leads = first == "workspace_id" or definition.partition("(")[2].startswith("id, workspace_id")
            # The workspace is hashed into each key.
            leads = leads or first == "records_search_keys(workspace_id"
            # Ids are of one workspace alone; only the owner's functions ask it.
            leads = leads or name == "records_reading_ids"
            assert leads, f"{name}: {definition}"


#: what runs as the owner and what the application may call of it -> the question that it answers
CALLED = {
    "workspaces_is_member",
    "workspaces_slug_taken",
    "workspaces_find_invitation",
    "records_search_ids",
    "records_search_fits",
    "records_search_catch_up",
    "records_erase",
    "records_readings_of",
    "records_forget_readings",
}


def test_the_application_calls_few_functions_of_the_owner_and_one_alone_takes_rows_out_of_history():
    callable_ = query(
        "SELECT proname, prosrc FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND prorettype <> 'trigger'::regtype AND has_function_privilege('crm_app', oid, 'EXECUTE')"
    )
    assert {name for name, _source in callable_} == CALLED
    deleting = {name for name, source in callable_ if "erase_rows" in source or "DELETE" in source}
    assert deleting == {"records_erase", "records_search_catch_up", "records_forget_readings"}


def test_what_the_erasure_leans_on_is_closed_to_the_application():
    parts = query(
        "SELECT proname, has_function_privilege('crm_app', oid, 'EXECUTE') FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proname ~ '^records_erase_|_needles_of_|_erased_with_'"
    )
    assert len(parts) >= 8
    assert [name for name, may in parts if may] == []


def test_what_goes_with_a_record_is_found_by_an_index():
    """Else the deletion of one person would read all links of all workspaces. Members are never deleted."""
    assert not query(
        "SELECT conrelid::regclass::text, attname FROM pg_constraint AS rule"
        " JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[2]"
        " WHERE contype = 'f' AND confdeltype = 'c' AND cardinality(conkey) = 2"
        " AND confrelid <> 'workspaces_membership'::regclass AND NOT EXISTS ("
        "SELECT FROM pg_index WHERE indrelid = conrelid AND (indkey[0], indkey[1]) = (conkey[1], conkey[2])"
        " AND coalesce(pg_get_expr(indpred, indrelid), '') IN ('', '(' || quote_ident(attname) || ' IS NOT NULL)'))"
    )


def test_versions_are_counted_without_end():
    """One count serves all workspaces."""
    assert query("SELECT count(*) > 20 FROM information_schema.columns WHERE column_name = 'pgh_id'") == [(True,)]
    assert not query(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'pgh_id' AND data_type <> 'bigint'"
    )
    assert not query(
        "SELECT sequencename FROM pg_sequences"
        " WHERE sequencename LIKE '%%version_pgh_id_seq' AND data_type <> 'bigint'::regtype"
    )
