"""The rows of a list as HTML. Made here: a template takes 3 ms for fifty rows, this takes one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formats, past
from core.templatetags.ui import icon_use
from workspaces.models import Membership

from .column import Column
from .listing import Listing
from .look import Look

#: icons of every list where a reader may change something, and of every row
PENCIL, MORE = "pencil", "ellipsis-horizontal"


class Cell(NamedTuple):
    """What the cells of a column have in common; `fact` is the one of the record's page that is edited in them."""

    column: Column
    start: str
    fact: Any
    label: str


class RowWriter:
    """Writes rows for one reader."""

    def __init__(
        self, listing: type[Listing], columns: Sequence[Column], look: Look, membership: Membership, *, selects: bool
    ):
        self.listing, self.columns, self.look = listing, columns, look
        self.membership, self.selects = membership, selects

    def html(self, records: Iterable[Any]) -> SafeString:
        """The `<tr>`s."""
        return mark_safe("".join([self.row(record) for record in records]))

    def grouped(self, records: Iterable[Any], column: Column, values: Mapping[int, Any]) -> SafeString:
        """The same, those with the same of the `values` below a heading: what they have in the column, how many."""
        parts: list[str] = []
        for _value, group in groupby(records, lambda record: values[record.pk]):
            together = list(group)
            title = column.text(together[0], self.look) or _("None")
            parts += [self._heading(title, len(together)), *(self.row(record) for record in together)]
        return mark_safe("".join(parts))

    def _heading(self, title: str, count: int) -> str:
        words = ngettext("%(count)s on this page", "%(count)s on this page", count) % {"count": formats.number(count)}
        width = len(self.columns) + self.selects + 1
        return (
            f'<tr class="together"><th scope="rowgroup" colspan="{width}">{escape(title)}'
            f' <span class="muted">{words}</span></th></tr>'
        )

    def row(self, record: Any, *, focus: str = "") -> str:
        """One row; for an answer that swaps it by its id, `focus` names the fact whose pencil gets the cursor."""
        url, name = self.look.url(self.listing.model.namespace, record.pk), escape(str(record))
        may_change = not past.moment() and self.look.lets_change(record)
        first, *others = self._cells
        cells = [
            f"{cell.start}{cell.column.html(record, self.look)}"
            f"{self._pencil(cell, record, url, name, focus) if may_change and cell.fact else ''}</td>"
            for cell in others
        ]
        pencil = self._pencil(first, record, url, name, focus) if may_change and first.fact else ""
        return (
            f'<tr id="{record.record_name}-{record.pk}" data-edit="{url}edit/"{self._swap * bool(focus)}>'
            f"{self._checkbox(record.pk, name)}"
            f'<th scope="row"><a href="{url}">{name}</a>{pencil}</th>{"".join(cells)}{self._more(url, name)}</tr>'
        )

    def _checkbox(self, pk: int, name: str) -> str:
        if not self.selects:
            return ""
        label = self._select_label % {"name": name}
        return (
            f'<td class="w-check"><input type="checkbox" name="ids" value="{pk}" form="bulk" aria-label="{label}"></td>'
        )

    def _pencil(self, cell: Cell, record: Any, url: str, name: str, focus: str) -> str:
        """The way to the form of one field: a page without JavaScript, in the cell with it (js/list.js)."""
        fact = cell.fact
        if fact.name in record.concealed or not fact.editable(record):
            return ""
        if "owner" in fact.edits and not record.allows("assign", self.membership):
            return ""
        label = self._edit_label % {"label": cell.label, "name": name}
        return (
            f'<a class="edit" href="{url}facts/{fact.name}/?cell" aria-label="{label}"'
            f"{' autofocus' * (focus == fact.name)}>{self._pencil_icon}</a>"
        )

    def _more(self, url: str, name: str) -> str:
        if past.moment():
            return '<td class="w-more"></td>'
        label = self._more_label % {"name": name}
        return (
            f'<td class="w-more"><button type="button" class="more only-js" popovertarget="row-menu"'
            f' hx-get="{url}menu/" hx-target="#row-menu" aria-label="{label}">{self._more_icon}</button></td>'
        )

    _swap = ' hx-swap-oob="true"'

    # --- what all rows share ------------------------------------------------------------------------------------------
    @cached_property
    def _select_label(self) -> str:
        return escape(_("Select %(name)s"))

    @cached_property
    def _edit_label(self) -> str:
        return escape(_("Edit %(label)s of %(name)s"))

    @cached_property
    def _more_label(self) -> str:
        return escape(_("Actions for %(name)s"))

    @cached_property
    def _pencil_icon(self) -> str:
        return icon_use(PENCIL)

    @cached_property
    def _more_icon(self) -> str:
        return icon_use(MORE)

    @cached_property
    def _cells(self) -> list[Cell]:
        from records.pages import PAGES  # which stand on the lists

        page = PAGES.get(self.listing.model.record_name)
        facts = page.facts_in(self.columns) if page else {}
        return [
            Cell(c, f'<td class="{c.classes}">' if c.classes else "<td>", facts.get(c.fact), escape(c.label))
            for c in self.columns
        ]
