import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0123_links_of_a_record"),
        ("contacts", "0131_versions_without_end"),
        ("deals", "0132_versions_without_end"),
        ("organizations", "0124_versions_without_end"),
        ("records", "0132_versions_without_end"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="activityfileversion",
                    name="activities_activityfile_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="activitylinkversion",
                    name="activities_activitylink_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="activitytagversion",
                    name="activities_activitytag_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="activityversion",
                    name="activities_activity_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="mentionversion",
                    name="activities_mention_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="participantversion",
                    name="activities_participant_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="pinversion",
                    name="activities_pin_v_set",
                ),
                migrations.AlterField(
                    model_name="activityfileversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="activitylinkversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="activitytagversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="activityversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="mentionversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="participantversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="pinversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AddIndex(
                    model_name="activityfileversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_activityfile_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_activitylink_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitytagversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_activitytag_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_activity_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="mentionversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_mention_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="participantversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_participant_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="pinversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="activities_pin_v_set"),
                ),
            ]
        )
    ]
