from django.db import migrations

from records.operations import with_pulse


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_initial"), ("records", "0102_pulse")]
    operations = with_pulse("contacts_contact")
