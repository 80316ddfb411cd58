"""What was done with a person alone goes with the person; what was about a deal or a company as well stays there."""

from django.db import migrations

ERASED_WITH = """
CREATE FUNCTION public.activities_erased_with_contact(workspace bigint, target bigint)
RETURNS TABLE (root text, id bigint)
LANGUAGE sql STABLE
AS $$
    SELECT 'activities_activity', about.activity_id FROM (
        SELECT DISTINCT activity_id FROM public.activities_activitylinkversion
        WHERE workspace_id = workspace AND contact_id = target
    ) AS about
    WHERE NOT EXISTS (
        SELECT FROM public.activities_activitylink AS other
        WHERE other.workspace_id = workspace AND other.activity_id = about.activity_id
          AND other.contact_id IS DISTINCT FROM target
    )
$$;
REVOKE ALL ON FUNCTION public.activities_erased_with_contact(bigint, bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0120_history"), ("records", "0121_erasure")]
    operations = [
        migrations.RunSQL(ERASED_WITH, "DROP FUNCTION public.activities_erased_with_contact(bigint, bigint)"),
    ]
