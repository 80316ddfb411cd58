from django.db import migrations

from records.operations import with_pulse


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_initial"), ("records", "0102_pulse")]
    operations = with_pulse("organizations_organization")
