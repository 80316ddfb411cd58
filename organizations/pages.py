from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from records.pages import Addresses, Crumb, Dates, Fact, RecordPage, crumb_of, line_asides
from workspaces.choices import language_name

from .forms import OrganizationForm
from .models import Organization


class OrganizationPage(RecordPage):
    model = Organization
    form_class = OrganizationForm
    new_label = _("New organization")
    save_label = _("Save organization")
    merge_label = ngettext_lazy("Merge %(count)d organization", "Merge %(count)d organizations", "count")
    joined = ("owner", "source", "parent")
    square = True
    asides = line_asides("organizations", "organization")
    facts = (
        Fact("name"),
        Fact("customer_status", value=lambda organization: organization.get_customer_status_display()),
        Fact("relation", value=lambda organization: organization.get_relation_display(), optional=True),
        Fact("website", kind="url"),
        Fact("phone", kind="phone"),
        Fact("sector"),
        Fact("segment", optional=True),
        Fact("location"),
        Addresses("addresses", _("Addresses")),
        Fact("parent", _("Part of"), "record"),
        Fact("employees", kind="number"),
        Fact("year_established", _("Established"), "year"),
        Fact("revenue", kind="money", value=lambda organization: organization.worth),
        Fact("tax_id", optional=True),
        Fact("registration_id", optional=True),
        Fact("language", value=lambda organization: language_name(organization.language), optional=True),
        Dates("dates", _("Important dates")),
        Fact("owner"),
        Fact("last_activity_at", _("Last activity"), "moment", field=None),
    )

    def crumbs(self, record: Any) -> list[Crumb]:
        return [*super().crumbs(record), *crumb_of(record and record.parent)]
