"""Every organization has its pulse from the start, whoever adds it: page, import, undo or raw SQL."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION public.organizations_add_pulse() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    -- EXECUTE, so that a statement of one row does not leave its plan to a later one of ten thousand.
    EXECUTE 'INSERT INTO public.organizations_organizationpulse (workspace_id, record_id)'
            ' SELECT workspace_id, id FROM new_rows ON CONFLICT DO NOTHING';
    RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE TRIGGER add_pulse AFTER INSERT ON public.organizations_organization
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.organizations_add_pulse();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.organizations_add_pulse()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER add_pulse ON public.organizations_organization"),
    ]
