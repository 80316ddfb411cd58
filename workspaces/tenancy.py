"""Tenancy that the database enforces: row-level security, composite foreign keys, deferrable unique rules.

A model that inherits `WorkspaceModel` gets, without saying so, a `workspace_id`, a policy that shows it only the rows
of the workspace in the setting `app.workspace_id`, and the grants of the role that the application logs in as. A
`WorkspaceForeignKey` becomes `FOREIGN KEY (workspace_id, x_id) REFERENCES t (workspace_id, id)`, so that a reference
into another workspace is impossible whatever the code does.

The pieces are model constraints, so migrations carry them; they are added when the class is prepared.
"""

import hashlib
from typing import Any, ClassVar

from django.db import models
from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models import DB_CASCADE, DB_SET_NULL
from django.db.models.lookups import Exact
from django.db.models.signals import class_prepared

from core.tenancy import current_workspace_id

APP_ROLE = "crm_app"
#: The tenant of a row; `nullif` because the setting is '' once a SET LOCAL has ended. Unset shows no rows.
CURRENT_WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')::bigint"
CURRENT_USER = "nullif(current_setting('app.user_id', true), '')::bigint"
ALL_GRANTS = "SELECT, INSERT, UPDATE, DELETE"


class DatabaseRule(models.BaseConstraint):
    """A constraint that only the database checks; subclasses say how it is created and removed."""

    #: names of the keyword arguments that a subclass keeps for its deconstruction
    arguments: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, name: str, violation_error_message: Any = None, **arguments: Any):
        super().__init__(name=name, violation_error_message=violation_error_message)
        for key in self.arguments:
            setattr(self, key, arguments[key])

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {key: getattr(self, key) for key in self.arguments}

    def constraint_sql(self, model, schema_editor):
        """Nothing inside CREATE TABLE: the rule follows it, when every table of the migration exists."""
        statement = self.create_sql(model, schema_editor)
        if statement:
            schema_editor.deferred_sql.append(statement)

    def validate(self, *args, **kwargs):
        """The database decides."""

    def __eq__(self, other):
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash(self.name)


class CompositeForeignKey(DatabaseRule):
    """`FOREIGN KEY (workspace_id, x_id)`; checked at once, so that a fault surfaces in its statement, not at commit."""

    arguments = ("field",)
    field: str

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        field = model._meta.get_field(self.field)
        target = field.remote_field.model._meta
        actions = {
            DB_CASCADE: " ON DELETE CASCADE",
            DB_SET_NULL: f" ON DELETE SET NULL ({quote(field.column)})",
        }
        statement = Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) "
            "REFERENCES %(target)s (%(target_columns)s)%(action)s DEFERRABLE INITIALLY IMMEDIATE",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=Columns(model._meta.db_table, ["workspace_id", field.column], quote),
            target=Table(target.db_table, quote),
            target_columns=Columns(target.db_table, ["workspace_id", target.pk.column], quote),
            action=actions.get(field.remote_field.on_delete, ""),
        )
        # At the end of the migration, when the target's UNIQUE (workspace_id, id) stands too.
        schema_editor.deferred_sql.append(statement)

    def remove_sql(self, model, schema_editor):
        return schema_editor._delete_constraint_sql(schema_editor.sql_delete_fk, model, self.name)


def is_expression(column: str) -> bool:
    """Is it SQL over a row, and no column's name?"""
    return "(" in column


class ExclusionRule(DatabaseRule):
    """A partial unique rule that undo and merge may defer to the end (a partial unique index can't wait).

    `columns` may hold expressions over the row as well: "lower(name)".
    """

    arguments = ("columns", "where")
    columns: list[str]
    where: str

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s EXCLUDE USING btree (%(columns)s) WHERE (%(where)s) "
            "DEFERRABLE INITIALLY IMMEDIATE",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=", ".join(f"{c if is_expression(c) else quote(c)} WITH =" for c in self.columns),
            where=self.where,
        )

    def remove_sql(self, model, schema_editor):
        return schema_editor._delete_constraint_sql(schema_editor.sql_delete_check, model, self.name)


