import random

import phonenumbers
import pytest

from core.phones import digits, local, normalise


def every_example() -> list[str]:
    """An example number of each kind (mobile, fixed line, ...) for each region, as E.164."""
    kinds = phonenumbers.PhoneNumberType.values()
    numbers = [
        phonenumbers.example_number_for_type(region, kind)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for kind in kinds
    ]
    return [phonenumbers.format_number(n, phonenumbers.PhoneNumberFormat.E164) for n in numbers if n]


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("602 123 456", "CZ", "+420602123456"),
        ("602.123.456", "CZ", "+420602123456"),
        ("+420 602-123-456", None, "+420602123456"),
        ("00420 602 123 456", "CZ", "+420602123456"),
        ("tel:+420602123456", "US", "+420602123456"),
        ("(202) 555-0147", "US", "+12025550147"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("+44 (0)20 7946 0958", "CZ", "+442079460958"),
        ("020\xa07946\xa00958", "GB", "+442079460958"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("٦٠٢١٢٣٤٥٦", "CZ", "+420602123456"),
    ],
)
def test_normalise(text, region, e164):
    assert normalise(text, region) == e164


def test_a_plain_number_is_read_as_the_parser_reads_it():
    """The short way takes it as it is; the long one, through a space behind the "+", must come to the same."""
    rng = random.Random(7)
    for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        for _ in range(20):
            text = f"{code}{rng.choice(['', 0, 1, 8, 44])}{rng.randrange(10 ** rng.randrange(3, 12))}"
            assert read(f"+{text}") == read(f"+ {text}")


def read(text: str) -> str | None:
    try:
        return normalise(text, None)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("text", "region", "reason"),
    [
        ("602 123 456", None, "code of its country"),
        ("602 123 456", "XX", "code of its country"),
        ("602 123 456", "", "code of its country"),
        ("12", "CZ", "too short"),
        ("555-0147", "US", "too short"),
        ("602 123 456 / 603 111 222", "CZ", "not a phone number"),
        ("602123456, 603111222", "CZ", "more than one"),
        ("(202) 555-0147 ext. 12", "US", "more than one"),
        ("n/a", "CZ", "not a phone number"),
        ("", "CZ", "not a phone number"),
        ("=cmd()", "CZ", "not a phone number"),
        ("2016-10-20", "US", "too short"),
        ("601 234 567", "US", "One of another begins with"),
        ("+1 202 555", "US", "is too short for a phone number"),
        ("+1 202 555 0147 8", "US", "not a phone number"),
    ],
)
def test_normalise_refuses(text, region, reason):
    with pytest.raises(ValueError, match=reason):
        normalise(text, region)


@pytest.mark.parametrize(
    ("e164", "region", "shown"),
    [
        ("+420602123456", "CZ", "602 123 456"),
        ("+420602123456", "GB", "+420 602 123 456"),
        ("+420602123456", None, "+420 602 123 456"),
        ("+12025550147", "US", "(202) 555-0147"),
        ("+14165550147", "US", "(416) 555-0147"),
        ("+390612345678", "IT", "06 1234 5678"),
        ("+447700900412", "US", "+44 7700 900412"),
        ("call me", "US", "call me"),
        ("+", "US", "+"),
        ("+42", "US", "+42"),
        ("+999123", "US", "+999123"),
        ("", "US", ""),
    ],
)
def test_local(e164, region, shown):
    assert local(e164, region) == shown


def test_local_shows_every_number_as_libphonenumber_does():
    examples = every_example()
    assert len(examples) > 1000
    for e164 in examples:
        parsed = phonenumbers.parse(e164)
        region = phonenumbers.region_code_for_country_code(parsed.country_code)
        assert local(e164, region) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert local(e164, None) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def test_what_is_shown_can_be_typed_again():
    for e164 in every_example()[::7]:
        assert normalise(local(e164, None), None) == e164


def test_digits():
    assert digits("+420 602-123 456 (home)") == "420602123456"
    assert digits("٦٠٢") == "602"
    assert digits("n/a") == ""
