from django.db import migrations

from records.operations import guarded


class Migration(migrations.Migration):
    dependencies = [("organizations", "0164_visible"), ("records", "0164_visible")]
    operations = guarded("organizations_organization")
