"""Columns that the database derives, so that no door can leave them stale."""

from django.db import models
from django.db.models import F, Func
from django.db.models.functions import ExtractDay, ExtractMonth


class SortKey(models.GeneratedField):
    """A stored, unaccented, lower-case key of one or more text columns: Č sorts with C whatever the server's collation.

    Plain equality and ranges over it are leakproof, so row-level security may use its index.
    """

    def __init__(self, *columns: str, **kwargs):
        self.columns = columns
        kwargs.setdefault("expression", Func(*map(F, columns), function="records_sort_key", arg_joiner=" || ' ' || "))
        kwargs.setdefault("output_field", models.TextField(db_collation="C"))
        kwargs.setdefault("db_persist", True)
        super().__init__(**kwargs)

    def deconstruct(self):
        name, _path, _args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", [], kwargs


class DayKey(models.GeneratedField):
    """A stored key of the day in the year of a date, month and day alone: 314 for 14 March. See `core.yearly`."""

    def __init__(self, *columns: str, **kwargs):
        if columns:
            kwargs.setdefault("expression", ExtractMonth(columns[0]) * 100 + ExtractDay(columns[0]))
        kwargs.setdefault("output_field", models.SmallIntegerField(null=True))
        kwargs.setdefault("db_persist", True)
        super().__init__(**kwargs)

    def deconstruct(self):
        name, _path, _args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", [], kwargs
