"""The panel of ties on the pages of people, organizations and deals."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.statements import Statement
from records.models import Record
from records.panels import Panel, register
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .models import MODELS, Tie, opposite

#: more ties are a click away
FIRST_TIES = 8


@dataclass(frozen=True)
class ShownTie:
    """A tie as it reads from one of its ends: "customer of" and the other record."""

    tie: Tie
    name: str
    other: Record


@cache
def of_kind(kind: str) -> Statement:
    """The statement for the ties of a record of a kind."""
    return Statement(lambda record: Tie.of(MODELS[kind](pk=record)).select_related("type"), record=int)


def shown_ties(record: Record, membership: Membership) -> list[ShownTie]:
    """The ties of a record whose other end the member may see."""
    found = [(tie, opposite(tie.side_of(record))) for tie in of_kind(record.record_name)(record=record.pk)]
    wanted: dict[str, set[int]] = defaultdict(set)
    for tie, side in found:
        wanted[tie.kind_at(side)].add(tie.id_at(side))
    others = {
        (kind, pk): other
        for kind, ids in wanted.items()
        for pk, other in MODELS[kind].objects.visible_to(membership).in_bulk(ids).items()
    }
    # A merge may leave a mutual tie in both directions: it says one thing.
    shown: dict[Any, ShownTie] = {}
    for tie, side in found:
        if other := others.get((tie.kind_at(side), tie.id_at(side))):
            name = tie.type.name_from(opposite(side))
            shown.setdefault((tie.type_id, name, other), ShownTie(tie, name, other))
    return list(shown.values())


def ties(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """The ties of a record; all of them where the address says `?all`."""
    found, member = shown_ties(record, request.membership), request.membership
    may_tie, may_change = member.may("tie", "create"), record.allows("change", member)
    shown = found if "all" in request.GET else found[:FIRST_TIES]
    return {
        "ties": [(tie, may_tie and (may_change or tie.other.allows("change", member))) for tie in shown],
        "more": len(shown) < len(found),
        "count": len(found),
    }


def add_tie(request: WorkspaceRequest, record: Record) -> str:
    if not request.membership.may("tie", "create"):
        return ""
    return reverse("ties:create", args=[record.record_name, record.pk])


for _kind in MODELS:
    register(
        _kind,
        Panel("ties", _("Ties"), "ties/panel.html", ties, order=70, add=add_tie, add_label=_("Add tie"),
              add_in_dialog=True),
    )  # fmt: skip
