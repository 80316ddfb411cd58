from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Role
from organizations.models import Organization
from records.fields import SortKey
from records.models import PRESENT, Attachment, EventLink, Pulse, Record, TagLink, record_indexes
from workspaces.tracking import tracked
from workspaces.models import Membership
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel, WorkspaceOneToOneField

from .pipeline import Pipeline, Stage

STATUSES = {"open": _("Open"), "won": _("Won"), "lost": _("Lost"), "abandoned": _("Abandoned")}


@tracked
class Deal(Record):
    """A sale that may happen: so much, with whom, how far, until when."""

    record_name = "deal"
    namespace = "deals"

    name = models.CharField(_("name"), max_length=200)
    pipeline = WorkspaceForeignKey(
        Pipeline, models.DO_NOTHING, related_name="deals", db_index=False, verbose_name=_("pipeline")
    )
    stage = WorkspaceForeignKey(Stage, models.DO_NOTHING, related_name="deals", db_index=False, verbose_name=_("stage"))
    rank = models.CharField(max_length=60, db_collation="C", default="V", editable=False)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default="open", editable=False)
    #: minor units of `currency`; empty while nobody knows
    value = models.BigIntegerField(_("value"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    expected_close = models.DateField(_("expected close"), null=True, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    close_reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    organization = WorkspaceForeignKey(
        Organization,
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("organization"),
    )
    contacts = models.ManyToManyField(Contact, through="DealContact", related_name="+")
    tags = models.ManyToManyField("records.Tag", through="DealTag", related_name="+")
    sort_name = SortKey("name")

    class Meta(Record.Meta):
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        indexes: ClassVar = [
            *record_indexes("deal", ["sort_name", "created_at", "value", "expected_close", "closed_on", "status"]),
            models.Index(fields=["workspace", "owner", "sort_name", "id"], name="deal_owner"),
            models.Index(
                fields=["workspace", "stage", "rank", "id"],
                name="deal_board",
                condition=models.Q(status="open", deleted_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="deal_external_id",
                columns=["workspace_id", "external_id"],
                where=f"external_id <> '' AND {PRESENT}",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("deals:detail", args=[self.pk])


@tracked
class DealTag(TagLink):
    record = WorkspaceForeignKey(Deal, models.DB_CASCADE, related_name="tag_links", db_index=False)


class DealEvent(EventLink):
    record = WorkspaceForeignKey(Deal, models.DB_CASCADE, related_name="event_links", db_index=False)


class DealPulse(Pulse):
    record = WorkspaceOneToOneField(Deal, models.DB_CASCADE, related_name="pulse")


@tracked
class DealFile(Attachment):
    record = WorkspaceForeignKey(Deal, models.DB_CASCADE, related_name="files")


@tracked
class DealContact(WorkspaceModel):
    """A person on a deal, in a role; at most one is its primary contact."""

    deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, related_name="contact_links", db_index=False)
    contact = WorkspaceForeignKey(Contact, models.DB_CASCADE, related_name="deal_links")
    role = WorkspaceForeignKey(
        Role, models.DB_SET_NULL, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("role")
    )
    is_primary = models.BooleanField(_("primary contact"), default=False)

    class Meta:
        ordering = ("-is_primary", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "deal", "contact"],
                name="deals_dealcontact_once",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("This person is on the deal already."),
            ),
            ExclusionRule(name="deals_dealcontact_primary", columns=["workspace_id", "deal_id"], where="is_primary"),
        ]


@tracked
class StageChange(WorkspaceModel):
    """A deal left a stage, or was closed or opened again: who, when, and how long it had stayed."""

    deal = WorkspaceForeignKey(Deal, models.DB_CASCADE, related_name="stage_changes")
    from_stage = WorkspaceForeignKey(Stage, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    to_stage = WorkspaceForeignKey(Stage, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    from_status = models.CharField(max_length=10, choices=STATUSES)
    to_status = models.CharField(max_length=10, choices=STATUSES)
    changed_at = models.DateTimeField()
    changed_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    stayed = models.DurationField(help_text=_("How long the deal was in the stage that it left."))

    class Meta:
        ordering = ("changed_at", "id")
