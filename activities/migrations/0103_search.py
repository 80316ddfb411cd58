"""Activities are found by subject and by the beginning of their text."""

from django.db import migrations

from records.operations import findable

ROWS = """
SELECT id, owner_id, CASE WHEN deleted_at IS NULL THEN subject END, left(body, 500)
FROM public.activities_activity WHERE workspace_id = workspace AND id = ANY (ids)
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0101_pulse"), ("records", "0101_search")]
    operations = findable("activity", "activities_activity", "subject, body", ROWS)
