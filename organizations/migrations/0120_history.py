import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0104_followers"),
        ("records", "0120_history"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["workspace", "-deleted_at", "-id"],
                        name="org_trash",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationfileversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_383b_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="organizationtagversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_3f6b_v_whole"),
                ),
            ]
        )
    ]
