"""The faces beside the filters of the board: owners to filter by with one click."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Exists, OuterRef, Value, When

from core import past
from core.numbers import number
from workspaces.models import Membership

from .models import Deal

if TYPE_CHECKING:
    from .board import Board

#: so many have room there
FACES = 7


class Face(NamedTuple):
    """An owner to filter by; `url` is the board with or without that filter."""

    member: Membership
    url: str
    is_on: bool


def faces_of(board: "Board") -> list[Face]:
    """Some owners: those that are chosen, then who sells here: oneself, one's team, others."""
    me, address = board.membership, board.address
    chosen = {me.pk if value == "me" else number(value) for value in board.params.getlist("owner")}
    # Who sold there then would cost the past more than its cards.
    of_owner = Deal.objects.open().visible_to(me).filter(pipeline=board.pipeline, owner=OuterRef("pk"))
    sells = Value(True) if past.moment() else Exists(of_owner)
    taken = Case(When(pk__in=chosen, then=0), default=1)
    near = Case(When(pk=me.pk, then=0), When(team__isnull=False, team=me.team_id, then=1), default=2)
    others = Membership.objects.filter(is_active=True).exclude(role="viewer").annotate(sells=sells)
    members = others.order_by(taken, "-sells", near, "name", "pk")[:FACES]
    faces = [
        Face(one, address.link(["owner"]) if one.pk in chosen else address.link(owner=str(one.pk)), one.pk in chosen)
        for one in sorted(members, key=lambda one: one.name)
    ]
    return faces if len(faces) > 1 else []
