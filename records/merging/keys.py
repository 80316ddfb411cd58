"""What the models say to a merge: which rows point to a record, and when two of them say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from records.models import EventLink, Follower, Pulse
from workspaces.tenancy import CompositeForeignKey, ExclusionRule, is_expression
from workspaces.tracking import DERIVED, TRACKED

#: kept by triggers: a pulse follows its activities, timeline and followers the row that says who was merged (`Merged`)
STAY: tuple[type[models.Model], ...] = (Pulse, EventLink, Follower)


@dataclass(frozen=True)
class Key:
    """A foreign key to what is merged: its rows move from those that give way to the one that stays.

    A unique rule with this key in it makes of two rows one, and so do the fields that the model names in `same_when`.
    A rule of the kind "one primary" makes nothing of two rows but takes the mark off one of them.
    """

    model: Any
    field: Any

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        return self.field.column

    @property
    def is_tracked(self) -> bool:
        return self.model in TRACKED

    def same(self) -> Iterator[tuple[str, ...]]:
        """The columns that make rows the same when they agree in all of them, one tuple a rule."""
        if alike := getattr(self.model, "same_when", ()):
            yield tuple(self.model._meta.get_field(name).column for name in alike)
        for rule in self.model._meta.constraints:
            columns = self._columns(rule)
            if self.column in columns and not self._mark(rule):
                yield columns

    def mirrors(self) -> list[str]:
        """The columns of the other ends, of rows that stand between two records."""
        others = [
            self.model._meta.get_field(name) for name in getattr(self.model, "between", ()) if name != self.field.name
        ]
        return [other.column for other in others if other.related_model is self.field.related_model]

    def marks(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(column of the mark, columns within which one row may have it) of each rule of that kind."""
        for rule in self.model._meta.constraints:
            if mark := self._mark(rule):
                yield mark, self._columns(rule)

    def empties(self) -> dict[str, str]:
        """Column -> SQL of its empty value, of what a row that stays may take over from its doubles."""
        used = {"id", "workspace_id", self.column, *(column for columns in self.same() for column in columns)}
        derived = DERIVED | getattr(self.model, "derived", frozenset())
        fields = [f for f in self.model._meta.concrete_fields if not f.generated and f.name not in derived]
        found = {field.column: _empty(field) for field in fields if field.column not in used}
        return {column: empty for column, empty in found.items() if empty}

    def _columns(self, rule: models.BaseConstraint) -> tuple[str, ...]:
        if isinstance(rule, ExclusionRule):
            return tuple(rule.columns)
        if isinstance(rule, models.UniqueConstraint):
            return tuple(self.model._meta.get_field(name).column for name in rule.fields)
        return ()

    def _mark(self, rule: models.BaseConstraint) -> str:
        """The column that stands alone as the condition of a rule: `is_primary`."""
        where = rule.where if isinstance(rule, ExclusionRule) else ""
        flags = {f.column for f in self.model._meta.concrete_fields if isinstance(f, models.BooleanField)}
        return where if where in flags else ""


def _empty(field: models.Field) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "false"
    return "''" if isinstance(field, models.CharField | models.TextField) else ""


@cache
def keys_to(model: type[models.Model]) -> tuple[Key, ...]:
    """Every foreign key to the rows of a model, except those of tables that triggers keep (`STAY`)."""
    return tuple(
        Key(other, field)
        for other in apps.get_models()
        for rule in other._meta.constraints
        if isinstance(rule, CompositeForeignKey) and not issubclass(other, STAY)
        for field in [other._meta.get_field(rule.field)]
        if field.related_model is model
    )


def part(column: str, key: Key) -> str:
    """SQL: a column of a unique rule as it will be, or an expression over columns."""
    if column == key.column:
        return "merge_key"
    return column if is_expression(column) else f'"{column}"'
