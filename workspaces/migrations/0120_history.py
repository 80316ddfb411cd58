import django.core.validators
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0101_cache_table"),
    ]

    operations = [
        workspaces.operations.Together(
            [
                migrations.AddField(
                    model_name="workspace",
                    name="trash_days",
                    field=models.PositiveSmallIntegerField(
                        db_default=30,
                        default=30,
                        help_text="What was deleted can be restored for so long; then it is deleted for good.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days in the trash",
                    ),
                ),
            ]
        )
    ]
