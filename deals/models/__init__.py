from .change import Change
from .deal import Deal, refuse_faults
from .parts import DealContact, DealEvent, DealFile, DealFollower, DealInGroup, DealPulse, DealTag, DealValue, Person
from .pipeline import Pipeline, Stage
from .place import BOTTOM, TOP, Place, beside, between
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
    "DealInGroup",
    "DealPulse",
    "DealQuerySet",
    "DealTag",
    "DealValue",
    "Person",
    "Pipeline",
    "Place",
    "Stage",
    "StageChange",
    "Stir",
    "beside",
    "between",
    "refuse_faults",
]
