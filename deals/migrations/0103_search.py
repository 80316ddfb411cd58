"""Deals are found by name, and by the organization and the people that they are with."""

from django.db import migrations

from records.operations import Followed, findable

ROWS = """
SELECT deal.id, deal.owner_id, CASE WHEN deal.deleted_at IS NULL THEN deal.name END,
    concat_ws(' ', organization.name,
        (SELECT string_agg(concat_ws(' ', contact.first_name, contact.last_name), ' ' ORDER BY link.id)
         FROM public.deals_dealcontact AS link
         JOIN public.contacts_contact AS contact
            ON contact.workspace_id = workspace AND contact.id = link.contact_id AND contact.deleted_at IS NULL
         WHERE link.workspace_id = workspace AND link.deal_id = deal.id))
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
BY_LINK = "SELECT workspace_id, deal_id FROM changed"
BY_PERSON = """
SELECT link.workspace_id, link.deal_id FROM changed JOIN public.deals_dealcontact AS link
ON link.workspace_id = changed.workspace_id AND link.contact_id = changed.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0103_search"),
        ("deals", "0102_stage_of_its_pipeline"),
        ("organizations", "0103_search"),
        ("records", "0101_search"),
    ]
    operations = findable(
        "deal",
        "deals_deal",
        "name, organization_id",
        ROWS,
        [
            Followed("organizations_organization", "workspace_id, id, name, deleted_at", BY_ORGANIZATION, ("UPDATE",)),
            Followed("deals_dealcontact", "workspace_id, deal_id, contact_id", BY_LINK),
            Followed("contacts_contact", "workspace_id, id, first_name, last_name, deleted_at", BY_PERSON, ("UPDATE",)),
        ],
    )
