from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from contacts.models import Contact
from deals.models import Deal
from organizations.models import Organization
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .activity import Activity
from .subject import SUBJECTS, exactly_one


def _history(subject: str) -> models.Index:
    """What was done about a record, newest first."""
    return models.Index(
        fields=["workspace", subject, "-occurred_at", "-activity"],
        include=["kind"],
        name=f"activity_done_{subject}",
        condition=Q(state="done", **{f"{subject}__isnull": False}),
    )


def _upcoming(subject: str) -> models.Index:
    """What is open about a record, the most urgent first."""
    return models.Index(
        fields=["workspace", subject, "occurred_at", "activity"],
        name=f"activity_open_{subject}",
        condition=Q(state="open", **{f"{subject}__isnull": False}),
    )


def _once(subject: str) -> ExclusionRule:
    """One link at most; the record leads, so that its deletion finds its links, in whatever state."""
    column = f"{subject}_id"
    return ExclusionRule(
        name=f"activity_link_{subject}_once",
        columns=["workspace_id", column, "activity_id"],
        where=f"{column} IS NOT NULL",
    )


@tracked
class ActivityLink(WorkspaceModel):
    """What an activity is about: exactly one contact, organization or deal a row.

    Time, state and kind are the activity's own, copied by a trigger, so that a timeline is one walk down an index and
    the pulse of a record two probes, however much happened to it.
    """

    part_of = "activity"
    edited_with_it = True
    history_found_by = SUBJECTS

    activity = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="links")
    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, null=True, related_name="activity_links", db_index=False)
    organization = WorkspaceForeignKey(
        Organization, models.DB_CASCADE, null=True, related_name="activity_links", db_index=False
    )
    deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, null=True, related_name="activity_links", db_index=False)
    occurred_at = models.DateTimeField(db_default=Now(), editable=False)
    #: "open", "done" or "trash"
    state = models.CharField(max_length=5, db_default="done", editable=False)
    kind = models.CharField(max_length=10, db_default="", editable=False)

    derived: ClassVar = frozenset({"occurred_at", "state", "kind"})

    class Meta:
        indexes: ClassVar = [*map(_history, SUBJECTS), *map(_upcoming, SUBJECTS)]
        constraints: ClassVar = [
            *map(_once, SUBJECTS),
            exactly_one("activities_link_one"),
        ]
