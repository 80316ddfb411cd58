from django.utils.translation import gettext_lazy as _

from records.listing import (
    MERGEABLE,
    NOBODYS,
    Choice,
    Direction,
    Followers,
    Groups,
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
    address_columns,
    relate,
)

from .models import Organization


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
        Text("tax_id", filter=False, optional=True),
        Text("registration_id", filter=False, optional=True),
        Phone("phone", optional=True),
        Number("year_established", grouped=False, width="w-m", optional=True),
        RecordLink("parent", optional=True),
        LastActivity(optional=True),
        Followers(),
        Groups(),
        Source(optional=True),
        Direction(width="w-m", optional=True),
        Moment("created_at", sort="created_at", optional=True),
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
