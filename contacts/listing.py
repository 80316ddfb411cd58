from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Organization
from records.listing import (
    MERGEABLE,
    Column,
    ColumnFilter,
    Email,
    Followers,
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
    Source,
    Tags,
    Text,
)
from records.models import seen_ids
from workspaces.models import Membership

from .models import Contact, Position


class Organizations(Column):
    """Where the person has positions, the primary one first."""

    kind = "records"

    @cached_property
    def extra(self) -> dict[str, Any]:  # type: ignore[override]
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


class ContactListing(Listing):
    model = Contact
    create_label = _("New person")
    none_yet = _("No people yet. Add one or import a file.")
    none_match = _("No people match.")
    actions = MERGEABLE
    columns = (
        Name(label=pgettext_lazy("person", "Name")),
        Organizations("organization", _("Organization"), keep=True),
        Text("job_title", sort="sort_job_title", wide=True),
        Email("email", sort="sort_email"),
        Phone("phone", width="w-m", wide=True),
        Tags(),
        NextStep(keep=True),
        Owner(),
        LastActivity(optional=True),
        Followers(),
        Source(optional=True),
        Moment("created_at", sort="created_at", optional=True),
    )
    views = (QuickView(_("All people"), ""), QuickView(_("Followed by me"), "followers=me"))
