"""The words that a contact is found by can be asked for without the names of some organizations and people."""

from importlib import import_module

from django.db import migrations

from records.operations import words_without

ROWS = import_module("contacts.migrations.0103_search").ROWS
ORGANIZATION = "organization.id = held.organization_id"
WITHOUT = ROWS.replace(ORGANIZATION, f"{ORGANIZATION} AND organization.id <> ALL (organizations)")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0166_fit_together")]
    operations = words_without("contact", ROWS, WITHOUT)
