"""The values of records that are to become one, field by field: what differs, and which value is the best one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from core import formats, phones, yearly
from core.money import Money
from records.models import Record
from workspaces.choices import language_name


@dataclass(frozen=True)
class Field:
    """One thing to choose: a field, or several that mean something only together."""

    parts: tuple[models.Field, ...]

    @property
    def name(self) -> str:
        return self.parts[0].name

    @property
    def label(self) -> Any:
        return self.parts[0].verbose_name

    def value(self, record: Record) -> tuple[Any, ...]:
        return tuple(getattr(record, part.attname) for part in self.parts)

    def values(self, record: Record) -> dict[str, Any]:
        """Column -> value of the record, for an update."""
        return {part.attname: getattr(record, part.attname) for part in self.parts}

    def is_empty(self, record: Record) -> bool:
        return all(value in (None, "") for value in self.value(record)[:1])

    def text(self, record: Record, region: str = "") -> str:
        """The record's value in words, "" for none."""
        if self.is_empty(record):
            return ""
        if len(self.parts) == 2 and self.parts[1].name == "currency":
            return Money(*self.value(record)).format()
        parts = (part for part in self.parts if not isinstance(part, models.DateTimeField))
        return " · ".join(text for part in parts if (text := _text(record, part, region)))


def _text(record: Record, field: models.Field, region: str) -> str:
    value = getattr(record, field.name)
    if field.choices:
        value = getattr(record, f"get_{field.name}_display")()
    elif isinstance(field, models.DateField) and value:
        value = formats.short_date(value, value if yearly.is_yearless(value) else timezone.localdate())
    elif isinstance(field, models.TimeField) and value:
        value = f"{value:%H:%M}"
    elif field.name == "language" and value:
        value = language_name(value)
    elif isinstance(value, str) and value.startswith("+") and value[1:].isdecimal():
        value = phones.local(value, region or None)
    return "" if value is None else str(value)


def fields_of(model: type[Record]) -> list[Field]:
    """What a merge of such records may choose, in the order of the model's own fields first."""
    meta: Any = model._meta
    groups = {name: group for group in model.inseparable for name in group}
    common = {field.name for field in Record._meta.local_fields}
    editable = [f for f in meta.concrete_fields if f.editable and not f.generated and not f.primary_key]
    found: dict[tuple[str, ...], Field] = {}
    for field in sorted(editable, key=lambda field: field.name in common):
        names = groups.get(field.name, (field.name,))
        found.setdefault(names, Field(tuple(meta.get_field(name) for name in names)))
    return list(found.values())


def best(field: Field, records: Sequence[Record], master: Record, against: Mapping[int, str]) -> Record:
    """Whose value to take unless somebody says otherwise: the master's; where it has none, the newest of the others'.

    A value that stands in `against`, which is what `faults` found, is nobody's choice while there is another one.
    """

    def worth(record: Record) -> tuple[Any, ...]:
        return record.pk not in against, not field.is_empty(record), record == master, record.updated_at

    return max(records, key=worth)


def faults(field: Field, records: Sequence[Record]) -> dict[int, str]:
    """Id -> why the merged record can't have the value of this one."""
    found: dict[int, str] = {}
    for record in records:
        values = {part.name: getattr(record, part.attname) for part in field.parts}
        for reason in type(record).merge_faults(records, values).values():
            found.setdefault(record.pk, reason)
    return found


@dataclass(frozen=True)
class Cell:
    """The value of one record, as the screen shows it; `best_for` are the masters (ids) for which it is the best."""

    record: Record
    text: str
    is_chosen: bool
    fault: str
    best_for: list[int]


@dataclass(frozen=True)
class Row:
    """A field in which the records differ; `is_picked` where somebody took another value than the best."""

    field: Field
    cells: list[Cell]
    is_picked: bool

    @property
    def label(self) -> Any:
        return self.field.label


def differing(
    fields: Iterable[Field],
    records: Sequence[Record],
    master: Record,
    chosen: Mapping[str, int] | None = None,
    *,
    region: str = "",
) -> list[Row]:
    """Those of the fields in which the records differ; in each the best value is chosen, or what `chosen` says: name ->
    id."""
    rows = []
    for field in fields:
        if len({field.value(record) for record in records}) == 1:
            continue
        against = faults(field, records)
        masters = {record.pk: best(field, records, record, against).pk for record in records}
        wanted = (chosen or {}).get(field.name) or masters[master.pk]
        cells = [
            Cell(
                record,
                field.text(record, region),
                record.pk == wanted,
                against.get(record.pk, ""),
                [pk for pk, taken in masters.items() if taken == record.pk],
            )
            for record in records
        ]
        rows.append(Row(field, cells, wanted != masters[master.pk]))
    return rows
