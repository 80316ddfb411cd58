from .activity import ICONS, KINDS, OUTCOMES, SUBJECTS, Activity, ActivityEvent, ActivityFile, ActivityTag
from .link import ActivityLink
from .queryset import ActivityQuerySet

__all__ = [
    "ICONS",
    "KINDS",
    "OUTCOMES",
    "SUBJECTS",
    "Activity",
    "ActivityEvent",
    "ActivityFile",
    "ActivityLink",
    "ActivityQuerySet",
    "ActivityTag",
]
