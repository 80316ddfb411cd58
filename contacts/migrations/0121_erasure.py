"""By which words a person is known in texts of the workspace; see the erasure in records."""

from django.db import migrations

# From every version: what somebody was called once is as personal as what is written now.
NEEDLES = """
CREATE FUNCTION public.contacts_needles_of_contact(workspace bigint, target bigint)
RETURNS TABLE (needle text, is_weak boolean)
LANGUAGE sql STABLE
AS $$
    WITH names AS (
        SELECT DISTINCT btrim(first_name) AS first, btrim(last_name) AS last, linkedin, email, phone
        FROM public.contacts_contactversion WHERE workspace_id = workspace AND pgh_obj_id = target
    )
    SELECT DISTINCT btrim(word), weak FROM (
        SELECT first || ' ' || last, false FROM names WHERE first <> '' AND last <> ''
        UNION ALL SELECT last || ' ' || first, false FROM names WHERE first <> '' AND last <> ''
        UNION ALL SELECT last || ', ' || first, false FROM names WHERE first <> '' AND last <> ''
        UNION ALL SELECT last, true FROM names
        UNION ALL SELECT first, true FROM names
        UNION ALL SELECT linkedin, false FROM names
        UNION ALL SELECT email, false FROM names
        UNION ALL SELECT phone, false FROM names
        UNION ALL SELECT address, false FROM public.contacts_contactemailversion
            WHERE workspace_id = workspace AND contact_id = target
        UNION ALL SELECT number, false FROM public.contacts_contactphoneversion
            WHERE workspace_id = workspace AND contact_id = target
    ) AS words (word, weak) WHERE btrim(word) <> ''
$$;
REVOKE ALL ON FUNCTION public.contacts_needles_of_contact(bigint, bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0120_history"), ("records", "0121_erasure")]
    operations = [
        migrations.RunSQL(NEEDLES, "DROP FUNCTION public.contacts_needles_of_contact(bigint, bigint)"),
    ]
