"""Following many records at once, and no longer. History keeps no such marks, so what was changed is remembered for the
Undo of the toast."""

import secrets
from typing import Any, ClassVar, NamedTuple

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from core.formats import number
from records.models import Outcome, Record, RecordQuerySet
from workspaces.models import Membership
from workspaces.rights import Actor

from .bulk import BulkAction

#: as many marks are remembered, for so many seconds; a job makes more of them, and its page has no toast
MOST, REMEMBERED = 1_000, 3_600


class Marks(NamedTuple):
    """What was done to the marks of a member: the action and the records, by their type."""

    action: str
    record: str
    ids: list[int]

    def remember(self, by: Actor) -> str:
        """The address that takes it back."""
        token = secrets.token_urlsafe(16)
        cache.set(key_of(by.member_id, token), tuple(self), REMEMBERED)
        return reverse("records:unmark", args=[token])


def key_of(member_id: int | None, token: str) -> str:
    return f"marks:{member_id}:{token}"


def remembered(membership: Membership, token: str) -> Marks | None:
    """What the member did; None where it is forgotten, or was somebody else."""
    found = cache.get(key_of(membership.pk, token))
    return Marks(*found) if found else None


class Follow(BulkAction):
    """The reader's own mark on the records; it changes nothing of them."""

    name = "follow"
    label = gettext_lazy("Follow")
    icon = "star"
    rare = True

    def fits(self, model: type[Record]) -> bool:
        return model.follower() is not None

    #: does the member follow the rows afterwards?
    follows: ClassVar[bool] = True

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        of_member = {"followers__member": by.member_id}
        other = rows.exclude(**of_member) if self.follows else rows.filter(**of_member)
        ids = list(other.order_by().values_list("pk", flat=True)[: MOST + 1])
        outcome = rows.follow(by=by) if self.follows else rows.unfollow(by=by)
        if 0 < len(ids) <= MOST:
            outcome.way_back = Marks(self.name, rows.model.record_name, ids).remember(by)
        return outcome

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext("You follow %(count)s record.", "You follow %(count)s records.", outcome.done)
        return text % {"count": number(outcome.done)}


class Unfollow(Follow):
    name = "unfollow"
    label = gettext_lazy("Unfollow")
    icon = "bell-slash"
    follows = False

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext(
            "You follow %(count)s record no longer.", "You follow %(count)s records no longer.", outcome.done
        )
        return text % {"count": number(outcome.done)}
