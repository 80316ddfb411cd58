"""What the address of a board asks for: which pipeline, what its columns are, in which order the cards stand."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.numbers import number
from core.statements import Statement
from records.listing.page import ListPage
from records.saved.opened import query_of
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .board_columns import GROUPINGS, ByOwner, ByStage, Grouping
from .card_orders import BY_HAND, ORDERS, CardOrder
from .listing import ONLY_CLOSED, DealListing
from .models import DealQuerySet, Pipeline, Stage
from .models.stir import SNAPSHOT
from .sums import Sums

#: what the list filters by and the board does not: it says which column one looks at, and holds open deals only
OWN = ONLY_CLOSED | {"pipeline", "stage", "status"}
PIPELINES = Statement(lambda member: Pipeline.objects.front_first(member), member=int)
#: with what a transaction sees at that moment: cards are read after their columns
STAGES = Statement(lambda pipeline: Stage.objects.filter(pipeline=pipeline).annotate(seen=SNAPSHOT), pipeline=int)


class BoardListing(DealListing, registered=False):
    """The list of deals as far as the board shares it: filters, text, words."""

    columns: ClassVar[Any] = tuple(column for column in DealListing.columns if column.name not in OWN)
    #: conditions go from the list to the board and back
    asked = (*DealListing.columns, *DealListing.asked)
    none_yet = _("No open deals here yet.")


def understood(params: QueryDict, membership: Membership) -> str:
    """What a board understands of the parameters, as a pipeline keeps it to open with; "" for nothing."""
    listing = BoardListing.of(membership.workspace)
    known, kept = listing.filters_class.all_parameters(), QueryDict(mutable=True)
    ways = {"by": GROUPINGS.keys(), "lanes": {"owner"}, "sort": {order.sort for order in ORDERS}}
    for name, values in params.lists():
        if name in known or name in ("q", "folded") or params.get(name) in ways.get(name, ()):
            kept.setlist(name, values)
    filters = listing.filters(membership, kept)
    for name in filters.form.errors if filters.is_wrong else ():
        for suffix in ("", *filters.base_filters[name].suffixes):
            kept.pop(name + suffix, None)
    if filters.where.is_wrong:
        kept.pop(filters.WHERE)
    return query_of(kept)


class BoardSetting(ListPage):
    """A board as far as its address says it, before any deal is looked at."""

    def __init__(self, request: WorkspaceRequest, params: QueryDict | None = None):
        self.asked = (request.GET if params is None else params).copy()
        self.asked.pop("v", None)
        super().__init__(BoardListing, request, self.asked, strict=params is None)

    @property
    def path(self) -> str:
        return reverse("deals:board")

    @property
    def builder_url(self) -> str:
        return reverse("deals:board_where")

    @cached_property
    def pipelines(self) -> list[Pipeline]:
        return PIPELINES(member=self.membership.pk)

    @cached_property
    def pipeline(self) -> Pipeline | None:
        """The one that is asked for, else the first. One that the address names and that is not there is not found; a
        view may have outlived its own."""
        wanted = {number(pk) for pk in self.params.getlist("pipeline")}
        found = next((pipeline for pipeline in self.pipelines if pipeline.pk in wanted), None)
        if found is None and self.asked.get("pipeline"):
            raise Http404
        return found or next(iter(self.pipelines), None)

    @property
    def title(self) -> str:
        return str(self.pipeline or super().title)

    @cached_property
    def stages(self) -> list[Any]:
        """Its stages, each with what this transaction `seen`."""
        return STAGES(pipeline=self.pipeline.pk) if self.pipeline else []

    @cached_property
    def amounts(self) -> Sums:
        return Sums(self.look, self.rates, self.pipeline.currency if self.pipeline else "")

    @cached_property
    def grouping(self) -> Grouping:
        kind = GROUPINGS.get(self.params.get("by", ""), ByStage)
        return kind(self.stages, self.membership, self.look, self.amounts)

    @property
    def is_by_stage(self) -> bool:
        return isinstance(self.grouping, ByStage)

    @cached_property
    def orders(self) -> list[CardOrder]:
        """Those that it can have: by hand cards are put within their stage."""
        return [order for order in ORDERS if order is not BY_HAND or self.is_by_stage]

    @cached_property
    def cards_order(self) -> CardOrder:
        wanted = self.params.get("sort", "")
        return next((order for order in self.orders if wanted == order.sort), self.grouping.first_order)

    @property
    def has_places(self) -> bool:
        """Do cards stay where they are put?"""
        return self.cards_order is BY_HAND

    @cached_property
    def has_lanes(self) -> bool:
        return self.params.get("lanes") == "owner" and not isinstance(self.grouping, ByOwner)

    @cached_property
    def folded(self) -> list[str]:
        """The keys of the columns that show no cards."""
        return [key for key in self.params.get("folded", "").split(",") if key]

    @cached_property
    def open_rows(self) -> DealQuerySet:
        rows: Any = self.matching
        return rows.filter(status="open")
