from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="fields_version",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
