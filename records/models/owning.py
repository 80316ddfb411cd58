"""The verbs by which records without an owner find one, and all records of a member find others."""

from collections.abc import Sequence
from string import Template
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.utils.translation import gettext as _

from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor

from .event import record_events

if TYPE_CHECKING:
    from .queryset import Outcome

# One after the other, in the order of the records.
SHARED_OUT = Template("""
    UPDATE $table AS record SET owner_id = (%(owners)s::bigint[])[1 + (mine.place %% %(many)s)::int]
      FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM unnest(%(ids)s::bigint[]) AS id) AS mine
     WHERE record.workspace_id = %(workspace)s AND record.id = mine.id""")


class OwningVerbs(models.QuerySet[Any]):
    """Part of `RecordQuerySet`."""

    def owned_by(self, member: Membership) -> Self:
        """What belongs to a member, as far as somebody else had to take care of it."""
        rows: Any = self
        return rows.present().filter(owner=member)

    def claim(self, *, by: Actor) -> "Outcome":
        """Take what belongs to nobody: the first one wins, the others are told who that was. Raises NotAllowed for
        whoever can own nothing."""
        rows: Any = self
        if by.membership is None:
            raise NotAllowed(_("Your role does not allow this."))
        rows = rows.locked()
        owned = rows.exclude(owner=None).order_by().values_list("pk", "owner", "owner__name")
        taken = {
            pk: _("It is yours already.")
            if owner == by.member_id
            else _("%(name)s took it a moment ago.") % {"name": name}
            for pk, owner, name in owned
        }
        free, outcome = rows.exclude(pk__in=taken).pass_gate("assign", by=by)
        outcome.refused |= taken
        describe_change(_("Claimed by %(name)s") % {"name": by.label})
        outcome.done = free.give_to(by.membership, by=by)
        return outcome

    def give_to(self, owner: Membership | None, *, by: Actor) -> int:
        """Write the owner of rows that passed the gate, and tell it on the timelines of those that had another, as the
        edit of one does; returns how many rows there are."""
        differ = self.exclude(owner=owner) if owner else self.filter(owner__isnull=False)
        before = list(differ.order_by("pk").values_list("pk", "owner__name"))
        done = self.order_by().update(owner=owner)
        name = owner.name if owner else None
        self.tell_owners([(pk, former, name) for pk, former in before], by=by)
        return done

    def tell_owners(self, rows: Sequence[tuple[int, str | None, str | None]], *, by: Actor) -> None:
        """Tell on their timelines whose the records (id) were and are."""
        pairs = {(before, after) for _pk, before, after in rows}
        said = {pair: {"fields": ["owner"], "values": {"owner": list(pair)}} for pair in pairs}
        record_events("changed", self.model, [(pk, said[before, after]) for pk, before, after in rows], by=by)

    def share_out(self, owners: Sequence[Membership], *, by: Actor) -> "Outcome":
        """Give the rows to these members by turns. Raises Refusal for one who was deactivated."""
        rows: Any = self
        for owner in owners:
            owner.check_may_own()
        mine, outcome = rows.locked().pass_gate("assign", by=by)
        before = list(mine.order_by("pk").values_list("pk", "owner__name"))
        ids, many = [pk for pk, _name in before], len(owners)
        values: dict[str, Any] = {"owners": [owner.pk for owner in owners], "many": many, "ids": ids}
        if ids:
            with connection.cursor() as cursor:
                sql = SHARED_OUT.substitute(table=self.model._meta.db_table)
                cursor.execute(sql, values | {"workspace": owners[0].workspace_id})
                outcome.done = cursor.rowcount
            self.tell_owners([(pk, was, owners[n % many].name) for n, (pk, was) in enumerate(before)], by=by)
        return outcome
