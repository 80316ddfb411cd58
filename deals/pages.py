from typing import Any

from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from core.formats import number
from records.pages import Crumb, Fact, RecordPage, crumb_of
from workspaces.models import Membership

from .asides import ASIDES, slips, steps
from .board_columns import GROUPINGS, ByOwner, ByStage
from .forms import DealForm
from .listing import DealListing
from .models import Deal
from .ways import look_ahead


def slips_in_words(deal: Deal) -> str:
    """How often the expected close was put off, and by how much in all."""
    found = slips(deal)
    days = sum(slip.days for slip in found)
    if not found:
        return ""
    by = ngettext("%(count)s day", "%(count)s days", days) % {"count": number(days)}
    words = ngettext("%(count)s time, by %(days)s", "%(count)s times, by %(days)s in all", len(found))
    return words % {"count": number(len(found)), "days": by}


class DealPage(RecordPage):
    model = Deal
    form_class = DealForm
    new_label = _("New deal")
    save_label = _("Save deal")
    merge_label = ngettext_lazy("Merge %(count)d deal", "Merge %(count)d deals", "count")
    joined = ("owner", "source", "organization", "stage", "pipeline", "reason")
    square = True
    template = "deals/deal.html"
    asides = ASIDES
    facts = (
        Fact("name"),
        Fact("value", kind="money", value=lambda deal: deal.money, editable=lambda deal: not deal.adds_up),
        Fact("win_chance", _("Win chance"), field="probability", optional=True, editable=lambda deal: deal.is_open),
        Fact("weighted", _("Weighted value"), "money", field=None, optional=True),
        Fact("forecast", value=lambda deal: deal.get_forecast_display()),
        Fact("status", value=lambda deal: deal.get_status_display(), field=None),
        Fact("stage", editable=lambda deal: deal.is_open),
        Fact("expected_close", kind="date"),
        Fact("slips", _("Put off"), value=slips_in_words, field=None, optional=True),
        Fact("closed_on", kind="date", field=None, optional=True),
        Fact("why_ended", _("Reason"), field=None, optional=True),
        Fact("organization", kind="record"),
        Fact("owner"),
        Fact("next_activity_at", _("Next step"), "moment", field=None, optional=True),
        Fact("last_activity_at", _("Last activity"), "moment", field=None),
        Fact("started_on", kind="date", field=None, optional=True),
    )

    def crumbs(self, record: Deal | None) -> list[Crumb]:
        return [*super().crumbs(record), *crumb_of(record and record.organization)]

    def read_asides(self, record: Any, membership: Membership) -> None:
        super().read_asides(record, membership)
        if record.is_open and record.allows("change", membership):
            prefetch_related_objects([record.pipeline], "stages")
            look_ahead(record, record.pipeline.stages.all(), membership)

    def may_edit(self, fact: Fact, record: Any, membership: Membership) -> bool:
        weighs = "probability" not in fact.edits or record.allows("weigh", membership)
        return weighs and super().may_edit(fact, record, membership)

    def list_query(self, path: str, query: str, record: Deal) -> str | None:
        """From the board one walks along the column, or along its part in the lane."""
        if path != reverse("deals:board"):
            return super().list_query(path, query, record)
        params = QueryDict(query, mutable=True)
        kind = GROUPINGS.get(params.get("by", ""), ByStage)
        has_lanes = params.get("lanes") == "owner"
        for name in ("pipeline", "by", "lanes", "folded", "column", "stage"):
            params.pop(name, None)
        # A stage says which pipeline.
        of_pipeline = {} if kind is ByStage else {"pipeline": str(record.pipeline_id)}
        of_lane = ByOwner.listed(record) if has_lanes else {}
        for name, value in {"status": "open", **of_pipeline, **of_lane, **kind.listed(record)}.items():
            params[name] = value
        params.setdefault("sort", kind.first_order.sort or DealListing.ON_BOARD)
        return params.urlencode()

    def head(self, record: Deal) -> dict[str, Any]:
        return {"steps": steps(record)}
