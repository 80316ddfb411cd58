import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0132_versions_without_end")]
    operations = [
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="merged",
                    index=models.Index(fields=["workspace", "table", "master"], name="records_merged_master"),
                ),
            ]
        )
    ]
