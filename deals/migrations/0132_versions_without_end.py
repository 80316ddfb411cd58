import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0131_versions_without_end"),
        ("deals", "0131_pulse_follows"),
        ("organizations", "0124_versions_without_end"),
        ("records", "0132_versions_without_end"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="dealcontactversion",
                    name="deals_dealcontact_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="dealfileversion",
                    name="deals_dealfile_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="dealtagversion",
                    name="deals_dealtag_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="dealversion",
                    name="deals_deal_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="pipelineversion",
                    name="deals_pipeline_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="stagechangeversion",
                    name="deals_stagechange_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="stageversion",
                    name="deals_stage_v_set",
                ),
                migrations.AlterField(
                    model_name="dealcontactversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="dealfileversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="dealtagversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="dealversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="pipelineversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="stagechangeversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="stageversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AddIndex(
                    model_name="dealcontactversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealcontact_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealfileversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealfile_v_set"),
                ),
                migrations.AddIndex(
                    model_name="dealtagversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealtag_v_set"),
                ),
                migrations.AddIndex(
                    model_name="dealversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_deal_v_set"),
                ),
                migrations.AddIndex(
                    model_name="pipelineversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_pipeline_v_set"),
                ),
                migrations.AddIndex(
                    model_name="stagechangeversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="deals_stagechange_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="stageversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_stage_v_set"),
                ),
            ]
        )
    ]
