"""The panel of ties on the pages of people, organizations and deals."""

from collections import defaultdict
from string import Template
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.statements import fetch
from records.models import Record
from records.panels import Panel, register, register_aside
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .models import ENDS, MODELS, opposite

#: more ties are a click away
FIRST_TIES = 8
#: of a record that thousands are tied to as many are read in each direction
MOST_TIES = 500


#: the ties of a record as JSON. With what its page reads anyway, since most records have none.
TIES = Template("""
    SELECT coalesce(json_agg(json_build_object('id', tie.id, 'type', tie.type_id, 'note', tie.note, $keys, 'side', side,
                    'name', CASE WHEN side = 'one' OR type.reverse_name = '' THEN type.name ELSE type.reverse_name END)
                    ORDER BY type.position, type.name, tie.id), '[]')
      FROM ((SELECT *, 'one' AS side FROM ties_tie
              WHERE workspace_id = %(workspace)s AND one_${kind}_id = %(record)s LIMIT $most)
            UNION ALL
            (SELECT *, 'other' FROM ties_tie
              WHERE workspace_id = %(workspace)s AND other_${kind}_id = %(record)s LIMIT $most)) AS tie
      JOIN ties_tietype AS type ON type.workspace_id = tie.workspace_id AND type.id = tie.type_id""")
KEYS = ", ".join(f"'{end}', {end}_id" for end in ENDS)


SQL = {kind: TIES.substitute(kind=kind, keys=KEYS, most=MOST_TIES) for kind in MODELS}


class ShownTie(NamedTuple):
    """A tie as it reads from one of its ends: "customer of" and the other record."""

    id: int
    name: str
    note: str
    other: Record


def ties_of(record: Any) -> list[dict[str, Any]]:
    """The ties of a record, as its page has read them or from the database."""
    if hasattr(record, "tie_list"):
        return record.tie_list
    kind = record.record_name
    [(found,)] = fetch(SQL[kind], {"workspace": record.workspace_id, "record": record.pk})
    return found


def shown_ties(record: Record, membership: Membership) -> list[ShownTie]:
    """The ties of a record whose other end the member may see."""
    found = ties_of(record)
    # The other end of each: of a kind, by its id.
    ends = [next((kind, pk) for kind in MODELS if (pk := tie[f"{opposite(tie['side'])}_{kind}"])) for tie in found]
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in ends:
        wanted[kind].add(pk)
    others = {
        (kind, pk): other
        for kind, ids in wanted.items()
        for pk, other in MODELS[kind].objects.visible_to(membership).in_bulk(ids).items()
    }
    # A merge may leave a mutual tie in both directions: it says one thing.
    shown: dict[Any, ShownTie] = {}
    for tie, end in zip(found, ends, strict=True):
        if end in others:
            shown.setdefault(
                (tie["type"], tie["name"], end), ShownTie(tie["id"], tie["name"], tie["note"], others[end])
            )
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
    register_aside(_kind, "tie_list", SQL[_kind])
    register(
        _kind,
        Panel("ties", _("Ties"), "ties/panel.html", ties, order=70, add=add_tie, add_label=_("Add tie"),
              add_in_dialog=True),
    )  # fmt: skip
