import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0166_fit_together"),
        ("deals", "0170_pipelines"),
        ("organizations", "0166_fit_together"),
        ("records", "0164_visible"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "stage_since", "id"],
                        name="deal_stage_since",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "forecast", "id"],
                        name="deal_by_forecast",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True), ("reason__isnull", False)),
                        fields=["workspace", "reason", "id"],
                        name="deal_by_reason",
                    ),
                ),
            ]
        ),
    ]
