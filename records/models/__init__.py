from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal, Stale

from .attachment import Attachment, upload_path
from .change_set import ChangeSet, change_set
from .erasure import Erasure
from .event import Event, EventLink, record_event
from .follower import Follower
from .merged import Distinct, Merged
from .pulse import Pulse
from .queryset import Outcome, RecordQuerySet
from .reading import Reading
from .recent import Recent
from .record import PRESENT, Record, record_indexes
from .sight import Seen, Sight, seen_ids
from .source import Source
from .tag import Tag, TagLink
from .undoing import Undoing
from .viewer import Viewer

__all__ = [
    "PRESENT",
    "Attachment",
    "ChangeSet",
    "Distinct",
    "Erasure",
    "Event",
    "EventLink",
    "Follower",
    "Merged",
    "NotAllowed",
    "Outcome",
    "Pulse",
    "Reading",
    "Recent",
    "Record",
    "RecordQuerySet",
    "Refusal",
    "Seen",
    "Sight",
    "Source",
    "Stale",
    "Tag",
    "TagLink",
    "Undoing",
    "Viewer",
    "change_set",
    "describe_change",
    "record_event",
    "record_indexes",
    "seen_ids",
    "upload_path",
]
