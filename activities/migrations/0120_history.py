import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0104_compose"),
        ("contacts", "0120_history"),
        ("deals", "0120_history"),
        ("organizations", "0120_history"),
        ("records", "0120_history"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["workspace", "-deleted_at", "-id"],
                        name="activity_trash",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityfileversion",
                    index=models.Index(fields=["workspace", "record"], name="activities_activi_ca8b_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(fields=["workspace", "activity"], name="activities_activi_ed3f_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="activitytagversion",
                    index=models.Index(fields=["workspace", "record"], name="activities_activitytag_v_whole"),
                ),
            ]
        )
    ]
