from django.db import migrations, models

from workspaces.operations import Together


class Migration(migrations.Migration):
    dependencies = [("deals", "0170_pipelines")]
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
            ]
        )
    ]
