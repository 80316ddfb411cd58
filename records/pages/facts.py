"""What a record says of itself, in the left pane: label, value, and the pencil that leads to its field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "email", "phone", "whatsapp", "url", "date", "moment", "money", "number", "year", "record"]


@dataclass(frozen=True)
class FactRow:
    """One line as the page shows it; `anchor` is the id of the field in the form, "" for what nobody edits."""

    name: str
    label: Any
    kind: Kind
    value: Any
    anchor: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None or self.value == ""

    @property
    def template(self) -> str:
        return f"records/facts.html#{self.kind}"


@dataclass(frozen=True)
class Fact:
    """A line of the facts pane. `name` is the record's field; label and value are its own unless given.

    `anchor` names the form's field where it is another one; None for what is derived and can't be edited. `optional`
    leaves an empty one out.
    """

    name: str
    label: Any = ""
    kind: Kind = "text"
    value: Callable[[Any], Any] | None = None
    anchor: str | None = ""
    optional: bool = False

    def rows(self, record: Any) -> Iterator[FactRow]:
        label = self.label or record._meta.get_field(self.name).verbose_name
        value = self.value(record) if self.value else getattr(record, self.name)
        anchor = "" if self.anchor is None else f"id_{self.anchor or self.name}"
        row = FactRow(self.name, label, self.kind, value, anchor)
        if not (self.optional and row.is_empty):
            yield row
