"""Every person has its pulse from the start, whoever adds it: page, import, undo or raw SQL."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION public.contacts_add_pulse() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    -- EXECUTE, so that a statement of one row does not leave its plan to a later one of ten thousand.
    EXECUTE 'INSERT INTO public.contacts_contactpulse (workspace_id, record_id)'
            ' SELECT workspace_id, id FROM new_rows ON CONFLICT DO NOTHING';
    RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE TRIGGER add_pulse AFTER INSERT ON public.contacts_contact
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.contacts_add_pulse();
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.contacts_add_pulse()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER add_pulse ON public.contacts_contact"),
    ]
