"""How deals of a pipeline have gone: the numbers above the board, for what it is filtered by.

All are about deals that were closed in a stretch of days, but for what is open now. Each leads to its rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from string import Template
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, F, Func, IntegerField, Q, Sum
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import past
from core.formats import percent
from core.money import format_money
from records.listing.filters import ANY
from records.listing.periods import CURRENT, PAST, period
from records.listing.where import Leaf
from workspaces.models import Said, Settled

from .listing import ONLY_CLOSED, DealListing
from .models import DealQuerySet, Stage

if TYPE_CHECKING:
    from .board import Board

CLOSED = ("won", "lost", "abandoned")
USUAL, ALL = "last_90_days", "all"
PERIODS = PAST | CURRENT | {ALL: _("Any time")}
#: parameters of the list that these numbers say themselves, or that the board alone knows
SAID = {
    *DealListing.parameters_of("stage", "status", *ONLY_CLOSED),
    *("over", "sort", "compare", "by", "lanes", "folded"),
}

#: one pass over the deals with the stages that they left: how many came no further than each stage, whether they were
#: won there; and of these how many were in each stage, of how many it is known how long, and for how many seconds
COURSE = Template("""
    SELECT far, won, count(*), $sums
      FROM (SELECT deal.status = 'won' AS won, $stays,
                   greatest(array_position(ARRAY[$ids], deal.stage_id),
                            max(array_position(ARRAY[$ids], change.from_stage_id))) AS far
              FROM ($deals) AS deal
              LEFT JOIN deals_stagechange AS change ON change.deal_id = deal.id AND change.from_status = 'open'
             GROUP BY deal.id, deal.stage_id, deal.status) AS course
     GROUP BY far, won""")
STAY = (
    "sum(change.stayed) FILTER (WHERE change.from_stage_id = {id}) AS stay_{id},"
    " coalesce(bool_or(change.from_stage_id = {id}), false) OR deal.stage_id = {id} AS been_{id}"
)
STAYS = "count(*) FILTER (WHERE been_{id}), count(stay_{id}), extract(epoch FROM sum(stay_{id}))"
DAY = 24 * 60 * 60

Amounts = dict[str, int]


@dataclass
class Figures:
    """Deals of one status: how many, how old in days all together, what those are worth that have a value."""

    count: int = 0
    days: int = 0
    minor: Amounts = field(default_factory=lambda: defaultdict(int))
    valued: Amounts = field(default_factory=lambda: defaultdict(int))
    #: by currency, what the closed ones were worth in the workspace's; None where a rate is missing
    worth: dict[str, int | None] = field(default_factory=dict)

    def add(
        self, currency: str, count: int, valued: int, minor: int | None, days: int, settled: int | None, unsettled: int
    ) -> None:
        self.count, self.days = self.count + count, self.days + days
        if valued and minor is not None:
            self.minor[currency] += int(minor)
            self.valued[currency] += valued
            self.worth[currency] = None if unsettled else int(settled or 0)

    @property
    def average_days(self) -> int | None:
        return round(self.days / self.count) if self.count else None

    @property
    def valued_count(self) -> int:
        return sum(self.valued.values())


@dataclass
class Step:
    """A stage: how many deals came to it, how many of these went on, how many were in it, and for how long."""

    stage: Stage
    came_url: str
    been_url: str
    on_url: str = ""
    came: int = 0
    went_on: int = 0
    been: int = 0
    timed: int = 0
    seconds: float = 0

    def add(self, stays: Sequence[Any]) -> None:
        been, timed, seconds = stays
        self.been, self.timed = self.been + been, self.timed + timed
        self.seconds += float(seconds or 0)

    @property
    def share(self) -> str:
        """How many of a hundred went on."""
        return percent(round(100 * self.went_on / self.came)) if self.came else ""

    @property
    def days(self) -> int | None:
        """How many days one was in it."""
        return round(self.seconds / DAY / self.timed) if self.timed else None


class Numbers:
    """`{{ list.numbers }}`; two statements, however many deals there are."""

    name: ClassVar[str] = "numbers"

    @classmethod
    def asked(cls, board: "Board") -> "Numbers | None":
        """Where the address opens them: `?panel=numbers`, or `?over=` with the days, which the page's links keep."""
        is_asked = board.params.get("panel") == cls.name or board.params.get("over")
        return cls(board) if is_asked and board.stages else None

    def __init__(self, board: "Board"):
        self.board, self.pipeline, self.list_path = board, board.pipeline, reverse("deals:list")
        wanted = board.params.get("over", "")
        self.over = wanted if wanted in PERIODS else USUAL

    @property
    def periods(self) -> dict[str, Any]:
        return PERIODS

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along that chooses the days."""
        return self.board.address.hidden(["over"])

    @property
    def close_url(self) -> str:
        return self.board.address.link(["over"])

    # --- rows ---------------------------------------------------------------------------------------------------------
    @cached_property
    def rows(self) -> DealQuerySet:
        rows: Any = self.board.matching
        return rows.filter(pipeline=self.pipeline).order_by()

    @cached_property
    def is_closed(self) -> Q:
        """What those have in common that were closed in these days."""
        condition = Q(status__in=CLOSED)
        if self.over != ALL:
            days = period(self.over, self.today)
            condition &= Q(closed_on__gte=days.start, closed_on__lt=days.end)
        return condition

    @property
    def today(self) -> Any:
        return timezone.localdate(past.now())

    # --- figures ------------------------------------------------------------------------------------------------------
    @cached_property
    def by_status(self) -> dict[str, Figures]:
        """The open ones, and those that were closed in these days by how."""
        begun = Coalesce("started_on", TruncDate("created_at"))
        age = Func(Coalesce(F("closed_on"), self.today), begun, template="(%(expressions)s)", arg_joiner=" - ")
        days = Sum(Greatest(age, 0, output_field=IntegerField()))
        grouped = self.rows.filter(Q(status="open") | self.is_closed).values_list("status", "currency")
        found: dict[str, Figures] = defaultdict(Figures)
        for status, currency, *numbers in grouped.annotate(
            n=Count("pk"), valued=Count("value"), minor=Sum("value"), days=days,
            settled=Sum("closed_value"), unsettled=Count("pk", filter=Q(value__isnull=False, closed_value=None)),
        ):  # fmt: skip
            found[status].add(currency, *numbers)
        return found

    @property
    def open(self) -> Figures:
        return self.by_status["open"]

    @property
    def won(self) -> Figures:
        return self.by_status["won"]

    @cached_property
    def closed_count(self) -> int:
        return sum(self.by_status[status].count for status in CLOSED)

    @property
    def win_rate(self) -> str:
        return percent(round(100 * self.won.count / self.closed_count)) if self.closed_count else ""

    @cached_property
    def average_won(self) -> Said | None:
        """What a won deal was worth, of those with a value."""
        return self.part(self.won, Fraction(1, self.won.valued_count)) if self.won.valued_count else None

    @cached_property
    def average_open(self) -> Said | None:
        return self.part(self.open, Fraction(1, self.open.valued_count)) if self.open.valued_count else None

    @cached_property
    def velocity(self) -> Said | None:
        """What is to be won in a day: open deals × win rate × value of a won deal ÷ days until won. None where one of
        these isn't known, or all were won on the day that they began."""
        won = self.won
        if not won.valued_count or not won.days:
            return None
        return self.part(won, Fraction(self.open.count * won.count**2, self.closed_count * won.valued_count * won.days))

    def part(self, figures: Figures, share: Fraction) -> Said:
        """A share of what deals are worth: the closed ones at the rates of their days, the open ones at today's."""
        amounts = {code: round(minor * share) for code, minor in figures.minor.items()}
        settled = {
            code: Settled(amounts[code], None if worth is None else round(worth * share))
            for code, worth in figures.worth.items()
            if figures is not self.open
        }
        return self.board.rates.words(amounts, self.whole, settled)

    def whole(self, minor: int, currency: str) -> str:
        return format_money(minor, currency, self.board.look.language, 0)

    # --- the way through the stages -----------------------------------------------------------------------------------
    @cached_property
    def steps(self) -> list[Step]:
        steps = [
            Step(stage, self.closed_url(course_to=stage), self.closed_url(course=stage)) for stage in self.board.stages
        ]
        for step, further in pairwise(steps):
            step.on_url = further.came_url
        if steps:
            steps[-1].on_url = self.won_url
        for far, won, count, *stays in self._course([stage.pk for stage in self.board.stages]):
            for place, step in enumerate(steps):
                step.add(stays[3 * place : 3 * place + 3])
                step.came += count * (won or place < far)
                step.went_on += count * (won or place + 1 < far)
        return steps

    def _course(self, ids: list[int]) -> list[tuple[Any, ...]]:
        try:
            closed = self.rows.filter(self.is_closed).values("id", "stage_id", "status")
            deals, params = closed.query.sql_with_params()
        except EmptyResultSet:  # Django sees without asking that there are none
            return []
        stays, sums = (", ".join(text.format(id=pk) for pk in ids) for text in (STAY, STAYS))
        places = ", ".join(f"{pk}::bigint" for pk in ids)
        with connection.cursor() as cursor:
            cursor.execute(COURSE.substitute(deals=deals, stays=stays, sums=sums, ids=places), params)
            return cursor.fetchall()

    # --- ways ---------------------------------------------------------------------------------------------------------
    @property
    def open_url(self) -> str:
        return self.url(status="open")

    @property
    def won_url(self) -> str:
        return self.url(status="won", **self.days_closed)

    def closed_url(self, **course: Stage) -> str:
        """The list of what was closed in these days; of those with a `course` through a stage."""
        return self.url(*(Leaf(name, [str(stage.pk)]) for name, stage in course.items()), **self.days_closed)

    @property
    def days_closed(self) -> dict[str, str]:
        return {"closed_on_is": ANY} if self.over == ALL else {"closed_on": self.over}

    def url(self, *leaves: Leaf, **wanted: str) -> str:
        """The list of what the board is filtered by, and of what is `wanted` besides."""
        address, pipeline = self.board.address, str(self.pipeline.pk if self.pipeline else "")
        where = {"where": self.board.filters.where.with_also(*leaves)} if leaves else {}
        return f"{self.list_path}?{address.query(SAID, pipeline=pipeline, **where, **wanted)}"
