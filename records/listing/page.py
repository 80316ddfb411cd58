"""One page of a list as its template shows it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString

from core import formats, past
from core.addresses import address_if_any
from core.templatetags.ui import icon_symbols
from records.saved.bar import ViewBar
from records.saved.opened import ORIGIN, PLAIN_QUERY, opened
from records.search import MOST, among
from workspaces.models import Rates
from workspaces.requests import WorkspaceRequest

from .address import Address, moved
from .bulk import BulkAction
from .columns import Column
from .count import Count, count_of, remembered_count
from .filterset import ListFilters
from .heads import Heading, heading_of
from .listing import Listing
from .look import Look
from .paging import PAGE_SIZE, Page, page_of
from .panels import PANELS, Panel
from .quantities import Money
from .rows import MORE, PENCIL, RowWriter

#: how high rows are
DENSITIES = ("compact", "comfortable")


class Chip(NamedTuple):
    """An active filter; `url` is the list without it."""

    label: str
    words: str
    url: str


#: columns that share the width of a page
MOST_ON_A_PAGE = 8


class ViewLink(NamedTuple):
    """A quick view of the list; `current` is what stands in aria-current."""

    label: str
    url: str
    current: str


class Bulk(NamedTuple):
    """What can be done with chosen rows: the form that stands by."""

    record: str
    actions: tuple[BulkAction, ...]
    bulk_url: str
    export_url: str

    @property
    def first(self) -> list[BulkAction]:
        """Those that have a button of their own."""
        return [action for action in self.actions if not action.rare]

    @property
    def more(self) -> list[BulkAction]:
        """Those that stand in a menu beside them."""
        return [action for action in self.actions if action.rare]

    @property
    def kept_by(self) -> tuple[str, ...]:
        return self.record, self.bulk_url, self.export_url, *(action.name for action in self.actions)


class ListPage:
    """What one reader sees of a list: `{{ list.rows }}`. Everything is worked out when the template asks for it."""

    #: the name of the address that exports lie at; it lies above this room, which fills it in
    export_name: ClassVar[str] = ""

    def __init__(self, listing: type[Listing], request: WorkspaceRequest, params: QueryDict | None = None):
        listing = listing.of(request.workspace)
        self.listing, self.request = listing, request
        self.membership = request.membership
        self.record = listing.model.record_name
        given = request.GET if params is None else params
        self.saved = opened(self.record, self.membership, given, strict=params is None)
        self.params = self.saved.params
        self.address = Address(self.params)
        scope = self.membership.scope(self.record, "change")
        self.look = Look(request.workspace.country, self.membership.reachable_owner_ids(scope))
        self.columns = listing.shown_columns(self.params)
        self.sorting = listing.sorting(self.params)
        self.order = listing.order(self.params)

    # --- rows ---------------------------------------------------------------------------------------------------------
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
        return page_of(order.keys_of(self.matching), order, **place, size=PAGE_SIZE)

    @property
    def shown_ids(self) -> list[int]:
        """Ids of the records that the page shows, for the read trail."""
        return [row.pk for row in self.page.rows]

    @cached_property
    def rows(self) -> SafeString:
        """The `<tr>`s of the page; "" for none."""
        ids = [row.pk for row in self.page.rows]
        records = {record.pk: record for record in self.listing.shown(*self.read_columns)(ids=ids)} if ids else {}
        shown = [records[pk] for pk in ids if pk in records]
        for column in self.read_columns:
            column.conceal(shown, self.membership)
        if not self.group:
            return self.row_writer.html(shown)
        # Equal is what the index holds together, whatever capitals and accents it is written with.
        values = {row.pk: self.order.value_of(row) for row in self.page.rows}
        return self.row_writer.grouped(shown, self.group, values)

    @cached_property
    def row_writer(self) -> RowWriter:
        return RowWriter(self.listing, self.columns, self.look, self.membership, selects=self.can_select)

    def row(self, pk: int, *, focus: str) -> str:
        """The row of one record as it is now; `focus` names the fact whose pencil gets the cursor."""
        [record] = self.listing.shown(*self.read_columns)(ids=[pk])
        for column in self.read_columns:
            column.conceal([record], self.membership)
        return self.row_writer.row(record, focus=focus)

    @cached_property
    def group(self) -> Column | None:
        return self.listing.grouping(self.params)

    @property
    def read_columns(self) -> list[Column]:
        """The columns that are shown, and the one that the rows are grouped by."""
        return [*self.columns, self.group] if self.group and self.group not in self.columns else self.columns

    @property
    def symbols(self) -> SafeString:
        """The icons that stand in many cells, defined once."""
        return icon_symbols(*dict.fromkeys([PENCIL, MORE, *(name for c in self.columns for name in c.icons)]))

    @property
    def density(self) -> str:
        """How high the rows are, as the reader chose for all lists."""
        chosen = self.request.COOKIES.get("density", "")
        return chosen if chosen in DENSITIES else "compact"

    @property
    def has_many_columns(self) -> bool:
        """More columns than share the width of a page: the table scrolls sideways."""
        return len(self.columns) > MOST_ON_A_PAGE

    # --- numbers ------------------------------------------------------------------------------------------------------
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

    @property
    def total(self) -> str:
        """How many rows match: "8,800", or "10,000+"."""
        return formats.number(self.count.total) + ("+" if self.count.capped else "")

    @property
    def range(self) -> str:
        """Which of them the page shows: "51-100"."""
        first = self.page.start + 1
        return f"{formats.number(first)}–{formats.number(first + len(self.page.rows) - 1)}"

    @property
    def exact_url(self) -> str:
        """The same page with the exact count; "" where the count is exact."""
        if not self.count.capped:
            return ""
        place = {name: self.params.get(name, "") for name in ("after", "before") if name in self.params}
        return self.address.link(**place, count="exact")

    @cached_property
    def sums(self) -> list[tuple[str, str]]:
        """(classes, text) of the cells of the sum row behind its heading; empty without sums."""
        further = {} if self.count.capped else {column.name: column.sums(self.matching) for column in self.columns}
        sums, parts = further | self.count.sums, self.count.parts
        texts = [
            (c.classes, c.total(sums.get(c.name, []), parts.get(c.name, {}), self.rates, self.look))
            for c in self.columns[1:]
        ]
        return texts if any(text for _classes, text in texts) else []

    # --- ways on ------------------------------------------------------------------------------------------------------
    @cached_property
    def previous_url(self) -> str:
        return self._place("before", self.page.before)

    @cached_property
    def next_url(self) -> str:
        return self._place("after", self.page.after)

    def _place(self, name: str, cursor: Any) -> str:
        return self.address.link(**{name: cursor.dumps(self.order)}) if cursor else ""

    @cached_property
    def headings(self) -> list[Heading]:
        return [heading_of(column, self.sorting, self.address) for column in self.columns]

    @cached_property
    def chips(self) -> list[Chip]:
        if not self.filters.is_used:
            return []
        found = ((column, self.filters.words_of(column)) for column in self.filters.parameters)
        return [
            Chip(column.label, words, self._without(self.filters.parameters_of(column)))
            for column, words in found
            if words
        ] + [Chip("", words, self._where_link(left)) for words, left in self.filters.where.chips()]

    def _where_link(self, tree: str) -> str:
        """The list with another tree of conditions, or with none."""
        return self.address.link(where=tree) if tree else self.address.link(["where"])

    @property
    def where_url(self) -> str:
        """The same list with the filter builder open."""
        return self.address.link(panel="where")

    @property
    def views(self) -> list[ViewLink]:
        here = sorted(parse_qsl(self.address.query(without=ORIGIN)))
        return [
            ViewLink(
                view.label,
                f"{self.path}?{view.query or PLAIN_QUERY}",
                "page" if sorted(parse_qsl(view.query)) == here else "",
            )
            for view in self.listing.views
        ]

    @cached_property
    def bar(self) -> ViewBar:
        """Which saved view the list shows, and the way to the others."""
        return ViewBar(self)

    # --- words and ways -----------------------------------------------------------------------------------------------
    @cached_property
    def panel(self) -> Panel | None:
        """The panel that stands open in the page, or that htmx asks for; that with a wrong filter first."""
        wrong = "filters" if self.filters.is_wrong else "where" if self.filters.where.is_wrong else ""
        name = wrong or self.params.get("panel", "")
        return PANELS[name](self) if name in PANELS else None

    @property
    def title(self) -> str:
        return self.listing.title()

    @property
    def text(self) -> str:
        """What the list is searched for."""
        return self.params.get("q", "").strip()

    @property
    def filters_url(self) -> str:
        return self.address.link(panel="filters")

    @property
    def builder_url(self) -> str:
        """Where the filter builder is drawn anew while somebody works on it."""
        return self.url("where")

    @property
    def view_url(self) -> str:
        return self.address.link(panel="view")

    @property
    def moved_url(self) -> str:
        """The view panel with one column one place further on."""
        names = moved([column.name for column in self.columns[1:]], self.params)
        return self.path + self.address.link(columns=",".join(names), panel="view")

    @property
    def density_url(self) -> str:
        return self.url("density")

    @property
    def path(self) -> str:
        return self.request.path

    @property
    def here(self) -> str:
        """Address of this page, without blanks."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def query(self) -> str:
        """Which list this is and where in it one is, for the forms that act on it and come back."""
        return self.address.here()

    @property
    def beside_text(self) -> list[tuple[str, str]]:
        return self.address.hidden(["q"])

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters.is_used or self.text)

    @property
    def unfiltered_url(self) -> str:
        return self._without([*self.filters.all_parameters(), "q"])

    def _without(self, parameters: Iterable[str]) -> str:
        """The list without some parameters; without any it is the plain one, whichever view opens first."""
        return f"?{self.address.query(without=parameters) or PLAIN_QUERY}"

    # --- what may be done ---------------------------------------------------------------------------------------------
    def url(self, name: str) -> str:
        """Address of a page of the record's room; "" while it has none."""
        return address_if_any(f"{self.listing.model.namespace}:{name}")

    @cached_property
    def create_url(self) -> str:
        return self.url("create") if self.membership.may(self.record, "create") else ""

    @property
    def duplicates_url(self) -> str:
        return self.url("duplicates") if self.membership.may(self.record, "change") else ""

    @cached_property
    def export_url(self) -> str:
        return address_if_any(self.export_name) if self.membership.may(self.record, "export") else ""

    @cached_property
    def bulk_url(self) -> str:
        return self.url("bulk") if self.membership.may(self.record, "bulk") else ""

    @cached_property
    def can_select(self) -> bool:
        return bool(self.bulk_url or self.export_url)

    @property
    def bulk(self) -> Bulk:
        offered = tuple(
            one for one in self.listing.all_actions() if self.membership.may(self.record, one.needs) and not one.hidden
        )
        return Bulk(self.record, offered if self.bulk_url else (), self.bulk_url, self.export_url)
