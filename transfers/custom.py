"""The custom fields of a workspace as what a file can fill."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from core import formats, money
from core.money import Money as Amount
from core.text import fold
from records.custom.definitions import fields_of
from records.custom.kinds import KINDS, LONG, SHORT, TODAY, beginning
from records.custom.numbers import MOST, PLACES, from_scaled
from records.custom.targets import model_of
from records.models import CustomField
from records.models.custom_writing import Stored
from transfers import parsing
from transfers.batches import Batch
from transfers.kinds import Choice, Conventions, Date, Email, Integer, Kind, Money, Phone, Tags, Text, Url, YesNo
from transfers.parsing import CellProblem
from transfers.references import MemberReference, RecordReference
from transfers.staging import array, insert_rows, quote
from transfers.targets import Field
from workspaces.models import Workspace
from workspaces.tenancy import CURRENT_WORKSPACE

#: column of the table of values -> its type
TYPES = {
    "text": "text",
    "number": "bigint",
    "currency": "text",
    "day": "date",
    "choice_id": "bigint",
    "member_id": "bigint",
    "linked": "bigint",
}


class Number(Integer):
    """A number with at most four decimals."""

    def read(self, cell: str, how: Conventions) -> Decimal | None:
        text = cell.strip()
        try:
            number = money.split_number(text)[1] if text else ""
            value = from_scaled(money.scaled(number, PLACES, how.decimal)) if number else None
        except ValueError as error:
            raise CellProblem(str(error)) from None
        if value is not None and abs(value) > MOST:
            raise CellProblem(_("“%(text)s” is out of range.") % {"text": text[: parsing.SHOWN]})
        return value

    def show(self, value: Decimal, how: Conventions) -> str:
        return formats.number(value)


@dataclass(frozen=True)
class Choices(Tags):
    """Several of the choices of a field, with commas, semicolons or bars between them; a tuple of their ids."""

    options: dict[int, str]

    def read(self, cell, how):
        known = {fold(name): pk for pk, name in self.options.items()}
        words = super().read(cell, how) or ()
        for word in words:
            if fold(word) not in known:
                raise CellProblem(_("“%(text)s” is none of the choices.") % {"text": word})
        return tuple(known[fold(word)] for word in words) or None

    def show(self, value, how):
        return ", ".join(self.options[pk] for pk in value)


def kind_of(of: CustomField) -> Kind:
    """How the cells of a column for a field are read."""
    offered = {choice.pk: choice.name for choice in of.offered}
    kinds: dict[str, Any] = {
        "text": lambda: Text(SHORT),
        "long_text": lambda: Text(LONG, multiline=True),
        "number": Number,
        "money": Money,
        "date": Date,
        "yes_no": YesNo,
        "choice": lambda: Choice({str(pk): name for pk, name in offered.items()}),
        "choices": lambda: Choices(offered),
        "link": Url,
        "email": Email,
        "phone": Phone,
        "member": MemberReference,
        "record": lambda: RecordReference(model_of(of.target)),
    }
    return kinds[of.kind]()


def fields_for(workspace: Workspace, record: str) -> tuple[Field, ...]:
    """What a file can fill besides what every workspace's can."""
    return tuple(
        Field(of.key, of.name, kind_of(of), repeats=of.kind == "choices") for of in fields_of(workspace).of(record)
    )


def write(model: Any, of: CustomField, batch: Batch, rows: list[int], how: Conventions) -> set[int]:
    """Write the cells of a field, two statements however many; returns the ids of the records that got something. An
    empty cell says nothing, and choices are added to those that are there."""
    values = batch.column(of.key)
    given = {batch.ids[row]: values[row] for row in rows if values[row] is not None}
    return put(model, of, {pk: as_value(of, value, how) for pk, value in given.items()})


def begin(model: Any, workspace: Workspace, ids: list[int], *, without: Collection[str]) -> None:
    """Give new records the defaults of their fields."""
    for of, value in begun(workspace, model.record_name, without=without).items():
        put(model, of, dict.fromkeys(ids, value))


def begun(workspace: Workspace, record: str, *, without: Collection[str]) -> dict[CustomField, Any]:
    """What new records of a kind begin with, but for the fields that a file has a column for: there an empty cell says
    that there is nothing. "Today" is the day of who fills in a form, not of what a file tells."""
    fields = (of for of in fields_of(workspace).of(record) if of.default not in ("", TODAY) and of.key not in without)
    return {of: value for of in fields if (value := beginning(of)) is not None}


def put(model: Any, of: CustomField, values: Mapping[int, Any]) -> set[int]:
    """Write values by the ids of their records; returns the ids of those that got something."""
    stored = [(pk, one) for pk, value in values.items() for one in KINDS[of.kind].rows(value)]
    if not stored:
        return set()
    table = model.custom_value()
    arrays = {"record_id": [pk for pk, _one in stored], "slot": [one.slot for _pk, one in stored]}
    arrays |= {name: [getattr(one, name) for _pk, one in stored] for name in used(stored[0][1])}
    changed = update(quote(table._meta.db_table), of, arrays)
    columns = {name.removesuffix("_id"): texts for name, texts in arrays.items()}
    there = f"old.field_id = {of.pk} AND old.record_id = new.record_id AND old.slot = new.slot"
    added = insert_rows(table, columns, unless=there, returning="record", field=of.pk, **rest(stored[0][1]))
    return changed | set(added)


def update(table: str, of: CustomField, arrays: dict[str, list[Any]]) -> set[int]:
    """Change the values that differ. Every name comes from the models."""
    types = {"record_id": "bigint", "slot": "bigint"} | TYPES
    names = [name for name in arrays if name in TYPES]
    rows = ", ".join(f"%s::{types[name]}[]" for name in arrays)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS old SET {', '.join(f'{name} = new.{name}' for name in names)}"
            f" FROM unnest({rows}) AS new ({', '.join(arrays)}) WHERE old.workspace_id = {CURRENT_WORKSPACE}"
            f" AND old.record_id = new.record_id AND old.field_id = {of.pk} AND old.slot = new.slot"
            f" AND ({' OR '.join(f'old.{name} IS DISTINCT FROM new.{name}' for name in names)})"
            " RETURNING old.record_id",
            list(map(array, arrays.values())),
        )
        return {pk for (pk,) in cursor.fetchall()}


def used(one: Stored) -> list[str]:
    """The columns that a kind's values stand in."""
    return [name for name, value in one.columns.items() if value not in (None, "")]


def rest(one: Stored) -> dict[str, str]:
    """The texts that are never NULL and that the kind has no use for."""
    return {name: "" for name in ("text", "currency") if name not in used(one)}


def as_value(of: CustomField, value: Any, how: Conventions) -> Any:
    """What a cell was read as, as verbs take it."""
    if of.kind == "money":
        return Amount(value, how.currency)
    return int(value) if of.kind == "choice" else value
