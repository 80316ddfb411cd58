from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from records.listing import (
    MERGEABLE,
    NOBODYS,
    Choice,
    Day,
    Followers,
    Groups,
    LastActivity,
    Layout,
    Listing,
    Look,
    Moment,
    Name,
    NextStep,
    Owner,
    QuickView,
    Ready,
    RecordLink,
    Related,
    Relation,
    Source,
    Tags,
    Text,
    relate,
)
from records.listing.column import Column
from records.listing.paging import Order
from workspaces.models import Membership

from .course import Course
from .list_columns import Competitors, Days, Weighted, WinChance
from .models import CloseReason, Deal, Pipeline, Stage
from .worth import Worth


def stages() -> Iterable[tuple[int, str]]:
    """The stages of every pipeline, told apart by its name."""
    rows = Stage.objects.order_by("pipeline__position", "pipeline_id", "position", "pk")
    found = list(rows.values_list("pk", "name", "pipeline__name"))
    several = len({pipeline for _pk, _name, pipeline in found}) > 1
    return [(pk, f"{pipeline}: {name}" if several else name) for pk, name, pipeline in found]


def reasons() -> Iterable[tuple[int, str]]:
    """The reasons of the list, those that are retired as well, each with its end."""
    return [(reason.pk, f"{reason.get_status_display()}: {reason.name}") for reason in CloseReason.objects.all()]


class DealStep(NextStep):
    """The next step of an open deal; one that nobody has touched for longer than its stage allows is idle."""

    MARKS: ClassVar[dict[str, str]] = NextStep.MARKS | {"rot": "fire"}

    def __init__(self, **options: Any):
        super().__init__(**options)
        pulse = {"last_activity_at": "pulse__last_activity_at", "idle_after": "stage__idle_days"}
        self.extra = {**self.extra, **pulse}

    def mark(self, row: Any, look: Look) -> tuple[str, str]:
        mark, words = super().mark(row, look)
        if row.status != "open":
            return ("", "") if mark == "none" else (mark, words)
        idle = (look.now - max(row.stage_since, row.last_activity_at or row.stage_since)).days
        # What is due comes before idleness, which comes before what is only planned.
        if mark in ("none", "planned") and row.idle_after is not None and idle > row.idle_after:
            return "rot", ngettext("%(count)dd idle", "%(count)dd idle", idle) % {"count": idle}
        return mark, words


def on_board(rows: Any, params: QueryDict, membership: Membership) -> Any:
    """What the board shows of the rows: the open ones of the pipeline that it is asked for, else of the first."""
    named = params.get("pipeline")
    first = Pipeline.objects.front_first(membership.pk).values("pk")[:1]
    return rows.filter(status="open") if named else rows.filter(status="open", pipeline__in=first)


#: the columns of what only closed deals have
ONLY_CLOSED = frozenset({"closed_on", "reason", "close_reason"})


class DealListing(Listing):
    model = Deal
    template_name = "deals/list.html"
    default_sort = "-created_at"
    create_label = _("New deal")
    none_yet = _("No deals yet. Add one or import a file.")
    none_match = _("No deals match.")
    actions = MERGEABLE
    columns = (
        Name(),
        RecordLink("organization", keep=True),
        Worth("value", sort="value", keep=True),
        Related("stage", load=stages, width="w-m", keep=True),
        Choice("status", sort="status", width="w-s", wide=True),
        Day("expected_close", sort="expected_close"),
        DealStep(keep=True),
        Owner(),
        Tags(optional=True),
        Related("pipeline", width="w-m", optional=True),
        Day("closed_on", sort="closed_on", optional=True),
        Choice("forecast", width="w-m", optional=True),
        WinChance(optional=True),
        Weighted(optional=True),
        Days("age", _("Age in days"), field="created_at", optional=True),
        Days("days_in_stage", _("Days in stage"), field="stage_since", optional=True),
        Competitors(optional=True),
        Related("reason", load=reasons, width="w-m", optional=True),
        Text("close_reason", _("Reason in words"), optional=True),
        LastActivity(optional=True),
        Followers(),
        Groups(),
        Source(optional=True),
        Moment("created_at", sort="created_at", optional=True),
        Moment("updated_at", filter=False, optional=True),
    )
    asked: ClassVar[tuple[Column, ...]] = (Course(stages),)
    layouts: ClassVar[list[Layout]] = [
        Layout("board", _("Board"), "view-columns", "deals:board", on_board),
        Layout("list", _("List"), "list-bullet", "deals:list"),
    ]
    views = (QuickView(_("All deals"), ""), QuickView(_("Followed by me"), "followers=me"), NOBODYS)
    #: the order of the cards of a column, which no column of the list has
    ON_BOARD: ClassVar[str] = "rank"

    @classmethod
    def parameters_of(cls, *names: str) -> set[str]:
        """Every parameter that the filters of these columns read."""
        filtered = cls.filters_class.parameters
        return cls.filters_class.parameters_of(*(column for column in filtered if column.name in names))

    @classmethod
    def order(cls, params: QueryDict) -> Order:
        return Order("rank", empty=Order.NEVER) if params.get("sort") == cls.ON_BOARD else super().order(params)


#: of which record -> how its deals are found
DEALS = {"contact": {"contact_links__contact": "pk"}, "organization": {"organization": "pk"}}
WITH_OPEN_DEAL = Ready(
    _("Has an open deal over …"),
    {"has": "deals", "all": [{"p": "status", "v": ["open"]}, {"p": "value_min", "v": ""}]},
)
LATELY = [{"p": "last_activity_within", "v": "60"}]


def untouched(*related: str) -> Ready:
    """Nothing was done about it lately, nor about the records that the relations lead to."""
    others = [{"has": name, "not": True, "all": LATELY} for name in related]
    tree = {"all": [{"p": "last_activity_quiet", "v": "60"}, *others]}
    return Ready(_("No activity in … days, its deals and people included"), tree)


UNTOUCHED = {"contact": untouched("deals"), "organization": untouched("people", "deals")}
UNDECIDED = Ready(
    _("Open deals and no decision maker"),
    {
        "all": [
            {"has": "deals", "all": [{"p": "status", "v": ["open"]}]},
            {"has": "deciders", "not": True, "all": []},
        ]
    },
)
for record, tie in DEALS.items():
    deals = Relation("deals", "deal", tie, _("Has a deal"), _("Has no deal"))
    relate(record, deals, ready=(WITH_OPEN_DEAL, UNTOUCHED[record]))
relate("organization", ready=(UNDECIDED,))
relate(
    "deal",
    Relation(
        "organization", "organization", {"pk": "organization_id"}, _("Has an organization"), _("Has no organization")
    ),
    Relation("competitors", "organization", {"rival_links__deal": "pk"}, _("Has a competitor"), _("Has no competitor")),
    Relation("people", "contact", {"deal_links__deal": "pk"}, _("Has a person"), _("Has no person")),
)
