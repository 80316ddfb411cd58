"""History from the first row: `@tracked` keeps every version of a model's rows in a typed event table.

The event models and their triggers are django-pghistory's, at statement level. Two things are our own, both in
`StatementEvent.get_func`: the event carries the id of our change set, which the database opens itself at the first
change (`records_change_set()`), and the trigger runs its statement by EXECUTE, since PL/pgSQL would keep the plan of
the session's first small update and a later update of 10,000 rows on that connection would take 12 s in place of 0.3 s.
"""

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models
from pghistory import trigger as pghistory_trigger

from .tenancy import WorkspaceModel, database_name

TRACKED: list[type[WorkspaceModel]] = []

#: kept by the database or derived: neither history nor the version of a row counts them
DERIVED = frozenset({"rank", "version", "updated_at"})


class StatementEvent(pghistory_trigger.Event):
    """pghistory's event trigger, planned anew at each statement and bound to our change set."""

    def get_func(self, model):
        meta = self.event_model._meta
        rows = self.row.replace("NEW", "new_values").replace("OLD", "old_values")
        tracked = {field.name for field in self.event_model.pgh_tracked_model._meta.fields}
        values = {f.column: f'{rows}."{f.column}"' for f in meta.fields if f.name in tracked and f.concrete}
        values |= {
            "pgh_created_at": "clock_timestamp()",
            "pgh_label": f"'{self.label}'",
            "pgh_obj_id": f'{rows}."id"',
            # Called for each row that really changed, so that a change of nothing opens no change set.
            "change_set_id": "records_change_set()",
        }
        columns = ", ".join(f'"{column}"' for column in sorted(values))
        selected = ", ".join(values[column] for column in sorted(values))
        statement = (
            f'INSERT INTO "{meta.db_table}" ({columns}) SELECT {selected} '
            f"FROM (SELECT {rows}.* FROM {{cond_{rows}}}) AS {rows}"
        )
        return pgtrigger.Func(f"EXECUTE $statement${statement}$statement$; RETURN NULL;")


class _Tracker(pghistory.RowEvent):
    level = pgtrigger.Statement

    def add_event_trigger(self, event_model):
        pgtrigger.register(
            StatementEvent(
                event_model=event_model,
                label=self.label,
                name=self.trigger_name,
                row=self.row,
                operation=self.operation,
                condition=self.condition,
                level=self.level,
            )
        )(event_model.pgh_tracked_model)


class InsertTracker(_Tracker, pghistory.InsertEvent):
    """A version of each row that was added."""


class UpdateTracker(_Tracker, pghistory.UpdateEvent):
    """A version of each row that really changed."""


class DeleteTracker(_Tracker, pghistory.DeleteEvent):
    """The last version of each row that was removed for good."""


def tracked(model: type[WorkspaceModel]) -> type[WorkspaceModel]:
    """Class decorator: keep every version of this model's rows, and let change sets that hold them be undone.

    A model names columns that triggers keep in `derived`; like DERIVED they are no part of its history.
    """
    TRACKED.append(model)
    table = model._meta.db_table
    derived = DERIVED | getattr(model, "derived", frozenset())
    pghistory.track(
        InsertTracker(),
        UpdateTracker(),
        DeleteTracker(),
        exclude=[f.name for f in model._meta.local_fields if f.name in derived or f.generated],
        obj_field=pghistory.ObjForeignKey(db_index=False, related_name="versions", related_query_name="versions"),
        context_field=None,
        model_name=f"{model.__name__}Version",
        attrs={
            # One count for the versions of all workspaces.
            "pgh_id": models.BigAutoField(primary_key=True),
            "change_set_id": models.BigIntegerField(null=True),
        },
        meta={
            "indexes": [
                models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name=database_name(table, "v_obj", limit=30)),
                models.Index(
                    fields=["workspace", "change_set_id", "pgh_obj"], name=database_name(table, "v_set", limit=30)
                ),
                *(
                    # the history of a record is that of its parts as well
                    models.Index(fields=["workspace", whole], name=database_name(table, "v_whole", limit=30))
                    for whole in filter(None, [model.part_of])
                ),
                *(
                    models.Index(
                        fields=["workspace", name],
                        name=database_name(table, "v", name, limit=30),
                        condition=models.Q(**{f"{name}__isnull": False}),
                    )
                    for name in model.history_found_by
                ),
            ]
        },
    )(model)
    return model


def history_of(model: type[models.Model]) -> type[models.Model]:
    """The event model of a tracked model."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Version")


class RealChange(pgtrigger.AnyChange):
    """Something that a person would call a change: neither derived nor computed by the database."""

    def resolve(self, model):
        self.exclude = [f.name for f in model._meta.fields if f.name in DERIVED or f.generated]
        return super().resolve(model)


def version_trigger() -> pgtrigger.Trigger:
    """A row's `version` grows with each change that is not derived, whoever makes it: page, bulk, import, raw SQL."""
    return pgtrigger.Trigger(
        name="version",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=RealChange(),
        func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
    )
