"""What a record says of itself, in the left pane: labels and values, each with the pencil that opens its field."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.templatetags.ui import icon_use
from records.listing.look import Look

from .values import Kind, value_html

#: the icon of the pencils, defined once a page
PENCIL = "pencil"


class Concealed:
    """Stands for a record that the reader does not see."""


class FactLine(NamedTuple):
    """One label with its value; a fact has several where a person has several numbers."""

    label: Any
    kind: Kind
    value: Any

    @property
    def is_empty(self) -> bool:
        return self.value is None or self.value == ""

    def html(self, look: Look) -> str:
        if isinstance(self.value, Concealed):
            value = f"<dd class=muted>{escape(_('a record that you may not see'))}"
        else:
            value = "<dd class=muted>–" if self.is_empty else f"<dd>{value_html(self.kind, self.value, look)}"
        return f"<dt>{escape(capfirst(str(self.label)))}</dt>{value}"


@dataclass(frozen=True)
class Fact:
    """A line of the facts pane. `name` is the record's field; label and value are its own unless given.

    `field` names the form's field or rows where that is another one, or several; None for what is derived and can't be
    edited. `optional` leaves an empty one out. `editable` says whether the field may be changed as the record stands.
    """

    name: str
    label: Any = ""
    kind: Kind = "text"
    value: Callable[[Any], Any] | None = None
    field: str | tuple[str, ...] | None = ""
    optional: bool = False
    editable: Callable[[Any], bool] = lambda record: True

    def title(self, record: Any) -> Any:
        return self.label or record._meta.get_field(self.name).verbose_name

    def lines(self, record: Any) -> list[FactLine]:
        """What it shows; a fact of several values overrides this."""
        value = self.value(record) if self.value else getattr(record, self.name)
        if self.name in getattr(record, "concealed", ()):
            value = Concealed()
        return [FactLine(self.title(record), self.kind, value)]

    @property
    def edits(self) -> tuple[str, ...]:
        """The fields, or the rows, of the form that change it; none for what is derived."""
        if self.field is None:
            return ()
        return self.field if isinstance(self.field, tuple) else (self.field or self.name,)

    def stands_in(self, form_class: Any) -> bool:
        """Has the form the fields that change it?"""
        return bool(self.edits) and {*form_class.base_fields, *form_class.row_sets}.issuperset(self.edits)


@dataclass(frozen=True)
class ShownFact:
    """A fact of one record as a reader sees it; `edit_url` is "" for whoever may not change it."""

    fact: Fact
    record: Any
    edit_url: str
    look: Look

    def html(self, *, oob: bool = False, focus: bool = False) -> SafeString:
        """The fact; `oob` for an answer that swaps it by its id, `focus` to put the cursor on its pencil.

        Who gave a record away may have lost the pencil with it: then the cursor stands on the fact.
        """
        start = f'<div class="fact" id="fact-{self.fact.name}"' + ' hx-swap-oob="true"' * oob
        if focus and not self.edit_url:
            start += ' tabindex="-1" autofocus'
        lines = self.fact.lines(self.record)
        if self.fact.optional and all(line.is_empty for line in lines):
            return mark_safe(f"{start} hidden></div>")
        body = "</dd>".join(line.html(self.look) for line in lines)
        return mark_safe(f"{start}>{body}{self.pencil(focus) if self.edit_url else ''}</dd></div>")

    def pencil(self, focus: bool) -> str:
        label = escape(_("Edit %(label)s") % {"label": self.fact.title(self.record)})
        return (
            f'<a class="edit" id="edit-{self.fact.name}" href="{self.edit_url}" hx-get="{self.edit_url}"'
            f' hx-target="closest .fact" hx-swap="outerHTML" aria-label="{label}"{" autofocus" * focus}>'
            f"{icon_use(PENCIL)}</a>"
        )


class FactGroup(NamedTuple):
    """Facts below a heading; `name` is what remembers whether it is folded."""

    name: str
    title: Any
    html: SafeString
    folded: bool


@dataclass(frozen=True)
class Facts:
    """All facts of a record's page, by the name of each."""

    groups: list[tuple[str, Any, list[ShownFact]]]
    folds: frozenset[str] = frozenset()

    @cached_property
    def by_name(self) -> dict[str, ShownFact]:
        return {shown.fact.name: shown for _name, _title, group in self.groups for shown in group}

    @cached_property
    def html(self) -> dict[str, SafeString]:
        """Each as it stands on the page."""
        return {name: shown.html() for name, shown in self.by_name.items()}

    def __iter__(self):
        for name, title, group in self.groups:
            html = mark_safe("".join(self.html[shown.fact.name] for shown in group))
            yield FactGroup(name, title, html, name in self.folds)

    def derived(self) -> SafeString:
        """Those that nobody edits, for an answer that changed something else of the record: no form lies open there."""
        shown = [one.html(oob=True) for one in self.by_name.values() if one.fact.field is None]
        return mark_safe("".join(shown))

    def changed_since(self, before: "Facts", *, but: str) -> SafeString:
        """Those that say something else than before, for an answer; one that is put in its place anyway is left out."""
        names = [name for name in self.html if name != but and self.html[name] != before.html.get(name)]
        return mark_safe("".join(self.by_name[name].html(oob=True) for name in names))
