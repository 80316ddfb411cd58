"""The record types that have custom fields, and that such fields lead to."""

from functools import cache

from django.apps import apps

from records.models import Record


@cache
def customized() -> dict[str, type[Record]]:
    """Record name -> model, of each type that has a table of values."""
    records = (model for model in apps.get_models() if issubclass(model, Record))
    return {model.record_name: model for model in records if model.custom_value() is not None}


def model_of(record_name: str) -> type[Record]:
    return customized()[record_name]
