"""Links follow their activity, and the pulse of a record follows its links, in the statement that changes them.

Statement-level, so that an import or an undo of ten thousand rows costs a few statements. Each statement is run by
EXECUTE: PL/pgSQL would keep the plan of the session's first single row for the later ten thousand.
"""

from django.db import migrations

STATE = """
CREATE FUNCTION public.activities_state(done_at timestamptz, deleted_at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN deleted_at IS NOT NULL THEN 'trash' WHEN done_at IS NULL THEN 'open' ELSE 'done' END;
"""

# The rows of an activity are the transition table of one trigger, the activities of new links are those of the other.
COPY = """
    EXECUTE 'UPDATE public.activities_activitylink AS link'
            '   SET occurred_at = activity.occurred_at, kind = activity.kind,'
            '       state = public.activities_state(activity.done_at, activity.deleted_at)'
            '  FROM {source} AS activity'
            ' WHERE link.workspace_id = activity.workspace_id AND link.activity_id = activity.id{condition}'
            '   AND (link.occurred_at, link.kind, link.state) IS DISTINCT FROM (activity.occurred_at, activity.kind,'
            '       public.activities_state(activity.done_at, activity.deleted_at))';
"""

ACTIVITY_CHANGED = f"""
CREATE FUNCTION public.activities_activity_changed() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
{COPY.format(source="new_rows", condition="")}
    RETURN NULL;
END $$;
"""

# Two people may write about one record at the same time: the pulses are locked first, in order, and read by the next
# statement, which sees what the other has committed meanwhile.
LINKS_CHANGED = f"""
CREATE FUNCTION public.activities_links_changed() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    touched pg_catalog.text := CASE TG_OP WHEN 'INSERT' THEN 'TABLE new_rows' WHEN 'DELETE' THEN 'TABLE old_rows'
                    ELSE 'TABLE new_rows UNION ALL TABLE old_rows' END;
    subjects pg_catalog.text[];
    subject pg_catalog.text;
    pulse pg_catalog.text;
    found bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
{COPY.format(source="public.activities_activity", condition=" AND link.id IN (SELECT id FROM new_rows)")}
    END IF;
    EXECUTE 'SELECT array_remove(ARRAY[CASE WHEN count(contact_id) > 0 THEN ''contact'' END,'
            ' CASE WHEN count(organization_id) > 0 THEN ''organization'' END,'
            ' CASE WHEN count(deal_id) > 0 THEN ''deal'' END], NULL) FROM (' || touched || ') AS touched' INTO subjects;
    FOREACH subject IN ARRAY subjects LOOP
        pulse := subject || 's_' || subject || 'pulse';
        EXECUTE format(
            'SELECT count(*) FROM (SELECT FROM public.%1$I WHERE (workspace_id, record_id) IN'
            ' (SELECT workspace_id, %2$I FROM (' || touched || ') AS touched)'
            ' ORDER BY record_id FOR NO KEY UPDATE) AS locked', pulse, subject || '_id') INTO found;
        CONTINUE WHEN found = 0;
        EXECUTE format(
            'UPDATE public.%1$I AS pulse SET last_activity_at = fresh.last, next_activity_at = fresh.next'
            ' FROM (SELECT DISTINCT workspace_id, %2$I AS record_id FROM (' || touched || ') AS touched) AS record,'
            ' LATERAL (SELECT'
            '  (SELECT occurred_at FROM public.activities_activitylink AS link'
            '    WHERE link.workspace_id = record.workspace_id AND link.%2$I = record.record_id AND state = ''done'''
            '    ORDER BY occurred_at DESC LIMIT 1) AS last,'
            '  (SELECT occurred_at FROM public.activities_activitylink AS link'
            '    WHERE link.workspace_id = record.workspace_id AND link.%2$I = record.record_id AND state = ''open'''
            '    ORDER BY occurred_at LIMIT 1) AS next) AS fresh'
            ' WHERE pulse.workspace_id = record.workspace_id AND pulse.record_id = record.record_id'
            ' AND (pulse.last_activity_at, pulse.next_activity_at) IS DISTINCT FROM (fresh.last, fresh.next)',
            pulse, subject || '_id');
    END LOOP;
    RETURN NULL;
END $$;
"""

TRIGGERS = {
    "activity_changed": (
        "activities_activity",
        "AFTER UPDATE ON public.activities_activity REFERENCING NEW TABLE AS new_rows",
        "activities_activity_changed",
    ),
    "links_added": (
        "activities_activitylink",
        "AFTER INSERT ON public.activities_activitylink REFERENCING NEW TABLE AS new_rows",
        "activities_links_changed",
    ),
    "links_changed": (
        "activities_activitylink",
        "AFTER UPDATE ON public.activities_activitylink REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "activities_links_changed",
    ),
    "links_removed": (
        "activities_activitylink",
        "AFTER DELETE ON public.activities_activitylink REFERENCING OLD TABLE AS old_rows",
        "activities_links_changed",
    ),
}


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_initial"), ("deals", "0101_pulse")]
    operations = [
        migrations.RunSQL(STATE, "DROP FUNCTION public.activities_state(timestamptz, timestamptz)"),
        migrations.RunSQL(ACTIVITY_CHANGED, "DROP FUNCTION public.activities_activity_changed()"),
        migrations.RunSQL(LINKS_CHANGED, "DROP FUNCTION public.activities_links_changed()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER {name} {when} FOR EACH STATEMENT EXECUTE FUNCTION public.{function}()",
                f"DROP TRIGGER {name} ON public.{table}",
            )
            for name, (table, when, function) in TRIGGERS.items()
        ),
    ]
