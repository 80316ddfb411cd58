"""Of new lines the primary ones alone are looked at for the copy that their person keeps: an import adds thousands."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION public.contacts_copy_primary_{copy}() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    touched pg_catalog.text := CASE TG_OP
        WHEN 'DELETE' THEN 'SELECT workspace_id, contact_id FROM old_rows'
        ELSE 'SELECT workspace_id, contact_id FROM new_rows UNION SELECT workspace_id, contact_id FROM old_rows'
    END;
    wanted pg_catalog.text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT workspace_id, contact_id, {value} AS value FROM new_rows WHERE is_primary'
        ELSE 'SELECT DISTINCT touched.workspace_id, touched.contact_id, coalesce(line.{value}, '''') AS value'
            '    FROM (' || touched || ') AS touched'
            '    LEFT JOIN public.{table} AS line ON line.workspace_id = touched.workspace_id'
            '        AND line.contact_id = touched.contact_id AND line.is_primary'
    END;
BEGIN
    EXECUTE 'UPDATE public.contacts_contact AS contact SET {copy} = wanted.value FROM (' || wanted || ') AS wanted'
            ' WHERE contact.workspace_id = wanted.workspace_id AND contact.id = wanted.contact_id'
            '    AND contact.{copy} <> wanted.value';
    RETURN NULL;
END $$;
"""
COPIES = (
    {"copy": "email", "value": "address", "table": "contacts_contactemail"},
    {"copy": "phone", "value": "number", "table": "contacts_contactphone"},
)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0122_history_by_others")]
    operations = [migrations.RunSQL(FUNCTION.format(**names), migrations.RunSQL.noop) for names in COPIES]
