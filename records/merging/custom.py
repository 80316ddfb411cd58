"""The values of custom fields in a merge, chosen like those of others. Several choices are united, as tags are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from records.custom.kinds import KINDS
from records.models import CustomField, Record
from records.models.custom_writing import Stored, put, rows_of
from workspaces.models import Membership

from .fields import Field, best

#: what a row of values says, as `Stored` holds it
KEPT = ("field_id", "slot", "text", "number", "currency", "day", "choice_id", "member_id", "linked")


@dataclass(frozen=True)
class Part(Field):
    """One custom field; `stored` are its rows by the ids of the records."""

    parts: tuple[Any, ...] = ()
    of: CustomField = field(default_factory=CustomField)
    stored: Mapping[int, list[Stored]] = field(default_factory=dict)
    membership: Membership | None = None

    @property
    def name(self) -> str:
        return self.of.key

    @property
    def label(self) -> Any:
        return self.of.name

    def value(self, record: Record) -> tuple[Any, ...]:
        return (KINDS[self.of.kind].value(self.stored.get(record.pk, [])),)

    def text(self, record: Record, region: str = "") -> str:
        kind, [value] = KINDS[self.of.kind], self.value(record)
        return kind.words_for(self.of, value, self.membership) if self.membership else kind.words(self.of, value)


def parts_of(records: Sequence[Record], membership: Membership | None = None) -> list[Part]:
    """The custom fields in which one of the records has a value."""
    stored: dict[int, dict[int, list[Stored]]] = {}
    if model := records[0].custom_value():
        rows = model.objects.filter(record__in=records).order_by("field", "slot")
        for pk, *row in rows.values_list("record", *KEPT):
            stored.setdefault(row[0], {}).setdefault(pk, []).append(Stored(*row))
    if not stored:
        return []
    fields = CustomField.objects.filter(pk__in=stored, retired_at=None).exclude(kind="choices")
    return [Part(of=of, stored=stored[of.pk], membership=membership) for of in fields.prefetch_related("choices")]


def taken(
    parts: Sequence[Part], records: Sequence[Record], chosen: Mapping[str, int]
) -> list[tuple[CustomField, list[Stored]]]:
    """The rows that the first of the records, the master, is to have in each field."""
    master, by_id = records[0], {record.pk: record for record in records}
    whose = [(part, by_id.get(chosen.get(part.name, 0)) or best(part, records, master, {})) for part in parts]
    return [(part.of, part.stored.get(record.pk, [])) for part, record in whose]


def give(master: Record, rows: Sequence[tuple[CustomField, list[Stored]]]) -> None:
    """Have the master hold these rows, whatever it holds since those of the others have moved to it."""
    now = rows_of(master) if rows else {}
    for of, wanted in rows:
        here, kind = now.get(of.pk, []), KINDS[of.kind]
        if kind.value(here) != kind.value(wanted):
            put(master, of, here, wanted)
