import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0120_history"),
        ("deals", "0108_pulse_trigger"),
        ("organizations", "0120_history"),
        ("records", "0120_history"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["workspace", "-deleted_at", "-id"],
                        name="deal_trash",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealcontactversion",
                    index=models.Index(fields=["workspace", "deal"], name="deals_dealcontact_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="dealfileversion",
                    index=models.Index(fields=["workspace", "record"], name="deals_dealfile_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="dealtagversion",
                    index=models.Index(fields=["workspace", "record"], name="deals_dealtag_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="stagechangeversion",
                    index=models.Index(fields=["workspace", "deal"], name="deals_stagechange_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="stageversion",
                    index=models.Index(fields=["workspace", "pipeline"], name="deals_stage_v_whole"),
                ),
            ]
        )
    ]
