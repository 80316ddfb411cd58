"""The columns of lists. A room declares them once; page, filters, sorting, export, import and API read them.

columns = (
    Name(),
    Text("job_title", sort="sort_job_title"),
    Owner(),
    Moment("created_at", sort="created_at", optional=True),
)
"""

from functools import cached_property
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import phones

from .column import Column
from .exact import ExactFilter
from .filters import ChoicesFilter, ColumnFilter, PrefixFilter, YesNoFilter
from .look import Look


class Text(Column):
    """A short text. To sort and filter by it, `sort` is its stored key (a `SortKey`)."""

    kind = "text"
    empty = ""
    few = True

    def text(self, row: Any, look: Look) -> str:
        return self.value(row)

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: PrefixFilter(self.sort, label=gettext_lazy("Begins with"))} if self.sort else {}

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_exact": ExactFilter(self.sort or self.field, folded=bool(self.sort))}


class Name(Text):
    """The first column: what the record is called, with a link to its page."""

    kind = "name"
    may_be_empty = False
    few = False

    def __init__(self, name: str = "name", label: Any = None, *, sort: str = "sort_name", **options: Any):
        super().__init__(name, label, sort=sort, **options)
        self.read = str

    @property
    def label(self) -> str:
        return str(self._label or _("Name"))


class Email(Text):
    kind = "email"
    few = False

    def html(self, row: Any, look: Look) -> str:
        address = escape(self.value(row))
        return f'<a href="mailto:{address}">{address}</a>' if address else ""


class Phone(Text):
    """A number in E.164, shown as the workspace's country dials it."""

    kind = "phone"

    def text(self, row: Any, look: Look) -> str:
        number = self.value(row)
        return phones.local(number, look.country) if number else ""

    def html(self, row: Any, look: Look) -> str:
        return f'<a href="tel:{escape(self.value(row))}">{escape(self.text(row, look))}</a>' if self.value(row) else ""


class Choice(Column):
    """One of the choices of the model's field."""

    kind = "choice"
    empty = ""
    few = True

    @cached_property
    def words(self) -> dict[Any, Any]:
        return dict(self.model_field.flatchoices)

    def text(self, row: Any, look: Look) -> str:
        value = self.value(row)
        return str(self.words.get(value, value)) if value else ""

    def filters(self) -> dict[str, ColumnFilter]:
        if not self.filterable:
            return {}
        load = self.words.items
        return {self.name: ChoicesFilter(self.field, load=load, may_be_empty=self.may_be_empty, label=self.lazy_label)}


class YesNo(Column):
    kind = "bool"

    def text(self, row: Any, look: Look) -> str:
        return _("Yes") if self.value(row) else _("No")

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: YesNoFilter(self.field, label=self.lazy_label)}
