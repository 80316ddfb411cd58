"""What tells that two people may be one: an address, a number, a near name at one organization."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import sort_name
from organizations.models import Organization
from records.duplicates import Clue, Finder, register

from .models import Contact


def same_line(table: str, key: str, value: str) -> str:
    """SQL: pairs of people who have the same line."""
    return f"""
        SELECT one.contact_id, other.contact_id, one.{value}
          FROM (SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) BETWEEN 2 AND %(most_alike)s) AS common
          JOIN {table} AS one USING ({key}) JOIN {table} AS other USING ({key})
         WHERE one.contact_id < other.contact_id"""


def like_line(table: str, key: str, value: str, wanted: str) -> str:
    """SQL: people who have one of the wanted lines."""
    return f"SELECT contact_id, {value} FROM {table} WHERE {key} = ANY (%({wanted})s::text[])"


#: near names at one organization that have their first or their last word in common, so that even a large one is quick
COLLEAGUES = """
    WITH worded AS MATERIALIZED (
        SELECT held.organization_id, held.contact_id, person.sort_name, word
          FROM contacts_position AS held JOIN contacts_contact AS person ON person.id = held.contact_id,
               unnest(ARRAY[split_part(sort_name, ' ', 1), split_part(sort_name, ' ', -1)]) AS word
         WHERE person.deleted_at IS NULL)
    SELECT DISTINCT one.contact_id, other.contact_id, at.name
      FROM worded AS one JOIN worded AS other USING (organization_id, word)
      JOIN organizations_organization AS at ON at.id = organization_id
     WHERE one.contact_id < other.contact_id AND similarity(one.sort_name, other.sort_name) >= %(near)s AND {seen}"""

#: people of exactly one name, one of whom at least works nowhere
NAMESAKES = """
    SELECT DISTINCT least(one.id, other.id), greatest(one.id, other.id), ''
      FROM contacts_contact AS one JOIN contacts_contact AS other USING (sort_name)
      JOIN (SELECT sort_name FROM contacts_contact WHERE deleted_at IS NULL
             GROUP BY sort_name HAVING count(*) BETWEEN 2 AND %(most_alike)s) AS common USING (sort_name)
     WHERE one.id <> other.id AND one.deleted_at IS NULL AND other.deleted_at IS NULL
       AND NOT EXISTS (SELECT FROM contacts_position AS held WHERE held.contact_id = one.id)"""

LIKE_COLLEAGUES = """
    SELECT held.contact_id, at.name
      FROM contacts_position AS held JOIN contacts_contact AS person ON person.id = held.contact_id
      JOIN organizations_organization AS at ON at.id = held.organization_id
     WHERE held.organization_id = ANY (%(organizations)s::bigint[])
       AND similarity(person.sort_name, %(name)s) >= %(near)s AND {seen}"""

LIKE_NAMESAKES = """
    SELECT id, '' FROM contacts_contact AS person WHERE sort_name = ANY (%(names)s::text[]) AND deleted_at IS NULL
       AND (%(organizations)s::bigint[] = '{}'
            OR NOT EXISTS (SELECT FROM contacts_position WHERE contact_id = person.id))"""


def asks(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the clues ask, of the values that a form has so far."""
    first, last = values.get("first_name") or "", values.get("last_name") or ""
    organization = values.get("organization")
    return {
        "emails": [sort_name(line["address"]) for line in values.get("emails", ())],
        "phones": [line["number"] for line in values.get("phones", ())],
        "name": sort_name(last, first),
        "names": Contact.sort_keys(f"{first} {last}") if first and last else [],
        "organizations": [organization.pk] if organization else list(values.get("organizations", ())),
    }


def known(contact: Contact) -> dict[str, Any]:
    """The same of a person who is there already."""
    return {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "emails": list(contact.emails.values("address")),
        "phones": list(contact.phones.values("number")),
        "organizations": list(contact.positions.values_list("organization_id", flat=True)),
    }


register(
    Finder(
        Contact,
        asks=asks,
        known=known,
        likeness="similarity(one.sort_name, other.sort_name)",
        clues=(
            Clue(
                "email",
                _("Same e-mail: %(what)s"),
                300,
                same_line("contacts_contactemail", "address_key", "address"),
                like_line("contacts_contactemail", "address_key", "address", "emails"),
            ),
            Clue(
                "phone",
                _("Same phone: %(what)s"),
                200,
                same_line("contacts_contactphone", "number", "number"),
                like_line("contacts_contactphone", "number", "number", "phones"),
            ),
            Clue("colleague", _("Similar name at %(what)s"), 200, COLLEAGUES, LIKE_COLLEAGUES, Organization),
            Clue("namesake", _("Same name"), 100, NAMESAKES, LIKE_NAMESAKES),
        ),
    )
)
