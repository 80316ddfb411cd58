"""The words that a deal is found by can be asked for without the names of some organizations and people."""

from importlib import import_module

from django.db import migrations

from records.operations import words_without

ROWS = import_module("deals.migrations.0103_search").ROWS
ORGANIZATION, PERSON = "organization.id = deal.organization_id", "contact.id = link.contact_id"
WITHOUT = ROWS.replace(ORGANIZATION, f"{ORGANIZATION} AND organization.id <> ALL (organizations)").replace(
    PERSON, f"{PERSON} AND contact.id <> ALL (contacts)"
)


class Migration(migrations.Migration):
    dependencies = [("deals", "0175_closed_values")]
    operations = words_without("deal", ROWS, WITHOUT)
