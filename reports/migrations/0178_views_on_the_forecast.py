"""Views that say from which month on were saved on the forecast."""

from django.db import migrations

from records.operations import saved_on


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("deals", "0178_views_on_the_board")]
    operations = saved_on("deal", "forecast", "month=")
