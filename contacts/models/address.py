"""The addresses and numbers of a person: several of each, one of each the primary one."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.fields import SortKey
from records.models import Address, ImportantDate, PrimaryLine
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey
from workspaces.tracking import tracked

EMAIL_KINDS = {"work": pgettext_lazy("kind of address", "Work"), "private": _("Private"), "other": _("Other")}
PHONE_KINDS = {
    "mobile": _("Mobile"),
    "work": pgettext_lazy("kind of address", "Work"),
    "private": _("Private"),
    "whatsapp": _("WhatsApp"),
    "other": _("Other"),
}


def one_primary(name: str) -> ExclusionRule:
    return ExclusionRule(name=name, columns=["workspace_id", "contact_id"], where="is_primary")


class ContactLine(PrimaryLine):
    """A line of a person's card: its kind, its value, and whether it is the primary one."""

    part_of = "contact"

    class Meta:
        abstract = True
        ordering: ClassVar = ("-is_primary", "id")


@tracked
class ContactEmail(ContactLine):
    """One address of a person; without case and accents in `address_key`, for comparison."""

    CONTENT = ("kind", "address", "is_primary")
    same_when = ("contact", "address_key")

    contact = WorkspaceForeignKey("contacts.Contact", models.DB_CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=10, choices=EMAIL_KINDS, default="work")
    address = models.EmailField(_("e-mail"))
    address_key = SortKey("address")

    class Meta(ContactLine.Meta):
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes: ClassVar = [models.Index(fields=["workspace", "address_key"], name="contact_email_key")]
        constraints: ClassVar = [one_primary("contact_email_primary")]

    def __str__(self):
        return self.address


@tracked
class ContactPhone(ContactLine):
    """One number of a person, stored in E.164."""

    CONTENT = ("kind", "number", "is_primary")
    same_when = ("contact", "number")

    contact = WorkspaceForeignKey("contacts.Contact", models.DB_CASCADE, related_name="phones")
    kind = models.CharField(_("kind"), max_length=10, choices=PHONE_KINDS, default="mobile")
    number = models.CharField(_("phone"), max_length=20)

    class Meta(ContactLine.Meta):
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        indexes: ClassVar = [models.Index(fields=["workspace", "number"], name="contact_phone_number")]
        constraints: ClassVar = [one_primary("contact_phone_primary")]

    def __str__(self):
        return self.number


@tracked
class ContactAddress(Address):
    record = WorkspaceForeignKey("contacts.Contact", models.DB_CASCADE, related_name="addresses")

    class Meta(Address.Meta):
        pass


@tracked
class ContactDate(ImportantDate):
    record = WorkspaceForeignKey("contacts.Contact", models.DB_CASCADE, related_name="dates")

    class Meta(ImportantDate.Meta):
        pass
