import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0121_erasure"),
        ("organizations", "0122_duplicate_keys"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="positionversion",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["workspace", "organization"],
                        name="contacts_p_3491_v_organization",
                    ),
                ),
            ]
        )
    ]
