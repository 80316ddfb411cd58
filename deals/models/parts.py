"""What hangs on a deal in tables of its own: tags, events, followers, files, its pulse and its people."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Role
from organizations.models import Organization
from records.models import Attachment, CustomValue, EventLink, Follower, GroupLink, Pulse, TagLink, Viewer
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel, WorkspaceOneToOneField
from workspaces.tracking import tracked


@tracked
class DealTag(TagLink):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="tag_links", db_index=False)


@tracked
class DealValue(CustomValue):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="custom_values", db_index=False)


@tracked
class DealInGroup(GroupLink):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="group_links", db_index=False)


class DealEvent(EventLink):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="event_links", db_index=False)


class DealFollower(Follower):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="followers", db_index=False)


@tracked
class DealViewer(Viewer):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="viewers", db_index=False)


class DealPulse(Pulse):
    """With what open deals are looked for by together with their pulse: no index spans two tables.

    The copies are empty for what is closed or in the trash; a trigger keeps them.
    """

    record = WorkspaceOneToOneField("deals.Deal", models.DB_CASCADE, related_name="pulse")
    owner_id = models.BigIntegerField(null=True, editable=False)
    stage_id = models.BigIntegerField(null=True, editable=False)
    stage_since = models.DateTimeField(null=True, editable=False)
    expected_close = models.DateField(null=True, editable=False)
    value = models.BigIntegerField(null=True, editable=False)
    #: since when nobody has done anything about it
    idle_since = models.GeneratedField(
        expression=Greatest("stage_since", "last_activity_at"), output_field=models.DateTimeField(), db_persist=True
    )
    #: the transaction that last wrote it, see Stir: here, since who writes a pulse does not hold the deal
    stirred = models.BigIntegerField(default=0, db_default=0, editable=False)

    class Meta(Pulse.Meta):
        indexes: ClassVar = [
            *Pulse.Meta.indexes,
            models.Index(fields=["workspace", "stirred"], name="deals_pulse_recent"),
            models.Index(
                fields=["workspace", "stage_id", "next_activity_at", "record"],
                name="deals_pulse_board",
                condition=models.Q(stage_id__isnull=False),
                include=["idle_since"],
            ),
            models.Index(
                fields=["workspace", "owner_id", "idle_since", "record"],
                name="deals_pulse_idle",
                condition=models.Q(stage_id__isnull=False),
            ),
            models.Index(
                models.F("workspace"),
                models.F("owner_id"),
                models.F("expected_close"),
                models.F("value").desc(nulls_last=True),
                models.F("record"),
                name="deals_pulse_stepless",
                condition=models.Q(stage_id__isnull=False, next_activity_at__isnull=True),
            ),
        ]


@tracked
class DealFile(Attachment):
    record = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="files")


@tracked
class DealContact(WorkspaceModel):
    """A person on a deal, in a role; at most one is its primary contact."""

    part_of = "deal"
    history_found_by = ("contact",)

    deal = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="contact_links", db_index=False)
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
class DealCompetitor(WorkspaceModel):
    """An organization that wants to sell to the same customer."""

    part_of = "deal"
    history_found_by = ("organization",)

    deal = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="competitor_links", db_index=False)
    organization = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="rival_links")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("competitor")
        verbose_name_plural = _("competitors")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "deal", "organization"],
                name="deals_dealcompetitor_once",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("This organization is a competitor on the deal already."),
            ),
        ]


@dataclass(frozen=True)
class Person:
    """A contact on a deal, in a role."""

    contact: Contact
    role: Role | None = None
    is_primary: bool = False


@dataclass(frozen=True)
class Rival:
    """An organization that is a competitor on a deal."""

    organization: Organization
    note: str = ""
