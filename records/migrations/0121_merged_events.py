"""The timeline of a record that is merged goes with it to the master, and comes back when the merge is undone."""

from django.db import migrations

# What is about both of them already stays where it is. By EXECUTE, since the table differs from row to row.
FUNCTION = """
CREATE FUNCTION public.records_move_events() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF to_regclass(format('public.%I', coalesce(NEW.record_table, OLD.record_table) || 'event')) IS NULL THEN
        RETURN coalesce(NEW, OLD);  -- nothing of ours has such a timeline
    END IF;
    IF TG_OP = 'INSERT' THEN
        EXECUTE format(
            'WITH moved AS ('
            '    UPDATE public.%1$I SET record_id = $1 WHERE workspace_id = $3 AND record_id = $2 AND event_id NOT IN'
            '        (SELECT event_id FROM public.%1$I WHERE workspace_id = $3 AND record_id = $1) RETURNING id)'
            ' SELECT coalesce(array_agg(id ORDER BY id), ''{}'') FROM moved', NEW.record_table || 'event')
            INTO NEW.events USING NEW.master_id, NEW.record_id, NEW.workspace_id;
        RETURN NEW;
    END IF;
    EXECUTE format('UPDATE public.%I SET record_id = $1 WHERE workspace_id = $2 AND id = ANY ($3)',
        OLD.record_table || 'event') USING OLD.record_id, OLD.workspace_id, OLD.events;
    RETURN OLD;
END $$;
"""

TRIGGER = """
CREATE TRIGGER move_events BEFORE INSERT OR DELETE ON public.records_merged
FOR EACH ROW EXECUTE FUNCTION public.records_move_events();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0120_merging")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.records_move_events()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER move_events ON public.records_merged"),
    ]
