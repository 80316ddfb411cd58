"""Deals are found by name and by the organization that they are with."""

from django.db import migrations

from records.operations import Followed, findable

ROWS = """
SELECT deal.id, deal.owner_id, CASE WHEN deal.deleted_at IS NULL THEN deal.name END, coalesce(organization.name, '')
FROM public.deals_deal AS deal
LEFT JOIN public.organizations_organization AS organization
    ON organization.workspace_id = workspace AND organization.id = deal.organization_id
    AND organization.deleted_at IS NULL
WHERE deal.workspace_id = workspace AND deal.id = ANY (ids)
"""

BY_ORGANIZATION = """
SELECT deal.workspace_id, deal.id FROM changed JOIN public.deals_deal AS deal
ON deal.workspace_id = changed.workspace_id AND deal.organization_id = changed.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0102_stage_of_its_pipeline"),
        ("organizations", "0103_search"),
        ("records", "0101_search"),
    ]
    operations = findable(
        "deal",
        "deals_deal",
        "name, organization_id",
        ROWS,
        [Followed("organizations_organization", "workspace_id, id, name, deleted_at", BY_ORGANIZATION)],
    )
