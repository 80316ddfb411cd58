"""Phone numbers: stored as E.164 ("+420602123456"), shown as people of the region dial them.

Numbers are accepted when their length is possible, not when libphonenumber knows their range: new ranges come into use
before its data does.
"""

import re
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    ValidationResult,
    country_code_for_region,
    format_number,
    is_possible_number_with_reason,
    normalize_digits_only,
    parse,
)
from phonenumbers.phonemetadata import PhoneMetadata

#: so many digits are a whole number somewhere; fewer are a slip
LEAST_ABROAD = 8


@lru_cache(maxsize=4096)
def normalise(text: str, region: str | None) -> str:
    """Return `text` as E.164; a number without "+" is one of `region` (ISO 3166, such as "CZ").

    Raises ValueError, with a message for people, when it cannot be a number, or when it has an extension or a second
    number beside it, which E.164 would lose.
    """
    if _is_plain(text):
        return text
    try:
        phone = parse(text, region)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise ValueError(_("Start “%(text)s” with + and the code of its country.") % {"text": text}) from None
        raise ValueError(_("“%(text)s” is not a phone number.") % {"text": text}) from None
    if phone.extension:
        raise ValueError(_("“%(text)s” is more than one number; leave out the extension.") % {"text": text})
    possible = is_possible_number_with_reason(phone)
    if possible in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        if text.startswith("+") or len(digits(text)) < LEAST_ABROAD:
            raise ValueError(_("“%(text)s” is too short for a phone number.") % {"text": text})
        raise ValueError(
            _("“%(text)s” is too short for a number of this country. One of another begins with + and its code.")
            % {"text": text}
        )
    if possible != ValidationResult.IS_POSSIBLE:
        raise ValueError(_("“%(text)s” is not a phone number.") % {"text": text})
    return format_number(phone, PhoneNumberFormat.E164)


@lru_cache(maxsize=8192)
def local(e164: str, region: str | None) -> str:
    """Return a stored number as it is dialled in `region`: without country code at home, else in international form."""
    phone = _parts(e164)
    if phone is None:
        return e164
    at_home = region is not None and phone.country_code == country_code_for_region(region)
    return format_number(phone, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL)


def digits(text: str) -> str:
    """Return the digits of `text` alone, for comparing and searching."""
    return normalize_digits_only(text)


def _is_plain(text: str) -> bool:
    """Tell whether a text is a number in E.164 already. A file has thousands; the parser takes thirty times as long."""
    return text.startswith("+") and any(
        (plain := _plain_number(text[1 : 1 + length])) and plain.fullmatch(text, 1 + length) for length in (1, 2, 3)
    )


@lru_cache(maxsize=1024)
def _plain_number(code: str) -> re.Pattern[str] | None:
    """What a number of a country looks like that has a possible length and nothing in front that is not part of it."""
    if not (code.isascii() and code.isdecimal() and int(code) in COUNTRY_CODE_TO_REGION_CODE):
        return None
    metadata: Any = PhoneMetadata.metadata_for_region_or_calling_code(
        int(code), COUNTRY_CODE_TO_REGION_CODE[int(code)][0]
    )
    lengths = "|".join(f"[0-9]{{{length}}}" for length in metadata.general_desc.possible_length)
    return re.compile(rf"(?!0|{metadata.national_prefix_for_parsing or 0})(?:{lengths})")


def _parts(e164: str) -> PhoneNumber | None:
    """Take a stored number apart. libphonenumber's own parser takes three times as long, for texts of any kind."""
    if not e164.startswith("+") or not e164[1:].isdecimal():
        return None
    for length in (1, 2, 3):
        code, national = e164[1 : 1 + length], e164[1 + length :]
        if national and int(code) in COUNTRY_CODE_TO_REGION_CODE:
            zeros = len(national) - len(national.lstrip("0"))  # they count in Italy
            return PhoneNumber(
                country_code=int(code),
                national_number=int(national),
                italian_leading_zero=zeros > 0,
                number_of_leading_zeros=zeros or None,
            )
    return None
