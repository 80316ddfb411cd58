from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal, Stale

from .attachment import Attachment, upload_path
from .change_set import ChangeSet, change_set
from .event import Event, EventLink, record_event
from .merged import Distinct, Merged
from .pulse import Pulse
from .queryset import Outcome, RecordQuerySet
from .record import PRESENT, Record, record_indexes
from .source import Source
from .tag import Tag, TagLink

__all__ = [
    "PRESENT",
    "Attachment",
    "ChangeSet",
    "Distinct",
    "Event",
    "EventLink",
    "Merged",
    "NotAllowed",
    "Outcome",
    "Pulse",
    "Record",
    "RecordQuerySet",
    "Refusal",
    "Source",
    "Stale",
    "Tag",
    "TagLink",
    "change_set",
    "describe_change",
    "record_event",
    "record_indexes",
    "upload_path",
]
