"""Custom fields on the page of a record: facts below the headings of their groups, the empty ones folded away."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from records.models import CustomField, Record
from records.models.custom_writing import Stored, rows_of
from records.pages.facts import Concealed, Fact, FactLine
from workspaces.models import Membership

from .definitions import fields_of
from .kinds import KINDS
from .targets import model_of

#: the group of what holds nothing yet; closed until somebody opens it
EMPTY = "custom-empty"

Group = tuple[str, Any, list[Fact]]


@dataclass(frozen=True)
class CustomFact(Fact):
    """One custom field with what it holds."""

    shown: Any = None
    is_hidden: bool = False

    def lines(self, record: Any) -> list[FactLine]:
        return [FactLine(self.label, self.kind, self.shown)]

    def stands_in(self, form_class: Any) -> bool:
        return not self.is_hidden


def groups_of(record: Record, membership: Membership) -> list[Group]:
    """The custom facts of a record: those of each group that hold something, then the empty ones together."""
    fields = fields_of(membership.workspace).of(record.record_name)
    if not fields:
        return []
    stored = rows_of(record)
    links = linked(fields, stored, membership)
    groups: dict[str, Group] = {}
    empty: list[Fact] = []
    for of in fields:
        rows = stored.get(of.pk, [])
        kind = KINDS[of.kind]
        shown = links.get((of.target, rows[0].linked)) if rows and of.kind == "record" else kind.fact(of, rows)
        hidden = kind.hides(of, kind.value(rows), membership)
        if hidden:
            shown = Concealed()
        fact = CustomFact(of.key, of.name, kind.shows, shown=shown, is_hidden=hidden)  # type: ignore[arg-type]
        if rows:
            name, heading = (f"custom-{of.group_id}", of.group.name) if of.group else ("custom", _("More fields"))
            groups.setdefault(name, (name, heading, []))[2].append(fact)
        else:
            empty.append(fact)
    return [*groups.values(), *([(EMPTY, _("Empty fields"), empty)] if empty else [])]


def linked(
    fields: tuple[CustomField, ...], stored: dict[int, list[Stored]], membership: Membership
) -> dict[tuple[str, int | None], Record]:
    """(record type, id) -> the records that the fields lead to, as far as the member may see them; one statement a
    type that is led to."""
    wanted: dict[str, set[int]] = {}
    for of in fields:
        if of.kind == "record" and (rows := stored.get(of.pk)) and rows[0].linked:
            wanted.setdefault(of.target, set()).add(rows[0].linked)
    return {
        (target, pk): record
        for target, ids in wanted.items()
        for pk, record in model_of(target).objects.visible_to(membership).in_bulk(ids).items()
    }
