"""Organizations are found by name, sector, location, website, phone and their id elsewhere."""

from django.db import migrations

from records.operations import findable

ROWS = r"""
SELECT id, owner_id, CASE WHEN deleted_at IS NULL THEN name END,
    concat_ws(' ', sector, location, regexp_replace(website, '^https?://(www\.)?', ''), phone,
        external_id)
FROM public.organizations_organization WHERE workspace_id = workspace AND id = ANY (ids)
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0101_pulse"), ("records", "0101_search")]
    operations = findable(
        "organization", "organizations_organization", "name, sector, location, website, phone, external_id", ROWS
    )
