from .deal import FORECASTS, Deal, weighted
from .faults import refuse_faults
from .line import DealLine, worth
from .parts import (
    DealCompetitor,
    DealContact,
    DealEvent,
    DealFile,
    DealFollower,
    DealInGroup,
    DealPulse,
    DealTag,
    DealValue,
    DealViewer,
    Person,
    Rival,
)
from .pipeline import Pipeline, PipelineTeam, Stage, StageTask, StageWay
from .place import BOTTOM, TOP, Place, beside, between
from .queryset import DealQuerySet
from .reason import CloseReason
from .stage_change import STATUSES, StageChange
from .stir import Stir

__all__ = [
    "BOTTOM",
    "FORECASTS",
    "STATUSES",
    "TOP",
    "CloseReason",
    "Deal",
    "DealCompetitor",
    "DealContact",
    "DealEvent",
    "DealFile",
    "DealFollower",
    "DealInGroup",
    "DealLine",
    "DealPulse",
    "DealQuerySet",
    "DealTag",
    "DealValue",
    "DealViewer",
    "Person",
    "Pipeline",
    "PipelineTeam",
    "Place",
    "Rival",
    "Stage",
    "StageChange",
    "StageTask",
    "StageWay",
    "Stir",
    "beside",
    "between",
    "refuse_faults",
    "weighted",
    "worth",
]
