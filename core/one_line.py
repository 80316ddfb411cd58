"""Texts of one line: a browser's field gives no line breaks, a forged form or another program may."""

from collections.abc import Mapping
from typing import Any

from django.db import models


def one_line(text: str) -> str:
    """A text without line breaks."""
    lines = text.splitlines()
    return text if lines in ([], [text]) else " ".join(filter(None, map(str.strip, lines)))


def on_one_line(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a model's fields, those of one line (`CharField`) without line breaks."""
    short = {field.name for field in model._meta.fields if isinstance(field, models.CharField)}
    is_short = {name: name in short and isinstance(value, str) for name, value in values.items()}
    return {name: one_line(value) if is_short[name] else value for name, value in values.items()}


def put_on_one_line(row: models.Model) -> None:
    """The same of all that a row holds."""
    for field in row._meta.fields:
        if isinstance(field, models.CharField) and isinstance(value := getattr(row, field.attname), str):
            setattr(row, field.attname, one_line(value))
