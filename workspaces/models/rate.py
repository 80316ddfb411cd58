"""What currencies were worth in the workspace's own, day by day: the newest rate on or before a day counts."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, cast

from django.core.validators import MinValueValidator
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.money import exponent, in_whole, is_currency
from core.statements import fetch
from core.tenancy import current_workspace_id
from workspaces.changes import describe_change
from workspaces.refusals import Refusal
from workspaces.rights import Actor
from workspaces.tracking import tracked

from .set_up import SetUp
from .workspace import Workspace

#: digits of a rate before and behind the point
WHOLE, PLACES = 10, 10
SMALLEST = Decimal(1).scaleb(-PLACES)

#: for each currency that has rates, found by steps along the index, its newest one of a day
NEWEST = """
    WITH RECURSIVE known (currency) AS (
        (SELECT currency FROM workspaces_rate WHERE workspace_id = %(workspace)s AND base = %(base)s
         ORDER BY currency LIMIT 1)
        UNION ALL
        SELECT (SELECT currency FROM workspaces_rate WHERE workspace_id = %(workspace)s AND base = %(base)s
                AND currency > known.currency ORDER BY currency LIMIT 1)
          FROM known WHERE known.currency IS NOT NULL
    )
    SELECT known.currency, newest.value FROM known CROSS JOIN LATERAL (
        SELECT value FROM workspaces_rate WHERE workspace_id = %(workspace)s AND base = %(base)s
           AND currency = known.currency AND day <= %(day)s ORDER BY day DESC LIMIT 1
    ) AS newest"""

LINES = "unnest(%(currencies)s::text[], %(days)s::date[], %(values)s::numeric[]) AS line (currency, day, value)"
PUT = (
    f"UPDATE workspaces_rate AS rate SET value = line.value FROM {LINES} WHERE rate.workspace_id = %(workspace)s"
    " AND rate.base = %(base)s AND rate.currency = line.currency AND rate.day = line.day AND rate.value <> line.value",
    "INSERT INTO workspaces_rate (workspace_id, base, currency, day, value)"
    f" SELECT %(workspace)s, %(base)s, line.currency, line.day, line.value FROM {LINES} WHERE NOT EXISTS ("
    " SELECT FROM workspaces_rate AS rate WHERE rate.workspace_id = %(workspace)s AND rate.base = %(base)s"
    " AND rate.currency = line.currency AND rate.day = line.day)",
)
#: amounts and rates have more digits together than Python's own context keeps
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class RateLine(NamedTuple):
    """That one unit of a currency was worth so much from a day on."""

    currency: str
    day: dt.date
    value: Decimal


@tracked
class Rate(SetUp):
    """What one unit of a currency is worth in the workspace's, from a day on until there is a newer rate."""

    record_name = "rate"
    inseparable = (("currency", "base", "day", "value"),)

    currency = models.CharField(gettext_lazy("currency"), max_length=3)
    #: the workspace's currency when the rate was written: should it change, this rate says nothing of the new one
    base = models.CharField(gettext_lazy("currency of the workspace"), max_length=3, editable=False)
    day = models.DateField(gettext_lazy("counts from"))
    value = models.DecimalField(
        gettext_lazy("rate"), max_digits=WHOLE + PLACES, decimal_places=PLACES, validators=[MinValueValidator(SMALLEST)]
    )

    class Meta:
        verbose_name = gettext_lazy("exchange rate")
        verbose_name_plural = gettext_lazy("exchange rates")
        ordering = ("currency", "-day")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "base", "currency", "day"],
                name="workspaces_rate_once",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=gettext_lazy("This currency has a rate of this day already."),
            ),
            models.CheckConstraint(name="workspaces_rate_value", condition=models.Q(value__gt=0)),
        ]

    def __str__(self):
        return f"{self.currency} {self.day:%Y-%m-%d}"

    @staticmethod
    def fault(line: RateLine, workspace: Workspace) -> str:
        """Why no rate can be so; "" for nothing."""
        if not is_currency(line.currency):
            return _("“%(code)s” is not a currency.") % {"code": line.currency}
        if line.currency == workspace.currency:
            return _("%(code)s is the currency of the workspace.") % {"code": line.currency}
        if not SMALLEST <= line.value < 10**WHOLE:
            return _("A rate is more than nothing.") if line.value < SMALLEST else _("The rate is too large.")
        return ""

    @classmethod
    @transaction.atomic
    def put(cls, lines: Iterable[RateLine], *, by: Actor) -> int:
        """Write rates, in place of those of the same currency and day; returns how many. One statement for any number.

        Raises NotAllowed, and Refusal for what is no rate.
        """
        by_day = {(line.currency, line.day): line for line in lines}
        cls()._check_right(by, "create")
        # Who writes rates at the same time waits.
        workspace = Workspace.objects.select_for_update(no_key=True).get(pk=cast(int, current_workspace_id()))
        for line in by_day.values():
            if fault := cls.fault(line, workspace):
                raise Refusal(fault)
        count = len(by_day)
        describe_change(ngettext("%(count)s rate saved", "%(count)s rates saved", count) % {"count": count})
        values: dict[str, Any] = {
            "workspace": workspace.pk,
            "base": workspace.currency,
            "currencies": [line.currency for line in by_day.values()],
            "days": [line.day for line in by_day.values()],
            "values": [line.value for line in by_day.values()],
        }
        with connection.cursor() as cursor:
            for statement in PUT:
                cursor.execute(statement, values)
        return count


