"""Who sees a record, and who follows it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor

from .difference import differences
from .event import record_event
from .tables import OwnTables


class Audience(OwnTables):
    """Mixed into `Record`."""

    if TYPE_CHECKING:
        owner_id: int | None

        @property
        def title(self) -> str: ...

        def allows(self, action: str, membership: Membership) -> bool: ...

        def demand(self, action: str, *, by: Actor) -> None: ...

        def rows(self) -> Any: ...

    def lets_guard(self, membership: Membership) -> bool:
        """May the member say whether the record is private, and who is named on it?"""
        scope = membership.scope("private", "change")
        owners = membership.reachable_owner_ids(scope) if type(self).viewer() else []
        return self.allows("view", membership) and (owners is None or self.owner_id in owners)

    @transaction.atomic
    def guard(self, *, by: Actor, is_private: bool, members: Iterable[Membership]) -> None:
        """Make the record private or open, and name the people who see it whatever else holds. Raises NotAllowed."""
        if by.membership is not None and not self.lets_guard(by.membership):
            raise NotAllowed(_("Its owner, and owners and admins of the workspace, say who sees it."))
        current = self.rows().select_for_update(no_key=True).get()
        describe_change(_("Who sees %(title)s changed") % {"title": current.title})
        wanted, viewer = {member.pk for member in members}, type(self).viewer()
        viewer.objects.filter(record=self).exclude(member__in=wanted).delete()
        named = set(viewer.objects.filter(record=self).values_list("member_id", flat=True))
        viewer.objects.bulk_create(viewer(record=self, member_id=pk) for pk in sorted(wanted - named))
        if changed := current.write({"is_private": is_private}):
            data = {"fields": changed, "values": differences(current, changed, {"is_private": is_private})}
            record_event("changed", [(current, data)], by=by)

    def follow(self, *, by: Actor) -> None:
        """Have the member follow the record; that it does already changes nothing. Raises NotAllowed."""
        self.demand("view", by=by)
        follower = type(self).follower()
        follower.objects.bulk_create([follower(record=self, member_id=by.member_id)], ignore_conflicts=True)

    def unfollow(self, *, by: Actor) -> None:
        """Have the member follow the record no longer."""
        type(self).follower().objects.filter(record=self, member_id=by.member_id).delete()
