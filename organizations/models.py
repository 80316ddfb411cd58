from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.formats import number
from core.money import Money
from records.fields import SortKey
from records.models import (
    PRESENT,
    Address,
    Attachment,
    CustomValue,
    EventLink,
    Follower,
    GroupLink,
    ImportantDate,
    Party,
    Pulse,
    Record,
    Refusal,
    TagLink,
    Viewer,
    country_of,
    record_indexes,
)
from workspaces.models import Workspace
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceOneToOneField
from workspaces.tracking import tracked

from . import ids
from .parents import line_of, loop_message
from .queryset import OrganizationQuerySet

#: what an organization is to the workspace
RELATIONS = {
    "customer": pgettext_lazy("company type", "Customer"),
    "partner": pgettext_lazy("company type", "Partner"),
    "supplier": pgettext_lazy("company type", "Supplier"),
    "competitor": pgettext_lazy("company type", "Competitor"),
    "other": pgettext_lazy("company type", "Other"),
}

#: what follows a company's name in the register, without accents
LEGAL_FORMS = (
    "ab|ag|aps|as|a[.]s|bv|b[.]v|co|company|corp|corporation|gmbh|inc|incorporated|kft|kg|lda|llc|llp|ltd|ltda|limited|nv"
    "|n[.]v|oy|plc|pte|pty|sa|s[.]a|sarl|sas|spa|s[.]p[.]a|srl|s[.]r[.]l|s[.]?r[.]?o|spol[.]? s r[.]?o|sp[.]? z ?o[.]?o"
)


def replaced(text: Any, pattern: str, by: str = "", flags: str = "") -> Func:
    """SQL: the text with what the pattern matches replaced."""
    return Func(text, Value(pattern), Value(by), Value(flags), function="regexp_replace")


