import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0162_owner_rules"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="workspace",
                    name="is_guarded",
                    field=models.BooleanField(db_default=False, default=False, editable=False),
                ),
                migrations.AddField(
                    model_name="workspace",
                    name="visibility",
                    field=models.JSONField(db_default={}, default=dict, editable=False, verbose_name="who sees what"),
                ),
            ]
        )
    ]
