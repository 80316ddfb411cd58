"""Cells that name something which is there: a member, a source, a record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core import text
from records.models import Source, seen_ids
from transfers import parsing
from transfers.kinds import Conventions, Kind
from transfers.parsing import CellProblem
from transfers.staging import array
from workspaces.models import Membership


class Missing(CellProblem):
    """Nothing is called so; the target may make it."""


class Reference(Kind):
    """A cell that names another record; `find` looks up all names of a batch at once."""

    fixable = True
    max_length = 200
    #: the type of the records that are named, where they are records
    model: Any = None

    def read(self, cell: str, how: Conventions) -> str | None:
        return parsing.text(cell, self.max_length) or None

    def find(self, names: Iterable[str], member: Membership) -> dict[str, int | CellProblem]:
        """The ids of the records that are called so; a name that stands for none, or for several, has its problem. What
        the member does not see is not there."""
        wanted = list(names)
        found: dict[str, set[int]] = {name: set() for name in wanted}
        for name, pk in shown(self.model, self.pairs(wanted), member) if self.model else self.pairs(wanted):
            found[name].add(pk)
        return {name: self._only(name, ids) for name, ids in found.items()}

    def pairs(self, names: list[str]) -> Iterable[tuple[str, int]]:
        """Pairs of a wanted name and the id of a record that it fits."""
        raise NotImplementedError

    def choices(self) -> list[str]:
        """The names to choose from where a value is replaced; empty when they are too many."""
        return []

    def _only(self, name: str, ids: set[int]) -> int | CellProblem:
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            return CellProblem(self.ambiguous() % {"name": name})
        return Missing(self.missing() % {"name": name})

    def missing(self) -> str:
        return _("“%(name)s” was not found.")

    def ambiguous(self) -> str:
        return _("Several are called “%(name)s”.")


class MemberReference(Reference):
    """A member, by name or e-mail."""

    def pairs(self, names):
        known: dict[str, set[int]] = {}
        for pk, name, email in Membership.objects.values_list("pk", "name", "email"):
            for key in {text.sort_name(name), email.lower()} - {""}:
                known.setdefault(key, set()).add(pk)
        for name in names:
            for key in {text.sort_name(name), name.lower()}:
                yield from ((name, pk) for pk in known.get(key, ()))

    def choices(self):
        return list(Membership.objects.order_by("name").values_list("name", flat=True)[:200])

    def missing(self):
        return _("There is no member called “%(name)s”.")

    def ambiguous(self):
        return _("Several members are called “%(name)s”.")


class SourceReference(Reference):
    """Where a record comes from, by name."""

    def pairs(self, names):
        known = {text.sort_name(source.name): source.pk for source in Source.objects.all()}
        yield from ((name, known[key]) for name in names if (key := text.sort_name(name)) in known)

    def choices(self):
        return list(Source.objects.values_list("name", flat=True))

    def missing(self):
        return _("There is no source called “%(name)s”.")


@dataclass(frozen=True)
class RecordReference(Reference):
    """A record by the name that lists sort by; capitals and accents do not count."""

    model: Any

    def pairs(self, names):
        return ids_by_name(self.model, names)


def shown(model: Any, pairs: Iterable[tuple[Any, int]], member: Membership) -> list[tuple[Any, int]]:
    """Of pairs of a value and the id of a record those whose records the member sees."""
    pairs = list(pairs)
    ids = seen_ids(model, {pk for _value, pk in pairs}, member)
    return [pair for pair in pairs if pair[1] in ids]


def ids_by_name(model: Any, names: Collection[str]) -> list[tuple[str, int]]:
    """Pairs of a wanted name and the id of a record, not in the trash, that is called so."""
    keys = sort_keys(names)
    found = model.objects.present().filter(sort_name__in=list(keys)).values_list("sort_name", "pk")
    return [(name, pk) for key, pk in found for name in keys[key]]


def sort_keys(texts: Collection[str]) -> dict[str, list[str]]:
    """The keys that the database itself gives these texts, and the texts of each, so that none is folded differently.

    In a query of its own: compared with plain values a stored key is found through its index; compared with a function
    of another row, row-level security would have every row of the table read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, public.records_sort_key(text) FROM unnest(%s::text[]) AS text", [array(texts)])
        keys: dict[str, list[str]] = {}
        for text_, key in cursor.fetchall():
            keys.setdefault(key, []).append(text_)
        return keys
