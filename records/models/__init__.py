from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal, Stale

from .address import ADDRESS_KINDS, Address, country_of
from .attachment import Attachment, upload_path
from .change_set import ChangeSet, change_set
from .erasure import Erasure
from .event import Event, EventLink, record_event
from .follower import Follower
from .important_date import MOST_DAYS, ImportantDate, ReminderDays
from .line import Line, LineQuerySet, PrimaryLine, RecordLine, primary_of
from .merged import Distinct, Merged
from .party import Party
from .pulse import Pulse
from .queryset import Outcome, RecordQuerySet
from .reading import Reading
from .recent import Recent
from .record import PRESENT, Record, record_indexes
from .source import CUSTOMER_STATUSES, DIRECTIONS, Source
from .tag import Tag, TagLink
from .undoing import Undoing

__all__ = [
    "ADDRESS_KINDS",
    "CUSTOMER_STATUSES",
    "DIRECTIONS",
    "MOST_DAYS",
    "PRESENT",
    "Address",
    "Attachment",
    "ChangeSet",
    "Distinct",
    "Erasure",
    "Event",
    "EventLink",
    "Follower",
    "ImportantDate",
    "Line",
    "LineQuerySet",
    "Merged",
    "NotAllowed",
    "Outcome",
    "Party",
    "PrimaryLine",
    "Pulse",
    "Reading",
    "Recent",
    "Record",
    "RecordLine",
    "RecordQuerySet",
    "Refusal",
    "ReminderDays",
    "Source",
    "Stale",
    "Tag",
    "TagLink",
    "Undoing",
    "change_set",
    "country_of",
    "describe_change",
    "primary_of",
    "record_event",
    "record_indexes",
    "upload_path",
]
