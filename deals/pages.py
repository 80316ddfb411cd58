from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.money import Money, exponent
from records.pages import Crumb, Fact, RecordPage, crumb_of

from .columns import GROUPINGS, ByStage
from .forms import DealForm
from .listing import DealListing
from .models import Deal, Stage


def weighted(deal: Deal) -> Money | None:
    """The value by the chance to win it, in whole units; None once it is decided or where nobody knows a value."""
    if not deal.is_open or not deal.value:
        return None
    unit = 10 ** exponent(deal.currency)
    return Money(round(deal.value * deal.stage.win_chance / 100 / unit) * unit, deal.currency)


class Step(NamedTuple):
    """A stage on the way of an open deal; `place` is what it is to the deal: "past", "now" or "ahead"."""

    stage: Stage
    place: str


def steps(deal: Deal) -> list[Step]:
    stages = list(deal.pipeline.stages.all())
    here = next((place for place, stage in enumerate(stages) if stage.pk == deal.stage_id), 0)
    places = ("past" if place < here else "ahead" if place > here else "now" for place in range(len(stages)))
    return [Step(stage, place) for stage, place in zip(stages, places, strict=True)]


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
        Fact("name"),
        Fact("value", kind="money", value=lambda deal: deal.money),
        Fact("win_chance", _("Win chance"), field=None, optional=True),
        Fact("weighted", _("Weighted value"), "money", value=weighted, field=None, optional=True),
        Fact("status", value=lambda deal: deal.get_status_display(), field=None),
        Fact("stage", editable=lambda deal: deal.is_open),
        Fact("expected_close", kind="date"),
        Fact("closed_on", kind="date", field=None, optional=True),
        Fact("close_reason", field=None, optional=True),
        Fact("organization", kind="record"),
        Fact("owner"),
        Fact("last_activity_at", _("Last contact"), "moment", field=None),
        Fact("started_on", kind="date", field=None, optional=True),
    )

    def crumbs(self, record: Deal | None) -> list[Crumb]:
        return [*super().crumbs(record), *crumb_of(record and record.organization)]

    def list_query(self, path: str, query: str, record: Deal) -> str | None:
        """From the board one walks along the column."""
        if path != reverse("deals:board"):
            return super().list_query(path, query, record)
        params = QueryDict(query, mutable=True)
        kind = GROUPINGS.get(params.get("by", ""), ByStage)
        for name in ("pipeline", "by", "lanes", "folded", "column", "stage"):
            params.pop(name, None)
        for name, value in {"status": "open", **kind.listed(record)}.items():
            params[name] = value
        params.setdefault("sort", kind.first_order.sort or DealListing.ON_BOARD)
        return params.urlencode()

    def head(self, record: Deal) -> dict[str, Any]:
        if not record.is_open:
            return {}
        return {"steps": steps(record), "days_here": (timezone.now() - record.stage_since).days}
