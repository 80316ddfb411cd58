"""Views that say from which month on were saved on the forecast."""

from django.db import migrations

from records.operations import saved_on


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("records", "0176_view_layout")]
    operations = saved_on("deal", "forecast", "month=")
