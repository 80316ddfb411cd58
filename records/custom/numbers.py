"""Numbers as the table of values keeps them: whole ones, since comparing numeric columns is not leakproof, and
row-level security would keep the planner from their index."""

from decimal import Decimal

PLACES = 4
#: as large as a number may be, with either sign
MOST = Decimal(10**14)


def to_scaled(value: Decimal) -> int:
    """The number as it is kept."""
    return int(value.scaleb(PLACES))


def from_scaled(kept: int) -> Decimal:
    """A kept number, without zeros that say nothing."""
    whole, rest = divmod(kept, 10**PLACES)
    return Decimal(whole) if not rest else Decimal(kept).scaleb(-PLACES).normalize()
