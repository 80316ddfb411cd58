"""By which words a person is known in texts of the workspace; see the erasure in records."""

from django.db import migrations

# From every version: what somebody was called once is as personal as what is written now. But for what a merge wrote:
# that is another's, who is erased as well where the merge still stands; and of lines those that are theirs in the end.
NEEDLES = """
CREATE FUNCTION public.contacts_needles_of_contact(workspace bigint, target bigint)
RETURNS TABLE (needle text, is_weak boolean)
LANGUAGE sql STABLE
AS $$
    WITH names AS (
        SELECT DISTINCT btrim(first_name) AS first, btrim(last_name) AS last, linkedin, email, phone
        FROM public.contacts_contactversion AS version WHERE workspace_id = workspace AND pgh_obj_id = target
          AND NOT EXISTS (SELECT FROM public.records_mergedversion AS merged WHERE merged.workspace_id = workspace
                          AND merged.change_set_id = version.change_set_id)
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
        UNION ALL SELECT line.address, false FROM public.contacts_contactemailversion AS line
            WHERE line.workspace_id = workspace AND line.pgh_obj_id IN (
                SELECT pgh_obj_id FROM public.contacts_contactemailversion
                WHERE workspace_id = workspace AND contact_id = target
            ) AND target = (
                SELECT newest.contact_id FROM public.contacts_contactemailversion AS newest
                WHERE newest.workspace_id = workspace AND newest.pgh_obj_id = line.pgh_obj_id
                ORDER BY newest.pgh_id DESC LIMIT 1)
        UNION ALL SELECT line.number, false FROM public.contacts_contactphoneversion AS line
            WHERE line.workspace_id = workspace AND line.pgh_obj_id IN (
                SELECT pgh_obj_id FROM public.contacts_contactphoneversion
                WHERE workspace_id = workspace AND contact_id = target
            ) AND target = (
                SELECT newest.contact_id FROM public.contacts_contactphoneversion AS newest
                WHERE newest.workspace_id = workspace AND newest.pgh_obj_id = line.pgh_obj_id
                ORDER BY newest.pgh_id DESC LIMIT 1)
    ) AS words (word, weak) WHERE btrim(word) <> ''
$$;
REVOKE ALL ON FUNCTION public.contacts_needles_of_contact(bigint, bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("contacts", "0120_history"), ("records", "0123_merged_events")]
    operations = [
        migrations.RunSQL(NEEDLES, "DROP FUNCTION public.contacts_needles_of_contact(bigint, bigint)"),
    ]
