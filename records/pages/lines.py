"""Facts of organizations and people that are rows of their own: addresses and important dates."""

from string import Template
from typing import Any

from django.utils.translation import gettext as _

from records.models import ADDRESS_KINDS

from .facts import Fact, FactLine

ADDRESSES = Template("""
    SELECT coalesce(json_agg(json_build_object('kind', kind, 'street', street, 'city_area', city_area, 'city', city,
           'region', region, 'postcode', postcode, 'country', country) ORDER BY kind, is_primary DESC, id), '[]')
      FROM $table WHERE workspace_id = %(workspace)s AND record_id = %(record)s""")
DATES = Template("""
    SELECT coalesce(json_agg(json_build_object('name', name, 'day', day) ORDER BY day_key, id), '[]')
      FROM $table WHERE workspace_id = %(workspace)s AND record_id = %(record)s""")


def line_asides(room: str, record: str) -> dict[str, str]:
    """The asides that the facts below read, of the tables of a record type: `line_asides("contacts", "contact")`."""
    return {
        "address_list": ADDRESSES.substitute(table=f"{room}_{record}address"),
        "date_list": DATES.substitute(table=f"{room}_{record}date"),
    }


class Addresses(Fact):
    """The addresses, each under its kind."""

    def lines(self, record: Any) -> list[FactLine]:
        if not record.address_list:
            return [FactLine(self.label, "text", "")]
        label = _("%(kind)s address")
        kinds = [label % {"kind": ADDRESS_KINDS[address["kind"]]} for address in record.address_list]
        return [FactLine(kind, "address", line) for kind, line in zip(kinds, record.address_list, strict=True)]


class Dates(Fact):
    """The days that come again each year, each under its occasion."""

    def lines(self, record: Any) -> list[FactLine]:
        if not record.date_list:
            return [FactLine(self.label, "text", "")]
        return [FactLine(line["name"], "yearly", line["day"]) for line in record.date_list]
