"""Timeline and followers of a record that is merged: the one goes to the master, the others follow the master as well,
and both are taken back when the merge is undone.
"""

from django.db import migrations

# What is about both of them already stays where it is. By EXECUTE, since the table differs from row to row.
EVENTS = """
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

FOLLOWERS = """
CREATE FUNCTION public.records_share_followers() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    IF to_regclass(format('public.%I', coalesce(NEW.record_table, OLD.record_table) || 'follower')) IS NULL THEN
        RETURN coalesce(NEW, OLD);  -- nobody follows records of this type
    END IF;
    IF TG_OP = 'INSERT' THEN
        EXECUTE format(
            'WITH made AS ('
            '    INSERT INTO public.%1$I (workspace_id, record_id, member_id, since)'
            '    SELECT workspace_id, $1, member_id, since FROM public.%1$I WHERE workspace_id = $3 AND record_id = $2'
            '    ON CONFLICT DO NOTHING RETURNING id)'
            ' SELECT coalesce(array_agg(id ORDER BY id), ''{}'') FROM made', NEW.record_table || 'follower')
            INTO NEW.followers USING NEW.master_id, NEW.record_id, NEW.workspace_id;
        RETURN NEW;
    END IF;
    EXECUTE format('DELETE FROM public.%I WHERE workspace_id = $1 AND id = ANY ($2)', OLD.record_table || 'follower')
        USING OLD.workspace_id, OLD.followers;
    RETURN OLD;
END $$;
"""

TRIGGER = """
CREATE TRIGGER %(name)s BEFORE INSERT OR DELETE ON public.records_merged
FOR EACH ROW EXECUTE FUNCTION public.records_%(name)s();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0122_merging")]
    operations = [
        migrations.RunSQL(EVENTS, "DROP FUNCTION public.records_move_events()"),
        migrations.RunSQL(FOLLOWERS, "DROP FUNCTION public.records_share_followers()"),
        *(
            migrations.RunSQL(TRIGGER % {"name": name}, f"DROP TRIGGER {name} ON public.records_merged")
            for name in ("move_events", "share_followers")
        ),
    ]
