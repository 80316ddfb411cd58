from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import phones, yearly
from organizations.models import Organization
from records.listing import (
    MERGEABLE,
    NOBODYS,
    Choice,
    Column,
    ColumnFilter,
    Dates,
    Direction,
    Email,
    Followers,
    Groups,
    Language,
    LastActivity,
    LinkedRecordFilter,
    Listing,
    Look,
    Moment,
    Name,
    NextStep,
    Owner,
    Phone,
    QuickView,
    Relation,
    SoonFilter,
    Source,
    Tags,
    Text,
    Web,
    address_columns,
    relate,
)
from records.models import seen_ids
from records.pages.values import value_html
from workspaces.models import Membership

from .card_panel import Cards
from .models import Contact, ContactPhone, Position
from .models.position import PositionRole
from .pages import preference


class Organizations(Column):
    """Where the person has positions, the primary one first."""

    kind = "records"

    @cached_property
    def extra(self) -> dict[str, Any]:
        positions = Position.objects.filter(contact=OuterRef("pk"), organization__deleted_at__isnull=True)
        found = positions.order_by("-is_primary", "pk").values(
            json=JSONObject(pk="organization_id", name="organization__name")
        )
        return {"organization_list": ArraySubquery(found)}

    def value(self, row: Any) -> list[str]:
        return [organization["name"] for organization in row.organization_list]

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(self.value(row))

    def html(self, row: Any, look: Look) -> str:
        return ", ".join(look.link(Organization, found["pk"], found["name"]) for found in row.organization_list)

    def conceal(self, rows: Sequence[Any], membership: Membership) -> None:
        seen = seen_ids(Organization, {one["pk"] for row in rows for one in row.organization_list}, membership)
        for row in rows:
            row.organization_list = [one for one in row.organization_list if one["pk"] in seen]

    def export(self, row: Any) -> str:
        return "; ".join(self.value(row))

    def filters(self) -> dict[str, ColumnFilter]:
        link = LinkedRecordFilter(
            Position, back="contact", to="organization", model=Organization, label=self.lazy_label
        )
        return {self.name: link}


class WhatsApp(Text):
    """The number for WhatsApp, as a way into the chat."""

    kind = "phone"

    def __init__(self, **options: Any):
        super().__init__("whatsapp", _("WhatsApp"), filter=False, **options)
        numbers = ContactPhone.objects.filter(contact=OuterRef("pk"), kind="whatsapp").order_by("-is_primary", "pk")
        self.extra = {"whatsapp": Coalesce(Subquery(numbers.values("number")[:1]), Value(""))}

    def text(self, row: Any, look: Look) -> str:
        return phones.local(row.whatsapp, look.country) if row.whatsapp else ""

    def html(self, row: Any, look: Look) -> str:
        return value_html("whatsapp", row.whatsapp, look) if row.whatsapp else ""


class Birthday(Column):
    """The birthday; sorted by the day in the year."""

    kind = "date"
    width = "w-m"

    def __init__(self, **options: Any):
        super().__init__("birthday", sort="birthday_key", **options)

    def text(self, row: Any, look: Look) -> str:
        return yearly.day_in_words(row.birthday) if row.birthday else ""

    def export(self, row: Any) -> str:
        return yearly.iso(row.birthday) if row.birthday else ""

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: SoonFilter("birthday_key", label=self.lazy_label)}


class Preference(Choice):
    """How and when the person likes to be reached."""

    def text(self, row: Any, look: Look) -> str:
        return preference(row)


class ContactListing(Listing):
    model = Contact
    create_label = _("New person")
    none_yet = _("No people yet. Add one or import a file.")
    none_match = _("No people match.")
    actions = (*MERGEABLE[:-1], Cards(), MERGEABLE[-1])
    columns = (
        Name(label=pgettext_lazy("person", "Name")),
        Organizations("organization", _("Organization"), keep=True),
        Text("job_title", sort="sort_job_title", wide=True),
        Email("email", sort="sort_email", fact="emails"),
        Phone("phone", width="w-m", wide=True, fact="phones"),
        Choice("customer_status", sort="customer_status", width="w-m", optional=True),
        Tags(),
        NextStep(keep=True),
        Owner(),
        WhatsApp(width="w-m", optional=True),
        *address_columns(),
        Birthday(optional=True),
        Dates(optional=True),
        Preference("channel", _("Prefers"), width="w-m", optional=True),
        Language("language", optional=True),
        Text("style", _("Style"), optional=True),
        Text("interests", optional=True),
        Web("linkedin", optional=True),
        LastActivity(optional=True),
        Followers(),
        Groups(),
        Source(optional=True),
        Direction(width="w-m", optional=True),
        Moment("created_at", sort="created_at", optional=True),
        Moment("updated_at", filter=False, optional=True),
        Text("external_id", optional=True),
    )
    views = (QuickView(_("All people"), ""), QuickView(_("Followed by me"), "followers=me"), NOBODYS)


relate(
    "contact",
    Relation(
        "organization", "organization", {"positions__contact": "pk"}, _("Has an organization"), _("Has no organization")
    ),
)


class Deciding(Relation):
    """People in a role that decides, at the very organization that is asked of."""

    def condition(self, related: QuerySet, wanted: Q) -> Q:
        held = PositionRole.objects.filter(position__organization=OuterRef("pk"), role__decides=True)
        return Q(Exists(held.filter(position__contact__in=related.filter(wanted))))


relate(
    "organization",
    Relation("people", "contact", {"positions__organization": "pk"}, _("Has a person"), _("Has no person")),
    Deciding("deciders", "contact", {}, _("Has a decision maker"), _("Has no decision maker")),
)
