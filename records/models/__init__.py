from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal, Stale

from .attachment import Attachment, upload_path
from .attention import Attention
from .change_set import ChangeSet, change_set
from .erasure import Erasure
from .event import Event, EventLink, record_event
from .follower import Follower
from .hand_over import HandOver
from .merged import Distinct, Merged
from .notice import Notice
from .pulse import Pulse
from .queryset import Outcome, RecordQuerySet
from .reading import Reading
from .recent import Recent
from .record import PRESENT, Record, record_indexes
from .source import Source
from .tag import Tag, TagLink
from .turn import Turn
from .undoing import Undoing

__all__ = [
    "PRESENT",
    "Attachment",
    "Attention",
    "ChangeSet",
    "Distinct",
    "Erasure",
    "Event",
    "EventLink",
    "Follower",
    "HandOver",
    "Merged",
    "NotAllowed",
    "Notice",
    "Outcome",
    "Pulse",
    "Reading",
    "Recent",
    "Record",
    "RecordQuerySet",
    "Refusal",
    "Source",
    "Stale",
    "Tag",
    "TagLink",
    "Turn",
    "Undoing",
    "change_set",
    "describe_change",
    "record_event",
    "record_indexes",
    "upload_path",
]
