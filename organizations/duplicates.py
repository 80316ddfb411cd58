"""What tells that two organizations may be one: the domain of the website, the tax id, a near name."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import sort_name
from records.choosing import LAST
from records.duplicates import Clue, Finder, register

from .models import LEGAL_FORMS, Organization

#: so many first letters names have in common that are compared letter by letter
BLOCK = 5


def same(column: str) -> str:
    """SQL: pairs of organizations with the same value, those left out of which one belongs to the other."""
    return f"""
        SELECT one.id, other.id, one.{column}
          FROM (SELECT {column} FROM organizations_organization WHERE deleted_at IS NULL AND {column} > ''
                 GROUP BY {column} HAVING count(*) BETWEEN 2 AND %(most_alike)s) AS common
          JOIN organizations_organization AS one USING ({column})
          JOIN organizations_organization AS other USING ({column})
         WHERE one.id < other.id AND one.deleted_at IS NULL AND other.deleted_at IS NULL
           AND one.parent_id IS DISTINCT FROM other.id AND other.parent_id IS DISTINCT FROM one.id"""


NEAR_NAMES = f"""
    SELECT one.id, other.id, ''
      FROM (SELECT left(name_key, {BLOCK}) AS start FROM organizations_organization WHERE deleted_at IS NULL
             GROUP BY start HAVING count(*) BETWEEN 2 AND 10 * %(most_alike)s) AS block
      JOIN organizations_organization AS one ON left(one.name_key, {BLOCK}) = start
      JOIN organizations_organization AS other ON left(other.name_key, {BLOCK}) = start
     WHERE one.id < other.id AND one.name_key <> other.name_key
       AND one.parent_id IS DISTINCT FROM other.id AND other.parent_id IS DISTINCT FROM one.id
       AND similarity(one.sort_name, other.sort_name) >= %(near)s"""

LIKE = """
    SELECT id, {column} FROM organizations_organization
     WHERE deleted_at IS NULL AND {column} = %({column})s AND {column} > ''"""
LIKE_NEAR = f"""
    SELECT id, '' FROM organizations_organization
     WHERE deleted_at IS NULL AND name_key >= %(start)s AND name_key < %(start)s || '{LAST}' AND %(start)s > ''
       AND name_key <> %(name_key)s AND similarity(sort_name, %(name)s) >= %(near)s"""


def name_key(name: str) -> str:
    """The Python twin of the column `name_key`."""
    known = re.sub(f"([ ,.&]+({LEGAL_FORMS})[.]?)+$", "", sort_name(name))
    return re.sub(r"[\x01-/:-`{-\x7f]+", "", known)


def domain(address: str) -> str:
    """The Python twin of the column `domain`."""
    return re.sub("^[a-z]+://(www[.])?([^/:?#]*).*$", r"\2", address, flags=re.IGNORECASE).lower()


def tax_key(text: str) -> str:
    """The Python twin of the column `tax_key`."""
    return re.sub("[^A-Za-z0-9]+", "", text).lower()


def asks(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the clues ask, of the values that a form has so far."""
    name = values.get("name") or ""
    key = name_key(name)
    start = key[:BLOCK] if len(key) >= BLOCK else ""
    return {
        "domain": domain(values.get("website") or ""),
        "tax_key": tax_key(values.get("tax_id") or ""),
        "name_key": key,
        "name": sort_name(name),
        "start": start,
    }


register(
    Finder(
        Organization,
        asks=asks,
        known=lambda one: {"name": one.name, "website": one.website, "tax_id": one.tax_id},
        likeness="similarity(one.sort_name, other.sort_name)",
        clues=(
            Clue("tax_id", _("Same tax id: %(what)s"), 400, same("tax_key"), LIKE.format(column="tax_key")),
            Clue("domain", _("Same website: %(what)s"), 300, same("domain"), LIKE.format(column="domain")),
            Clue("name", _("Same name"), 300, same("name_key"), LIKE.format(column="name_key")),
            Clue("near", _("Similar name"), 100, NEAR_NAMES, LIKE_NEAR),
        ),
    )
)
