"""Labels of change sets hold names: whoever does not see the record that is meant reads another label."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext

from records.models import ChangeSet, Record
from workspaces.models import Membership
from workspaces.tracking import TRACKED

from .reading import changes_in
from .words import Teller


def hide_labels(change_sets: Iterable[ChangeSet]) -> None:
    """Call them by no name."""
    for change_set in change_sets:
        change_set.label = gettext("Of a record that you may not see")


def sees_all(membership: Membership) -> bool:
    """Is there no record in the workspace that the member may not see?"""
    return all(model.sight(membership).is_whole for model in TRACKED if issubclass(model, Record))


def hidden_among(ids: Collection[int], membership: Membership) -> set[int | None]:
    """The change sets, by their ids, that did something to a record that the member may not see."""
    if not ids or sees_all(membership):
        return set()
    return Teller(changes_in(ids), membership).unseen()
