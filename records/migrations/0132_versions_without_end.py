import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0131_search_errors"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="distinctversion",
                    name="records_distinct_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="mergedversion",
                    name="records_merged_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="sourceversion",
                    name="records_source_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="tagversion",
                    name="records_tag_v_set",
                ),
                migrations.AlterField(
                    model_name="distinctversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="mergedversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="sourceversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="tagversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AddIndex(
                    model_name="distinctversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="records_distinct_v_set"),
                ),
                migrations.AddIndex(
                    model_name="mergedversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="records_merged_v_set"),
                ),
                migrations.AddIndex(
                    model_name="sourceversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="records_source_v_set"),
                ),
                migrations.AddIndex(
                    model_name="tagversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="records_tag_v_set"),
                ),
            ]
        )
    ]
