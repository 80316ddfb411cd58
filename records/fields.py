"""Columns that the database derives, so that no door can leave them stale."""

from django.db import models
from django.db.models import F, Func


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
