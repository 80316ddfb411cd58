from .deal import Deal, DealContact, DealEvent, DealFile, DealPulse, DealTag, StageChange
from .pipeline import Pipeline, Stage

__all__ = [
    "Deal",
    "DealContact",
    "DealEvent",
    "DealFile",
    "DealPulse",
    "DealTag",
    "Pipeline",
    "Stage",
    "StageChange",
]
