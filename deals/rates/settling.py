"""Closed deals are valued by a job where they are many, which shows how far it is as bulk actions do."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from core.formats import number
from deals.models.settling import SETTLE, check_right, settle, valued_in
from records.listing.bulk import BulkAction, add_action
from records.models import Outcome, RecordQuerySet, describe_change
from workspaces.models import Membership, Workspace
from workspaces.rights import Actor


class Settle(BulkAction):
    """Of all that was closed, seen by who wrote the rates or not, also of what lies in the trash."""

    name = SETTLE
    label = gettext_lazy("Value closed deals")
    icon = "arrow-path"
    hidden = True

    def reach(self, model: Any, membership: Membership) -> RecordQuerySet:
        check_right(membership.actor)
        return model.objects.all()

    def let_through(self, rows: RecordQuerySet, *, by: Actor) -> tuple[RecordQuerySet, Outcome]:
        return rows.locked(), Outcome()

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        check_right(by)
        describe_change(valued_in(Workspace.current().currency))
        return Outcome(done=settle(rows))

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        return valued(outcome.done)


def valued(count: int) -> str:
    words = ngettext("%(count)s closed deal valued anew.", "%(count)s closed deals valued anew.", count)
    return words % {"count": number(count)}


add_action(Settle(), "deal")
