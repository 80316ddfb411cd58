"""What no deal can have, whichever door it comes through."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from core.money import is_currency
from records.models import Refusal

from .line import line_fault

if TYPE_CHECKING:
    from .deal import Deal


def faults(deal: "Deal | None" = None, /, **values: Any) -> dict[str, str]:
    """Field -> reason, of values that no deal can have. Only what is given is looked at.

    What the `deal` has already may stay: its organization, though that is in the trash now.
    """
    found = {}
    if not values.get("name", "x").strip():
        found["name"] = gettext("A deal needs a name.")
    if (values.get("value") or 0) < 0:
        found["value"] = gettext("A deal's value is not negative.")
    if not is_currency(values.get("currency", "USD")):
        found["currency"] = gettext("“%(code)s” is not a currency.") % {"code": values["currency"]}
    if not 0 <= (values.get("probability") or 0) <= 100:
        found["probability"] = gettext("A chance is between 0 and 100 percent.")
    if (values.get("closed_on") or dt.date.min) > timezone.localdate():
        found["closed_on"] = gettext("A deal is not closed in the future.")
    return found | of_lines(deal, **values) | of_parties(deal, **values)


def of_lines(deal: "Deal | None", **values: Any) -> dict[str, str]:
    """Those of lines, and of what the lines of a deal say already."""
    if "lines" in values:
        fault = line_fault(values["lines"])
        return {"lines": fault} if fault else {}
    if deal is None or not deal.adds_up:
        return {}
    fixed = {"value": gettext("Its value is the sum of its lines. Change the lines."),
             "currency": gettext("Its lines have prices in this currency. Take them out first.")}  # fmt: skip
    return {name: why for name, why in fixed.items() if name in values and values[name] != getattr(deal, name)}


def of_parties(deal: "Deal | None", **values: Any) -> dict[str, str]:
    """Those of who is on it."""
    found = {}
    organization, kept = values.get("organization"), deal and deal.organization_id
    if organization and organization.deleted_at and organization.pk != kept:
        found["organization"] = gettext("The organization is in the trash.")
    people = values.get("people") or ()
    if len({person.contact.pk for person in people}) < len(people):
        found["people"] = gettext("A person is on the deal twice.")
    elif sum(person.is_primary for person in people) > 1:
        found["people"] = gettext("Only one person is the primary contact.")
    rivals = values.get("rivals") or ()
    if len({rival.organization.pk for rival in rivals}) < len(rivals):
        found["rivals"] = gettext("This organization is a competitor on the deal already.")
    return found


def refuse_faults(faults: dict[str, str]) -> None:
    """Raises Refusal with the first of the faults, if there is one."""
    for reason in faults.values():
        raise Refusal(reason)
