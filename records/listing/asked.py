"""Which list somebody asks for: by which filters and text, in which order, and what of it is there."""

from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict

from core import past
from records.saved.opened import opened
from records.search import MOST, among
from workspaces.models import Rates
from workspaces.requests import WorkspaceRequest

from .address import Address
from .column import Column
from .count import Count, count_of, remembered_count
from .filterset import ListFilters
from .listing import Listing
from .look import Look
from .paging import PAGE_SIZE, Page, page_of
from .quantities import Money
from .sole import Sole


class AskedList:
    """The rows of a list that one reader asks for. Everything is worked out when somebody looks at it."""

    def __init__(
        self,
        listing: type[Listing],
        request: WorkspaceRequest,
        params: QueryDict | None = None,
        *,
        strict: bool | None = None,
    ):
        listing = listing.of(request.workspace)
        self.listing, self.request = listing, request
        self.membership = request.membership
        self.record = listing.model.record_name
        given = request.GET if params is None else params
        self.saved = opened(self.record, self.membership, given, strict=params is None if strict is None else strict)
        self.params = self.saved.params
        self.address = Address(self.params)
        scope = self.membership.scope(self.record, "change")
        self.look = Look(request.workspace.country, self.membership.reachable_owner_ids(scope))
        self.columns = listing.shown_columns(self.params)
        self.sorting = listing.sorting(self.params)
        self.order = listing.order(self.params)

    @property
    def text(self) -> str:
        """What the list is searched for."""
        return self.params.get("q", "").strip()

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.is_used or self.text)

    @cached_property
    def filters(self) -> ListFilters:
        """The filters in use; all of them where the panel is open or a value is wrong."""
        used = self.listing.filters(self.membership, self.params)
        if self.params.get("panel") != "filters" and not used.is_wrong:
            return used
        return self.listing.filters(self.membership, self.params, everything=True)

    @cached_property
    def found(self) -> list[int] | None:
        """What the text finds: the best thousand, or all of it where somebody wants to know how many there are."""
        return self.listing.found(self.membership, self.params, None if self.is_exact else MOST)

    @cached_property
    def matching(self) -> QuerySet:
        rows = self.filters.qs
        return rows if self.found is None else rows.filter(pk__in=among(self.found))

    @cached_property
    def page(self) -> Page:
        """Which rows stand on this page, and where it goes on: their ids and sort values, no more."""
        order = self.order
        place = {name: self.params.get(name) for name in ("after", "before")}
        rows = self.sole.rows(order) if self.sole else self.matching
        return page_of(order.keys_of(rows), order, **place, size=PAGE_SIZE)

    @cached_property
    def sole(self) -> Sole | None:
        """What finds and counts the rows by itself."""
        return self.filters.sole if self.found is None else None

    @cached_property
    def group(self) -> Column | None:
        return self.listing.grouping(self.params)

    @property
    def rates(self) -> Rates:
        """What currencies are worth on the day that the page shows."""
        return Rates.of(self.request.workspace, self.look.today)

    @cached_property
    def count(self) -> Count:
        moneys = [column for column in self.columns if isinstance(column, Money)]
        # The text may find more than were asked for.
        is_cut = not self.is_exact and self.found is not None and len(self.found) == MOST
        if not moneys and self.page.before is None and self.page.after is None:
            return Count(len(self.page.rows))
        if not moneys and self.found is not None and not self.filters.is_used:
            return Count(len(self.found), is_cut)
        if not moneys and self.sole and (count := self.sole.count(exact=self.is_exact)):
            return count
        if self.is_exact:
            return count_of(self.matching, exact=True, moneys=moneys)
        rows = self.address.query(without=["sort", "by"] + ["columns"] * (not moneys))
        key = (self.membership.pk, self.record, past.moment(), rows)
        count = remembered_count(key, self.matching, moneys=moneys)
        return Count(count.total, capped=True) if is_cut else count

    @property
    def is_exact(self) -> bool:
        """Does somebody want to know exactly how many there are?"""
        return self.params.get("count") == "exact"
