import django.core.validators
from django.db import migrations, models

import workspaces.operations


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            [
                migrations.AddField(
                    model_name="workspace",
                    name="trail_days",
                    field=models.PositiveSmallIntegerField(
                        db_default=90,
                        default=90,
                        help_text="Owners and admins see for so long who opened, listed or exported a record; with 0 there is no trail.",
                        validators=[django.core.validators.MaxValueValidator(3650)],
                        verbose_name="days in the read trail",
                    ),
                ),
            ]
        )
    ]
