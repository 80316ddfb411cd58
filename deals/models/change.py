import datetime as dt
from dataclasses import dataclass
from typing import Any

from records.models import ChangeSet
from workspaces.tracking import history_of

from .deal import Deal


@dataclass(frozen=True)
class Change:
    """What somebody did to a deal: the kind and the data of its event, "" and nothing where there is none."""

    by: str
    at: dt.datetime
    kind: str
    data: dict[str, Any]

    @classmethod
    def since(cls, deal: Deal, seen: int) -> "Change | None":
        """The last change of a deal that is no longer the version that was `seen`; None where nobody is known."""
        if Deal.objects.filter(pk=deal.pk, version=seen).exists():
            return None
        versions = history_of(Deal)._default_manager.filter(pgh_obj=deal.pk).order_by("-pgh_id")
        change_set = versions.values_list("change_set_id", flat=True).first()
        made = ChangeSet.objects.filter(pk=change_set or 0).first()
        if made is None:
            return None
        links = deal.event_links.filter(event__change_set_id=made.pk).select_related("event")
        said = links.order_by("-event").first()
        return cls(made.actor, made.created_at, said.event.kind if said else "", said.event.data if said else {})
