from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0158_content"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="owner_rules",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, editable=False),
        ),
    ]
