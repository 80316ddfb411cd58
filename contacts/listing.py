from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from records.listing import (
    Column,
    Email,
    LastActivity,
    LinkedRecordFilter,
    Listing,
    Look,
    Moment,
    Name,
    NextStep,
    Owner,
    Phone,
    Source,
    Tags,
    Text,
    record_link,
)

from .models import Contact, Position


class Organizations(Column):
    """Where the person has positions, the primary one first."""

    kind = "records"

    def value(self, row: Contact) -> list[Organization]:
        return [position.organization for position in row.positions.all()]

    def text(self, row: Contact, look: Look) -> str:
        return ", ".join(organization.name for organization in self.value(row))

    def html(self, row: Contact, look: Look) -> str:
        return ", ".join(record_link(organization, look) for organization in self.value(row))

    def export(self, row: Contact) -> str:
        return "; ".join(organization.name for organization in self.value(row))

    def prefetch(self) -> Iterable[Any]:
        present = Position.objects.select_related("organization").filter(organization__deleted_at__isnull=True)
        return (Prefetch("positions", present),)

    def filters(self):
        link = LinkedRecordFilter(
            Position, back="contact", to="organization", model=Organization, label=self.lazy_label
        )
        return {self.name: link}


class ContactListing(Listing):
    model = Contact
    create_label = _("New person")
    none_yet = _("No people yet. Add one or import a file.")
    none_match = _("No people match.")
    columns = (
        Name(),
        Organizations("organization", _("Organization"), keep=True),
        Text("job_title", sort="sort_job_title", wide=True),
        Email("email", sort="sort_email"),
        Phone("phone", width="w-m", wide=True),
        Tags(),
        NextStep(keep=True),
        Owner(),
        LastActivity(optional=True),
        Source(optional=True),
        Moment("created_at", sort="created_at", optional=True),
    )
