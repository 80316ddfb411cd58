from collections.abc import Iterator
from dataclasses import dataclass
from string import Template
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from records.pages import Crumb, Fact, FactRow, RecordPage
from records.pages.facts import Kind

from .forms import ContactForm
from .models import PHONE_KINDS, Contact


@dataclass(frozen=True)
class EmailFacts(Fact):
    """A fact for each address."""

    def rows(self, record: Any) -> Iterator[FactRow]:
        lines = record.email_list or [{"value": ""}]
        for place, line in enumerate(lines):
            yield FactRow(f"email-{place}", self.label, "email", line["value"], f"id_emails-{place}-address")


@dataclass(frozen=True)
class PhoneFacts(Fact):
    """A fact for each number, under its kind."""

    def rows(self, record: Any) -> Iterator[FactRow]:
        lines = record.phone_list or [{"value": "", "kind": ""}]
        for place, line in enumerate(lines):
            kind: Kind = "whatsapp" if line["kind"] == "whatsapp" else "phone"
            label = PHONE_KINDS.get(line["kind"], self.label)
            yield FactRow(f"phone-{place}", label, kind, line["value"], f"id_phones-{place}-number")


@dataclass(frozen=True)
class OrganizationFacts(Fact):
    """A fact for each organization that the person belongs to."""

    def rows(self, record: Any) -> Iterator[FactRow]:
        for position in record.current_positions:
            yield FactRow(f"position-{position.pk}", self.label, "record", position.organization)


#: the addresses or numbers of a person as JSON, the primary one first
LINES = Template("""
    SELECT coalesce(json_agg(json_build_object('kind', kind, 'value', $value) ORDER BY is_primary DESC, id), '[]')
      FROM $table WHERE workspace_id = %(workspace)s AND contact_id = %(record)s""")


class ContactPage(RecordPage):
    model = Contact
    form_class = ContactForm
    new_label = _("New person")
    save_label = _("Save person")
    merge_label = ngettext_lazy("Merge %(count)d person", "Merge %(count)d people", "count")
    asides = {
        "email_list": LINES.substitute(table="contacts_contactemail", value="address"),
        "phone_list": LINES.substitute(table="contacts_contactphone", value="number"),
    }
    facts = (
        EmailFacts("email", _("E-mail")),
        PhoneFacts("phone", _("Phone")),
        Fact("job_title", _("Job title"), value=lambda contact: contact.job_title or title_of_first_position(contact)),
        OrganizationFacts("organization", _("Organization")),
        Fact("linkedin", _("LinkedIn"), "url"),
        Fact("birthday", kind="date"),
        Fact("source"),
        Fact("owner"),
        Fact("last_activity_at", _("Last contact"), "moment", anchor=None),
        Fact("external_id", anchor=None, optional=True),
    )

    def crumbs(self, record: Any) -> list[Crumb]:
        crumbs = list(super().crumbs(record))
        if record and record.current_positions:
            organization = record.current_positions[0].organization
            crumbs.append(Crumb(organization.name, organization.get_absolute_url()))
        return crumbs


def title_of_first_position(contact: Contact) -> str:
    return next((position.job_title for position in contact.current_positions if position.job_title), "")
