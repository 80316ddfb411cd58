"""What an undo would do, in words: how much of each kind, and the conflicts with what was, is written and is now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from records.models import ChangeSet, Merged
from records.undo.picks import ROW
from records.undo.preview import Conflict, Preview
from workspaces.models import Membership
from workspaces.tracking import TRACKED, history_of

from .reading import Change, Values, python_values
from .telling import label_of, telling
from .views import section_label
from .words import Teller, group_of

#: the change of a conflict has no moment of its own
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Kind:
    """How many rows of a kind are changed back, brought back and taken away."""

    label: str
    changed: int
    brought: int
    taken: int


@dataclass(frozen=True)
class ConflictWords:
    """A conflict as the reader sees it; `pick` takes the value back anyway."""

    pick: str
    record: str
    url: str
    label: str
    before: str
    after: str
    now: str


def kinds(preview: Preview) -> list[Kind]:
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for (model, op), count in preview.back.items():
        if not telling(model).aside:
            found[model][op] = count
    return [
        Kind(section_label(model), ops.get("update", 0), ops.get("insert", 0), ops.get("delete", 0))
        for model, ops in found.items()
        if any(ops.values())
    ]


def merged(change_set: ChangeSet, membership: Membership) -> str:
    """The names of the records that were merged, or came apart, by a change set; "" for any other."""
    versions = history_of(Merged)._base_manager.filter(change_set_id=change_set.pk).order_by("record")
    found = list(versions.values_list("table", "record", "master"))
    if not found:
        return ""
    model: Any = next(model for model in TRACKED if model._meta.db_table == found[0][0])
    ids = list(dict.fromkeys([found[0][2], *(record for _table, record, _master in found)]))
    rows = model._base_manager.in_bulk(ids)
    hidden = _("a record that you may not see")
    names = [row.title if row.allows("view", membership) else hidden for pk in ids if (row := rows.get(pk))]
    return get_text_list(names, _("and"))


def of_columns(preview: Preview) -> Iterator[tuple[str, int, str]]:
    """(words, how many, pick of all) of each column with more than one conflict."""
    for model, head, count, pick in preview.every:
        yield f"{section_label(model)}: {head_label(model, head)}", count, pick


def head_label(model: Any, head: str) -> str:
    if head == ROW:
        return _("Made, and changed since")
    return capfirst(label_of(model, shown_of(model, head)))


def shown_of(model: Any, head: str) -> Any:
    """The field that a group is called by: a stage rather than its pipeline."""
    fields = {field.column: field for field in model._meta.local_fields}
    hidden = telling(model).hidden
    group = [model._meta.get_field(name) for name in group_of(model, fields[head].name)]
    shown = [field for field in group if field.name not in hidden and field.verbose_name]
    return shown[0] if shown else fields[head]


def in_words(conflicts: Iterable[Conflict], membership: Membership) -> list[ConflictWords]:
    conflicts = list(conflicts)
    states = [[python_values(c.model, state) for state in (c.before, c.after, c.now)] for c in conflicts]
    changes = []
    for conflict, (before, after, now) in zip(conflicts, states, strict=True):
        changes.append(Change(conflict.model, conflict.pk, None, NEVER, before, after))  # whose names are read
        changes.append(Change(conflict.model, conflict.pk, None, NEVER, None, now))
    teller = Teller(changes, membership)
    return [words(c, triple, teller) for c, triple in zip(conflicts, states, strict=True)]


def words(conflict: Conflict, states: list[Values | None], teller: Teller) -> ConflictWords:
    now = Change(conflict.model, conflict.pk, None, NEVER, None, states[2])
    whole, url = teller.place(now)
    name = teller.name(now)
    record = whole if name in ("", whole) else f"{whole}: {name}"
    shown = ["", "", ""]
    if not (conflict.is_row or teller.hides(now)):
        shown = [told(conflict, state, teller) for state in states]
    label = head_label(conflict.model, conflict.head)
    return ConflictWords(conflict.pick, record, url, label, *shown)


def told(conflict: Conflict, state: Values | None, teller: Teller) -> str:
    """The values of the conflict's columns: all of a group that are shown."""
    model: Any = conflict.model
    fields = {field.column: field for field in model._meta.local_fields}
    named = group_of(model, fields[conflict.head].name)
    hidden = telling(model).hidden | set(telling(model).money.values())
    group = [model._meta.get_field(name) for name in named if name not in hidden]
    values = [teller.value(model, field, state or {}) for field in group]
    return ", ".join(value for value in values if value != "–") or "–"
