"""The read trail: the owner's function that finds the readings of a record, and the one that forgets old ones.

The application adds readings and may not change or delete any. Which are too old the workspace says and not the caller.
"""

from django.db import migrations

from core.postgres import APP_ROLE, DEFINER
from workspaces.tenancy import CURRENT_WORKSPACE

# All that hold one of the ids by the GIN index, then the newest: a walk from the newest on would read on and on for a
# record that nobody reads. What was merged into a record was read as that record.
OF = f"""
CREATE FUNCTION public.records_readings_of(
    root text, target bigint, of_member bigint, in_way text, before bigint, most int)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE {DEFINER}
SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off
AS $$
DECLARE
    workspace bigint := {CURRENT_WORKSPACE};
    targets bigint[] := public.records_merged_with(workspace, root, target);
BEGIN
    RETURN QUERY WITH found AS MATERIALIZED (
        SELECT id, workspace_id, record_table, member_id, way FROM public.records_reading WHERE ids && targets
    )
    SELECT found.id FROM found
    WHERE found.workspace_id = workspace AND found.record_table = root AND (before = 0 OR found.id < before)
      AND (of_member IS NULL OR found.member_id = of_member) AND in_way IN ('', found.way)
    ORDER BY found.id DESC LIMIT most;
END $$;
REVOKE ALL ON FUNCTION public.records_readings_of(text, bigint, bigint, text, bigint, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_readings_of(text, bigint, bigint, text, bigint, int) TO {APP_ROLE};
"""

FORGET = f"""
CREATE FUNCTION public.records_forget_readings(most int) RETURNS bigint
LANGUAGE plpgsql {DEFINER}
AS $$
DECLARE
    workspace bigint := {CURRENT_WORKSPACE};
    too_old timestamptz := (SELECT clock_timestamp() - make_interval(days => trail_days)
        FROM public.workspaces_workspace WHERE id = workspace);
    gone bigint;
BEGIN
    DELETE FROM public.records_reading WHERE id IN (
        SELECT id FROM public.records_reading WHERE workspace_id = workspace AND read_at < too_old
        ORDER BY read_at LIMIT most);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION public.records_forget_readings(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.records_forget_readings(int) TO {APP_ROLE};
"""

# A reading of these records alone goes; of others that were read with them it still tells.
ERASE = """
CREATE FUNCTION public.records_erase_readings(workspace bigint, root text, targets bigint[]) RETURNS bigint
LANGUAGE plpgsql
AS $$
DECLARE
    gone bigint;
    total bigint := 0;
BEGIN
    DELETE FROM public.records_reading
        WHERE ids && targets AND ids <@ targets AND workspace_id = workspace AND record_table = root;
    GET DIAGNOSTICS total = ROW_COUNT;
    UPDATE public.records_reading SET ids = ARRAY(
        SELECT id FROM unnest(ids) WITH ORDINALITY AS kept (id, place) WHERE id <> ALL (targets) ORDER BY place)
        WHERE ids && targets AND workspace_id = workspace AND record_table = root;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN total + gone;
END $$;
REVOKE ALL ON FUNCTION public.records_erase_readings(bigint, text, bigint[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0125_trail")]
    operations = [
        migrations.RunSQL(OF, "DROP FUNCTION public.records_readings_of(text, bigint, bigint, text, bigint, int)"),
        migrations.RunSQL(FORGET, "DROP FUNCTION public.records_forget_readings(int)"),
        migrations.RunSQL(ERASE, "DROP FUNCTION public.records_erase_readings(bigint, text, bigint[])"),
    ]
