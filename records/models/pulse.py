from typing import ClassVar

from django.db import models

from workspaces.tenancy import WorkspaceModel


class Pulse(WorkspaceModel):
    """How alive a record is, one row each, kept in the activity's own transaction and read by rows and cards.

    Each record type declares its own with `record = OneToOne…`; a trigger adds the row with its record. Derived, so
    neither tracked nor part of the record's version.
    """

    last_activity_at = models.DateTimeField(null=True)
    next_activity_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        indexes: ClassVar = [
            # Ascending with the record's id last, so that a list walks them both ways.
            models.Index(fields=["workspace", "last_activity_at", "record"], name="%(class)s_last"),
            models.Index(fields=["workspace", "next_activity_at", "record"], name="%(class)s_next"),
        ]
