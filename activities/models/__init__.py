from .activity import Activity, ActivityEvent, ActivityFile, ActivityInGroup, ActivityTag
from .draft import Draft
from .kinds import DIRECTIONS, ICONS, KINDS, OUTCOMES
from .link import ActivityLink
from .mention import Mention
from .participant import Participant
from .pin import Pin
from .queryset import ActivityQuerySet
from .subject import SUBJECTS

__all__ = [
    "DIRECTIONS",
    "ICONS",
    "KINDS",
    "OUTCOMES",
    "SUBJECTS",
    "Activity",
    "ActivityEvent",
    "ActivityFile",
    "ActivityInGroup",
    "ActivityLink",
    "ActivityQuerySet",
    "ActivityTag",
    "Draft",
    "Mention",
    "Participant",
    "Pin",
]
