from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from records.listing import (
    Choice,
    Day,
    LastActivity,
    Listing,
    Moment,
    Money,
    Name,
    NextStep,
    Owner,
    RecordLink,
    Related,
    Source,
    Tags,
    Text,
)

from .models import Deal, Stage


def stages() -> Iterable[tuple[int, str]]:
    """The stages of every pipeline, told apart by its name."""
    rows = Stage.objects.order_by("pipeline__position", "pipeline_id", "position", "pk")
    found = list(rows.values_list("pk", "name", "pipeline__name"))
    several = len({pipeline for _pk, _name, pipeline in found}) > 1
    return [(pk, f"{pipeline}: {name}" if several else name) for pk, name, pipeline in found]


class DealListing(Listing):
    model = Deal
    default_sort = "-created_at"
    create_label = _("New deal")
    none_yet = _("No deals yet. Add one or import a file.")
    none_match = _("No deals match.")
    columns = (
        Name(),
        RecordLink("organization"),
        Money("value", sort="value", keep=True),
        Related("stage", load=stages, width="w-m"),
        Choice("status", sort="status", width="w-s", wide=True),
        Day("expected_close", sort="expected_close"),
        NextStep(keep=True),
        Owner(),
        Tags(optional=True),
        Related("pipeline", width="w-m", optional=True),
        Day("closed_on", sort="closed_on", optional=True),
        Text("close_reason", optional=True),
        LastActivity(optional=True),
        Source(optional=True),
        Moment("created_at", sort="created_at", optional=True),
    )
