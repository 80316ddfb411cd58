"""The values of one record's custom fields: read together, written so that history tells what each was and became."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, Value
from django.utils.translation import gettext as _

from core.statements import fetch
from workspaces.refusals import Refusal
from workspaces.rights import Actor

from .custom_field import PREFIX, CustomField
from .difference import LONGEST
from .queryset import insert_select

if TYPE_CHECKING:
    from .record import Record

#: all values of a record as JSON, in the order of `Stored`; members come with their names
VALUES = Template("""
    SELECT coalesce(json_agg(json_build_array(value.field_id, value.slot, value.text, value.number, value.currency,
                                              value.day, value.choice_id, value.member_id, value.linked, member.name)
                             ORDER BY value.field_id, value.slot), '[]')
      FROM $values AS value LEFT JOIN workspaces_membership AS member
        ON member.workspace_id = value.workspace_id AND member.id = value.member_id
     WHERE value.workspace_id = %(workspace)s AND value.record_id = %(record)s""")


class Stored(NamedTuple):
    """A row of a table of values."""

    field_id: int = 0
    slot: int = 0
    text: str = ""
    number: int | None = None
    currency: str = ""
    day: dt.date | None = None
    choice_id: int | None = None
    member_id: int | None = None
    linked: int | None = None
    member_name: str | None = None

    @classmethod
    def read(cls, values: list[Any]) -> "Stored":
        row = cls(*values)
        return row._replace(day=dt.date.fromisoformat(str(row.day)) if row.day else None)

    @property
    def columns(self) -> dict[str, Any]:
        """What the row says beside whose it is, by the names of the model's fields."""
        return {"text": self.text, "number": self.number, "currency": self.currency, "day": self.day,
                "choice_id": self.choice_id, "member_id": self.member_id, "linked": self.linked}  # fmt: skip


@cache
def values_sql(model: "type[Record]") -> str:
    return VALUES.substitute(values=model.custom_value()._meta.db_table)


def rows_of(record: "Record") -> dict[int, list[Stored]]:
    """Id of a field -> its rows. The page of the record has read them along with others (`custom_list`)."""
    found = getattr(record, "custom_list", None)
    if found is None:
        [[found]] = fetch(values_sql(type(record)), {"workspace": record.workspace_id, "record": record.pk})
    rows: dict[int, list[Stored]] = {}
    for row in map(Stored.read, found):
        rows.setdefault(row.field_id, []).append(row)
    return rows


class Change(NamedTuple):
    """What a custom field of a record had and has now."""

    field: CustomField
    before: Any
    after: Any


def parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of a record's own fields, and those of custom ones ("custom_12")."""
    own = {name: value for name, value in values.items() if not name.startswith(PREFIX)}
    return own, {name: value for name, value in values.items() if name.startswith(PREFIX)}


def defined(model: "type[Record]", keys: Iterable[str]) -> dict[str, CustomField]:
    """The fields of these keys. Raises Refusal for one that records of the type don't have (any more), be it that
    another workspace has it."""
    wanted = {key: int(digits) if (digits := key.removeprefix(PREFIX)).isdecimal() else 0 for key in keys}
    rows = CustomField.objects.filter(pk__in=wanted.values(), record=model.record_name, retired_at=None)
    found = {one.pk: one for one in rows.prefetch_related("choices")}
    if missing := wanted.keys() - {one.key for one in found.values()}:
        raise Refusal(_("There is no field “%(name)s” (any more).") % {"name": min(missing)})
    return {key: found[pk] for key, pk in wanted.items()}


def begun(model: "type[Record]", by: Actor) -> dict[str, Any]:
    """What a new record of a member's begins with, by the defaults of its fields."""
    from records.custom.definitions import fields_of
    from records.custom.kinds import beginning

    if by.membership is None:
        return {}
    fields = fields_of(by.membership.workspace).by_key(model.record_name)
    found = {key: beginning(of) for key, of in fields.items() if of.default}
    return {key: value for key, value in found.items() if value is not None}


def told(data: Mapping[str, Any], changes: Mapping[str, Change]) -> dict[str, Any]:
    """The data of an event with what changed of custom fields; what they are called goes along, as they were then."""
    from records.custom.kinds import KINDS

    if not changes:
        return {}
    pairs = {
        key: [KINDS[one.field.kind].told(one.field, value) for value in (one.before, one.after)]
        for key, one in changes.items()
    }
    short = {key: pair for key, pair in pairs.items() if all(len(str(value)) <= LONGEST for value in pair)}
    labels = {key: one.field.name for key, one in changes.items()}
    return {"values": {**data["values"], **short}, "labels": labels}


def write_custom(record: "Record", values: Mapping[str, Any]) -> dict[str, Change]:
    """Give a record values by the keys of their fields; tells what changed.

    Raises Refusal for what a field can't hold.
    """
    from records.custom.kinds import KINDS  # they are made of the fields of forms

    changes: dict[str, Change] = {}
    if not values:
        return changes
    fields, stored = defined(type(record), values), rows_of(record) if record.pk else {}
    for key, field in fields.items():
        kind = KINDS[field.kind]
        before, after = kind.value(stored.get(field.pk, [])), kind.cleaned(values[key])
        if before != after:
            kind.check(field, after, before)
            put(record, field, stored.get(field.pk, []), kind.rows(after))
            changes[key] = Change(field, before, after)
    return changes


def put(record: "Record", field: CustomField, before: list[Stored], wanted: list[Stored]) -> None:
    """Make these the rows of a field: what is there is changed and not replaced, so that its history goes on."""
    rows = record.custom_value().objects.filter(record=record, field=field)
    there, slots = {row.slot for row in before}, {row.slot for row in wanted}
    if there - slots:
        rows.exclude(slot__in=slots).delete()
    for row in wanted:
        if row.slot in there:
            rows.filter(slot=row.slot).update(**row.columns)
        else:
            rows.create(record=record, field=field, slot=row.slot, **row.columns)


def fill(rows: Any, field: CustomField, value: Any) -> tuple[list[int], dict[str, Any]]:
    """Give all of `rows`, a set of records that passed the gate, one value of a field.

    Returns the ids of those that had another one, and what the event of each says. A few statements, however many
    rows. Raises Refusal for what the field can't hold.
    """
    from records.custom.kinds import KINDS

    kind, values = KINDS[field.kind], rows.model.custom_value().objects.filter(field=field)
    after = kind.cleaned(value)
    kind.check(field, after, None)
    wanted = kind.rows(after)
    # By their ids from here on: what they were found by may be this field.
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows, values = rows.model.objects.filter(pk__in=ids), values.filter(record__in=ids)
    others = values.exclude(slot__in=[row.slot for row in wanted])
    touched = set(others.values_list("record", flat=True))
    others.delete()
    for row in wanted:
        differ = values.filter(slot=row.slot).exclude(**row.columns)
        touched |= set(differ.values_list("record", flat=True))
        differ.update(**row.columns)
        missing = rows.exclude(pk__in=values.filter(slot=row.slot).values("record"))
        touched |= set(missing.values_list("pk", flat=True))
        columns = {name.removesuffix("_id"): Value(one) for name, one in row.columns.items()}
        whose = {"workspace": F("workspace_id"), "record": F("pk"), "field": Value(field.pk), "slot": Value(row.slot)}
        insert_select(values.model, missing, whose | columns)
    rows.filter(pk__in=touched).touch()
    said = told({"values": {}}, {field.key: Change(field, None, after)})
    return sorted(touched), {"fields": [field.key], **said}
