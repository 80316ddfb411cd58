from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from records.pages import Crumb, Fact, RecordPage, crumb_of

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
    facts = (
        Fact("name"),
        Fact("website", kind="url"),
        Fact("phone", kind="phone"),
        Fact("sector"),
        Fact("location"),
        Fact("parent", _("Part of"), "record"),
        Fact("employees", kind="number"),
        Fact("year_established", _("Established"), "year"),
        Fact("revenue", kind="money", value=lambda organization: organization.worth),
        Fact("tax_id", optional=True),
        Fact("owner"),
        Fact("last_activity_at", _("Last contact"), "moment", field=None),
    )

    def crumbs(self, record: Any) -> list[Crumb]:
        return [*super().crumbs(record), *crumb_of(record and record.parent)]