@tracked
class Organization(Party):
    """A company that the workspace's team works with."""

    record_name = "organization"
    namespace = "organizations"
    found_by = ("website", "phone", "sector", "external_id")
    history_found_by = ("parent",)
    inseparable = (*Record.inseparable, ("revenue", "currency"))

    name = models.CharField(gettext_lazy("name"), max_length=200)
    sector = models.CharField(gettext_lazy("sector"), max_length=80, blank=True)
    website = models.URLField(gettext_lazy("website"), blank=True)
    #: of the tax office, as it was written: CNPJ, DIČ, partita IVA, NIP, CUIT …
    tax_id = models.CharField(gettext_lazy("tax id"), max_length=40, blank=True)
    #: of the companies' register: IČO, REGON, SIREN …
    registration_id = models.CharField(gettext_lazy("registration id"), max_length=40, blank=True)
    relation = models.CharField(gettext_lazy("company type"), max_length=10, choices=RELATIONS, blank=True)
    segment = models.CharField(gettext_lazy("segment"), max_length=60, blank=True)
    phone = models.CharField(gettext_lazy("phone"), max_length=20, blank=True)
    location = models.CharField(gettext_lazy("location"), max_length=120, blank=True)
    year_established = models.PositiveSmallIntegerField(gettext_lazy("year established"), null=True, blank=True)
    employees = models.PositiveIntegerField(gettext_lazy("employees"), null=True, blank=True)
    #: minor units of `currency`
    revenue = models.BigIntegerField(gettext_lazy("revenue"), null=True, blank=True)
    currency = models.CharField(gettext_lazy("currency"), max_length=3, blank=True)
    parent = WorkspaceForeignKey(
        "self",
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=gettext_lazy("parent organization"),
    )
    tags = models.ManyToManyField("records.Tag", through="OrganizationTag", related_name="+")
    sort_name = SortKey("name")
    sort_sector = SortKey("sector")
    sort_location = SortKey("location")
    sort_segment = SortKey("segment")
    #: "northwind.example" of its website, its tax id and its name by letters and digits alone, the latter without the
    #: legal form: what tells that two organizations may be one
    domain = models.GeneratedField(
        expression=Lower(replaced(F("website"), "^[a-z]+://(www[.])?([^/:?#]*).*$", r"\2", "i")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    tax_key = models.GeneratedField(
        expression=Lower(replaced(F("tax_id"), "[^A-Za-z0-9]+", flags="g")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    name_key = models.GeneratedField(
        expression=replaced(
            replaced(Func(F("name"), function="records_sort_key"), f"([ ,.&]+({LEGAL_FORMS})[.]?)+$"),
            r"[\x01-/:-`{-\x7f]+",
            flags="g",
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects: ClassVar = OrganizationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("organization")
        verbose_name_plural = gettext_lazy("organizations")
        indexes: ClassVar = [
            *record_indexes(
                "org",
                [
                    "sort_name",
                    "created_at",
                    "sort_sector",
                    "sort_location",
                    "sort_segment",
                    "customer_status",
                    "employees",
                    "revenue",
                    "domain",
                    "tax_key",
                    "name_key",
                ],
            ),
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

    @property
    def hint(self) -> str:
        return self.location or self.sector

    @property
    def summary(self) -> str:
        """What it is in a line: "Haulage, 210 people, Leeds"."""
        staff = ""
        if self.employees:
            words = ngettext("%(count)s person", "%(count)s people", self.employees)
            staff = words % {"count": number(self.employees)}
        parts = (self.sector, staff, self.location)
        return ", ".join(part for part in parts if part)

    @property
    def worth(self) -> Money | None:
        """The revenue with its currency."""
        return None if self.revenue is None else Money(self.revenue, self.currency)

    @cached_property
    def has_children(self) -> bool:
        """Do others belong to it?"""
        return self.children.present().exists()

    def is_above(self, other: "Organization") -> bool:
        """Is this organization `other` itself or a parent of it, however far up?"""
        return self.rows().filter(pk__in=line_of(other)).exists()

    @classmethod
    def verdicts(cls, record: "Organization | None", values: Mapping[str, Any]) -> dict[str, ids.Verdict]:
        """What the country's rules say of the ids in `values` that are new: that of the first address for bills, else
        of any; without an address that of the workspace."""
        given = {kind: values[kind] for kind in ids.KINDS if values.get(kind)}
        new = {kind: text for kind, text in given.items() if record is None or getattr(record, kind) != text}
        if not new:
            return {}
        addresses = values.get("addresses")
        if addresses is None and record:
            addresses = list(record.addresses.order_by("pk").values("kind", "country"))
        country = country_of(addresses or ()) or Workspace.current().country
        return {kind: ids.verdict(kind, text, country) for kind, text in new.items()}

    @classmethod
    def faults(cls, record: "Organization | None" = None, /, **values: Any) -> dict[str, str]:
        found = {name: verdict.fault for name, verdict in cls.verdicts(record, values).items() if verdict.fault}
        return super().faults(record, **values) | found

    @classmethod
    def merge_faults(cls, records: Sequence["Organization"], values: Mapping[str, Any]) -> dict[str, str]:
        """A parent that is merged itself, or lies below one that is, would come to stand below itself."""
        wanted = values.get("parent")
        parent = cls.objects.filter(pk=wanted).first() if wanted else None
        below = next((record for record in records if parent and record.is_above(parent)), None)
        return {"parent": loop_message(below, parent)} if below and parent else {}

    def write(self, values: dict[str, Any]) -> list[str]:
        """Raises Refusal where the new parent is below this organization."""
        parent = values.get("parent")
        if parent and self.is_above(parent):
            raise Refusal(loop_message(self, parent))
        return super().write(values)


@tracked
class OrganizationTag(TagLink):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="tag_links", db_index=False)


@tracked
class OrganizationValue(CustomValue):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="custom_values", db_index=False)


@tracked
class OrganizationInGroup(GroupLink):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="group_links", db_index=False)


class OrganizationEvent(EventLink):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="event_links", db_index=False)


class OrganizationFollower(Follower):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="followers", db_index=False)


@tracked
class OrganizationViewer(Viewer):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="viewers", db_index=False)


class OrganizationPulse(Pulse):
    record = WorkspaceOneToOneField(Organization, models.DB_CASCADE, related_name="pulse")


@tracked
class OrganizationFile(Attachment):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="files")


@tracked
class OrganizationAddress(Address):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="addresses")

    class Meta(Address.Meta):
        pass


@tracked
class OrganizationDate(ImportantDate):
    record = WorkspaceForeignKey(Organization, models.DB_CASCADE, related_name="dates")

    class Meta(ImportantDate.Meta):
        pass
