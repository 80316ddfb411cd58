"""One job a change set works out who is to be told of it. It is queued with the change set's own row, by whatever way
that came about, so no verb can forget it and no page has a statement for it."""

from django.db import migrations

from core.postgres import SEARCH_PATH

# An import and a bulk action in batches ask for the job themselves, when all of it is there. Where one works alone nobody
# is to be told, nor when somebody opens a workspace and is no member yet.
FUNCTION = f"""
CREATE FUNCTION records_news_later() RETURNS trigger LANGUAGE plpgsql SET search_path = {SEARCH_PATH} AS $$
BEGIN
    INSERT INTO public.procrastinate_jobs (queue_name, task_name, args)
    SELECT 'news', 'records.jobs.tell_news',
           jsonb_build_object('workspace_id', NEW.workspace_id, 'change_set_id', NEW.id)
     WHERE NEW.source NOT IN ('import', 'bulk', 'demo')
       AND (NEW.actor_kind <> 'member' OR NEW.member_id IS NOT NULL) AND EXISTS (
           SELECT FROM public.workspaces_membership
            WHERE workspace_id = NEW.workspace_id AND is_active AND user_id IS NOT NULL
              AND id IS DISTINCT FROM NEW.member_id);
    RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER records_news_later AFTER INSERT ON records_changeset
FOR EACH ROW EXECUTE FUNCTION records_news_later()
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0162_follow")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION records_news_later()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER records_news_later ON records_changeset"),
    ]
