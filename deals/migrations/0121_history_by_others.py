import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0122_history_by_others"),
        ("deals", "0120_history"),
        ("organizations", "0122_duplicate_keys"),
        ("records", "0123_merged_events"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="dealcontactversion",
                    index=models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["workspace", "contact"],
                        name="deals_dealcontact_v_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealversion",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["workspace", "organization"],
                        name="deals_deal_v_organization",
                    ),
                ),
            ]
        )
    ]
