from django.db import migrations, models

from workspaces.operations import Together


class Migration(migrations.Migration):
    dependencies = [("deals", "0106_followers")]
    operations = [
        Together(
            [
                migrations.AddField(
                    "dealpulse", "stirred", models.BigIntegerField(db_default=0, default=0, editable=False)
                ),
                migrations.AddIndex(
                    "dealpulse", models.Index(fields=["workspace", "stirred"], name="deals_pulse_recent")
                ),
            ]
        )
    ]
