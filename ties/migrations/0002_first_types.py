"""The workspaces that are there get the kinds of ties that a new one begins with, in their language."""

from django.db import migrations
from django.utils.translation import override


def seed(apps, schema_editor):
    from ties.models import FIRST_TYPES

    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, language FROM workspaces_workspace")
        workspaces = cursor.fetchall()
        for workspace, language in workspaces:
            with override(language):
                for place, (name, reverse, one, other) in enumerate(FIRST_TYPES):
                    cursor.execute(
                        "INSERT INTO ties_tietype (workspace_id, name, reverse_name, one_kind, other_kind, position)"
                        " VALUES (%s, %s, %s, %s, %s, %s)",
                        [workspace, str(name), str(reverse), one, other, place],
                    )


class Migration(migrations.Migration):
    dependencies = [("ties", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
