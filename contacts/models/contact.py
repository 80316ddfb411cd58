from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONArray
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from records.fields import SortKey
from records.models import (
    PRESENT,
    Attachment,
    EventLink,
    Follower,
    Pulse,
    Record,
    Refusal,
    TagLink,
    Viewer,
    record_indexes,
    seen_ids,
)
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceOneToOneField
from workspaces.tracking import tracked

from .address import ContactEmail, ContactPhone, Line, primary_of

if TYPE_CHECKING:
    from .position import Position

HTTPS = "https://"


@tracked
class Contact(Record):
    """A person; may hold positions at several organizations, or at none."""

    record_name = "contact"
    namespace = "contacts"
    found_by = ("known_emails", "known_phones", "job_title")
    copies = ("email", "phone")

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
    #: job title and organization, from `with_hints()`
    first_position: tuple[str, str] | None = None
    #: all addresses and numbers, from `with_reasons()`
    known_emails: list[str]
    known_phones: list[str]

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

    @property
    def hint(self) -> str:
        job, workplace, _organization = self.first_position or ("", "", None)
        job = job or self.job_title
        if job and workplace:
            return gettext("%(job)s at %(organization)s") % {"job": job, "organization": workplace}
        return job or workplace or self.email

    @classmethod
    def with_hints(cls, rows: Any) -> Any:
        from .position import Position

        held = Position.objects.filter(contact=OuterRef("pk"), organization__deleted_at__isnull=True)
        first = JSONArray("job_title", "organization__name", "organization_id")
        names = held.order_by("-is_primary", "pk").values(json=first)
        return rows.annotate(first_position=Subquery(names[:1]))

    @classmethod
    def with_reasons(cls, rows: Any) -> Any:
        emails = ContactEmail.objects.filter(contact=OuterRef("pk"))
        phones = ContactPhone.objects.filter(contact=OuterRef("pk"))
        return cls.with_hints(rows).annotate(
            known_emails=ArraySubquery(emails.order_by("pk").values("address")),
            known_phones=ArraySubquery(phones.order_by("pk").values("number")),
        )

    @classmethod
    def conceal(cls, records: Sequence[Self], membership: Membership) -> None:
        """Organizations that the member does not see are left out of hints, and of where a person works."""
        super().conceal(records, membership)
        if Organization.sight(membership).is_whole:
            return
        known = [(record, record.__dict__.get("first_position")) for record in records]
        seen = seen_ids(Organization, {first[2] for _record, first in known if first}, membership)
        for record, first in known:
            if first and first[2] not in seen:
                record.first_position = None

    @classmethod
    def sort_keys(cls, name: str) -> list[str]:
        """Keys that a name can stand under: people say "Priya Raman", the list sorts by "raman priya"."""
        words = super().sort_keys(name)[0].split()
        return list(dict.fromkeys(" ".join(words[place:] + words[:place]) for place in range(len(words) or 1)))

    @cached_property
    def current_positions(self) -> "list[Position]":
        """Where the person works, the oldest first, with roles and some colleagues; one query a page."""
        from .position import Position

        return Position.shown_for(self)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def create(cls, *, by: Actor, emails: Sequence[Line] = (), phones: Sequence[Line] = (), **values: Any) -> Self:
        """Make a person with addresses and numbers. Raises NotAllowed, and Refusal for what no person has.

        `emails=[{"kind": "work", "address": "…", "is_primary": True}]`,
        `phones=[{"kind": "mobile", "number": "+420…"}]`.
        """
        cls.refuse_faults(**values)
        copies = {"email": primary_of(emails, "address"), "phone": primary_of(phones, "number")}
        contact = super().create(by=by, **copies, **values)
        ContactEmail.objects.add(contact, emails)
        ContactPhone.objects.add(contact, phones)
        return contact

    def write(self, values: dict[str, Any]) -> list[str]:
        """`emails` and `phones`, where given, become the person's lines; see `create`."""
        self.refuse_faults(**values)
        values = dict(values)
        lines = {"emails": ContactEmail, "phones": ContactPhone}
        given = {name: (model, values.pop(name)) for name, model in lines.items() if name in values}
        changed = super().write(values)
        changed_lines = [name for name, (model, rows) in given.items() if model.objects.become(self, rows)]
        if changed_lines:
            self.rows().touch()
        return changed + changed_lines

    @staticmethod
    def refuse_faults(**values: Any) -> None:
        """Raises Refusal for what no person has, whichever door it comes through."""
        for reason in Contact.faults(**values).values():
            raise Refusal(reason)

    @staticmethod
    def faults(**values: Any) -> dict[str, str]:
        """Field -> reason, for what no person has. Only what is given is looked at."""
        if (values.get("linkedin") or HTTPS).startswith(HTTPS):
            return {}
        return {"linkedin": gettext("Start the address with https://")}


@tracked
class ContactTag(TagLink):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="tag_links", db_index=False)


class ContactEvent(EventLink):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="event_links", db_index=False)


class ContactFollower(Follower):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="followers", db_index=False)


@tracked
class ContactViewer(Viewer):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="viewers", db_index=False)


class ContactPulse(Pulse):
    record = WorkspaceOneToOneField(Contact, models.DB_CASCADE, related_name="pulse")


@tracked
class ContactFile(Attachment):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="files")
