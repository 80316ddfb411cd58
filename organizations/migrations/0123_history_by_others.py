import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0122_duplicate_keys"),
        ("records", "0123_merged_events"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="organizationversion",
                    index=models.Index(
                        condition=models.Q(("parent__isnull", False)),
                        fields=["workspace", "parent"],
                        name="organizations_or_36c1_v_parent",
                    ),
                ),
            ]
        )
    ]