class RowLevelSecurity(DatabaseRule):
    """The policy of a workspace's table and the grants that the application's role has on it.

    `using` is the condition of a row that belongs to the current workspace, `also_select` a further condition under
    which a row may be read (what is read before the workspace is known).
    """

    arguments = ("using", "also_select", "grants")
    using: str
    also_select: str
    grants: str

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        also = " CREATE POLICY %(also)s ON %(table)s FOR SELECT USING (%(also_select)s);" if self.also_select else ""
        return Statement(
            "ALTER TABLE %(table)s ENABLE ROW LEVEL SECURITY;"
            " CREATE POLICY %(name)s ON %(table)s USING (%(using)s) WITH CHECK (%(using)s);"
            + also
            + " GRANT %(grants)s ON %(table)s TO "
            + APP_ROLE,
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            also=quote(f"{self.name}_also"),
            using=self.using,
            also_select=self.also_select,
            grants=self.grants,
        )

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return Statement(
            "DROP POLICY IF EXISTS %(also)s ON %(table)s; DROP POLICY %(name)s ON %(table)s",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            also=quote(f"{self.name}_also"),
        )


class WorkspaceForeignKey(models.ForeignKey):
    """A foreign key that can't leave its workspace: see `CompositeForeignKey`. Its index leads with the workspace.

    `db_index=False` leaves the index out (where a declared index already serves).
    """

    def __init__(self, to, on_delete, **kwargs):
        kwargs["db_constraint"] = False
        self.wants_index = kwargs.pop("db_index", True)
        super().__init__(to, on_delete, db_index=False, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["db_constraint"]
        if self.wants_index:
            del kwargs["db_index"]
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, **kwargs):  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract and not _is_historical(cls):
            class_prepared.connect(self._declare_rules, sender=cls, weak=False)

    def _declare_rules(self, sender, **kwargs):
        table = sender._meta.db_table
        add_constraint(sender, CompositeForeignKey(name=database_name(table, self.column, "wfk"), field=self.name))
        if self.wants_index:
            fields = ["workspace", self.name]
            _add_index(sender, models.Index(fields=fields, name=database_name(table, self.column, "idx", limit=30)))

    def get_extra_restriction(self, alias, related_alias):
        """Joins carry the workspace as well, so that a distributed engine can keep them on one node."""
        here: Any = self.model._meta.get_field("workspace")
        there: Any = self.remote_field.model._meta.get_field("workspace")
        return Exact(here.get_col(alias), there.get_col(related_alias))


class WorkspaceOneToOneField(WorkspaceForeignKey, models.OneToOneField):
    """The same with one row at most for each target, by `UNIQUE (workspace_id, x_id)`."""

    def __init__(self, to, on_delete, **kwargs):
        super().__init__(to, on_delete, **kwargs)
        self._unique = self.wants_index = False

    @property
    def unique(self) -> bool:
        """To queries there is one row at most, so that they join it once and `select_related` follows it back. The
        schema, which migrations build from historical classes, has only the rule that leads with the workspace.
        """
        return not _is_historical(self.model)

    def _declare_rules(self, sender, **kwargs):
        super()._declare_rules(sender, **kwargs)
        name = database_name(sender._meta.db_table, self.column, "once")
        add_constraint(sender, models.UniqueConstraint(fields=["workspace", self.name], name=name))


