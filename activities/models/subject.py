from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from contacts.models import Contact
from deals.models import Deal
from organizations.models import Organization
from records.models import Record
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

SUBJECTS = ("contact", "organization", "deal")


def exactly_one(name: str) -> models.CheckConstraint:
    """The rule that a row stands on one contact, organization or deal."""
    alone = [Q(**{f"{other}__isnull": other != subject for other in SUBJECTS}) for subject in SUBJECTS]
    return models.CheckConstraint(name=name, condition=alone[0] | alone[1] | alone[2])


class OnRecord(WorkspaceModel):
    """A row that stands on exactly one contact, organization or deal and goes with it."""

    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    organization = WorkspaceForeignKey(Organization, models.DB_CASCADE, null=True, related_name="+", db_index=False)
    deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, null=True, related_name="+", db_index=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [exactly_one("%(class)s_one")]

    @property
    def record(self) -> Record:
        return next(getattr(self, subject) for subject in SUBJECTS if getattr(self, f"{subject}_id"))


def on(record: Record) -> dict[str, Any]:
    """The fields that put a row on the record, the others empty."""
    return {f"{subject}_id": record.pk if subject == record.record_name else None for subject in SUBJECTS}
