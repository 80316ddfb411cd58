"""The pulse of an open deal has a copy of what it is looked for by together with it, whoever writes the deal."""

from django.db import migrations

COLUMNS = ("owner_id", "stage_id", "stage_since", "expected_close", "value")


def of(table: str) -> str:
    """The columns of a table."""
    return ", ".join(f"{table}.{column}" for column in COLUMNS)


WHERE_OPEN = "CASE WHEN deal.status = 'open' AND deal.deleted_at IS NULL THEN deal.{0} END AS {0}"
FRESH = f"SELECT workspace_id, id, {', '.join(map(WHERE_OPEN.format, COLUMNS))} FROM {{}} AS deal"

# Those alone that are other now, since who plans something about a deal waits for who writes its pulse; in the order in
# which activities lock them (activities_links_changed).
FOLLOW = f"""
    WITH fresh AS ({FRESH}), held AS (
        SELECT fresh.* FROM public.deals_dealpulse AS pulse
          JOIN fresh ON fresh.workspace_id = pulse.workspace_id AND fresh.id = pulse.record_id
         WHERE ({of("pulse")}) IS DISTINCT FROM ({of("fresh")}) ORDER BY pulse.record_id FOR NO KEY UPDATE OF pulse)
    UPDATE public.deals_dealpulse AS pulse SET ({", ".join(COLUMNS)}) = ROW ({of("held")})
      FROM held WHERE pulse.workspace_id = held.workspace_id AND pulse.record_id = held.id"""

# By EXECUTE, so that a statement of one row does not leave its plan to a later one of ten thousand.
FUNCTION = f"""
CREATE FUNCTION public.deals_pulse_follows() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE $statement$
    INSERT INTO public.deals_dealpulse (workspace_id, record_id, {", ".join(COLUMNS)})
    {FRESH.format("new_rows")}
        $statement$;
    ELSE
        EXECUTE $statement${FOLLOW.format("new_rows")}
        $statement$;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER add_pulse ON public.deals_deal;
CREATE TRIGGER add_pulse AFTER INSERT ON public.deals_deal REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION public.deals_pulse_follows();
CREATE TRIGGER pulse_follows AFTER UPDATE ON public.deals_deal REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION public.deals_pulse_follows();
"""

BACK = """
DROP TRIGGER pulse_follows ON public.deals_deal;
DROP TRIGGER add_pulse ON public.deals_deal;
CREATE TRIGGER add_pulse AFTER INSERT ON public.deals_deal REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION public.records_add_pulse('deals_dealpulse');
DROP FUNCTION public.deals_pulse_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0130_walks")]
    operations = [
        migrations.RunSQL(FUNCTION, BACK),
        migrations.RunSQL(FOLLOW.format("public.deals_deal"), migrations.RunSQL.noop),
    ]
