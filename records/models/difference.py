"""What an edit changed, as its event keeps it: old and new value of each field, put into words when it is read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

#: characters of a text that a sentence can hold
LONGEST = 80


def differences(record: Any, changed: Iterable[str], values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field -> [before, after] for the changed fields of `record`, which still has its former values.

    Left out is what has no value of its own (the rows of a relation) or one too long for a sentence. An amount of money
    goes with its currency.
    """
    amounts = {group[0]: group[1] for group in type(record).inseparable if group[1:] == ("currency",)}
    names = ["".join(a for a, currency in amounts.items() if currency == name) or name for name in changed]
    fields = {field.name for field in record._meta.concrete_fields}
    found = {}
    for name in dict.fromkeys(names):
        if name not in fields:
            continue
        pair = [of_field(record, name, {}, amounts), of_field(record, name, values, amounts)]
        if all(not isinstance(value, str) or len(value) <= LONGEST for value in pair):
            found[name] = pair
    return found


def of_field(record: Any, name: str, values: Mapping[str, Any], amounts: Mapping[str, str]) -> Any:
    """The value of a field as JSON holds it: that in `values`, else the record's own."""
    value = values[name] if name in values else getattr(record, name)
    if value is None or value == "":
        return None
    if name in amounts:
        currency = values.get(amounts[name], getattr(record, amounts[name]))
        return {"money": [value, currency]}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, models.Model) else value
