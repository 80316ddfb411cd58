"""What a file of organizations can fill."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import sort_name
from organizations import ids
from organizations.models import RELATIONS, Organization, OrganizationAddress
from records.models import country_of
from transfers.batches import Batch
from transfers.kinds import Choice, Integer, Money, Phone, Text, Url
from transfers.models import ImportLink, ImportRefusal
from transfers.party_target import PARTY, PartyTarget
from transfers.record_target import EXTERNAL_ID, OWNER, SOURCE, TAGS, RecordTarget
from transfers.references import Missing, RecordReference
from transfers.staging import Staging, draw_ids
from transfers.targets import Counts, Field, register
from workspaces.models import Membership
from workspaces.refusals import NotAllowed


@register
class OrganizationImport(PartyTarget):
    """A row is an organization. Its parent may come later in the file."""

    record = "organization"
    model = Organization
    label = gettext_lazy("Organizations")
    keys = ("external_id", "name")
    fields = (
        Field(
            "name",
            gettext_lazy("Name"),
            Text(200),
            "name",
            "account, account name, company, company name, organization name, customer, client",
            required=True,
        ),
        Field("sector", gettext_lazy("Sector"), Text(80, fixable=True), "sector", "industry, branch"),
        Field("website", gettext_lazy("Website"), Url(), "website", "web, url, homepage, domain"),
        Field(
            "tax_id", gettext_lazy("Tax id"), Text(40), "tax_id", "vat, vat id, vat number, cnpj, dič, piva, nip, cuit"
        ),
        Field("phone", gettext_lazy("Phone"), Phone(), "phone", "telephone, tel, phone number"),
        Field(
            "location",
            gettext_lazy("Location"),
            Text(120, fixable=True),
            "location",
            "office location, headquarters",
        ),
        Field(
            "year_established",
            gettext_lazy("Year established"),
            Integer(0, 9999),
            "year_established",
            "founded, established, year founded",
        ),
        Field(
            "employees",
            gettext_lazy("Employees"),
            Integer(),
            "employees",
            "number of employees, staff, headcount, size",
        ),
        Field("revenue", gettext_lazy("Revenue"), Money(), "revenue", "annual revenue, turnover, sales"),
        Field("revenue_millions", gettext_lazy("Revenue, in millions"), Money(scale=6), aliases="revenue mn"),
        Field(
            "parent",
            gettext_lazy("Parent organization"),
            Text(200),
            aliases="subsidiary of, parent, parent account, parent company, belongs to",
        ),
        Field(
            "registration_id",
            gettext_lazy("Registration id"),
            Text(40),
            "registration_id",
            "registration number, company number, ičo, regon, siren",
        ),
        Field("relation", gettext_lazy("Company type"), Choice(RELATIONS), "relation", "type, account type"),
        Field("segment", gettext_lazy("Segment"), Text(60, fixable=True), "segment", "market segment"),
        *PARTY,
        OWNER,
        SOURCE,
        TAGS,
        EXTERNAL_ID,
    )

    def gate(self, batch: Batch) -> None:
        super().gate(batch)
        self.refuse_wrong_ids(batch)

    def refuse_wrong_ids(self, batch: Batch) -> None:
        """Ids that can't be right in the country of the row's address, else of the address that is known already."""
        mapped = [kind for kind in ids.KINDS if kind in self.mapped]
        if not mapped:
            return
        old: dict[int, list[dict[str, Any]]] = {}
        matched = [batch.ids[row] for row in batch.left() if row in batch.matched]
        for address in OrganizationAddress.objects.filter(record__in=matched).values("record_id", "kind", "country"):
            old.setdefault(address["record_id"], []).append(dict(address))
        columns = {kind: batch.column(kind) for kind in mapped}
        for row in batch.left():
            addresses = batch.derived["addresses"][row] or old.get(batch.ids[row], [])
            country = country_of(addresses) or self.how.region
            for kind, texts in columns.items():
                if fault := ids.verdict(kind, texts[row] or "", country).fault:
                    batch.refuse(row, fault, kind)

    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        columns = super().columns(batch)
        amounts = batch.column("revenue") if "revenue" in self.mapped else batch.column("revenue_millions")
        columns["revenue"] = amounts
        columns["currency"] = [None if amount is None else self.how.currency for amount in amounts]
        return columns

    def plain_columns(self) -> list[str]:
        return list(dict.fromkeys([*super().plain_columns(), "revenue", "currency"]))

    def write_parts(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        parents = batch.column("parent")
        ImportLink.objects.bulk_create(
            ImportLink(
                run=self.run, line=batch.lines[row], cells=batch.cells[row], record_id=batch.ids[row], name=parents[row]
            )
            for row in rows
            if parents[row]
        )
        return super().write_parts(batch, rows, new)

    # --- parents ----------------------------------------------------------------------------------------------------
    def finish(self) -> None:
        """Every row is in: now each parent can be found by its name."""
        links = list(self.run.links.order_by("line"))
        if not links:
            return
        kind = RecordReference(Organization)
        found = kind.find({link.name for link in links}, self.member)
        parents = dict(Organization.objects.exclude(parent=None).values_list("pk", "parent_id"))
        wanted: dict[int, int] = {}
        for link in links:
            parent = found[link.name]
            if not isinstance(parent, int):
                self.complain(link, str(parent))
            elif makes_loop(parents, link.record_id, parent):
                self.complain(link, _("It would be its own parent, directly or in a circle."))
            else:
                parents[link.record_id] = wanted[link.record_id] = parent
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE organizations_organization AS child SET parent_id = new.parent_id"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS new (id, parent_id)"
                " WHERE child.id = new.id AND child.parent_id IS DISTINCT FROM new.parent_id",
                [list(wanted), list(wanted.values())],
            )
        self.run.links.all().delete()

    def complain(self, link: ImportLink, why: str) -> None:
        """The organization is in, its parent is not."""
        reason = f"{self.field('parent').label}: {why}"
        ImportRefusal.objects.create(run=self.run, line=link.line, cells=link.cells, reason=reason, taken=True)


def makes_loop(parents: dict[int, int], child: int, parent: int) -> bool:
    """Would the child be above itself with this parent? `parents` holds the family as it is, child -> parent."""
    above: int | None = parent
    passed: set[int] = set()
    while above is not None and above not in passed:
        if above == child:
            return True
        passed.add(above)
        above = parents.get(above)
    return False


# --- for the files of other rooms ------------------------------------------------------------------------------------

ORGANIZATION = Field(
    "organization",
    gettext_lazy("Organization"),
    RecordReference(Organization),
    aliases="account, account name, company, company name, organization name, customer, client, employer",
)
WHEN_MISSING = {
    "create": gettext_lazy("Create it"),
    "refuse": gettext_lazy("Refuse the row"),
    "empty": gettext_lazy("Leave the field empty"),
}


class NamesOrganizations(RecordTarget):
    """A target whose rows name organizations, some of which may not exist yet."""

    @classmethod
    def option_fields(cls, member: Membership) -> dict[str, forms.Field]:
        choices = [(key, label) for key, label in WHEN_MISSING.items() if cls.may_choose(member, key)]
        missing = forms.ChoiceField(label=gettext_lazy("An organization that is not found"), choices=choices)
        return super().option_fields(member) | {"missing": missing}

    def suggested_options(self, values: Mapping[str, Collection[str]]) -> dict[str, Any]:
        return {"missing": next(key for key in WHEN_MISSING if self.may_choose(self.member, key))}

    @staticmethod
    def may_choose(member: Membership, key: str) -> bool:
        return key != "create" or member.may("organization", "create")

    def find(self, field: Field, names: Collection[str]) -> dict[Any, Any]:
        found = super().find(field, names)
        missing = [name for name, value in found.items() if isinstance(value, Missing)]
        choice = self.options.get("missing")
        if field.name != "organization" or not missing or choice not in ("create", "empty"):
            return found
        return found | dict.fromkeys(missing)

    def write(self, batch: Batch) -> Counts:
        if self.options.get("missing") == "create":
            self.fill_in_missing(batch)
        return super().write(batch)

    def fill_in_missing(self, batch: Batch) -> None:
        """Make the organizations of the rows that come in; those that only a refused row names are not made."""
        ids, names = batch.column("organization"), batch.names.get("organization", [])
        missing = {row: name for row in batch.left() if names and (name := names[row]) is not None and ids[row] is None}
        if not missing:
            return
        wanted = list(dict.fromkeys(missing.values()))
        made = self.make_organizations(wanted)
        for row, name in missing.items():
            ids[row] = made[name]

    def make_organizations(self, names: list[str]) -> dict[str, int]:
        """The ids of organizations that the file names and nobody knows; they go to the owner whom new records get."""
        if not self.may_choose(self.member, "create"):
            raise NotAllowed(_("Your role does not allow this."))
        first: dict[str, str] = {}
        for name in names:
            first.setdefault(sort_name(name), name)  # "ACME" and "Acme" are one
        wanted = list(first.values())
        ids = draw_ids(Organization, len(wanted))
        staging = Staging(Organization, ["name"])
        staging.fill((place, pk, True, name) for place, (pk, name) in enumerate(zip(ids, wanted, strict=True)))
        staging.insert(owner_id=self.options.get("owner"), created_by_id=self.member.pk)
        self.tell(Organization, ids)
        made = dict(zip(first, ids, strict=True))
        return {name: made[sort_name(name)] for name in names}
