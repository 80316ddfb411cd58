"""Every record has its pulse from the start, whoever adds it: page, import, undo or raw SQL."""

from django.db import migrations

# EXECUTE, so that a statement of one row does not leave its plan to a later one of ten thousand.
FUNCTION = """
CREATE FUNCTION public.records_add_pulse() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('INSERT INTO public.%I (workspace_id, record_id)'
                   ' SELECT workspace_id, id FROM new_rows ON CONFLICT DO NOTHING', TG_ARGV[0]);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0101_search")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION public.records_add_pulse()")]
