import django.db.models.functions.comparison
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0121_history_by_others")]

    operations = [
        workspaces.operations.Together(
            [
                migrations.RemoveIndex("deal", "deal_board"),
                migrations.AddIndex(
                    "deal",
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", True), ("status", "open")),
                        fields=["workspace", "stage", "rank", "id"],
                        include=["owner", "currency", "value"],
                        name="deal_board",
                    ),
                ),
                migrations.AddField("dealpulse", "owner_id", models.BigIntegerField(editable=False, null=True)),
                migrations.AddField("dealpulse", "stage_id", models.BigIntegerField(editable=False, null=True)),
                migrations.AddField("dealpulse", "stage_since", models.DateTimeField(editable=False, null=True)),
                migrations.AddField("dealpulse", "expected_close", models.DateField(editable=False, null=True)),
                migrations.AddField("dealpulse", "value", models.BigIntegerField(editable=False, null=True)),
                migrations.AddField(
                    "dealpulse",
                    "idle_since",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Greatest("stage_since", "last_activity_at"),
                        output_field=models.DateTimeField(),
                    ),
                ),
                migrations.AddIndex(
                    "dealpulse",
                    models.Index(
                        condition=models.Q(("stage_id__isnull", False)),
                        fields=["workspace", "stage_id", "next_activity_at", "record"],
                        name="deals_pulse_board",
                    ),
                ),
                migrations.AddIndex(
                    "dealpulse",
                    models.Index(
                        condition=models.Q(("stage_id__isnull", False)),
                        fields=["workspace", "owner_id", "idle_since", "record"],
                        name="deals_pulse_idle",
                    ),
                ),
                migrations.AddIndex(
                    "dealpulse",
                    models.Index(
                        models.F("workspace"),
                        models.F("owner_id"),
                        models.F("expected_close"),
                        models.OrderBy(models.F("value"), descending=True, nulls_last=True),
                        models.F("record"),
                        condition=models.Q(("next_activity_at__isnull", True), ("stage_id__isnull", False)),
                        name="deals_pulse_stepless",
                    ),
                ),
            ]
        )
    ]
