"""People as vCards (version 3.0, which address books of all makes read) and as a QR code that a phone takes in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import segno
import vobject
from django.db.models import Prefetch
from django.utils.safestring import SafeString, mark_safe
from vobject.vcard import Address, Name

from core import yearly
from organizations.models import Organization
from workspaces.choices import country_name
from workspaces.models import Membership

from .models import Contact, Position

EMAIL_TYPES = {"work": ["INTERNET", "WORK"], "private": ["INTERNET", "HOME"], "other": ["INTERNET"]}
PHONE_TYPES = {"mobile": ["CELL"], "work": ["WORK", "VOICE"], "private": ["HOME", "VOICE"], "whatsapp": ["CELL"]}
ADDRESS_TYPES = {"billing": ["WORK", "POSTAL"], "shipping": ["WORK", "PARCEL"], "visiting": ["WORK"]}


def with_cards(contacts: Any, membership: Membership) -> Any:
    """The people with all that their cards say; of organizations only those that the member may see."""
    visible = Organization.objects.visible_to(membership)
    positions = Position.objects.filter(organization__in=visible).select_related("organization")
    in_order = Prefetch("positions", positions.order_by("-is_primary", "pk"), to_attr="card_positions")
    return contacts.prefetch_related("emails", "phones", "addresses", in_order)


def cards(contacts: Iterable[Contact]) -> str:
    """The cards of people from `with_cards`, one after the other."""
    return "".join(card(contact) for contact in contacts)


def card(contact: Any) -> str:
    """The card of one person: names, job, e-mails, phones, addresses, birthday, profile."""
    made = vobject.vCard()
    made.add("n").value = Name(contact.last_name, contact.first_name, prefix=contact.title_prefix)
    made.add("fn").value = str(contact)
    add_work(made, contact)
    for email in contact.emails.all():
        add(made, "email", email.address, EMAIL_TYPES[email.kind], email.is_primary)
    for phone in contact.phones.all():
        add(made, "tel", phone.number, PHONE_TYPES.get(phone.kind, ["VOICE"]), phone.is_primary)
        if phone.kind == "whatsapp":
            made.add("impp").value = f"whatsapp:{phone.number}"
    for address in contact.addresses.all():
        add(made, "adr", postal_of(address), ADDRESS_TYPES[address.kind], address.is_primary)
    if contact.birthday:
        add_birthday(made, contact.birthday)
    if contact.linkedin:
        made.add("url").value = contact.linkedin
    return made.serialize()


def add(made: Any, name: str, value: Any, types: list[str], is_preferred: bool) -> None:
    line = made.add(name)
    line.value = value
    line.params["TYPE"] = [*types, "PREF"] if is_preferred else types


def add_work(made: Any, contact: Any) -> None:
    """Organization and job of the first position; without one, the job that the person itself has."""
    position = next(iter(contact.card_positions), None)
    if position:
        made.add("org").value = [position.organization.name]
    if title := (position and position.job_title) or contact.job_title:
        made.add("title").value = title


def postal_of(address: Any) -> Address:
    street = [line.strip() for line in address.street.splitlines()]
    return Address(
        street=street if len(street) > 1 else address.street,
        city=address.city,
        region=address.region,
        code=address.postcode,
        country=country_name(address.country),
        extended=address.city_area,
    )


def add_birthday(made: Any, day: dt.date) -> None:
    """A year that nobody knows is said the way address books do in this version."""
    line = made.add("bday")
    line.value = day.isoformat()
    if yearly.is_yearless(day):
        line.params["X-APPLE-OMIT-YEAR"] = [str(yearly.UNKNOWN_YEAR)]


def qr_code(text: str) -> Any:
    """The card as a QR code. Raises segno.DataOverflowError for one that is longer than the largest code holds."""
    return segno.make(text, error="l", micro=False)


def qr_svg(text: str) -> SafeString:
    """The QR code drawn with attributes alone, black on white in every theme: cameras want it so."""
    drawn = qr_code(text).svg_inline(dark="#000", light="#fff", svgclass=None, lineclass=None, omitsize=True)
    return mark_safe(drawn)
