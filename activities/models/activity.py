from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from deals.models import Deal
from organizations.models import Organization
from records.fields import SortKey
from records.models import PRESENT, Attachment, EventLink, Record, TagLink, record_indexes
from workspaces.tracking import tracked
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel

KINDS = {"note": _("Note"), "call": _("Call"), "meeting": _("Meeting"), "task": _("Task")}
OUTCOMES = {
    "connected": _("Connected"),
    "no_answer": _("No answer"),
    "busy": _("Busy"),
    "voicemail": _("Left a message"),
    "wrong_number": _("Wrong number"),
}


@tracked
class Activity(Record):
    """A note, call, meeting or task about contacts, organizations and deals; `owner` is who does it."""

    record_name = "activity"
    namespace = "activities"

    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="task")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("notes"), blank=True, max_length=20_000)
    outcome = models.CharField(_("outcome"), max_length=20, choices=OUTCOMES, blank=True)
    #: when it happened or is planned for; the order of every timeline
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    minutes = models.PositiveIntegerField(_("duration"), null=True, blank=True, help_text=_("In minutes."))
    #: notes are done when they are written; calls, meetings and tasks when somebody says so
    done_at = models.DateTimeField(_("done"), null=True, blank=True, editable=False)
    tags = models.ManyToManyField("records.Tag", through="ActivityTag", related_name="+")
    sort_name = SortKey("subject")

    class Meta(Record.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes: ClassVar = [
            *record_indexes("activity", ["sort_name", "occurred_at", "created_at", "kind"]),
            models.Index(
                fields=["workspace", "owner", "occurred_at", "id"],
                name="activity_open",
                condition=Q(done_at__isnull=True, deleted_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="activity_external_id",
                columns=["workspace_id", "external_id"],
                where=f"external_id <> '' AND {PRESENT}",
            )
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("activities:detail", args=[self.pk])


@tracked
class ActivityTag(TagLink):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="tag_links", db_index=False)


class ActivityEvent(EventLink):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="event_links", db_index=False)


@tracked
class ActivityFile(Attachment):
    record = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="files")


def _timeline(column: str) -> models.Index:
    return models.Index(
        "workspace",
        column,
        F("occurred_at").desc(),
        F("id").desc(),
        name=f"activity_link_{column}",
        condition=Q(**{f"{column}__isnull": False}),
    )


@tracked
class ActivityLink(WorkspaceModel):
    """What an activity is about: exactly one contact, organization or deal a row. The time is the activity's own,
    copied, so that a timeline is one walk down an index."""

    activity = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="links")
    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, null=True, related_name="activity_links", db_index=False)
    organization = WorkspaceForeignKey(
        Organization, models.DB_CASCADE, null=True, related_name="activity_links", db_index=False
    )
    deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, null=True, related_name="activity_links", db_index=False)
    occurred_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [_timeline("contact"), _timeline("organization"), _timeline("deal")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="activities_link_one",
                condition=Q(contact__isnull=False, organization__isnull=True, deal__isnull=True)
                | Q(contact__isnull=True, organization__isnull=False, deal__isnull=True)
                | Q(contact__isnull=True, organization__isnull=True, deal__isnull=False),
            )
        ]
