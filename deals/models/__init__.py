from .change import Change
from .deal import Deal, DealContact, DealEvent, DealFile, DealFollower, DealPulse, DealTag, Person, refuse_faults
from .pipeline import Pipeline, Stage
from .place import BOTTOM, TOP, Place, beside
from .queryset import DealQuerySet
from .stage_change import STATUSES, StageChange
from .stir import Stir

__all__ = [
    "BOTTOM",
    "STATUSES",
    "TOP",
    "Change",
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
    "Place",
    "Stage",
    "StageChange",
    "Stir",
    "beside",
    "refuse_faults",
]
