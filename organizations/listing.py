from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.listing import (
    MERGEABLE,
    NOBODYS,
    Choice,
    ColumnFilter,
    Dates,
    Direction,
    Followers,
    Groups,
    Language,
    LastActivity,
    Listing,
    Moment,
    Money,
    Name,
    NextStep,
    Number,
    Owner,
    Phone,
    QuickView,
    RecordLink,
    Relation,
    Source,
    Tags,
    Text,
    Web,
    address_columns,
    relate,
)
from records.listing.exact import ExactFilter
from records.listing.filters import PrefixFilter

from .duplicates import domain, tax_key
from .models import Organization


class DomainFilter(PrefixFilter):
    """Websites whose domain begins so, whatever else of the address was typed."""

    def condition(self, value: str) -> Q:
        return super().condition(domain(value))


class Website(Web):
    """Sorted and found by the domain."""

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: DomainFilter(self.sort, label=_("Begins with"))}

    def further_filters(self) -> dict[str, ColumnFilter]:
        return {}


class TaxIdFilter(ExactFilter):
    """Tax ids by their letters and digits alone."""

    def condition(self, value: list[str]) -> Q:
        return super().condition([tax_key(one) for one in value])


class TaxId(Text):
    def further_filters(self) -> dict[str, ColumnFilter]:
        return {f"{self.name}_exact": TaxIdFilter("tax_key", folded=False)}


class OrganizationListing(Listing):
    model = Organization
    create_label = _("New organization")
    none_yet = _("No organizations yet. Add one or import a file.")
    none_match = _("No organizations match.")
    actions = MERGEABLE
    columns = (
        Name(),
        Text("sector", sort="sort_sector", keep=True),
        Text("location", sort="sort_location", optional=True),
        Number("employees", sort="employees", width="w-m"),
        Money("revenue", sort="revenue", wide=True),
        Choice("customer_status", sort="customer_status", width="w-m", wide=True),
        Tags(wide=True),
        NextStep(keep=True),
        Owner(),
        Choice("relation", width="w-m", optional=True),
        Text("segment", sort="sort_segment", optional=True),
        *address_columns(),
        Website("website", sort="domain", optional=True),
        TaxId("tax_id", optional=True),
        Text("registration_id", optional=True),
        Phone("phone", optional=True),
        Number("year_established", grouped=False, width="w-m", optional=True),
        RecordLink("parent", optional=True),
        Language("language", optional=True),
        Dates(optional=True),
        LastActivity(optional=True),
        Followers(),
        Groups(),
        Source(optional=True),
        Direction(width="w-m", optional=True),
        Moment("created_at", sort="created_at", optional=True),
        Moment("updated_at", filter=False, optional=True),
        Text("external_id", optional=True),
    )
    views = (QuickView(_("All organizations"), ""), QuickView(_("Followed by me"), "followers=me"), NOBODYS)


relate(
    "organization",
    Relation(
        "parent",
        "organization",
        {"pk": "parent_id"},
        _("Has a parent organization"),
        _("Has no parent organization"),
    ),
    Relation(
        "children",
        "organization",
        {"parent": "pk"},
        _("Has an organization below"),
        _("Has no organization below"),
    ),
)