class Settled(NamedTuple):
    """A part of an amount whose worth in the workspace's currency is known: of what was closed, at the rates of those
    days. None where one was missing."""

    minor: int
    worth: int | None


class Said(str):
    """Amounts in words: "£1,200 + $300 ≈ $1,850". Where there is less room, `first` is what counts ("≈ $1,850", beside
    it what has no rate: "≈ $1,850 + €7"), `second` what it is made of ("£1,200 + $300") and `why` which rate is missing
    ("no rate for EUR"); the latter are empty where there is nothing to add."""

    first: str
    second: str
    why: str

    @classmethod
    def of(cls, text: str, first: str, second: str = "", why: str = "") -> "Said":
        said = cls(text)
        said.first, said.second, said.why = first, second, why
        return said

    @property
    def lines(self) -> list[str]:
        return [line for line in (self.first, self.second, self.why) if line]


class Rates:
    """The rates of a workspace that count on a day. They are read at the first amount in another currency, once."""

    def __init__(self, workspace: Workspace, day: dt.date):
        self.workspace, self.base, self.day = workspace, workspace.currency, day

    @classmethod
    def of(cls, workspace: Workspace, day: dt.date) -> "Rates":
        """Kept with the workspace, whose row every request reads anew: one statement a request and day."""
        kept: dict[dt.date, Rates] = vars(workspace).setdefault("_rates", {})
        return kept.setdefault(day, cls(workspace, day))

    @cached_property
    def by_currency(self) -> dict[str, Decimal]:
        return dict(fetch(NEWEST, {"workspace": self.workspace.pk, "base": self.base, "day": self.day}))

    def worth(self, minor: int, currency: str) -> int | None:
        """What an amount is worth in the workspace's currency, both in minor units; None without a rate."""
        if currency == self.base or not minor:
            return minor
        value = self.by_currency.get(currency)
        if value is None:
            return None
        exact = EXACT.scaleb(EXACT.multiply(Decimal(minor), value), exponent(self.base) - exponent(currency))
        return int(exact.to_integral_value(ROUND_HALF_UP))

    def lacking(self, currencies: Iterable[str]) -> list[str]:
        """Those that have no rate."""
        return sorted(code for code in currencies if code != self.base and code not in self.by_currency)

    def words(
        self,
        amounts: Mapping[str, int],
        write: Callable[[int, str], str],
        settled: Mapping[str, "Settled"] = MappingProxyType({}),
    ) -> Said:
        """Amounts in minor units by currency, the largest first, and what they are worth together, as far as there are
        rates: what has none stays an amount of its own. What is `settled` of them has its worth already."""
        ordered = sorted(amounts.items(), key=lambda amount: -amount[1])
        said = " + ".join(write(minor, currency) for currency, minor in ordered)
        if not amounts.keys() - {self.base} or list(amounts.values()) == [0]:
            return Said.of(said, said)
        rest = {code: minor - settled[code].minor if code in settled else minor for code, minor in ordered}
        unsettled = [code for code, part in settled.items() if part.worth is None]
        missing = sorted({*unsettled, *self.lacking(code for code, minor in rest.items() if minor)})
        worth = sum(self.worth(minor, code) or 0 for code, minor in rest.items() if code not in missing)
        worth += sum(part.worth or 0 for code, part in settled.items() if code not in missing)
        together = f"≈\xa0{write(in_whole(worth, self.base), self.base)}"
        if not missing:
            # Of one other currency the amount itself counts; of several what they are together.
            return Said.of(f"{said} {together}", *((said, together) if len(ordered) == 1 else (together, said)))
        why = _("no rate for %(currencies)s") % {"currencies": ", ".join(missing)}
        if not any(minor for code, minor in ordered if code not in {self.base, *missing}):
            return Said.of(f"{said} ({why})", said, why=why)
        apart = " + ".join([together, *(write(minor, code) for code, minor in ordered if code in missing)])
        return Said.of(f"{said} {apart} ({why})", apart, said, why)
