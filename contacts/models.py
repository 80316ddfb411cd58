from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from records.fields import SortKey
from records.models import PRESENT, Attachment, EventLink, Pulse, Record, TagLink, record_indexes
from workspaces.tracking import tracked
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel, WorkspaceOneToOneField

EMAIL_KINDS = {"work": _("Work"), "private": _("Private"), "other": _("Other")}
PHONE_KINDS = {
    "mobile": _("Mobile"),
    "work": _("Work"),
    "private": _("Private"),
    "whatsapp": _("WhatsApp"),
    "other": _("Other"),
}


@tracked
class Contact(Record):
    """A person; may hold positions at several organizations, or at none."""

    record_name = "contact"
    namespace = "contacts"

    title_prefix = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    linkedin = models.URLField(_("LinkedIn"), blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    #: copies of the primary e-mail and phone, kept by triggers on their tables, for lists and search
    email = models.CharField(_("e-mail"), max_length=254, blank=True, editable=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True, editable=False)
    tags = models.ManyToManyField("records.Tag", through="ContactTag", related_name="+")
    sort_name = SortKey("last_name", "first_name")
    sort_job_title = SortKey("job_title")
    sort_email = SortKey("email")

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes: ClassVar = [
            *record_indexes("contact", ["sort_name", "created_at", "sort_email", "sort_job_title"]),
            models.Index(fields=["workspace", "owner", "sort_name", "id"], name="contact_owner"),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="contact_external_id",
                columns=["workspace_id", "external_id"],
                where=f"external_id <> '' AND {PRESENT}",
            )
        ]

    def __str__(self):
        return " ".join(part for part in (self.title_prefix, self.first_name, self.last_name) if part)

    @property
    def name(self) -> str:
        """First and last name, without the title."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    def get_absolute_url(self):
        return reverse("contacts:detail", args=[self.pk])


@tracked
class ContactTag(TagLink):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="tag_links", db_index=False)


class ContactEvent(EventLink):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="event_links", db_index=False)


class ContactPulse(Pulse):
    record = WorkspaceOneToOneField(Contact, models.DB_CASCADE, related_name="pulse")


@tracked
class ContactFile(Attachment):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="files")


def _one_primary(name: str) -> ExclusionRule:
    return ExclusionRule(name=name, columns=["workspace_id", "contact_id"], where="is_primary")


@tracked
class ContactEmail(WorkspaceModel):
    """One address of a person; lower case in `address_key` for comparison."""

    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=10, choices=EMAIL_KINDS, default="work")
    address = models.EmailField(_("e-mail"))
    address_key = SortKey("address")
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        ordering = ("-is_primary", "id")
        indexes: ClassVar = [models.Index(fields=["workspace", "address_key"], name="contact_email_key")]
        constraints: ClassVar = [_one_primary("contact_email_primary")]

    def __str__(self):
        return self.address


@tracked
class ContactPhone(WorkspaceModel):
    """One number of a person, stored in E.164."""

    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="phones")
    kind = models.CharField(_("kind"), max_length=10, choices=PHONE_KINDS, default="mobile")
    number = models.CharField(_("phone"), max_length=20)
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        ordering = ("-is_primary", "id")
        indexes: ClassVar = [models.Index(fields=["workspace", "number"], name="contact_phone_number")]
        constraints: ClassVar = [_one_primary("contact_phone_primary")]

    def __str__(self):
        return self.number


@tracked
class Role(WorkspaceModel):
    """What a person is at an organization or on a deal: decision maker, billing, or the workspace's own."""

    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("position", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="contacts_role_name",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("A role of this name exists."),
            )
        ]

    def __str__(self):
        return self.name


@tracked
class Position(WorkspaceModel):
    """A person at an organization; at most one person there is its primary contact."""

    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="positions", db_index=False)
    organization = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="positions")
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    is_primary = models.BooleanField(_("primary contact"), default=False)
    roles = models.ManyToManyField(Role, through="PositionRole", related_name="+")

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ("-is_primary", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "contact", "organization"],
                name="contacts_position_once",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("This person has a position there already."),
            ),
            ExclusionRule(
                name="contacts_position_primary",
                columns=["workspace_id", "organization_id"],
                where="is_primary",
            ),
        ]

    def __str__(self):
        return f"{self.contact}, {self.organization}"


@tracked
class PositionRole(WorkspaceModel):
    position = WorkspaceForeignKey(Position, models.DB_CASCADE, related_name="role_links", db_index=False)
    role = WorkspaceForeignKey(Role, models.DB_CASCADE, related_name="position_links")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "position", "role"],
                name="contacts_positionrole_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]
