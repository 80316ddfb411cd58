"""Views that say what only a board understands were saved on it."""

from django.db import migrations

from records.operations import saved_on


class Migration(migrations.Migration):
    dependencies = [("deals", "0177_value_of_lines"), ("records", "0176_view_layout")]
    operations = saved_on(
        "deal", "board", "lanes=|folded=|column=|over=|compare=|by=(month|forecast)(&|$)|sort=idle(&|$)"
    )
