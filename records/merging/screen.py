"""What the merge screen shows: the records side by side, what differs, and what follows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.numbers import number
from records.models import Attachment, Record, Tag, TagLink
from workspaces.models import Membership

from . import refuse_others
from .custom import parts_of
from .fields import Field, Row, differing, fields_of
from .keys import Key, keys_to


@dataclass(frozen=True)
class Column:
    """One of the records; `follows` says how much of what hangs on it: ("Activities", 12)."""

    record: Any
    follows: list[tuple[str, int]]
    is_master: bool
    may_be_master: bool


class Screen:
    """`data` is what the form sends: the master, for each field whose value it takes, and the versions looked at."""

    def __init__(self, records: Sequence[Any], membership: Membership, data: QueryDict):
        self.records, self.membership, self.data = records, membership, data
        self.model: Any = type(records[0])
        self.by_id = {record.pk: record for record in records}

    @cached_property
    def possible(self) -> list[Any]:
        """Those that the member may keep: it changes one and deletes the others. Raises NotAllowed without any."""
        found = [
            record
            for record in self.records
            if record.allows("change", self.membership)
            and all(other.allows("delete", self.membership) for other in self.records if other is not record)
        ]
        if not found:
            refuse_others(list(self.records[1:]), by=self.membership.actor)
            refuse_others(list(self.records[:-1]), by=self.membership.actor)
        return found

    @cached_property
    def master(self) -> Any:
        """The one that is chosen, else the one that most hangs on, the oldest of several."""
        chosen = self.by_id.get(number(self.data.get("master", "")))
        if chosen in self.possible:
            return chosen
        return max(self.possible, key=lambda record: (self.counts[record.pk].total(), -record.pk))

    @property
    def others(self) -> list[Any]:
        return [record for record in self.records if record is not self.master]

    @property
    def query(self) -> str:
        """What asks for these records again."""
        return urlencode([("ids", pk) for pk in self.by_id])

    @cached_property
    def fields(self) -> list[Field]:
        """What can be chosen, custom fields last."""
        return [*fields_of(self.model), *parts_of(self.records, self.membership)]

    @property
    def chosen(self) -> dict[str, int]:
        """Field -> id of the record whose value is taken."""
        found = {field.name: number(self.data.get(f"take-{field.name}", "")) for field in self.fields}
        return {name: pk for name, pk in found.items() if pk in self.by_id}

    @property
    def seen(self) -> dict[int, int]:
        """Id -> version that was looked at."""
        found = {pk: number(self.data.get(f"seen-{pk}", "")) for pk in self.by_id}
        return {pk: version for pk, version in found.items() if version}

    @cached_property
    def rows(self) -> list[Row]:
        region = self.membership.workspace.country
        return differing(self.fields, self.records, self.master, self.chosen, region=region)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column(record, list(self.counts[record.pk].items()), record == self.master, record in self.possible)
            for record in self.records
        ]

    @cached_property
    def counts(self) -> Mapping[int, Counter[str]]:
        """Id -> what hangs on the record, as much of it as the member may see; one statement."""
        # The first key of each name: what is pinned is linked as well.
        named = [(key, label) for label, key in {label_of(key): key for key in reversed(keys_to(self.model))}.items()]
        named = [(key, label) for key, label in reversed(named) if label]
        sql = " UNION ALL ".join(count_sql(place, key, self.membership) for place, (key, _label) in enumerate(named))
        counts: dict[int, Counter[str]] = {record.pk: Counter() for record in self.records}
        with connection.cursor() as cursor:
            cursor.execute(sql, {"ids": list(self.by_id)})
            for place, pk, count in cursor.fetchall():
                counts[pk][named[place][1]] += count
        return counts


def whole_of(key: Key) -> type[Record] | None:
    """The record that a row with this key is, or is a part of beside the one that it points to."""
    if issubclass(key.model, Record):
        return key.model
    part = key.model.part_of
    whole = key.model._meta.get_field(part).related_model if part and part != key.field.name else None
    return whole if whole and issubclass(whole, Record) else None


def label_of(key: Key) -> str:
    """What people call the rows, "" for those that have no name of their own."""
    if issubclass(key.model, Attachment):
        return _("Files")
    named = Tag if issubclass(key.model, TagLink) else whole_of(key) or key.model
    is_named = "verbose_name_plural" in named._meta.original_attrs
    return capfirst(str(named._meta.verbose_name_plural)) if is_named else ""


def count_sql(place: int, key: Key, membership: Membership) -> str:
    """SQL: (place, id of the record, how many rows point to it)."""
    table, joined, condition = f'"{key.table}"', "", ""
    if whole := whole_of(key):
        column = "id" if whole is key.model else key.model._meta.get_field(key.model.part_of).column
        joined = f' JOIN "{whole._meta.db_table}" AS whole ON whole.id = row."{column}" AND whole.deleted_at IS NULL'
        condition = f" AND {whole.sight(membership).sql('whole')}"
    return (
        f'SELECT {place}, row."{key.column}", count(*) FROM {table} AS row{joined}'
        f' WHERE row."{key.column}" = ANY (%(ids)s::bigint[]){condition} GROUP BY row."{key.column}"'
    )
