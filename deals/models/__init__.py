from .deal import Deal, DealContact, DealEvent, DealFile, DealFollower, DealPulse, DealTag, Person, refuse_faults
from .pipeline import Pipeline, Stage
from .queryset import DealQuerySet
from .stage_change import STATUSES, StageChange

__all__ = [
    "STATUSES",
    "Deal",
    "DealContact",
    "DealEvent",
    "DealFile",
    "DealFollower",
    "DealPulse",
    "DealQuerySet",
    "DealTag",
    "Person",
    "Pipeline",
    "Stage",
    "StageChange",
    "refuse_faults",
]
