"""What a closed deal is worth in the workspace's currency is settled with its closing, whichever door it comes through:
verbs, forms, lines, imports, merges. An undo that writes a former worth gets that one."""

from django.db import migrations

SETTLE = """
CREATE FUNCTION public.deals_settle() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.status = 'open' THEN
        NEW.closed_value := NULL;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.closed_value := coalesce(
            NEW.closed_value, public.workspaces_worth(NEW.workspace_id, NEW.value, NEW.currency, NEW.closed_on));
    ELSIF NEW.closed_value IS NOT DISTINCT FROM OLD.closed_value THEN
        NEW.closed_value := public.workspaces_worth(NEW.workspace_id, NEW.value, NEW.currency, NEW.closed_on);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settle_new BEFORE INSERT ON public.deals_deal
FOR EACH ROW WHEN (NEW.status <> 'open') EXECUTE FUNCTION public.deals_settle();
CREATE TRIGGER settle BEFORE UPDATE ON public.deals_deal
FOR EACH ROW WHEN (
    (OLD.status, OLD.value, OLD.currency, OLD.closed_on)
    IS DISTINCT FROM (NEW.status, NEW.value, NEW.currency, NEW.closed_on)
) EXECUTE FUNCTION public.deals_settle();
"""

BACK = """
DROP TRIGGER settle ON public.deals_deal;
DROP TRIGGER settle_new ON public.deals_deal;
DROP FUNCTION public.deals_settle();
"""

# Nobody has written a rate yet. What was closed in the workspace's own currency is worth what it says, and always was:
# no change that history would tell of, so the former states learn it too.
BEFORE = """
ALTER TABLE public.deals_deal DISABLE TRIGGER USER;
UPDATE public.deals_deal AS deal SET closed_value = deal.value FROM public.workspaces_workspace AS workspace
 WHERE workspace.id = deal.workspace_id AND workspace.currency = deal.currency AND deal.status <> 'open';
ALTER TABLE public.deals_deal ENABLE TRIGGER USER;
UPDATE public.deals_dealversion AS deal SET closed_value = deal.value FROM public.workspaces_workspace AS workspace
 WHERE workspace.id = deal.workspace_id AND workspace.currency = deal.currency AND deal.status <> 'open';
"""


class Migration(migrations.Migration):
    dependencies = [("deals", "0174_stage_change_numbers"), ("workspaces", "0174_worth")]
    operations = [migrations.RunSQL(SETTLE, BACK), migrations.RunSQL(BEFORE, migrations.RunSQL.noop)]