class WorkspaceModel(models.Model):
    """A row of one workspace. The workspace is the one whose scope is open unless given."""

    workspace = models.ForeignKey(
        "workspaces.Workspace",
        models.DO_NOTHING,
        default=current_workspace_id,
        db_index=False,
        db_constraint=False,
        related_name="+",
        editable=False,
    )

    #: what the rights call these rows; empty for mere parts, which are changed with the right to their whole
    record_name: ClassVar[str] = ""
    #: the field of the member whose "own" they are in the rights
    owned_by: ClassVar[str] = ""
    #: the field of the row that these are parts of: undo takes them back with it or not at all
    part_of: ClassVar[str] = ""
    #: the keys of the records that a row stands between, part of none: the history of each tells of it, and a merge
    #: leaves none that would join a record with itself
    between: ClassVar[tuple[str, ...]] = ()
    #: the field of that row that they tell of: where it stays as it is, so do they
    goes_with: ClassVar[str] = ""
    #: columns that triggers copy from its parts: they follow these, undo leaves them alone
    copies: ClassVar[tuple[str, ...]] = ()
    #: fields that mean something only together (an amount, its currency): undo takes back all of a group or none
    inseparable: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: has it no form of its own but that of what it is part of, so that its changes are changes of that as well?
    edited_with_it: ClassVar[bool] = False
    #: rows of it are made on the way to something else, and may stay when that is undone
    made_on_the_way: ClassVar[bool] = False
    #: fields beside the whole by which rows of a past moment are found: their versions have an index for each
    history_found_by: ClassVar[tuple[str, ...]] = ()
    #: fields that say in which order of others a row stands; `put_back` gives it a place after an undo changed them,
    #: `hold_places` has kept others from these places since before it locked a row
    placed_by: ClassVar[tuple[str, ...]] = ()

    #: does a page of the past show it as it is now?
    always_now: ClassVar[bool] = False

    class Meta:
        abstract = True

    @classmethod
    def hold_places(cls, versions: models.QuerySet) -> None:
        """Lock, in order, where rows stand, or stood in any of these versions of theirs."""

    @classmethod
    def put_back(cls, ids: list[int]) -> None:
        """Find new places for rows whose `placed_by` an undo wrote; places are derived, so history has none."""


def add_constraint(model: type[models.Model], constraint: models.BaseConstraint) -> None:
    """Add a constraint to a prepared model class, so that the autodetector sees it too."""
    if all(constraint.name != other.name for other in model._meta.constraints):
        model._meta.constraints = [*model._meta.constraints, constraint]
        model._meta.original_attrs["constraints"] = model._meta.constraints


def _add_index(model: type[models.Model], index: models.Index) -> None:
    if all(index.name != other.name for other in model._meta.indexes):
        model._meta.indexes = [*model._meta.indexes, index]
        model._meta.original_attrs["indexes"] = model._meta.indexes


def database_name(table: str, *parts: str, limit: int = 63) -> str:
    """A database name that fits: a table too long is cut and told apart by four digits of its hash."""
    name = "_".join([table, *parts])
    if len(name) <= limit:
        return name
    tail = "_".join([hashlib.sha256(table.encode()).hexdigest()[:4], *parts])
    return f"{table[: limit - len(tail) - 1]}_{tail}"


def _is_historical(cls: type[models.Model]) -> bool:
    """Is this a class of a migration's state, or an event table (which keeps references to what is gone)?"""
    return cls.__module__ == "__fake__" or hasattr(cls, "pgh_tracked_model")


def _protect(sender, **kwargs):
    """Every model with a workspace gets its policy; one with an id of its own also `UNIQUE (workspace_id, id)`."""
    meta = sender._meta
    if meta.abstract or meta.proxy or not meta.managed or sender.__module__ == "__fake__":
        return
    if not any(field.name == "workspace" for field in meta.local_fields):
        return
    is_event = hasattr(sender, "pgh_tracked_model")
    policy = {
        "using": f"workspace_id = {CURRENT_WORKSPACE}",
        "also_select": "",
        "grants": "SELECT, INSERT" if is_event else ALL_GRANTS,
        **getattr(sender, "row_level_security", {}),
    }
    add_constraint(sender, RowLevelSecurity(name=database_name(meta.db_table, "rls"), **policy))
    if not is_event:
        unique = models.UniqueConstraint(fields=["workspace", meta.pk.name], name=database_name(meta.db_table, "ws_id"))
        add_constraint(sender, unique)


class_prepared.connect(_protect, weak=False)
