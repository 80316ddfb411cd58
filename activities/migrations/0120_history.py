import json
from urllib.parse import urlencode

import workspaces.operations
from django.db import migrations, models
from django.http import QueryDict


def readable(apps, schema_editor):
    """Drafts as JSON in place of a browser's encoding."""
    for draft in apps.get_model("activities", "Draft").objects.all():
        draft.typed = json.dumps(dict(QueryDict(draft.typed).lists()))
        draft.save(update_fields=["typed"])


def unreadable(apps, schema_editor):
    for draft in apps.get_model("activities", "Draft").objects.all():
        draft.typed = urlencode(json.loads(draft.typed), doseq=True)
        draft.save(update_fields=["typed"])


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0107_years"),
        ("contacts", "0120_history"),
        ("deals", "0120_history"),
        ("organizations", "0120_history"),
        ("records", "0120_history"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        migrations.RunPython(readable, unreadable),
        migrations.AlterField(model_name="draft", name="typed", field=models.JSONField()),
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
                migrations.AddIndex(
                    model_name="mentionversion",
                    index=models.Index(fields=["workspace", "activity"], name="activities_mention_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="participantversion",
                    index=models.Index(fields=["workspace", "activity"], name="activities_participant_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="pinversion",
                    index=models.Index(fields=["workspace", "activity"], name="activities_pin_v_whole"),
                ),
            ]
        ),
    ]
