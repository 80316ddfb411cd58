"""What a workspace and a person choose from (countries, currencies, time zones), and a first guess by the browser."""

import zoneinfo
from functools import cache
from itertools import groupby

from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from core.formats import active_language, locale_of
from core.text import fold

Choices = list[tuple[str, str]]

#: colours that people pick, by their number in tokens.css
HUES = tuple(enumerate((_("Grey"), _("Red"), _("Blue"), _("Amber"), _("Green"), _("Pink"), _("Violet"), _("Cyan"))))

#: the zone where most people of a country with several live
BUSIEST_ZONE = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def countries() -> Choices:
    """ISO 3166 codes with the names of the reader's language, in its order."""
    return _countries(active_language())


@cache
def _countries(language: str) -> Choices:
    names = locale_of(language).territories
    codes = (code for code in get_global("territory_zones") if code in names and code not in ("001", "ZZ"))
    return sorted(((code, names[code]) for code in codes), key=lambda choice: fold(choice[1]))


def country_name(code: str) -> str:
    return locale_of(active_language()).territories.get(code, code)


def language_name(code: str) -> str:
    return locale_of(active_language()).languages.get(code, code)


def languages() -> Choices:
    """ISO 639 codes of two letters with the names of the reader's language, in its order."""
    return _languages(active_language())


@cache
def _languages(language: str) -> Choices:
    names = locale_of(language).languages
    known = ((code, name) for code, name in names.items() if len(code) == 2)
    return sorted(known, key=lambda choice: fold(choice[1]))


def currencies() -> Choices:
    """ISO 4217 codes that are legal tender somewhere today, with their names."""
    return _currencies(active_language())


@cache
def _currencies(language: str) -> Choices:
    in_use = {
        code
        for history in get_global("territory_currencies").values()
        for code, _since, until, tender in history
        if until is None and tender
    }
    names = locale_of(language).currencies
    return sorted((code, f"{code} · {names.get(code, code)}") for code in in_use)


@cache
def time_zones() -> list[tuple[str, Choices]]:
    """The names of the time zone database by region, each place once."""
    names = sorted(get_global("zone_territories").keys() & zoneinfo.available_timezones() - {"Etc/UTC", "Etc/GMT"})
    regions = groupby(names, key=lambda name: name.partition("/")[0])
    zones = [(region, [(name, _place(name)) for name in of_region]) for region, of_region in regions]
    return [("UTC", [("UTC", "UTC")]), *zones]


def _place(zone: str) -> str:
    """Argentina/Ushuaia for America/Argentina/Ushuaia."""
    return zone.partition("/")[2].replace("_", " ")


def guess(request: HttpRequest) -> dict[str, str]:
    """Language, country, currency and time zone that a browser's languages suggest: the values of a first form."""
    country = _country_of(request.headers.get("Accept-Language", ""))
    tender = get_territory_currencies(country)
    return {
        "language": translation.get_language_from_request(request),
        "country": country,
        "currency": tender[-1] if tender else "EUR",
        "time_zone": _zone_of(country),
    }


def _country_of(accepted: str) -> str:
    """The country of the first language that names or suggests one; US for none."""
    known = get_global("territory_zones")
    likely = get_global("likely_subtags")
    for tag, _quality in parse_accept_lang_header(accepted):
        language, _, region = tag.replace("_", "-").partition("-")
        for code in (region.rpartition("-")[2].upper(), likely.get(language, "").rpartition("_")[2]):
            if code in known:
                return code
    return "US"


def _zone_of(country: str) -> str:
    zones = get_global("territory_zones").get(country, ["UTC"])
    return zones[0] if len(zones) == 1 else BUSIEST_ZONE.get(country, "UTC")
