"""People are found by name, job title, e-mails, phones, and the organizations that they work at."""

from django.db import migrations

from records.operations import Followed, findable

# The copies of the primary lines come first and once: a line that is the same as the copy shows in nothing else.
ROWS = """
SELECT contact.id, contact.owner_id,
    CASE WHEN contact.deleted_at IS NULL THEN concat_ws(' ', contact.first_name, contact.last_name) END,
    concat_ws(' ', contact.title_prefix, contact.job_title, contact.email, contact.phone,
        (SELECT string_agg(line.address, ' ' ORDER BY line.id) FROM public.contacts_contactemail AS line
         WHERE line.workspace_id = workspace AND line.contact_id = contact.id AND line.address <> contact.email),
        (SELECT string_agg(line.number, ' ' ORDER BY line.id) FROM public.contacts_contactphone AS line
         WHERE line.workspace_id = workspace AND line.contact_id = contact.id AND line.number <> contact.phone),
        (SELECT string_agg(concat_ws(' ', held.job_title, organization.name), ' ' ORDER BY held.id)
         FROM public.contacts_position AS held
         JOIN public.organizations_organization AS organization
            ON organization.workspace_id = workspace AND organization.id = held.organization_id
            AND organization.deleted_at IS NULL
         WHERE held.workspace_id = workspace AND held.contact_id = contact.id))
FROM public.contacts_contact AS contact WHERE contact.workspace_id = workspace AND contact.id = ANY (ids)
"""

BY_LINE = """
SELECT changed.workspace_id, contact_id FROM changed JOIN public.contacts_contact AS contact
ON contact.workspace_id = changed.workspace_id AND contact.id = contact_id AND contact.{copy} <> changed.{value}
"""
BY_CONTACT = "SELECT workspace_id, contact_id FROM changed"
BY_ORGANIZATION = """
SELECT held.workspace_id, held.contact_id FROM changed JOIN public.contacts_position AS held
ON held.workspace_id = changed.workspace_id AND held.organization_id = changed.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0102_primary_lines"),
        ("organizations", "0103_search"),
        ("records", "0101_search"),
    ]
    operations = findable(
        "contact",
        "contacts_contact",
        "title_prefix, first_name, last_name, job_title, email, phone",
        ROWS,
        [
            Followed(
                "contacts_contactemail",
                "workspace_id, contact_id, address",
                BY_LINE.format(copy="email", value="address"),
            ),
            Followed(
                "contacts_contactphone",
                "workspace_id, contact_id, number",
                BY_LINE.format(copy="phone", value="number"),
            ),
            Followed("contacts_position", "workspace_id, contact_id, organization_id, job_title", BY_CONTACT),
            Followed("organizations_organization", "workspace_id, id, name, deleted_at", BY_ORGANIZATION, ("UPDATE",)),
        ],
    )
