"""One page of a list as its template shows it."""

from collections.abc import Iterable
from functools import cached_property
from html import escape
from typing import Any, ClassVar, NamedTuple
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import formats, past
from core.templatetags.ui import icon_symbols
from records.saved.bar import ViewBar
from records.saved.opened import ORIGIN, PLAIN_QUERY, opened
from records.search import MOST, among
from workspaces.requests import WorkspaceRequest

from .address import Address
from .bulk import BulkAction
from .columns import Column
from .count import Count, count_of, remembered_count
from .filterset import ListFilters
from .listing import Listing
from .look import Look
from .paging import PAGE_SIZE, Page, page_of
from .panels import PANELS, Panel
from .quantities import Money


class Heading(NamedTuple):
    """The head of a column; `sort` is what stands in aria-sort."""

    label: str
    classes: str
    url: str
    sort: str


class Chip(NamedTuple):
    """An active filter; `url` is the list without it."""

    label: str
    words: str
    url: str


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
    def kept_by(self) -> tuple[str, ...]:
        return self.record, self.bulk_url, self.export_url, *(action.name for action in self.actions)


class ListPage:
    """What one reader sees of a list: `{{ list.rows }}`. Everything is worked out when the template asks for it."""

    #: the name of the address that exports lie at; it lies above this room, which fills it in
    export_name: ClassVar[str] = ""

    def __init__(self, listing: type[Listing], request: WorkspaceRequest, params: QueryDict | None = None):
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
        self.sorted_by, self.descending = listing.sorting(self.params)

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
        order = self.sorted_by.order(self.descending)
        place = {name: self.params.get(name) for name in ("after", "before")}
        return page_of(order.keys_of(self.matching), order, **place, size=PAGE_SIZE)

    @property
    def shown_ids(self) -> list[int]:
        """Ids of the records that the page shows, for the read trail."""
        return [row.pk for row in self.page.rows]

    @cached_property
    def rows(self) -> SafeString:
        """The `<tr>`s of the page; "" for none. Made here: a template takes 3 ms for fifty rows, this takes one."""
        ids = [row.pk for row in self.page.rows]
        records = {record.pk: record for record in self.listing.shown(*self.columns)(ids=ids)} if ids else {}
        return mark_safe("".join(self._row(records[pk]) for pk in ids if pk in records))

    def _row(self, record: Any) -> str:
        url, name = self.look.url(self.listing.model.namespace, record.pk), escape(str(record))
        cells = "".join([f"{td}{column.html(record, self.look)}</td>" for td, column in self._cells])
        return (
            f'<tr id="{self.record}-{record.pk}" data-edit="{url}edit/">{self._checkbox(record.pk, name)}'
            f'<th scope="row"><a href="{url}">{name}</a></th>{cells}</tr>'
        )

    def _checkbox(self, pk: int, name: str) -> str:
        if not self.can_select:
            return ""
        label = self._select_label % {"name": name}
        return (
            f'<td class="w-check"><input type="checkbox" name="ids" value="{pk}" form="bulk" aria-label="{label}"></td>'
        )

    @cached_property
    def _select_label(self) -> str:
        return escape(_("Select %(name)s"))

    @cached_property
    def _cells(self) -> list[tuple[str, Column]]:
        return [(f'<td class="{c.classes}">' if c.classes else "<td>", c) for c in self.columns[1:]]

    @property
    def symbols(self) -> SafeString:
        """The icons that stand in many cells, defined once."""
        names = [name for column in self.columns for name in column.icons]
        return icon_symbols(*names) if names else mark_safe("")

    # --- numbers ------------------------------------------------------------------------------------------------------
    @cached_property
    def count(self) -> Count:
        money = next((column for column in self.columns if isinstance(column, Money)), None)
        # The text may find more than were asked for.
        is_cut = not self.is_exact and self.found is not None and len(self.found) == MOST
        if not money and self.page.before is None and self.page.after is None:
            return Count(len(self.page.rows))
        if not money and self.found is not None and not self.filters.active:
            return Count(len(self.found), is_cut)
        if self.is_exact:
            return count_of(self.matching, exact=True, money=money)
        key = (self.membership.pk, self.record, past.moment(), self.address.query(without=["sort", "columns"]))
        count = remembered_count(key, self.matching, money=money)
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
        texts = [self.look.money(amount, currency) for amount, currency in self.count.sums]
        if not texts:
            return []
        first = next(column for column in self.columns if isinstance(column, Money))
        return [(c.classes, " + ".join(texts) if c is first else "") for c in self.columns[1:]]

    # --- ways on ------------------------------------------------------------------------------------------------------
    @cached_property
    def previous_url(self) -> str:
        return self._place("before", self.page.before)

    @cached_property
    def next_url(self) -> str:
        return self._place("after", self.page.after)

    def _place(self, name: str, cursor: Any) -> str:
        order = self.sorted_by.order(self.descending)
        return self.address.link(**{name: cursor.dumps(order)}) if cursor else ""

    @cached_property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        classes = f"{column.classes} {column.width}".replace("keep", "").strip()
        if not column.sort:
            return Heading(column.label, classes, "", "")
        current = column is self.sorted_by
        descending = not self.descending if current else column.largest_first
        sort = ("descending" if self.descending else "ascending") if current else ""
        return Heading(column.label, classes, self.address.link(sort="-" * descending + column.name), sort)

    @cached_property
    def chips(self) -> list[Chip]:
        if not self.filters.active:
            return []
        found = ((column, self.filters.words_of(column)) for column in self.filters.parameters)
        return [
            Chip(column.label, words, self._without(self.filters.parameters_of(column)))
            for column, words in found
            if words
        ]

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
        """The panel that stands open in the page, or that htmx asks for; that of the filters where one is wrong."""
        name = "filters" if self.filters.is_wrong else self.params.get("panel", "")
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
    def view_url(self) -> str:
        return self.address.link(panel="view")

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
        return bool(self.filters.active or self.text)

    @property
    def unfiltered_url(self) -> str:
        return self._without([*self.filters.all_parameters(), "q"])

    def _without(self, parameters: Iterable[str]) -> str:
        """The list without some parameters; without any it is the plain one, whichever view opens first."""
        return f"?{self.address.query(without=parameters) or PLAIN_QUERY}"

    # --- what may be done ---------------------------------------------------------------------------------------------
    def url(self, name: str) -> str:
        """Address of a page of the record's room; "" while it has none."""
        return address_of(f"{self.listing.model.namespace}:{name}")

    @cached_property
    def create_url(self) -> str:
        return self.url("create") if self.membership.may(self.record, "create") else ""

    @property
    def duplicates_url(self) -> str:
        return self.url("duplicates") if self.membership.may(self.record, "change") else ""

    @cached_property
    def export_url(self) -> str:
        return address_of(self.export_name) if self.membership.may(self.record, "export") else ""

    @cached_property
    def bulk_url(self) -> str:
        return self.url("bulk") if self.membership.may(self.record, "bulk") else ""

    @cached_property
    def can_select(self) -> bool:
        return bool(self.bulk_url or self.export_url)

    @property
    def bulk(self) -> Bulk:
        return Bulk(self.record, self.listing.actions if self.bulk_url else (), self.bulk_url, self.export_url)


def address_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
