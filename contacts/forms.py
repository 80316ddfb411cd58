"""The forms of people: the person with addresses and numbers, and the position at an organization."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.forms import DateInput, TimeInput, YearlyField
from core.text import sort_name
from organizations.models import Organization
from records.choosing import RecordChoiceField
from records.forms import PhoneField, RecordForm
from records.line_forms import LINES
from records.rowsets import Line, row_set
from workspaces.models import Membership
from workspaces.rights import Actor

from .models import EMAIL_KINDS, PHONE_KINDS, Contact, ContactEmail, Position, Role


class EmailLine(Line):
    value_name = "address"

    kind = forms.ChoiceField(choices=EMAIL_KINDS, initial="work")
    address = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)


class PhoneLine(Line):
    value_name = "number"

    kind = forms.ChoiceField(choices=PHONE_KINDS, initial="mobile")
    number = PhoneField(label=gettext_lazy("Phone"))


class EmailLines(row_set(EmailLine)):  # type: ignore[misc]
    label = gettext_lazy("E-mail")
    add_label = gettext_lazy("Add e-mail")


class PhoneLines(row_set(PhoneLine)):  # type: ignore[misc]
    label = gettext_lazy("Phone")
    add_label = gettext_lazy("Add phone")


class ContactForm(RecordForm):
    """A person. A new one may get its first position along the way."""

    organization = RecordChoiceField(Organization, label=gettext_lazy("Organization"), required=False)
    birthday = YearlyField(label=gettext_lazy("Birthday"), required=False)

    groups = (
        (pgettext_lazy("person", "Name"), (("first_name", "last_name"), "title_prefix")),
        (pgettext_lazy("group of fields", "Work"), ("organization", "job_title")),
        (gettext_lazy("Contact details"), ("emails", "phones", "linkedin", "addresses")),
        (
            gettext_lazy("Preferences"),
            (("channel", "language"), ("hours_from", "hours_to"), ("style", "interests")),
        ),
        (gettext_lazy("Days to remember"), (("birthday", "birthday_reminder"), "dates")),
        (gettext_lazy("More"), (("customer_status", "source"), "owner")),
    )
    row_sets = {"emails": EmailLines, "phones": PhoneLines, **LINES}

    class Meta:
        model = Contact
        fields = (
            "first_name",
            "last_name",
            "title_prefix",
            "job_title",
            "linkedin",
            "birthday",
            "birthday_reminder",
            "channel",
            "hours_from",
            "hours_to",
            "style",
            "interests",
            "language",
            "customer_status",
            "source",
            "owner",
        )
        widgets = {"hours_from": TimeInput, "hours_to": TimeInput}
        help_texts = {
            "title_prefix": gettext_lazy("Such as Dr or Ing."),
            "style": gettext_lazy("Such as brief and by numbers, or first names and small talk."),
        }

    def prepare_fields(self) -> None:
        super().prepare_fields()
        if self.record:
            # An old person has positions, each with its own form.
            del self.fields["organization"]

    def clean_linkedin(self) -> str:
        address = self.cleaned_data["linkedin"]
        for reason in Contact.faults(linkedin=address).values():
            raise forms.ValidationError(reason, "scheme")
        return address

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        since, until = values.get("hours_from"), values.get("hours_to")
        if since and until and since >= until:
            self.add_error("hours_to", _("This is not after the time from which."))
        emails = self.rows.get("emails")
        if self.record and emails and emails.is_valid() and "emails" not in self.taken:
            self.warn_of_namesakes(emails.lines())
        return values

    def warn_of_namesakes(self, lines: list[dict[str, Any]]) -> None:
        """Say who uses these addresses of an old person already: it may be the same, or a family's common address."""
        keys = [sort_name(line["address"]) for line in lines]
        used = ContactEmail.objects.filter(
            address_key__in=keys, contact__in=Contact.objects.visible_to(self.membership)
        ).exclude(contact=self.record)
        for email in used.select_related("contact").order_by("pk")[:3]:
            text = _("E-mail %(address)s is already used by %(name)s. Open the record or use another.")
            self.warnings.append((text % {"address": email.address, "name": email.contact.name}, email.contact))

    def save(self, *, by: Actor) -> Any:  # type: ignore[override]
        organization = self.cleaned_data.pop("organization", None)
        contact = super().save(by=by)
        if organization:
            Position.start(contact, organization, by=by, job_title=contact.job_title)
        return contact


class PositionForm(forms.ModelForm):
    """What a person is at an organization; short enough for a dialog."""

    contact = RecordChoiceField(Contact, label=gettext_lazy("Person"))
    organization = RecordChoiceField(Organization, label=gettext_lazy("Organization"))

    class Meta:
        model = Position
        fields = ("contact", "organization", "job_title", "started_on", "roles", "is_primary")
        widgets = {"roles": forms.CheckboxSelectMultiple, "started_on": DateInput}

    fields: dict[str, Any]

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].queryset = Role.objects.all()
        if self.instance.pk:
            # Whose position it is stays; another person or organization is another position.
            del self.fields["contact"], self.fields["organization"]
        else:
            self.fields["contact"].limit(Contact.objects.visible_to(membership, "change"))
            self.fields["organization"].limit(Organization.objects.visible_to(membership))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        contact, organization = values.get("contact"), values.get("organization")
        if contact and organization and Position.objects.filter(contact=contact, organization=organization).exists():
            self.add_error(None, _("This person has a position there already."))
        return values

    def save(self, *, by: Actor) -> Position:  # type: ignore[override]
        if self.instance.pk:
            self.instance.edit(by=by, **self.cleaned_data)
            return self.instance
        return Position.start(by=by, **self.cleaned_data)
