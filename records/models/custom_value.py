"""The values of custom fields, in columns with types and indexes: one table for each record type.

Filters and orders of lists are equalities and ranges over these columns, which row-level security lets use an index;
over JSON it would not (docs/decisions/18-custom-fields.md).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Left, NullIf

from records.fields import SortKey
from workspaces.models import Membership
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .custom_field import CustomChoice, CustomField

#: characters of a text that its order goes by: an index holds no longer ones
SORTED = 200
#: the columns that lists filter and sort by
TYPED = ("sort", "number", "day", "choice", "member", "linked")


class CustomValue(WorkspaceModel):
    """What a record has in a custom field; each record type declares its own: `record = WorkspaceForeignKey(…)`.

    No row is no value. Of the columns one is in use, which one the field's kind says. A field of several choices has a
    row for each, in a `slot` of its own; all others have one row, in slot 0.
    """

    part_of = "record"
    inseparable = (("number", "currency"),)

    field = WorkspaceForeignKey(CustomField, models.DB_CASCADE, related_name="%(class)s_set")
    slot = models.BigIntegerField(default=0)
    text = models.TextField(blank=True, default="")
    sort = SortKey(
        "text",
        expression=Func(Left(NullIf(F("text"), Value("")), SORTED), function="records_sort_key"),
        output_field=models.TextField(db_collation="C", null=True),
        null=True,
    )
    #: a number times 10,000, an amount in minor units of `currency`, 1 for yes and 0 for no
    number = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    day = models.DateField(null=True)
    choice = WorkspaceForeignKey(CustomChoice, models.DB_CASCADE, null=True, related_name="%(class)s_set")
    member = WorkspaceForeignKey(Membership, models.DB_CASCADE, null=True, related_name="+")
    #: id of a record of the type that the field leads to; no key, since it may stand in a room above
    linked = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(
                fields=["workspace", "field", column, "record"],
                name=f"%(class)s_{column}",
                condition=models.Q(**{f"{column}__isnull": False}),
            )
            for column in TYPED
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "record", "field", "slot"],
                name="%(class)s_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]
