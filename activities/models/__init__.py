from .activity import KINDS, OUTCOMES, Activity, ActivityEvent, ActivityFile, ActivityTag
from .link import ActivityLink
from .queryset import ActivityQuerySet

__all__ = [
    "KINDS",
    "OUTCOMES",
    "Activity",
    "ActivityEvent",
    "ActivityFile",
    "ActivityLink",
    "ActivityQuerySet",
    "ActivityTag",
]
