from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from records.pages import Crumb, Fact, RecordPage, crumb_of

from .forms import DealForm
from .models import Deal


class DealPage(RecordPage):
    model = Deal
    form_class = DealForm
    new_label = _("New deal")
    save_label = _("Save deal")
    merge_label = ngettext_lazy("Merge %(count)d deal", "Merge %(count)d deals", "count")
    joined = ("owner", "source", "organization", "stage", "pipeline")
    square = True
    template = "deals/deal.html"
    facts = (
        Fact("value", kind="money", value=lambda deal: deal.money),
        Fact("status", value=lambda deal: deal.get_status_display(), anchor=None),
        Fact("stage"),
        Fact("win_chance", _("Win chance"), anchor=None, optional=True),
        Fact("expected_close", kind="date"),
        Fact("closed_on", kind="date", anchor=None, optional=True),
        Fact("close_reason", anchor=None, optional=True),
        Fact("organization", kind="record"),
        Fact("source"),
        Fact("owner"),
        Fact("last_activity_at", _("Last contact"), "moment", anchor=None),
        Fact("started_on", kind="date", anchor=None, optional=True),
        Fact("external_id", anchor=None, optional=True),
    )

    def crumbs(self, record: Deal | None) -> list[Crumb]:
        return [*super().crumbs(record), *crumb_of(record and record.organization)]
