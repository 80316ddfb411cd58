import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0121_erasure"),
        ("contacts", "0121_erasure"),
        ("deals", "0120_history"),
        ("organizations", "0122_duplicate_keys"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["workspace", "contact"],
                        name="activities_acti_ed3f_v_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["workspace", "organization"],
                        name="activities_ed3f_v_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(
                        condition=models.Q(("deal__isnull", False)),
                        fields=["workspace", "deal"],
                        name="activities_activitylink_v_deal",
                    ),
                ),
            ]
        )
    ]
