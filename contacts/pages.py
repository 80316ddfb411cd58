from string import Template
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from organizations.models import Organization
from records.models import seen_ids
from records.pages import Addresses, Crumb, Dates, Fact, FactLine, RecordPage, line_asides
from workspaces.choices import language_name
from workspaces.models import Membership

from .forms import ContactForm
from .models import PHONE_KINDS, Contact


class Emails(Fact):
    """The person's addresses."""

    def lines(self, record: Any) -> list[FactLine]:
        label = preferred(self.label, record.channel == "email")
        return [FactLine(label, "email", line["value"]) for line in record.email_list or [{"value": ""}]]


class Phones(Fact):
    """The person's numbers, each under its kind."""

    def lines(self, record: Any) -> list[FactLine]:
        lines = record.phone_list or [{"value": "", "kind": ""}]
        return [
            FactLine(
                preferred(PHONE_KINDS.get(line["kind"], self.label), record.channel == channel_of(line["kind"])),
                channel_of(line["kind"]),
                line["value"],
            )
            for line in lines
        ]


def channel_of(kind: str) -> Literal["phone", "whatsapp"]:
    """The way to reach somebody that a number of this kind is."""
    return "whatsapp" if kind == "whatsapp" else "phone"


def preferred(label: Any, is_preferred: bool) -> Any:
    """The name of a way to reach the person, marked where it is the one that the person prefers."""
    return _("%(way)s, preferred") % {"way": label} if is_preferred else label


def preference(contact: Contact) -> str:
    """How and when the person likes to be reached: "WhatsApp, 09:00–12:00"."""
    return ", ".join(filter(None, [contact.get_channel_display(), hours_in_words(contact)]))


def hours_in_words(contact: Contact) -> str:
    since, until = (time and f"{time:%H:%M}" for time in (contact.hours_from, contact.hours_to))
    if since and until:
        return f"{since}–{until}"
    return _("from %(value)s") % {"value": since} if since else _("to %(value)s") % {"value": until} if until else ""


class Organizations(Fact):
    """The organizations that the person belongs to, under one label; their panel changes them."""

    def lines(self, record: Any) -> list[FactLine]:
        found = [FactLine(self.label, "record", position.organization) for position in record.current_positions]
        return found or [FactLine(self.label, "record", None)]


#: the addresses or numbers of a person as JSON, the primary one first
LINES = Template("""
    SELECT coalesce(json_agg(json_build_object('kind', kind, 'value', $value) ORDER BY is_primary DESC, id), '[]')
      FROM $table WHERE workspace_id = %(workspace)s AND contact_id = %(record)s""")


class ContactPage(RecordPage):
    model = Contact
    form_class = ContactForm
    erasable = True
    new_label = _("New person")
    save_label = _("Save person")
    merge_label = ngettext_lazy("Merge %(count)d person", "Merge %(count)d people", "count")
    asides = {
        "email_list": LINES.substitute(table="contacts_contactemail", value="address"),
        "phone_list": LINES.substitute(table="contacts_contactphone", value="number"),
        **line_asides("contacts", "contact"),
    }
    facts = (
        Fact(
            "name",
            pgettext_lazy("person", "Name"),
            value=lambda contact: contact.title,
            field=("title_prefix", "first_name", "last_name"),
        ),
        Fact("customer_status", value=lambda contact: contact.get_customer_status_display()),
        Emails("emails", _("E-mail")),
        Phones("phones", _("Phone")),
        Fact("job_title", _("Job title"), value=lambda contact: contact.job_title or title_of_first_position(contact)),
        Organizations("organization", _("Organization"), field=None),
        Fact("linkedin", _("LinkedIn"), "url"),
        Addresses("addresses", _("Addresses")),
        Fact("channel", _("Prefers"), value=preference, field=("channel", "hours_from", "hours_to")),
        Fact("language", value=lambda contact: language_name(contact.language), optional=True),
        Fact("style", _("Style"), optional=True),
        Fact("interests", optional=True),
        Fact("birthday", kind="yearly", field=("birthday", "birthday_reminder")),
        Dates("dates", _("Important dates")),
        Fact("owner"),
        Fact("last_activity_at", _("Last activity"), "moment", field=None),
    )

    def conceal(self, record: Any, membership: Membership) -> None:
        super().conceal(record, membership)
        if not Organization.sight(membership).is_whole:
            ids = {position.organization_id for held in record.shown_positions for position in held}
            seen = seen_ids(Organization, ids, membership)
            current, past = record.shown_positions
            record.shown_positions = (
                [position for position in current if position.organization_id in seen],
                [position for position in past if position.organization_id in seen],
            )
        if not Contact.sight(membership).is_whole:
            colleagues = {person["id"] for one in record.current_positions for person in one.colleagues}
            seen = seen_ids(Contact, colleagues, membership)
            for one in record.current_positions:
                one.colleagues = [person for person in one.colleagues if person["id"] in seen]

    def crumbs(self, record: Any) -> list[Crumb]:
        crumbs = list(super().crumbs(record))
        if record and record.current_positions:
            organization = record.current_positions[0].organization
            crumbs.append(Crumb(organization.name, organization.get_absolute_url()))
        return crumbs


def title_of_first_position(contact: Contact) -> str:
    return next((position.job_title for position in contact.current_positions if position.job_title), "")
