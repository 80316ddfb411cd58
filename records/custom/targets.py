"""The record types that have custom fields, and that such fields lead to."""

from functools import cache

from records.models import Record


@cache
def customized() -> dict[str, type[Record]]:
    """Record name -> model, of each type that has a table of values."""
    found = (model for model in Record.__subclasses__() if model.custom_value() is not None)
    return {model.record_name: model for model in found}


def model_of(record_name: str) -> type[Record]:
    return customized()[record_name]
