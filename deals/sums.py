"""What the deals of a board add up to, and how the sums are written."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.money import format_money
from records.listing import Look
from workspaces.models import Rates, Said

from .worth import weighted_sums


@dataclass
class Sums:
    """Writes amounts for one reader; nothing at all is written in the pipeline's `currency`."""

    look: Look
    rates: Rates
    currency: str = ""

    def text(self, minor: Mapping[str, int]) -> Said:
        """Amounts in minor units by currency, and what several are worth together."""
        known = minor or ({self.currency: 0} if self.currency else {})
        return self.rates.words(known, lambda amount, currency: format_money(amount, currency, self.look.language, 0))


@dataclass(kw_only=True)
class Totals:
    """How many deals, how many of them late, and what they are worth: minor units by currency."""

    sums: Sums
    count: int = 0
    late: int = 0
    minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    #: each amount times its chance in percent
    hundredfold: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, currency: str, chance: int, count: int, minor: Any, late: int) -> None:
        """Some deals of one currency with the same chance to be won; `minor` is None where none has a value."""
        self.count, self.late = self.count + count, self.late + late
        if minor is not None:
            self.minor[currency] += int(minor)
            self.hundredfold[currency] += int(minor) * chance

    @property
    def weighted(self) -> dict[str, int]:
        """The amounts times the chance to win them."""
        return weighted_sums(self.hundredfold)

    @property
    def amount(self) -> Said:
        return self.sums.text(self.minor)

    @property
    def weighted_amount(self) -> Said:
        return self.sums.text(self.weighted)
