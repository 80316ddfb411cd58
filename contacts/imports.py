"""What a file of people can fill."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import CHANNELS, Contact, ContactEmail, ContactPhone, Position
from organizations.imports import ORGANIZATION, NamesOrganizations
from transfers.batches import Batch
from transfers.kinds import Choice, Date, Email, Phone, Text, Url
from transfers.party_target import PARTY, PartyTarget
from transfers.record_target import EXTERNAL_ID, OWNER, SOURCE, TAGS
from transfers.references import Reference, sort_keys
from transfers.staging import array, insert_rows
from transfers.targets import Field, register

#: fields of the file -> the kind of the line that they become; the first one given is the primary one
EMAILS = {"email": "work", "private_email": "private"}
PHONES = {"phone": "work", "mobile": "mobile", "whatsapp": "whatsapp"}
#: when a line of a person is the same as one of the file
SAME = {
    "address": 'old.address_key = public.records_sort_key(new.address) COLLATE "C"',
    "number": "old.number = new.number",
}


@register
class ContactImport(PartyTarget, NamesOrganizations):
    """A row is a person; with an organization, a position there."""

    record = "contact"
    model = Contact
    label = gettext_lazy("People")
    keys = ("external_id", "email", "name")
    fields = (
        Field("first_name", gettext_lazy("First name"), Text(80), "first_name", "given name, forename"),
        Field("last_name", gettext_lazy("Last name"), Text(80), "last_name", "surname, family name"),
        Field("name", gettext_lazy("Full name"), Text(160), aliases="name, contact, contact name, person"),
        Field("title_prefix", gettext_lazy("Title"), Text(40, fixable=True), "title_prefix", "salutation, prefix"),
        Field("job_title", gettext_lazy("Job title"), Text(120), "job_title", "position, role, function, job"),
        replace(ORGANIZATION, aliases=f"{ORGANIZATION.aliases}, works at"),
        Field(
            "email", gettext_lazy("E-mail"), Email(), aliases="email, email address, work email, e mail address, mail"
        ),
        Field("private_email", gettext_lazy("Private e-mail"), Email(), aliases="personal email, home email, email 2"),
        Field(
            "phone", gettext_lazy("Phone"), Phone(), aliases="telephone, tel, phone number, work phone, office phone"
        ),
        Field("mobile", gettext_lazy("Mobile phone"), Phone(), aliases="mobile, cell, cell phone, mobile number"),
        Field("whatsapp", gettext_lazy("WhatsApp"), Phone()),
        Field("linkedin", gettext_lazy("LinkedIn"), Url(secure=True), "linkedin", "linkedin url, linkedin profile"),
        Field("birthday", gettext_lazy("Birthday"), Date(), "birthday", "date of birth, birth date, born"),
        Field("channel", gettext_lazy("Preferred channel"), Choice(CHANNELS), "channel", "contact by, prefers"),
        Field("style", gettext_lazy("Communication style"), Text(200), "style"),
        Field("interests", gettext_lazy("Interests"), Text(300), "interests", "hobbies"),
        *PARTY,
        OWNER,
        SOURCE,
        TAGS,
        replace(EXTERNAL_ID, aliases=f"{EXTERNAL_ID.aliases}, contact id"),
    )

    # --- names ------------------------------------------------------------------------------------------------------
    def complete(self, batch: Batch) -> None:
        """First and last name, from the full one where the file has only that."""
        super().complete(batch)
        firsts, lasts = batch.column("first_name"), batch.column("last_name")
        for row, full in enumerate(batch.column("name")):
            if full and lasts[row] is None:
                first, lasts[row] = split_name(full)
                firsts[row] = firsts[row] or first or None
            if lasts[row] is None:
                lasts[row], firsts[row] = firsts[row], None
            if lasts[row] is None:
                batch.refuse(row, _("It is empty."), "last_name")
            elif max(len(lasts[row]), len(firsts[row] or "")) > 80:
                batch.refuse(row, _("It is too long."), "name")
        batch.derived |= {"first_name": firsts, "last_name": lasts}

    def usable_keys(self) -> list[str]:
        named = self.mapped & {"name", "first_name", "last_name"}
        return [key for key in self.keys if key in self.mapped or (key == "name" and named)]

    def fields_of(self, keys: Collection[str]) -> Collection[str]:
        return {*keys, "first_name", "last_name"} if "name" in keys else keys

    def key_values(self, batch: Batch, key: str) -> list[Any]:
        """By name means: as the list sorts, the last one first."""
        if key != "name":
            return super().key_values(batch, key)
        if "last_name" not in batch.derived:
            self.complete(batch)
        parts = zip(batch.derived["last_name"], batch.derived["first_name"], strict=True)
        return [f"{last} {first or ''}".strip() if last else None for last, first in parts]

    def key_of(self, name: str, value: Any) -> Any:
        return value.lower() if name == "email" else super().key_of(name, value)

    def pairs(self, key: str, wanted: list[Any]) -> Collection[tuple[Any, int]]:
        return people_by_email(wanted) if key == "email" else super().pairs(key, wanted)

    def described(self, batch: Batch, row: int) -> dict[str, Any]:
        organization = batch.column("organization")[row]
        return {
            "first_name": batch.derived["first_name"][row],
            "last_name": batch.derived["last_name"][row],
            "emails": [{"address": value} for name in EMAILS if (value := batch.column(name)[row])],
            "phones": [{"number": value} for name in PHONES if (value := batch.column(name)[row])],
            "organizations": [organization] if organization else [],
        }

    # --- writing ----------------------------------------------------------------------------------------------------
    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        """New people get the copies of their primary e-mail and phone at once, so that no trigger has to."""
        return super().columns(batch) | {
            "first_name": batch.derived["first_name"],
            "last_name": batch.derived["last_name"],
            "email": first_given(batch, EMAILS),
            "phone": first_given(batch, PHONES),
        }

    def plain_columns(self) -> list[str]:
        names = ["first_name", "last_name"] if "name" in self.mapped else []
        return list(dict.fromkeys([*super().plain_columns(), *names]))

    def write_parts(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        changed = super().write_parts(batch, rows, new)
        lines = self.write_lines(batch, rows, ContactEmail, "address", EMAILS)
        lines |= self.write_lines(batch, rows, ContactPhone, "number", PHONES)
        self.touch(lines, batch, new)
        return changed | lines | self.write_positions(batch, rows)

    def write_lines(
        self, batch: Batch, rows: list[int], model: type[models.Model], value: str, kinds: dict[str, str]
    ) -> set[int]:
        """Add the addresses or numbers that a person lacks; none is taken away."""
        columns = {kind: batch.column(name) for name, kind in kinds.items() if name in self.mapped}
        given = []
        for row in rows:
            kind_of: dict[str, str] = {}
            for kind, values in columns.items():
                kind_of.setdefault(values[row], kind)
            given += [(batch.ids[row], kind, content) for content, kind in kind_of.items() if content]
        if not given:
            return set()
        known = [batch.ids[row] for row in rows if row in batch.matched]
        have_primary = set(
            model._default_manager.filter(contact_id__in=known, is_primary=True).values_list("contact_id", flat=True)
        )
        marks = []
        for pk, _kind, _content in given:
            marks.append(pk not in have_primary)
            have_primary.add(pk)
        ids, names, contents = (list(column) for column in zip(*given, strict=True))
        there = f"old.contact_id = new.contact_id AND {SAME[value]}" if known else ""
        lines = {"contact": ids, "kind": names, value: contents, "is_primary": marks}
        return set(insert_rows(model, lines, unless=there, returning="contact"))

    def write_positions(self, batch: Batch, rows: list[int]) -> set[int]:
        organizations, titles = batch.column("organization"), batch.column("job_title")
        placed = [row for row in rows if organizations[row]]
        if not placed:
            return set()
        columns: dict[str, Sequence[Any]] = {
            "contact": [batch.ids[row] for row in placed],
            "organization": [organizations[row] for row in placed],
            "job_title": [titles[row] or "" for row in placed],
            "is_primary": [False] * len(placed),
        }
        there = "old.contact_id = new.contact_id AND old.organization_id = new.organization_id"
        return set(insert_rows(Position, columns, unless=there if batch.matched else "", returning="contact"))


class PersonReference(Reference):
    """A person, by e-mail or by name in any order."""

    model = Contact

    def pairs(self, names: list[str]) -> Iterable[tuple[str, int]]:
        yield from people_by_email([name for name in names if "@" in name])
        keys: dict[str, list[str]] = {}
        for name in names:
            for key in Contact.sort_keys(name) if "@" not in name else ():
                keys.setdefault(key, []).append(name)
        found = Contact.objects.present().filter(sort_name__in=list(keys)).values_list("sort_name", "pk")
        yield from ((name, pk) for key, pk in found for name in keys[key])


def first_given(batch: Batch, names: Collection[str]) -> list[Any]:
    """The first of several fields that each row has."""
    return [next(filter(None, values), None) for values in zip(*map(batch.column, names), strict=True)]


def split_name(full: str) -> tuple[str, str]:
    """First and last name of "Priya Raman" and of "Raman, Priya"; one word is a last name."""
    last, comma, first = full.partition(",")
    if comma and first.strip():
        return first.strip(), last.strip()
    first, _space, last = full.rpartition(" ")
    return first, last


def people_by_email(addresses: Collection[str]) -> list[tuple[str, int]]:
    """Pairs of a wanted address and the id of a person, not in the trash, who has it."""
    keys = sort_keys(addresses)
    # One array: thousands of parameters take Django longer to bind than PostgreSQL to look up.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT address_key, contact_id FROM contacts_contactemail WHERE address_key = ANY(%s::text[])",
            [array(keys)],
        )
        found = cursor.fetchall()
    present = set(Contact.objects.present().filter(pk__in={pk for _key, pk in found}).values_list("pk", flat=True))
    return [(address, pk) for key, pk in found if pk in present for address in keys[key]]
