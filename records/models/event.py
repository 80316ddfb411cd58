"""What happened to records, in the words of the field: created, stage changed, won. The timeline reads these rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .change_set import ChangeSet


class Event(WorkspaceModel):
    """One thing that happened. `data` holds what its sentence needs (names as they were then)."""

    kind = models.CharField(max_length=40)
    occurred_at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    member = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+")
    change_set_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "change_set_id"], name="records_event_change_set")]

    def __str__(self):
        return self.kind

    @classmethod
    def say(cls, kind: str, data: Mapping[str, Any], *, by: Actor, at: datetime | None = None) -> "Event":
        """Write one event without links; the caller links it, set-based, to every record that it is about."""
        return cls.objects.create(
            kind=kind,
            occurred_at=at or timezone.now(),
            actor=by.label,
            member_id=by.member_id,
            change_set_id=ChangeSet.current_id(),
            data=dict(data),
        )


class EventLink(WorkspaceModel):
    """An event on the timeline of one record; each record type declares its own: `record = WorkspaceForeignKey(…)`.

    The time is copied, so that a timeline is one walk down an index.
    """

    event = WorkspaceForeignKey(Event, models.DB_CASCADE, related_name="%(class)s_set")
    occurred_at = models.DateTimeField()

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(
                "workspace",
                "record",
                models.F("occurred_at").desc(),
                models.F("event").desc(),
                name="%(class)s_timeline",
            )
        ]


def record_event(
    kind: str,
    rows: Iterable[tuple[models.Model, Mapping[str, Any]]],
    *,
    by: Actor,
    at: datetime | None = None,
) -> None:
    """Write one event for each (record, data) pair, linked to its record, set-based: two statements for any number."""
    at = at or timezone.now()
    pairs = [(record, dict(data)) for record, data in rows]
    if not pairs:
        return
    change_set_id = ChangeSet.current_id()
    events = Event.objects.bulk_create(
        Event(
            kind=kind,
            occurred_at=at,
            actor=by.label,
            member_id=by.member_id,
            change_set_id=change_set_id,
            data=data,
        )
        for record, data in pairs
    )
    link_model: Any = pairs[0][0].event_links.model  # type: ignore[attr-defined]
    link_model.objects.bulk_create(
        link_model(event=event, record_id=record.pk, occurred_at=at)
        for event, (record, data) in zip(events, pairs, strict=True)
    )
