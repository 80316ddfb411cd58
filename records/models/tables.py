"""The tables that each record type has of its own, and the indexes of its main one."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def behind(model: Any, name: str) -> Any:
    """The model whose key to this one is called so from here; None where there is none."""
    relation = next((one for one in model._meta.related_objects if one.name == name), None)
    return relation and relation.related_model


class OwnTables:
    """Mixed into `Record`: the models that belong to a record type, found by their keys to it."""

    @classmethod
    def tag_link(cls) -> Any:
        """The model of this record type's tag links."""
        return behind(cls, "tag_links")

    @classmethod
    def custom_value(cls) -> Any:
        """The model of the values that this record type's custom fields have; None where it has no such fields."""
        return behind(cls, "custom_values")

    @classmethod
    def follower(cls) -> Any:
        """The model of this record type's followers; None where nobody follows such records."""
        return behind(cls, "followers")

    @classmethod
    def viewer(cls) -> Any:
        """The model of the people named on such records; None where nobody is."""
        return behind(cls, "viewers")


def record_indexes(prefix: str, columns: Iterable[str], *, private: bool = True) -> list[models.Index]:
    """One index for each sortable column, as lists need it: led by the workspace, closed by the id, trash left out; one
    for the trash, and one for what is private."""
    in_trash = models.Index(
        fields=["workspace", "-deleted_at", "-id"],
        name=f"{prefix}_trash",
        condition=models.Q(deleted_at__isnull=False),
    )
    is_private = models.Index(
        fields=["workspace", "owner"], name=f"{prefix}_private", condition=models.Q(is_private=True)
    )
    return [
        in_trash,
        *([is_private] if private else ()),
        *_list_indexes(prefix, columns),
    ]


def _list_indexes(prefix: str, columns: Iterable[str]) -> list[models.Index]:
    return [
        models.Index(
            fields=["workspace", column, "id"],
            name=f"{prefix}_{column}"[:30],
            condition=models.Q(deleted_at__isnull=True),
        )
        for column in columns
    ]
