import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0156_custom_fields"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="workspace",
                    name="won_makes_customer",
                    field=models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Its organization and its primary contact get the customer status Customer.",
                        verbose_name="A won deal makes customers",
                    ),
                ),
                migrations.AddField(
                    model_name="workspace",
                    name="won_tag",
                    field=models.CharField(
                        blank=True,
                        db_default="Active customer",
                        default="Active customer",
                        help_text="A won deal puts it on its organization and its primary contact. Empty: no tag.",
                        max_length=60,
                        verbose_name="Tag of won customers",
                    ),
                ),
            ]
        )
    ]
