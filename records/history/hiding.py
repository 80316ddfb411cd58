"""Labels of change sets hold names: whoever does not see the record that is meant reads another label."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext

from records.models import ChangeSet, Record
from workspaces.models import Membership
from workspaces.tracking import TRACKED

from .reading import changes_in
from .words import Teller

#: a label names records of a table of which its change touched no more: a merge has ten
MOST_NAMED = 20


def hide_labels(change_sets: Collection[ChangeSet], membership: Membership) -> None:
    """Call those by no name that may be called after a record which the member does not see."""
    hidden = hidden_among([change_set.pk for change_set in change_sets], membership)
    for change_set in change_sets:
        if change_set.pk in hidden:
            change_set.label = gettext("Of a record that you may not see")


def sees_all(membership: Membership) -> bool:
    """Is there no record in the workspace that the member may not see?"""
    return all(model.sight(membership).is_whole for model in TRACKED if issubclass(model, Record))


def hidden_among(ids: Iterable[int], membership: Membership) -> set[int | None]:
    """The change sets, by their ids, that did something to a record that the member may not see, or set one somewhere.
    Tables of which one touched many rows are left out: it is called after none of them."""
    ids = set(ids)
    if not ids or sees_all(membership):
        return set()
    return Teller(changes_in(ids, most=MOST_NAMED), membership).unseen()
