"""What a merge of deals must not do."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.money import LARGEST
from records.models import Refusal
from workspaces.rights import Actor

from .line import too_much
from .pipeline import Stage
from .rules import Rules


class MergeRules:
    """Of a deal."""

    if TYPE_CHECKING:
        pk: int
        status: str
        stage_id: int
        _meta: Any

        def demand(self, action: str, *, by: Actor) -> None: ...

        def rows(self) -> Any: ...

    @classmethod
    def merge_faults(cls, records: Sequence[Any], values: Mapping[str, Any]) -> dict[str, str]:
        """Lines follow the merge, their prices are in the currency of the deal, and their sum is its value."""
        lined = [deal for deal in records if deal.adds_up]
        if "currency" in values and {deal.currency for deal in lined} - {values["currency"]}:
            return {"currency": _("The lines of these deals have prices in another currency.")}
        if "value" in values and sum(deal.value or 0 for deal in lined) > LARGEST:
            return {"value": too_much()}
        return {}

    def check_taking(self, values: Mapping[str, Any], others: Sequence[Any], *, by: Actor) -> None:
        """A merge is no way round the gate: neither to a chance by hand, nor into a stage, nor to a win."""
        if "probability" in values:
            self.demand("weigh", by=by)
        status, stage = values.get("status", self.status), values.get("stage_id", self.stage_id)
        wanted: dict[str, Any] = {}
        if status == "won" != self.status:
            wanted = {"status": status}
        elif status == "open" and stage != self.stage_id:
            wanted = {"stage": Stage.objects.get(pk=stage)}
        if not wanted:
            return
        deals: Any = type(self)
        names = [field.name for field in self._meta.fields if values.get(field.attname) is not None]
        names += Rules.of(deals, by).brought(deals.objects.filter(pk__in=[other.pk for other in others]))
        given = {name: [self.pk] for name in names}
        for reason in self.rows().refusals("change", by=by, given=given, as_open=True, **wanted).values():
            raise Refusal(reason)
