"""How history tells of deals."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from core.formats import number
from records.history import tell

from .models import Deal, DealContact, Pipeline, StageChange


def stayed(values: dict[str, Any]) -> str:
    """How long the deal had been where it left: "3 days in stage"."""
    days = values["stayed"].days
    return ngettext("%(count)s day in stage", "%(count)s days in stage", days) % {"count": number(days)}


tell(
    Deal,
    counted=ngettext_lazy("%(count)s deal", "%(count)s deals", "number"),
    hidden=("stage_since",),
    money={"value": "currency"},
    at_home={"closed_value": "value"},
    labels={"closed_value": _("worth when closed")},
)
tell(Pipeline, counted=ngettext_lazy("%(count)s pipeline", "%(count)s pipelines", "number"))
tell(DealContact, label=_("Person"), named=("contact",), labels={"contact": _("person")})
tell(StageChange, aside=("stage", stayed))
