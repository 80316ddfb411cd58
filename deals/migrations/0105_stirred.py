"""Each written deal is stirred, whoever writes it: page, bulk, import, undo, raw SQL."""

from django.db import migrations

# EXECUTE, so that a statement of one row does not leave its plan to a later one of ten thousand. Whoever writes a row
# here holds its deal, so nobody waits who would not wait for that.
FUNCTION = """
CREATE FUNCTION public.deals_stirred() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('INSERT INTO public.deals_stir AS stir (workspace_id, deal_id, stirred)'
                   ' SELECT workspace_id, id, pg_current_xact_id()::text::bigint FROM %I'
                   ' ON CONFLICT (workspace_id, deal_id) DO UPDATE SET stirred = excluded.stirred'
                   ' WHERE stir.stirred <> excluded.stirred', TG_ARGV[0]);
    RETURN NULL;
END $$;
"""

TRIGGERS = {"INSERT": ("NEW", "new_rows"), "UPDATE": ("NEW", "new_rows"), "DELETE": ("OLD", "old_rows")}


def trigger(event: str) -> migrations.RunSQL:
    version, rows = TRIGGERS[event]
    name = f"stirred_{event.lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {event} ON public.deals_deal REFERENCING {version} TABLE AS {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION public.deals_stirred('{rows}')",
        f"DROP TRIGGER {name} ON public.deals_deal",
    )


class Migration(migrations.Migration):
    dependencies = [("deals", "0104_stir")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION public.deals_stirred()"), *map(trigger, TRIGGERS)]
