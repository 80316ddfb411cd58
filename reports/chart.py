"""Bars of parts that stand on each other, with a line for what was aimed at. The template draws them, from these
numbers: percent of the height, from the top."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

#: room above the largest, in percent of it
HEADROOM = 8


class Part(NamedTuple):
    name: str
    top: float
    height: float


class Bar(NamedTuple):
    label: str
    parts: list[Part]
    #: where the line is; None for none
    goal: float | None


class Chart(NamedTuple):
    """Of amounts in one currency."""

    currency: str
    bars: list[Bar]

    def __bool__(self) -> bool:
        return any(bar.parts or bar.goal is not None for bar in self.bars)

    @classmethod
    def of(cls, currency: str, labels: Sequence[str], found: Sequence[tuple[Mapping[str, int], int]]) -> "Chart":
        """Of (part -> amount, goal), the parts from the bottom up, for each label."""
        largest = max([*(sum(parts.values()) for parts, _goal in found), *(goal for _parts, goal in found)], default=0)
        whole = largest * (100 + HEADROOM) / 100
        bars = [
            Bar(label, stacked(parts, whole), 100 - 100 * goal / whole if goal else None)
            for label, (parts, goal) in zip(labels, found, strict=True)
        ]
        return cls(currency, bars)


def stacked(parts: Mapping[str, int], whole: float) -> list[Part]:
    found, below = [], 0.0
    for name, amount in parts.items():
        if amount > 0:
            height = 100 * amount / whole
            below += height
            found.append(Part(name, 100 - below, height))
    return found
