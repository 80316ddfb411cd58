"""The workspaces that are there get the kinds of ties that a new one begins with, in their language."""

from django.db import migrations
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

#: as they were then: name, name in the other direction, which kinds it joins
FIRST_TYPES = (
    (gettext_noop("partner of"), "", "organization", "organization"),
    (gettext_noop("customer of"), gettext_noop("supplier of"), "organization", "organization"),
    (gettext_noop("competitor of"), "", "organization", "organization"),
    (gettext_noop("former employee of"), gettext_noop("former employer of"), "contact", "organization"),
    (gettext_noop("adviser of"), gettext_noop("advised by"), "contact", "organization"),
    (gettext_noop("reports to"), gettext_noop("manager of"), "contact", "contact"),
    (gettext_noop("acquaintance of"), "", "contact", "contact"),
    (gettext_noop("follow-up of"), gettext_noop("followed up by"), "deal", "deal"),
    (gettext_noop("referred by"), gettext_noop("source of"), "", ""),
    (gettext_noop("related to"), "", "", ""),
)


def seed(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, language FROM workspaces_workspace")
        workspaces = cursor.fetchall()
        for workspace, language in workspaces:
            with override(language):
                for place, (name, reverse, one, other) in enumerate(FIRST_TYPES):
                    cursor.execute(
                        "INSERT INTO ties_tietype (workspace_id, name, reverse_name, one_kind, other_kind, position)"
                        " VALUES (%s, %s, %s, %s, %s, %s)",
                        [workspace, _(name), reverse and _(reverse), one, other, place],
                    )


class Migration(migrations.Migration):
    dependencies = [("ties", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
