"""A person keeps a copy of its primary e-mail and phone, for lists and search, whoever changes the lines.

Statement-level, over all persons that a statement touches. Verbs and imports write the copy with the person, so that
the trigger mostly finds nothing that differs and no second version of the person is kept.
"""

from django.db import migrations

# A transition table belongs to one kind of statement, so each has its trigger; EXECUTE plans each statement anew.
FUNCTION = """
CREATE FUNCTION public.contacts_copy_primary_{copy}() RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    touched pg_catalog.text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT workspace_id, contact_id FROM new_rows'
        WHEN 'DELETE' THEN 'SELECT workspace_id, contact_id FROM old_rows'
        ELSE 'SELECT workspace_id, contact_id FROM new_rows UNION SELECT workspace_id, contact_id FROM old_rows'
    END;
BEGIN
    EXECUTE 'UPDATE public.contacts_contact AS contact SET {copy} = wanted.value FROM ('
            '    SELECT DISTINCT touched.workspace_id, touched.contact_id, coalesce(line.{value}, '''') AS value'
            '    FROM (' || touched || ') AS touched'
            '    LEFT JOIN public.{table} AS line ON line.workspace_id = touched.workspace_id'
            '        AND line.contact_id = touched.contact_id AND line.is_primary'
            ') AS wanted WHERE contact.workspace_id = wanted.workspace_id AND contact.id = wanted.contact_id'
            '    AND contact.{copy} <> wanted.value';
    RETURN NULL;
END $$;
"""

TRIGGER = """
CREATE TRIGGER copy_primary_{when} AFTER {when} ON public.{table}
REFERENCING {transition} FOR EACH STATEMENT EXECUTE FUNCTION public.contacts_copy_primary_{copy}();
"""

COPIES = (
    {"copy": "email", "value": "address", "table": "contacts_contactemail"},
    {"copy": "phone", "value": "number", "table": "contacts_contactphone"},
)
TRANSITIONS = {
    "insert": "NEW TABLE AS new_rows",
    "update": "NEW TABLE AS new_rows OLD TABLE AS old_rows",
    "delete": "OLD TABLE AS old_rows",
}


class Migration(migrations.Migration):
    dependencies = [("contacts", "0101_pulse")]
    operations = [
        operation
        for names in COPIES
        for operation in (
            migrations.RunSQL(
                FUNCTION.format(**names), f"DROP FUNCTION public.contacts_copy_primary_{names['copy']}()"
            ),
            *(
                migrations.RunSQL(
                    TRIGGER.format(when=when, transition=transition, **names),
                    f"DROP TRIGGER copy_primary_{when} ON public.{names['table']}",
                )
                for when, transition in TRANSITIONS.items()
            ),
        )
    ]
