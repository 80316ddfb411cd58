"""What happened to records, in the words of the field: created, stage changed, won. The timeline reads these rows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from string import Template
from typing import Any, ClassVar

from django.db import connection, models
from django.utils import timezone

from core.tenancy import current_workspace_id
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

from .change_set import ChangeSet

#: events with their links; both are numbered in the order of the rows that they are made of
RECORDED = Template("""
    WITH said AS (
        INSERT INTO records_event (workspace_id, kind, occurred_at, actor, member_id, change_set_id, data)
        SELECT %(workspace)s, %(kind)s, %(at)s, %(actor)s, %(member)s,
               nullif(current_setting('app.change_set', true), '')::bigint, data::jsonb
          FROM unnest(%(data)s::text[]) AS data
        RETURNING id)
    INSERT INTO $links (workspace_id, event_id, occurred_at, record_id)
    SELECT %(workspace)s, event.id, %(at)s, record.id
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM said) AS event
      JOIN unnest(%(records)s::bigint[]) WITH ORDINALITY AS record (id, place) USING (place)""")


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
    """Write one event for each (record, data) pair, linked to its record, in one statement for any number."""
    pairs = list(rows)
    if pairs:
        record_events(kind, type(pairs[0][0]), [(record.pk, data) for record, data in pairs], by=by, at=at)


def record_events(
    kind: str,
    model: Any,
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    *,
    by: Actor,
    at: datetime | None = None,
) -> None:
    """The same for (id, data) pairs of records of a model that nobody has read; equal data are written down once."""
    if not rows:
        return
    texts: dict[int, str] = {}
    for _pk, data in rows:
        if id(data) not in texts:
            texts[id(data)] = json.dumps(dict(data))
    values = {
        "workspace": current_workspace_id(),
        "kind": kind,
        "at": at or timezone.now(),
        "actor": by.label,
        "member": by.member_id,
        "data": [texts[id(data)] for _pk, data in rows],
        "records": [pk for pk, _data in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(
            RECORDED.substitute(links=model._meta.get_field("event_links").related_model._meta.db_table), values
        )
