import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0123_history_by_others"),
        ("records", "0132_versions_without_end"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="organizationfileversion",
                    name="organizations_organ_383b_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="organizationtagversion",
                    name="organizations_organ_3f6b_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="organizationversion",
                    name="organizations_organ_36c1_v_set",
                ),
                migrations.AlterField(
                    model_name="organizationfileversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="organizationtagversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="organizationversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AddIndex(
                    model_name="organizationfileversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_383b_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationtagversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_3f6b_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_36c1_v_set"
                    ),
                ),
            ]
        )
    ]
