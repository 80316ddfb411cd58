from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat, JSONArray, Trim
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from records.fields import DayKey, SortKey
from records.models import (
    PRESENT,
    Attachment,
    CustomValue,
    EventLink,
    Follower,
    GroupLink,
    Party,
    Pulse,
    Record,
    ReminderDays,
    TagLink,
    Viewer,
    primary_of,
    record_indexes,
    seen_ids,
)
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceOneToOneField
from workspaces.tracking import tracked

from .address import ContactEmail, ContactPhone

if TYPE_CHECKING:
    from .past_position import PastPosition
    from .position import Position

HTTPS = "https://"
#: by which way a person wants to be reached
CHANNELS = {
    "email": _("E-mail"),
    "phone": _("Phone"),
    "whatsapp": _("WhatsApp"),
    "meeting": _("Meeting"),
    "letter": pgettext_lazy("way to reach somebody", "Letter"),
}


@tracked
class Contact(Party):
    """A person; may hold positions at several organizations, or at none."""

    record_name = "contact"
    namespace = "contacts"
    found_by = ("known_emails", "known_phones", "job_title")
    found_through = ("positions__organization",)
    copies = ("email", "phone")
    lines = ("emails", "phones", *Party.lines)
    inseparable = (*Record.inseparable, ("hours_from", "hours_to"))

    title_prefix = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    linkedin = models.URLField(_("LinkedIn"), blank=True)
    #: with the year `core.yearly.UNKNOWN_YEAR` where nobody knows that
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    birthday_reminder = ReminderDays()
    #: how, and from when to when, the person likes to be reached; the hours are those of its own clock
    channel = models.CharField(_("preferred channel"), max_length=10, choices=CHANNELS, blank=True)
    hours_from = models.TimeField(_("reachable from"), null=True, blank=True)
    hours_to = models.TimeField(_("reachable until"), null=True, blank=True)
    style = models.CharField(_("communication style"), max_length=200, blank=True)
    interests = models.CharField(_("interests"), max_length=300, blank=True)
    #: copies of the primary e-mail and phone, kept by triggers on their tables, for lists and search
    email = models.CharField(_("e-mail"), max_length=254, blank=True, editable=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True, editable=False)
    tags = models.ManyToManyField("records.Tag", through="ContactTag", related_name="+")
    sort_name = SortKey("last_name", "first_name")
    sort_job_title = SortKey("job_title")
    sort_email = SortKey("email")
    birthday_key = DayKey("birthday")
    #: job title, organization and its id, from `with_hints()`
    first_position: tuple[str, str, int] | None = None
    #: all addresses and numbers, from `with_reasons()`
    known_emails: list[str]
    known_phones: list[str]

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes: ClassVar = [
            *record_indexes(
                "contact",
                ["sort_name", "created_at", "sort_email", "sort_job_title", "customer_status", "birthday_key"],
            ),
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
    def title_expression(cls) -> Any:
        return Trim(Concat("first_name", Value(" "), "last_name"))

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
    def shown_positions(self) -> "tuple[list[Position], list[PastPosition]]":
        """Where the person works, the oldest first, with roles and some colleagues, and where it did; one query a
        page."""
        from .position import Position

        return Position.shown_for(self)

    @property
    def current_positions(self) -> "list[Position]":
        return self.shown_positions[0]

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    def create(cls, *, by: Actor, **values: Any) -> Self:
        """Make a person with addresses and numbers. Raises NotAllowed, and Refusal for what no person has.

        `emails=[{"kind": "work", "address": "…", "is_primary": True}]`,
        `phones=[{"kind": "mobile", "number": "+420…"}]`, `addresses` and `dates` likewise.
        """
        copies = {"email": primary_of(values.get("emails", ()), "address")}
        copies["phone"] = primary_of(values.get("phones", ()), "number")
        return super().create(by=by, **copies, **values)

    @classmethod
    def faults(cls, record: Self | None = None, /, **values: Any) -> dict[str, str]:
        found = super().faults(record, **values)
        if not (values.get("linkedin") or HTTPS).startswith(HTTPS):
            found["linkedin"] = gettext("Start the address with https://")
        return found


@tracked
class ContactTag(TagLink):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="tag_links", db_index=False)


@tracked
class ContactValue(CustomValue):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="custom_values", db_index=False)


@tracked
class ContactInGroup(GroupLink):
    record = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="group_links", db_index=False)


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
