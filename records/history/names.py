"""What the rows of a history are called, as far as the reader may know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from records.models import Record, Shared
from workspaces.models import Membership
from workspaces.tracking import history_of

from .reading import Change, Values
from .telling import shown_fields, telling, whole_key


def hidden() -> str:
    """What a record is called that the reader does not see."""
    return _("a record that you may not see")


class Names:
    """The names of what some changes refer to, read together."""

    def __init__(self, changes: Iterable[Change], membership: Membership):
        self.changes = list(changes)
        self.membership = membership
        self.names: dict[tuple[type, int], tuple[str, str]] = {}
        for model, ids in self._wanted().items():
            self.names |= {(model, pk): named for pk, named in self._read_names(model, ids).items()}

    def _wanted(self) -> dict[type[models.Model], set[int]]:
        """The rows whose names are needed: what the changes refer to, and the wholes of parts."""
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for change in self.changes:
            if telling(change.model).aside:
                continue
            if issubclass(change.model, Record):  # where it is now says whether it has a page
                wanted[change.model].add(change.pk)
            columns: dict[str, Any] = {**shown_fields(change.model), **self._naming(change.model)}
            for model, pk in telling(change.model).pair_of(change.values):
                wanted[model].add(pk)
            for state in filter(None, (change.before, change.after)):
                for column, key in columns.items():
                    if key.is_relation and state.get(column):
                        wanted[key.related_model].add(state[column])
        return wanted

    @staticmethod
    def _naming(model: Any) -> dict[str, Any]:
        """Column -> field, of what names a row and of what leads to its whole."""
        names = filter(None, (*telling(model).named, whole_key(model)))
        return {field.column: field for field in map(model._meta.get_field, names)}

    def _read_names(self, model: Any, ids: set[int]) -> dict[int, tuple[str, str]]:
        """Id -> name and address. What is gone is called as it was last; what is hidden has no name."""
        rows = model._base_manager.filter(pk__in=ids)
        if telling(model).named:
            joined = [name for name in telling(model).named if model._meta.get_field(name).is_relation]
            rows = rows.select_related(*joined) if joined else rows
        found = {row.pk: (self.title(row), self._url(row)) for row in rows}
        if missing := ids - found.keys():
            versions = history_of(model)._base_manager.filter(pgh_obj_id__in=missing)
            newest = versions.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values()
            names = ({f.column: v.get(f.attname) for f in model._meta.local_fields} for v in newest)
            found |= {values["id"]: (self.title(instance(model, values)), "") for values in names}
        return found

    def title(self, row: Any) -> str:
        if not self._may_see(row):
            return hidden()
        named = telling(row.__class__).named
        return " ".join(str(value) for name in named if (value := getattr(row, name))) if named else str(row)

    def _may_see(self, row: Any) -> bool:
        return not isinstance(row, Record | Shared) or row.allows("view", self.membership)

    def hides(self, change: Change) -> bool:
        """Is the record that the row is, or is a part of, hidden from the member as it is now?"""
        if telling(change.model).pair:
            return False
        whole: tuple[Any, int] = change.model, change.pk
        if key := whole_key(change.model):
            related: Any = change.model._meta.get_field(key)
            whole = related.related_model, change.values[related.column]
        return self.names.get(whole, ("", ""))[0] == hidden()

    def _refers_to_hidden(self, change: Change) -> bool:
        """Does the row stand between two records of which the member does not see one?"""
        pair = telling(change.model).pair_of(change.values)
        return any(self.names.get(one, ("", ""))[0] == hidden() for one in pair)

    def unseen(self) -> set[int | None]:
        """The change sets that did something to a record that the member may not see, or set one somewhere: their
        labels hold its name."""
        found = set()
        for change in self.changes:
            named: set[Any] = {(change.model, change.pk), *telling(change.model).pair_of(change.values)}
            named |= set(self._set_or_named(change))
            if any(self.names.get(one, ("", ""))[0] == hidden() for one in named):
                found.add(change.change_set_id)
        return found

    def _set_or_named(self, change: Change) -> Iterator[tuple[Any, int]]:
        """What the change made a row refer to, or no longer, and what the row is called after."""
        naming = self._naming(change.model)
        for column, key in {**shown_fields(change.model), **naming}.items():
            was, now = ((state or {}).get(column) for state in (change.before, change.after))
            if key.is_relation and (was != now or column in naming):
                yield from ((key.related_model, pk) for pk in (was, now) if pk)

    def _url(self, row: Any) -> str:
        shown = isinstance(row, Record) and not row.deleted_at and self._may_see(row)
        return row.get_absolute_url() if shown else ""


def instance(model: Any, values: Values) -> Any:
    """A row of a model made of a version's values; never to be saved."""
    fields = {f.attname: values.get(f.column) for f in model._meta.local_fields if f.column in values}
    return model(**fields)
