"""One page of a list as its template shows it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import formats
from core.addresses import address_if_any
from core.templatetags.ui import icon_symbols
from records.saved.bar import ViewBar
from records.saved.opened import ORIGIN, PLAIN_QUERY

from .address import has_blanks, moved
from .asked import AskedList
from .beside import Bulk, Chip, ViewLink
from .column import Column
from .heads import Heading, heading_of
from .panels import PANELS, Panel
from .rows import MORE, PENCIL, RowWriter

#: how high rows are
DENSITIES = ("compact", "comfortable")
#: columns that share the width of a page
MOST_ON_A_PAGE = 8


class ListPage(AskedList):
    """What one reader sees of a list: `{{ list.rows }}`. Everything is worked out when the template asks for it."""

    #: the name of the address that exports lie at; it lies above this room, which fills it in
    export_name: ClassVar[str] = ""

    # --- rows ---------------------------------------------------------------------------------------------------------
    @property
    def shown_ids(self) -> list[int]:
        """Ids of the records that the page shows, for the read trail."""
        return [row.pk for row in self.page.rows]

    @cached_property
    def rows(self) -> SafeString:
        """The `<tr>`s of the page; "" for none."""
        ids = [row.pk for row in self.page.rows]
        records = {record.pk: record for record in self._read(ids)} if ids else {}
        shown = [records[pk] for pk in ids if pk in records]
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
        [record] = self._read([pk])
        return self.row_writer.row(record, focus=focus)

    def _read(self, ids: list[int]) -> list[Any]:
        """Records with what their cells show, without what the member does not see."""
        records = list(self.listing.shown(*self.read_columns)(ids=ids))
        for column in self.read_columns:
            column.conceal(records, self.membership)
        return records

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
    def sums(self) -> list[tuple[str, str, str]]:
        """(label, classes, text) of the cells of the sum row behind its heading; empty without sums."""
        further = {} if self.count.capped else {column.name: column.sums(self.matching) for column in self.columns}
        sums, parts = further | self.count.sums, self.count.parts
        texts = [
            (c.label, c.classes, c.total(sums.get(c.name, []), parts.get(c.name, {}), self.rates, self.look))
            for c in self.columns[1:]
        ]
        return texts if any(text for _label, _classes, text in texts) else []

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
    def is_group(self) -> bool:
        """Is one group all that was asked for?"""
        if self.filters.active != {"group"} or self.text or self.filters.where or self.filters.is_wrong:
            return False
        return "none" not in self.params.getlist("group")

    @property
    def none_match(self) -> str:
        """What stands where no row passes; of a group, how rows come into it."""
        if self.is_group:
            return _("This group is empty. Choose rows of the whole list and add them to the group.")
        return str(self.listing.none_match)

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
    def leads_to(self) -> str:
        """Where who asks for this page is led instead, or ""."""
        # A form sends its empty fields too; an address that people keep and pass on is better without.
        return self.here if has_blanks(self.request.GET) else self.bar.elsewhere_url

    @property
    def query(self) -> str:
        """Which list this is and where in it one is, for the forms that act on it and come back."""
        return self.address.here()

    @property
    def beside_text(self) -> list[tuple[str, str]]:
        return self.address.hidden(["q"])

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
