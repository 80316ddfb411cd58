from django.db import migrations, models

from workspaces.operations import Together


class Migration(migrations.Migration):
    dependencies = [("deals", "0171_indexes_of_deals")]
    operations = [
        Together(
            [
                migrations.RemoveIndex("deal", "deal_board"),
                migrations.AddIndex(
                    "deal",
                    models.Index(
                        fields=["workspace", "stage", "rank", "id"],
                        name="deal_board",
                        condition=models.Q(status="open", deleted_at__isnull=True),
                        include=["owner", "currency", "value", "probability", "forecast", "expected_close"],
                    ),
                ),
                migrations.RemoveIndex("dealpulse", "deals_pulse_board"),
                migrations.AddIndex(
                    "dealpulse",
                    models.Index(
                        fields=["workspace", "stage_id", "next_activity_at", "record"],
                        name="deals_pulse_board",
                        condition=models.Q(stage_id__isnull=False),
                        include=["idle_since"],
                    ),
                ),
            ]
        )
    ]
