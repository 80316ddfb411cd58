"""The search leaves out what is private to others before anything is ranked, shows what belongs to nobody, and finds
that on which the member is named. Triggers note that a workspace has private records."""

from importlib import import_module

from django.db import migrations

from core.postgres import APP_ROLE

FIRST, LATEST = (import_module(f"records.migrations.{name}") for name in ("0101_search", "0131_search_errors"))

# `owners` are those whose records are shown (NULL: everybody's), `named` the ids that are shown whoever owns them,
# `hidden` those that never are: both only of the kind that is asked for.
BEFORE = "(owners IS NULL OR row.owner_id = ANY (owners))"
SHOWN = """(owners IS NULL OR row.owner_id = ANY (owners) OR row.owner_id IS NULL OR row.record_id = ANY (named))
                    AND row.record_id <> ALL (hidden)"""
MORE, TYPES = "owners bigint[], named bigint[], hidden bigint[]", "bigint[], bigint[], bigint[]"

COMMON = FIRST.COMMON.replace(BEFORE, SHOWN).replace("owners bigint[]", MORE)
HITS = (
    FIRST.HITS.replace(BEFORE, SHOWN)
    .replace("owners bigint[]", MORE)
    .replace("parts, most, owners)", "parts, most, owners, named, hidden)")
)
IDS = (
    LATEST.IDS.replace("CREATE OR REPLACE", "CREATE")
    .replace(
        "owners bigint[] DEFAULT NULL, member bigint DEFAULT NULL",
        "owners bigint[] DEFAULT NULL, member bigint DEFAULT NULL, named bigint[] DEFAULT '{}',"
        " hidden bigint[] DEFAULT '{}'",
    )
    .replace("most, owners, member,", "most, owners, named, hidden, member,")
)
CLOSED = f"""
REVOKE ALL ON FUNCTION public.records_search_ids(text[], text, int, bigint[], bigint, bigint[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_search_ids(text[], text, int, bigint[], bigint, bigint[], bigint[])
TO {APP_ROLE};
"""

FORMER = (
    ("records_search_ids(text[], text, int, bigint[], bigint)", LATEST.IDS),
    ("records_search_hits(bigint, text, text, text[], int, bigint[], bigint, bigint[])", FIRST.HITS),
    ("records_search_common(bigint, text, bigint[], text[], text[], int, bigint[])", FIRST.COMMON),
)
LATER = (
    (f"records_search_common(bigint, text, bigint[], text[], text[], int, {TYPES})", COMMON),
    (f"records_search_hits(bigint, text, text, text[], int, {TYPES}, bigint, bigint[])", HITS),
    ("records_search_ids(text[], text, int, bigint[], bigint, bigint[], bigint[])", IDS + CLOSED),
)

# Once for a workspace: from then on its statements ask who is named and what is private.
GUARD = """
CREATE FUNCTION public.records_guard() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE public.workspaces_workspace SET is_guarded = true WHERE id = NEW.workspace_id AND NOT is_guarded;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.records_guard() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0163_news_later"), ("workspaces", "0164_visible")]
    operations = [
        *(migrations.RunSQL(f"DROP FUNCTION public.{signature}", sql) for signature, sql in FORMER),
        *(migrations.RunSQL(sql, f"DROP FUNCTION public.{signature}") for signature, sql in LATER),
        migrations.RunSQL(GUARD, "DROP FUNCTION public.records_guard()"),
    ]
