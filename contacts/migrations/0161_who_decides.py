"""Of the roles that each workspace began with, the decision maker decides, in whatever language it is called."""

from django.conf import settings
from django.db import migrations
from django.utils.translation import gettext, override


def mark(apps, schema_editor):
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(gettext("Decision maker"))
    schema_editor.execute("UPDATE contacts_role SET decides = true WHERE name = ANY (%s)", [names])


class Migration(migrations.Migration):
    dependencies = [("contacts", "0160_positions")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
