"""The forecast: what is to be won in which month, how sure it is, by whom, beside what the goal is.

Deals are filtered like their list. The open ones stand in the month that they are expected to close in, those that were
won in the one that they were closed in.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import format_money
from deals.board_columns import MOST_OWNERS
from deals.listing import ONLY_CLOSED, DealListing
from deals.models import FORECASTS
from deals.worth import PARTS, settled_of
from records.listing.filters import NONE
from records.listing.page import ListPage
from records.listing.periods import month_of, months_from
from records.listing.where import Leaf
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .chart import Chart
from .goals import Goals
from .rows import EVERYBODY, OMITTED, WEIGHTED, WON, Amounts, Cell, Days, Owners, Row, added, within

#: what the page says itself
OWN = ONLY_CLOSED | {"status", "expected_close", "forecast"}
#: months on a page
SHOWN = 6
#: the columns, the surest first
CATEGORIES = {
    WON: pgettext_lazy("deal", "Won"),
    **{name: FORECASTS[name] for name in ("commit", "best", "pipeline")},
}
SUMS = {name: Sum(part) for name, part in PARTS.items()}
#: parameters of the list that the links of cells set, or that say nothing there
SAID = {
    *DealListing.parameters_of(*OWN),
    *("month", "by", "sort", "columns"),
}


class ForecastListing(DealListing, registered=False):
    """The list of deals as far as the forecast shares it: filters, text, words."""

    columns: ClassVar[Any] = tuple(column for column in DealListing.columns if column.name not in OWN)
    asked = (*DealListing.columns, *DealListing.asked)


class Forecast(ListPage):
    """What one reader sees of the forecast: `{{ list.sections }}`, worked out when the template asks for it."""

    def __init__(self, request: WorkspaceRequest, params: QueryDict | None = None):
        super().__init__(ForecastListing, request, params)
        self.start = first_month(self.params.get("month", ""), self.look.today)
        self.months = months_from(self.start, SHOWN)
        self.end = month_of(self.start, SHOWN)
        self.currency, self.list_path = request.workspace.currency, reverse("deals:list")

    @property
    def title(self) -> str:
        return str(_("Forecast"))

    @property
    def path(self) -> str:
        return reverse("reports:forecast")

    @property
    def builder_url(self) -> str:
        return reverse("reports:forecast_where")

    @property
    def categories(self) -> dict[str, Any]:
        return CATEGORIES

    @property
    def is_by_owner(self) -> bool:
        return self.params.get("by") == "owner"

    # --- figures ------------------------------------------------------------------------------------------------------
    @cached_property
    def sections(self) -> list[tuple[Row, list[Row]]]:
        """The row of each stretch of days, and those of its owners where they are wanted; two statements for all."""
        found = [(self._row(label, days), self._owner_rows(days)) for label, days in self._stretches]
        return [(row, owners) for row, owners in found if row.count or row.days.is_month]

    @cached_property
    def _stretches(self) -> list[tuple[Any, Days]]:
        """The months, what was to close before them and what comes after, and what has no day."""
        months = [(month_name(month), Days(month, month_of(month, 1))) for month in self.months]
        return [
            (_("Earlier"), Days(None, self.start)),
            *months,
            (_("Later"), Days(self.end, None)),
            (_("No expected close"), Days(None, None)),
        ]

    @cached_property
    def _sums(self) -> dict[tuple[Days, int | None], dict[str, Cell]]:
        """(days, owner) -> category -> its deals, with WEIGHTED among them."""
        found: dict[tuple[Days, int | None], dict[str, Cell]] = defaultdict(lambda: defaultdict(Cell))
        for month, category, owner, currency, count, minor, *sums in [*self._open, *self._won]:
            cells, parts = found[self._days_of(month), owner], dict(zip(PARTS, sums, strict=True))
            cells[category].add(count, minor, currency, parts | {"hundredfold": None})
            if category not in (OMITTED, WON):
                cells[WEIGHTED].add(count, None, currency, parts)
        return found

    @property
    def _open(self) -> Any:
        rows = self.matching.filter(status="open").order_by()
        of = rows.values_list(TruncMonth("expected_close"), "forecast", "owner", "currency")
        return of.annotate(n=Count("pk"), minor=Sum("value"), **SUMS)

    @property
    def _won(self) -> Any:
        rows = self.matching.filter(status="won", closed_on__gte=self.start, closed_on__lt=self.end).order_by()
        of = rows.values_list(TruncMonth("closed_on"), "status", "owner", "currency")
        return of.annotate(n=Count("pk"), minor=Sum("value"), **SUMS)

    def _days_of(self, month: dt.date | None) -> Days:
        if month is None:
            return Days(None, None)
        if month < self.start:
            return Days(None, self.start)
        return Days(self.end, None) if month >= self.end else Days(month, month_of(month, 1))

    def _row(self, label: Any, days: Days, owners: Owners = EVERYBODY) -> Row:
        row = Row(label, days, owners.member)
        mine = [cells for (found, one), cells in self._sums.items() if found == days and owners.has(one)]
        for name in (*CATEGORIES, OMITTED):
            row.cells[name] = self._cell([cells[name] for cells in mine if name in cells])
        row.weighted = self._cell([cells[WEIGHTED] for cells in mine if WEIGHTED in cells])
        members = None if owners is EVERYBODY else owners.members
        has_goal = days.is_month and members != set()
        return self._finished(row, owners, self.goals.of_month(days.start, members) if has_goal else {})

    def _finished(self, row: Row, owners: Owners, goal: Amounts) -> Row:
        """With what was won or may be, where its figures lead, and the goal that it is held against."""
        row.expected = self._cell([row.cells[WON], row.weighted])
        for name, cell in [*row.cells.items(), (WEIGHTED, row.weighted)]:
            cell.url = self.list_url(row.days, name, owners)
        row.set_goal(goal, self.in_words(Cell(minor=goal)), self.worth)
        return row

    def _cell(self, parts: Iterable[Cell]) -> Cell:
        cell = Cell.of(parts)
        cell.text = self.in_words(cell)
        return cell

    def _owner_rows(self, days: Days) -> list[Row]:
        if not self.is_by_owner:
            return []
        found = {owner for when, owner in self._sums if when == days} | self.goals.members_with(days.start)
        return [self._row(owners.label, days, owners) for owners in self.owners if found & (owners.ids or set())]

    @cached_property
    def owners(self) -> list[Owners]:
        """Who has most of the deals, by name; the other owners together, then nobody."""
        counts: dict[int | None, int] = {pk: 0 for month in self.months for pk in self.goals.members_with(month)}
        for (_days, owner), cells in self._sums.items():
            counts[owner] = counts.get(owner, 0) + sum(cells[name].count for name in (*CATEGORIES, OMITTED))
        ranked = sorted((pk for pk in counts if pk), key=lambda pk: (-counts[pk], pk))
        shown, others = ranked[:MOST_OWNERS], ranked[MOST_OWNERS:]
        names = Membership.objects.filter(pk__in=shown).order_by("name", "pk").values_list("pk", "name")
        rows = [Owners(name, frozenset([pk]), {"owner": str(pk)}) for pk, name in names]
        if others:
            neither = Leaf("owner", [NONE, *map(str, shown)], negated=True)
            rows.append(Owners(_("Other owners"), frozenset(others), leaves=(neither,)))
        return [*rows, Owners(_("No owner"), frozenset([None]), {"owner": NONE})]

    @cached_property
    def together(self) -> Row:
        """The months together."""
        total = Row(_("These months together"), Days(self.start, self.end))
        months = [row for row, _owners in self.sections if row.days.is_month]
        for name in (*CATEGORIES, OMITTED):
            total.cells[name] = self._cell([row.cells[name] for row in months])
        total.weighted = self._cell([row.weighted for row in months])
        return self._finished(total, EVERYBODY, added(row.goal for row in months))

    @property
    def chart(self) -> Chart:
        months = [row for row, _owners in self.sections if row.days.is_month]
        found = [
            ({name: self.worth(row.cells[name]) for name in CATEGORIES}, self.worth(Cell(minor=row.goal)))
            for row in months
        ]
        return Chart.of(self.currency, [date_format(month, "M") for month in self.months], found)

    @property
    def is_empty(self) -> bool:
        return not any(row.count for row, _owners in self.sections)

    @cached_property
    def goals(self) -> Goals:
        return Goals(self.membership, self.params.getlist("owner"), self.start, self.end)

    def in_words(self, cell: Cell) -> str:
        """Amounts by currency, and what several are worth together, the closed as settled; "" for none."""
        return self.rates.words(
            cell.amounts,
            lambda minor, currency: format_money(minor, currency, self.look.language, 0),
            settled_of(cell.parts),
        )

    def worth(self, cell: Cell) -> int:
        """What it is in the workspace's currency, for what is drawn and compared; `unrated` says what is left out."""
        settled = settled_of(cell.parts)
        rest = {code: minor - (settled[code].minor if code in settled else 0) for code, minor in cell.amounts.items()}
        open_worth = sum(self.rates.worth(minor, code) or 0 for code, minor in rest.items())
        return open_worth + sum(part.worth or 0 for part in settled.values())

    @property
    def unrated(self) -> str:
        """The currencies that the chart and the parts of goals leave out, for want of a rate; "" for none."""
        missing: set[str] = set()
        drawn = [cell for name, cell in self.together.cells.items() if name != OMITTED]
        for cell in (*drawn, Cell(minor=self.together.goal)):
            settled = settled_of(cell.parts)
            open_ones = {code for code, minor in cell.minor.items() if code not in settled and minor}
            missing.update(self.rates.lacking(open_ones))
            missing.update(code for code, part in settled.items() if part.worth is None)
        return ", ".join(sorted(missing))

    # --- ways ---------------------------------------------------------------------------------------------------------
    def list_url(self, days: Days, category: str, owners: Owners) -> str:
        """The list of the deals of a cell."""
        wanted, leaves = {**self._asked(category, days), **owners.asked}, list(owners.leaves)
        if category == WEIGHTED:
            leaves.append(Leaf("forecast", OMITTED, negated=True))
        if leaves:
            wanted["where"] = self.filters.where.with_also(*leaves)
        return f"{self.list_path}?{self.address.query(SAID, **wanted)}"

    @staticmethod
    def _asked(category: str, days: Days) -> dict[str, str]:
        if category == WON:
            return {"status": WON, **within("closed_on", days)}
        forecast = {} if category == WEIGHTED else {"forecast": category}
        return {"status": "open", **forecast, **within("expected_close", days)}

    @property
    def back_url(self) -> str:
        return self.address.link(month=f"{month_of(self.start, -SHOWN):%Y-%m}")

    @property
    def on_url(self) -> str:
        return self.address.link(month=f"{self.end:%Y-%m}")

    @property
    def now_url(self) -> str:
        """The months from this one on; "" where they are shown."""
        return "" if self.start == month_of(self.look.today) else self.address.link(["month"])

    @property
    def ways(self) -> list[tuple[Any, str, bool]]:
        """(label, address, is it in force): the months alone, or with their owners."""
        return [
            (_("Months"), self.address.link(["by"]), not self.is_by_owner),
            (_("Months and owners"), self.address.link(by="owner"), self.is_by_owner),
        ]


def first_month(text: str, today: dt.date) -> dt.date:
    """The month that a text names ("2026-11"), else this one; far from the ends of the calendar."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return month_of(today)
    return month if abs(month.year - today.year) <= 100 else month_of(today)


def month_name(month: dt.date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")
