from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.fields import SortKey
from records.models import PRESENT, Attachment, EventLink, Pulse, Record, TagLink, record_indexes
from workspaces.tracking import tracked
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceOneToOneField


@tracked
class Organization(Record):
    """A company that the workspace's team works with."""

    record_name = "organization"
    namespace = "organizations"

    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    location = models.CharField(_("location"), max_length=120, blank=True)
    year_established = models.PositiveSmallIntegerField(_("year established"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    #: minor units of `currency`
    revenue = models.BigIntegerField(_("revenue"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    parent = WorkspaceForeignKey(
        "self",
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent organization"),
    )
    tags = models.ManyToManyField("records.Tag", through="OrganizationTag", related_name="+")
    sort_name = SortKey("name")
    sort_sector = SortKey("sector")
    sort_location = SortKey("location")

    class Meta(Record.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes: ClassVar = [
            *record_indexes("org", ["sort_name", "created_at", "sort_sector", "sort_location", "employees", "revenue"]),
            models.Index(fields=["workspace", "owner", "sort_name", "id"], name="org_owner"),
        ]
        constraints: ClassVar = [
            ExclusionRule(
                name="organization_external_id",
                columns=["workspace_id", "external_id"],
                where=f"external_id <> '' AND {PRESENT}",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organizations:detail", args=[self.pk])


@tracked
class OrganizationTag(TagLink):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="tag_links", db_index=False)


class OrganizationEvent(EventLink):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="event_links", db_index=False)


class OrganizationPulse(Pulse):
    record = WorkspaceOneToOneField(Organization, models.DB_CASCADE, related_name="pulse")


@tracked
class OrganizationFile(Attachment):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="files")
