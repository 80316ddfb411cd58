from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal, Stale

from .address import ADDRESS_KINDS, Address, country_of
from .attachment import Attachment, upload_path
from .attention import Attention
from .bulk_run import BulkRun
from .change_set import ChangeSet, change_set
from .custom_field import ChoiceLine, CustomChoice, CustomField, CustomGroup
from .custom_value import CustomValue
from .erasure import Erasure
from .event import Event, EventLink, record_event, record_events
from .follower import Follower
from .group import Group, GroupLink
from .hand_over import HandOver
from .important_date import MOST_DAYS, ImportantDate, ReminderDays
from .line import Line, LineQuerySet, PrimaryLine, RecordLine, primary_of
from .merged import Distinct, Merged
from .notice import Notice
from .party import Party, PartyQuerySet
from .pulse import Pulse
from .queryset import Outcome, RecordQuerySet
from .reading import Reading
from .recent import Recent
from .record import PRESENT, Record
from .saved_view import DefaultView, SavedView
from .shared import Shared
from .sight import Seen, Sight, seen_ids
from .source import CUSTOMER_STATUSES, DIRECTIONS, Source
from .tables import record_indexes
from .tag import Tag, TagLink
from .turn import Turn
from .undoing import Undoing
from .viewer import Viewer

__all__ = [
    "ADDRESS_KINDS",
    "CUSTOMER_STATUSES",
    "DIRECTIONS",
    "MOST_DAYS",
    "PRESENT",
    "Address",
    "Attachment",
    "Attention",
    "BulkRun",
    "ChangeSet",
    "ChoiceLine",
    "CustomChoice",
    "CustomField",
    "CustomGroup",
    "CustomValue",
    "DefaultView",
    "Distinct",
    "Erasure",
    "Event",
    "EventLink",
    "Follower",
    "Group",
    "GroupLink",
    "HandOver",
    "ImportantDate",
    "Line",
    "LineQuerySet",
    "Merged",
    "NotAllowed",
    "Notice",
    "Outcome",
    "Party",
    "PartyQuerySet",
    "PrimaryLine",
    "Pulse",
    "Reading",
    "Recent",
    "Record",
    "RecordLine",
    "RecordQuerySet",
    "Refusal",
    "ReminderDays",
    "SavedView",
    "Seen",
    "Shared",
    "Sight",
    "Source",
    "Stale",
    "Tag",
    "TagLink",
    "Turn",
    "Undoing",
    "Viewer",
    "change_set",
    "country_of",
    "describe_change",
    "primary_of",
    "record_event",
    "record_events",
    "record_indexes",
    "seen_ids",
    "upload_path",
]
