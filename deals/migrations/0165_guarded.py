from django.db import migrations

from records.operations import guarded


class Migration(migrations.Migration):
    dependencies = [("deals", "0164_visible"), ("records", "0164_visible")]
    operations = guarded("deals_deal")
