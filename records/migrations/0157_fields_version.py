"""Whoever changes the custom fields, a page or an undo, raises the number by which what is built of them is kept."""

from django.db import migrations

BUMP = """
CREATE FUNCTION public.records_fields_changed() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE public.workspaces_workspace SET fields_version = fields_version + 1
     WHERE id = nullif(current_setting('app.workspace_id', true), '')::bigint;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.records_fields_changed() FROM PUBLIC;
"""
TABLES = ("customgroup", "customfield", "customchoice")


class Migration(migrations.Migration):
    dependencies = [("records", "0156_custom_fields"), ("workspaces", "0156_custom_fields")]
    operations = [
        migrations.RunSQL(BUMP, "DROP FUNCTION public.records_fields_changed()"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER fields_changed AFTER INSERT OR UPDATE OR DELETE ON public.records_{table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION public.records_fields_changed()",
                f"DROP TRIGGER fields_changed ON public.records_{table}",
            )
            for table in TABLES
        ),
    ]
